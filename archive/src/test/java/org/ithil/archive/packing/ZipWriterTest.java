package org.ithil.archive.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZipWriterTest {
  private static final LocalDateTime NOW = LocalDateTime.of(2026, 11, 24, 12, 34, 56);

  @TempDir Path folder;

  private static int crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void stored(ZipWriter zip, String name, byte[] bytes) throws IOException {
    zip.add(name, ZipWriter.STORED, crc(bytes), bytes.length, bytes, bytes.length);
  }

  /** One entry of each kind. */
  private static void write(OutputStream out) throws IOException, InterruptedException {
    try (Deflation deflation = new Deflation()) {
      ZipWriter zip = new ZipWriter(out, NOW);
      stored(zip, "a/stored", text("as it is"));
      byte[] large = text("again and ".repeat(1000));
      Deflation.Packed packed = deflation.whole(large, large.length);
      zip.add(
          "a/b/déflaté",
          ZipWriter.DEFLATED,
          crc(large),
          large.length,
          packed.bytes(),
          packed.length());
      zip.addDeflated(
          "streamed",
          large.length,
          content -> content.write(packed.bytes(), 0, packed.length()),
          () -> crc(large));
      zip.addStored("copied", crc(large), large.length, content -> content.write(large));
      stored(zip, "empty", new byte[0]);
      zip.finish();
    }
  }

  @Test
  void is_read_by_the_directory_and_front_to_back() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    write(bytes);
    Path file = Files.write(folder.resolve("a.zip"), bytes.toByteArray());
    String large = "again and ".repeat(1000);
    try (ZipFile zip = new ZipFile(file.toFile())) {
      assertThat(zip.stream().map(ZipEntry::getName))
          .containsExactly("a/stored", "a/b/déflaté", "streamed", "copied", "empty");
      assertThat(zip.getEntry("streamed").getTimeLocal()).isEqualTo(NOW);
      for (String name : new String[] {"a/b/déflaté", "streamed", "copied"}) {
        assertThat(zip.getInputStream(zip.getEntry(name))).hasContent(large);
      }
    }
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      int entries = 0;
      while (zip.getNextEntry() != null) {
        zip.readAllBytes();
        entries++;
      }
      assertThat(entries).isEqualTo(5);
    }
    passes(file);
  }

  @Test
  void an_archive_of_nothing_is_one() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ZipWriter zip = new ZipWriter(bytes, NOW);
    zip.finish();
    assertThat(bytes.size()).isEqualTo(22);
    assertThat(zip.size()).isEqualTo(22);
    try (ZipFile empty =
        new ZipFile(Files.write(folder.resolve("e.zip"), bytes.toByteArray()).toFile())) {
      assertThat(empty.size()).isZero();
    }
  }

  @Test
  void has_more_entries_than_the_plain_form_can_count() throws Exception {
    Path file = folder.resolve("many.zip");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      ZipWriter zip = new ZipWriter(out, NOW);
      for (int n = 0; n < 70_000; n++) {
        stored(zip, "file-" + n, text(Integer.toString(n)));
      }
      zip.finish();
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      assertThat(zip.size()).isEqualTo(70_000);
      assertThat(zip.getInputStream(zip.getEntry("file-69999"))).hasContent("69999");
    }
    passes(file);
  }

  /** Leaves holes where zeros are written. */
  private static final class Sparse extends OutputStream {
    private final FileChannel channel;

    Sparse(FileChannel channel) {
      this.channel = channel;
    }

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (length >= 1 << 20) {
        channel.position(channel.position() + length);
      } else {
        channel.write(ByteBuffer.wrap(bytes, offset, length));
      }
    }
  }

  @Test
  void has_entries_and_places_beyond_four_gigabytes() throws Exception {
    Path file = folder.resolve("large.zip");
    long size = (4L << 30) + (1 << 20);
    byte[] zeros = new byte[1 << 20];
    CRC32 crc = new CRC32();
    for (long done = 0; done < size; done += zeros.length) {
      crc.update(zeros);
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ZipWriter zip = new ZipWriter(new Sparse(channel), NOW);
      zip.addStored(
          "large",
          (int) crc.getValue(),
          size,
          content -> {
            for (long done = 0; done < size; done += zeros.length) {
              content.write(zeros);
            }
          });
      stored(zip, "behind", text("found"));
      // Says four gigabytes, packed into a few bytes: as it is for a file of zeros.
      zip.addDeflated("streamed", size, content -> content.write(3), () -> 7);
      zip.finish();
      assertThat(zip.size()).isEqualTo(channel.size());
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      assertThat(zip.getEntry("large").getSize()).isEqualTo(size);
      assertThat(zip.getInputStream(zip.getEntry("behind"))).hasContent("found");
      assertThat(zip.getEntry("streamed").getSize()).isEqualTo(size);
      assertThat(zip.getEntry("streamed").getCompressedSize()).isEqualTo(1);
    }
    Path python = Path.of("/usr/bin/python3");
    if (Files.isExecutable(python)) {
      String script =
          "import sys,zipfile\n"
              + "z=zipfile.ZipFile(sys.argv[1])\n"
              + "print(z.getinfo('large').file_size, z.read('behind'))";
      assertThat(output(python.toString(), "-c", script, file.toString()))
          .contains(size + " b'found'");
    }
  }

  @Test
  void refuses_an_entry_that_is_not_as_long_as_it_says() {
    ZipWriter zip = new ZipWriter(OutputStream.nullOutputStream(), NOW);
    assertThatThrownBy(() -> zip.addStored("x", 0, 5, content -> content.write(new byte[4])))
        .isInstanceOf(ZipException.class);
  }

  /** Info-ZIP finds nothing wrong. */
  private static void passes(Path file) throws Exception {
    Path unzip = Path.of("/usr/bin/unzip");
    Assumptions.assumeTrue(Files.isExecutable(unzip), "skipped: no unzip");
    assertThat(output(unzip.toString(), "-tq", file.toString())).contains("No errors detected");
  }

  private static String output(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }
}
