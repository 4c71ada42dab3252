package org.ithil.dicom.io;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.encoding.Vr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arrays, files and inflated data give the bytes asked for, to many threads at once. */
class ByteSourceTest {
  private static final byte[] CONTENT = content(12 << 20);
  private static final byte[] HEAD = Arrays.copyOf(CONTENT, 1 << 20);

  @TempDir Path folder;

  private static byte[] content(int length) {
    byte[] bytes = new byte[length];
    Random random = new Random(7);
    for (int i = 0; i < length; i += 64) {
      bytes[i] = (byte) random.nextInt();
    }
    return bytes;
  }

  private FileByteSource file() throws IOException {
    return FileByteSource.open(Files.write(folder.resolve("content"), CONTENT));
  }

  private static ByteSource inflated() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(1, true);
    try (DeflaterOutputStream deflating = new DeflaterOutputStream(out, deflater)) {
      deflating.write(CONTENT);
    } finally {
      deflater.end();
    }
    return Inflation.of(ByteSource.of(out.toByteArray()), 0, CONTENT.length);
  }

  private static void givesAllBytes(ByteSource source) throws Exception {
    assertThat(source.size()).isEqualTo(CONTENT.length);
    for (int[] range : new int[][] {{0, 0}, {0, 1}, {CONTENT.length, 0}, {CONTENT.length - 1, 1}}) {
      assertThat(source.read(range[0], range[1]))
          .isEqualTo(Arrays.copyOfRange(CONTENT, range[0], range[0] + range[1]));
    }
    ByteArrayOutputStream copy = new ByteArrayOutputStream();
    source.copyTo(1000, 200_000, copy);
    assertThat(copy.toByteArray()).isEqualTo(Arrays.copyOfRange(CONTENT, 1000, 201_000));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> same = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        int at = i * 7919 * 37 % (CONTENT.length - 5000);
        same.add(
            threads.submit(() ->
                Arrays.equals(source.read(at, 5000), Arrays.copyOfRange(CONTENT, at, at + 5000))));
      }
      for (Future<Boolean> one : same) {
        assertThat(one.get()).isTrue();
      }
    }
  }

  private static void refusesOthers(ByteSource source) {
    long[][] ranges = {{-1, 1}, {0, CONTENT.length + 1L}, {Long.MAX_VALUE, 1}, {5, -1}};
    for (long[] range : ranges) {
      assertThatThrownBy(() -> source.read(range[0], (int) range[1]))
          .isInstanceOf(EOFException.class);
      assertThatThrownBy(() -> source.copyTo(range[0], range[1], new ByteArrayOutputStream()))
          .isInstanceOf(EOFException.class);
    }
    assertThatThrownBy(() -> source.read(0, Integer.MAX_VALUE)).isInstanceOf(EOFException.class);
  }

  @Test
  void an_array() throws Exception {
    ByteSource source = ByteSource.of(CONTENT);
    givesAllBytes(source);
    refusesOthers(source);
  }

  @Test
  void a_file() throws Exception {
    try (FileByteSource source = file()) {
      givesAllBytes(source);
      refusesOthers(source);
    }
  }

  @Test
  void a_file_that_is_missing_or_closed() throws Exception {
    assertThatThrownBy(() -> FileByteSource.open(folder.resolve("missing")))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> FileByteSource.open(folder))
        .isInstanceOf(FileSystemException.class)
        .isNotInstanceOf(NoSuchFileException.class);
    FileByteSource source = file();
    source.close();
    source.close();
    assertThatThrownBy(() -> source.read(0, 1)).isInstanceOf(IOException.class);
  }

  @Test
  void a_file_stays_open_for_others_when_a_thread_that_reads_it_is_interrupted() throws Exception {
    try (FileByteSource source = file()) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> source.read(0, 100)).isInstanceOf(InterruptedIOException.class);
      assertThat(Thread.interrupted()).isTrue();
      givesAllBytes(source);
    }
  }

  @Test
  void a_file_is_read_by_some_while_others_are_interrupted_at_any_moment() throws Exception {
    try (FileByteSource source = file();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        Future<Boolean> whole = threads.submit(() -> Arrays.equals(source.read(0, 1 << 20), HEAD));
        CountDownLatch reads = new CountDownLatch(1);
        Thread stopped =
            Thread.ofVirtual()
                .start(() -> {
                  reads.countDown();
                  assertThatThrownBy(
                          () -> {
                            while (true) {
                              source.read(0, 1 << 20);
                            }
                          })
                      .isInstanceOf(InterruptedIOException.class);
                });
        reads.await();
        stopped.interrupt();
        stopped.join();
        assertThat(whole.get()).isTrue();
      }
    }
  }

  @Test
  void inflated_data_too_large_to_be_held() throws Exception {
    ByteSource source = inflated();
    givesAllBytes(source);
    refusesOthers(source);
  }

  @Test
  void inflated_data_let_their_inflater_go_and_can_be_read_again() throws Exception {
    Inflation source = (Inflation) inflated();
    assertThat(source.isHeld()).isFalse();
    for (int i = 0; i < 2; i++) {
      assertThat(source.read(1000, 100)).isEqualTo(Arrays.copyOfRange(CONTENT, 1000, 1100));
      assertThat(source.isHeld()).isTrue();
      source.release();
      source.release();
      assertThat(source.isHeld()).isFalse();
    }
  }

  @Test
  void reading_a_file_leaves_no_inflater_behind() throws Exception {
    DataSet large =
        DataSet.of(
            List.of(
                new Element(Tag.PixelData, Vr.OB, new Value.Bytes(CONTENT)),
                new Element(0x7fe10010, Vr.LO, new Value.Bytes("behind".getBytes(US_ASCII)))));
    DataSet meta =
        DataSet.of(
            List.of(
                new Element(
                    Tag.TransferSyntaxUID,
                    Vr.UI,
                    new Value.Bytes("1.2.840.10008.1.2.1.99".getBytes(US_ASCII)))));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DicomWriter.writeFile(meta, large, ByteSource.of(new byte[0]), out);
    DicomFile file = DicomReader.readFile(ByteSource.of(out.toByteArray()), ReadOptions.DEFAULT);
    assertThat(((Inflation) file.values()).isHeld()).isFalse();
  }
}
