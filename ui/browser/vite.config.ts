import { defineConfig } from 'vite';

// Relative addresses throughout, so that the pages work behind a proxy under any path.
export default defineConfig({
  base: './',
  build: {
    outDir: process.env['ITHIL_UI_OUT'] ?? 'dist',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: false,
    assetsInlineLimit: 0, // else a picture named by page and script lands in either, by chance: no two builds alike
    rollupOptions: { input: 'explorer.html' },
  },
  server: { proxy: { '^/(?!app/|src/|node_modules/|@|explorer)': 'http://127.0.0.1:8042' } },
});
