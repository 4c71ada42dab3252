package org.ithil.archive.blob;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;
import java.util.zip.CRC32;
import org.ithil.archive.compression.ZlibBlob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
  @TempDir Path folder;

  @Test
  void a_file_has_the_bytes_and_sums_of_what_was_written() throws Exception {
    byte[] bytes = new byte[1_000_003];
    new Random(1).nextBytes(bytes);
    CRC32 crc = new CRC32();
    crc.update(bytes);
    try (SpooledFile file = spool().spool(new ByteArrayInputStream(bytes))) {
      assertThat(file.size()).isEqualTo(bytes.length);
      assertThat(file.read(0, bytes.length)).isEqualTo(bytes);
      assertThat(file.read(999_999, 4))
          .containsExactly(java.util.Arrays.copyOfRange(bytes, 999_999, 1_000_003));
      assertThat(file.md5())
          .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes)));
      assertThat(file.crc32()).isEqualTo((int) crc.getValue());
    }
    assertEmpty();
  }

  @Test
  void a_stream_that_breaks_leaves_nothing() throws Exception {
    InputStream breaking =
        new InputStream() {
          private int left = 500_000;

          @Override
          public int read() throws IOException {
            throw new IOException("wanted");
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left <= 0) {
              throw new IOException("wanted");
            }
            left -= length;
            return length;
          }
        };
    FileSpool spool = spool();
    try {
      spool.spool(breaking);
    } catch (IOException e) {
      assertThat(e).hasMessage("wanted");
    }
    assertThat(spool.used()).isZero();
    assertEmpty();
  }

  @Test
  void what_an_earlier_process_left_is_removed() throws Exception {
    spool().spool(new ByteArrayInputStream(new byte[10]));
    spool();
    assertEmpty();
  }

  @Test
  void compressed_blobs_give_back_their_bytes() throws Exception {
    byte[] bytes = "abc".repeat(100_000).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    FileSpool spool = spool();
    FileBlobStore store = new FileBlobStore(folder.resolve("blobs"), false, UUID::randomUUID);
    UUID uuid = UUID.randomUUID();
    try (SpooledFile file = spool.spool(new ByteArrayInputStream(bytes));
        SpooledFile compressed = ZlibBlob.compress(file, spool)) {
      assertThat(compressed.size()).isLessThan(10_000);
      assertThat(compressed.read(0, 10)).containsExactly(0xe0, 0x93, 4, 0, 0, 0, 0, 0, 0x78, 0x01);
      store.put(uuid, compressed);
    }
    try (Blob blob = store.open(uuid);
        Blob whole = ZlibBlob.uncompress(blob, spool)) {
      assertThat(whole.read(0, (int) whole.size())).isEqualTo(bytes);
    }
    assertEmpty();
  }

  private FileSpool spool() throws IOException {
    return new FileSpool(folder.resolve("spool"), 0);
  }

  private void assertEmpty() throws IOException {
    try (var left = Files.list(folder.resolve("spool"))) {
      assertThat(left).isEmpty();
    }
  }
}
