package org.ithil.conformance.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.ithil.conformance.process.Launch;
import org.ithil.conformance.process.RunningServer;
import org.ithil.conformance.synthetic.Requester;
import org.ithil.conformance.synthetic.SyntheticImage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An object larger than the memory and than what an int can count: 2 GiB of pixels. */
@Tag("process")
class HugeObjectTest {
  private static final long DISK = 10L << 30;

  @Test
  void comes_back_as_it_was_sent_by_http_and_by_c_store() throws IOException {
    Path target = Files.createDirectories(Path.of("target"));
    assumeTrue(
        Files.getFileStore(target).getUsableSpace() > DISK, "needs 10 GiB of disk below target");
    Path folder = Files.createTempDirectory(target.toAbsolutePath(), "huge");
    try (RunningServer server = Launch.in(folder).javaOptions("-Xmx512m").start()) {
      var posted = new SyntheticImage(1, 1, 1, 1024, 2048);
      var answer = server.http().post("/instances", posted.fileLength(), posted::fileStream);
      assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
      try (InputStream file = server.http().stream("/instances/" + posted.id() + "/file")) {
        assertSame(file, posted.fileStream());
      }
      assertThat(server.http().delete("/instances/" + posted.id()).status()).isEqualTo(200);

      var stored = new SyntheticImage(1, 1, 2, 1024, 2048);
      try (var requester = new Requester(server.dicomPort(), SyntheticImage.SOP_CLASS)) {
        assertThat(requester.store(stored)).isZero();
        requester.release();
      }
      try (InputStream file = server.http().stream("/instances/" + stored.id() + "/file")) {
        skipMeta(file);
        assertSame(file, stored.dataSetStream());
      }
    } finally {
      Swept.folder(folder);
    }
  }

  /** Reads past the preamble and the group 0002, whose length stands in its first element. */
  private static void skipMeta(InputStream file) throws IOException {
    byte[] start = file.readNBytes(144);
    int length =
        java.nio.ByteBuffer.wrap(start).order(java.nio.ByteOrder.LITTLE_ENDIAN).getInt(140);
    file.skipNBytes(length);
  }

  private static void assertSame(InputStream got, InputStream wanted) throws IOException {
    byte[] a = new byte[1 << 20];
    byte[] b = new byte[1 << 20];
    long position = 0;
    for (int n; (n = got.readNBytes(a, 0, a.length)) > 0; position += n) {
      int m = wanted.readNBytes(b, 0, n);
      assertThat(Arrays.mismatch(a, 0, n, b, 0, m))
          .as("first difference behind %d", position)
          .isEqualTo(-1);
    }
    assertThat(wanted.read()).as("the answer ends at %d", position).isEqualTo(-1);
  }
}
