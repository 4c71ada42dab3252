#!/bin/sh
# Builds the browser application into the folder $1, noting its time in the file $2. Called by Maven; $3 = plain takes the
# plain page instead.
cd "$(dirname "$0")" || exit 1
out=$1
stamp=$2

plain() {
  echo "ui: $1; serving a plain page instead of the browser application" >&2
  rm -rf "$out" "$stamp"
  mkdir -p "$out" && cp plain/explorer.html "$out/" || exit 1
  exit 0
}

[ "$3" != plain ] || plain "asked for by -Dui=plain"
command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 || plain "Node or npm is missing (Debian: apt-get install nodejs npm)"
node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' ||
  plain "Node $(node --version) is too old, 20.19 is needed"

# Nothing to do if nothing has changed: Maven comes here in every build.
if [ -f "$stamp" ] && [ -f "$out/explorer.html" ] && [ -z "$(find . -name node_modules -prune -o -newer "$stamp" -print | grep -v '^\.$' | head -n 1)" ]; then
  exit 0
fi
npm ci --no-audit --no-fund --loglevel=error >/dev/null || {
  echo "ui: npm could not install the packages of package-lock.json; -Dui=plain builds without the browser application" >&2
  exit 1
}
ITHIL_UI_OUT=$out npm run --silent build -- --logLevel=warn || exit 1
touch "$stamp"
