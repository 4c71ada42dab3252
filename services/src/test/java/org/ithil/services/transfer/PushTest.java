package org.ithil.services.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ithil.services.transfer.OfferedFiles.md5;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;
import org.ithil.services.peer.Workshop;
import org.ithil.services.transfer.Bucket.Chunk;
import org.ithil.services.transfer.TransferCounters.Counter;
import org.ithil.services.transfer.TransferException.Problem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others push here. */
class PushTest {
  private static final byte[] A = Workshop.dicom("P", 1, 3000);
  private static final byte[] B = Workshop.dicom("P", 2, 500);
  private static final List<Bucket> BUCKETS =
      List.of(
          new Bucket(List.of(new Chunk("a", 0, 1000))),
          new Bucket(List.of(new Chunk("a", 1000, A.length - 1000), new Chunk("b", 0, B.length))));

  @TempDir Path folder;
  private Workshop workshop;
  private Transfers transfers;

  @BeforeEach
  void open() throws IOException {
    workshop = new Workshop(folder, w -> List.of());
    transfers =
        new Transfers(
            new TransferRules(
                2, 4096, 1 << 20, 2, 0, Duration.ofSeconds(2), Duration.ofSeconds(20), 2),
            workshop.peers,
            workshop.client,
            workshop.archive,
            UUID::randomUUID);
  }

  @AfterEach
  void close() throws Exception {
    transfers.close();
    workshop.close();
  }

  private static List<TransferredFile> files(byte[] a, byte[] b) {
    return List.of(
        new TransferredFile("a", A.length, md5(a)), new TransferredFile("b", B.length, md5(b)));
  }

  private static byte[] second() {
    byte[] bytes = Arrays.copyOfRange(A, 1000, A.length + B.length);
    System.arraycopy(B, 0, bytes, A.length - 1000, B.length);
    return bytes;
  }

  private void put(UUID push, int number, byte[] bytes) throws IOException {
    transfers.putBucket(push, number, new ByteArrayInputStream(bytes));
  }

  private long stored() {
    return workshop.archive.index().read(reader -> reader.count(Level.INSTANCE));
  }

  private static void fails(Problem problem, ThrowableAssert.ThrowingCallable c) {
    assertThatThrownBy(c)
        .isInstanceOfSatisfying(
            TransferException.class, e -> assertThat(e.problem()).isEqualTo(problem));
  }

  @Test
  void stores_files_whose_parts_came_in_any_order_and_again() throws Exception {
    UUID push = transfers.openPush(files(A, B), BUCKETS, false);
    put(push, 1, second());
    put(push, 0, new byte[1000]);
    put(push, 0, Arrays.copyOf(A, 1000));
    assertThat(stored()).isZero();
    transfers.commitPush(push);

    assertThat(stored()).isEqualTo(2);
    assertThat(transfers.counters().get(Counter.COMMITTED_PUSHES)).isEqualTo(1);
    assertThat(transfers.counters().get(Counter.AVAILABLE_PUSHES)).isEqualTo(2);
    fails(Problem.UNKNOWN, () -> transfers.commitPush(push));
    fails(Problem.UNKNOWN, () -> put(push, 0, new byte[1000]));
    fails(Problem.UNKNOWN, () -> transfers.discardPush(push));
  }

  @Test
  void stores_nothing_if_one_file_is_not_whole_and_waits_for_the_rest() throws Exception {
    UUID push = transfers.openPush(files(A, B), BUCKETS, false);
    put(push, 1, second());
    fails(Problem.CORRUPTED, () -> transfers.commitPush(push));
    assertThat(stored()).isZero();

    put(push, 0, Arrays.copyOf(A, 1000));
    transfers.commitPush(push);
    assertThat(stored()).isEqualTo(2);
  }

  @Test
  void stores_nothing_if_one_file_is_no_dicom() throws Exception {
    byte[] no = new byte[B.length];
    UUID push = transfers.openPush(files(A, no), BUCKETS, false);
    put(push, 0, Arrays.copyOf(A, 1000));
    byte[] second = second();
    Arrays.fill(second, A.length - 1000, second.length, (byte) 0);
    put(push, 1, second);
    fails(Problem.NOT_DICOM, () -> transfers.commitPush(push));
    assertThat(stored()).isZero();
  }

  @Test
  void stores_nothing_if_one_file_lacks_an_identifier() throws Exception {
    workshop.store("P", 1, 10);
    byte[] nameless = without(Workshop.dicom("P", 7, 500), "1.2.3.7");
    List<TransferredFile> files =
        List.of(
            new TransferredFile("a", A.length, md5(A)),
            new TransferredFile("n", nameless.length, md5(nameless)),
            new TransferredFile("b", B.length, md5(B)));
    UUID push =
        transfers.openPush(
            files,
            List.of(
                new Bucket(List.of(new Chunk("a", 0, A.length))),
                new Bucket(List.of(new Chunk("n", 0, nameless.length))),
                new Bucket(List.of(new Chunk("b", 0, B.length)))),
            false);
    put(push, 0, A);
    put(push, 1, nameless);
    put(push, 2, B);

    fails(Problem.NOT_DICOM, () -> transfers.commitPush(push));
    // The one that was there before is there; the others are not.
    assertThat(stored()).isEqualTo(1);
  }

  /** The same file with an empty identifier. */
  private static byte[] without(byte[] file, String identifier) {
    String text = new String(file, StandardCharsets.ISO_8859_1);
    return text.replace(identifier, " ".repeat(identifier.length()))
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void refuses_buckets_that_are_not_as_announced() throws Exception {
    UUID push = transfers.openPush(files(A, B), BUCKETS, false);
    fails(Problem.WRONG_SIZE, () -> put(push, 0, new byte[999]));
    fails(Problem.WRONG_SIZE, () -> put(push, 0, new byte[1001]));
    fails(Problem.WRONG_SIZE, () -> put(push, 0, new byte[1 << 20]));
    fails(Problem.OUT_OF_RANGE, () -> put(push, 2, new byte[1]));
    fails(Problem.UNKNOWN, () -> put(UUID.randomUUID(), 0, new byte[1]));
    UUID strange =
        transfers.openPush(
            files(A, B),
            List.of(
                new Bucket(List.of(new Chunk("c", 0, 1))),
                new Bucket(List.of(new Chunk("a", A.length, 1)))),
            false);
    fails(Problem.UNKNOWN, () -> put(strange, 0, new byte[1]));
    fails(Problem.OUT_OF_RANGE, () -> put(strange, 1, new byte[1]));
  }

  @Test
  void drops_the_transaction_used_longest_ago_and_what_it_had() throws Exception {
    UUID first = transfers.openPush(files(A, B), BUCKETS, false);
    UUID second = transfers.openPush(files(A, B), BUCKETS, false);
    put(first, 1, second());
    UUID third = transfers.openPush(files(A, B), BUCKETS, false);

    fails(Problem.UNKNOWN, () -> put(second, 0, new byte[1000]));
    put(first, 0, Arrays.copyOf(A, 1000));
    put(third, 0, Arrays.copyOf(A, 1000));
    assertThat(transfers.counters().get(Counter.ABORTED_PUSHES)).isEqualTo(1);
    transfers.discardPush(third);
    transfers.commitPush(first);
    assertThat(stored()).isEqualTo(2);
    try (var left = Files.list(folder.resolve(".spool"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void sends_parts_of_files_that_follow_one_another() throws Exception {
    String a = workshop.store("P", 1, 3000).instance().toString();
    String b = workshop.store("P", 2, 500).instance().toString();
    byte[] both = Arrays.copyOf(A, A.length + B.length);
    System.arraycopy(B, 0, both, A.length, B.length);

    for (int[] part : new int[][] {{0, 0}, {10, 0}, {A.length - 5, 10}, {A.length, 3}, {9999, 4}}) {
      try (Transfers.Sending sending = transfers.chunks(List.of(a, b), part[0], part[1]);
          var in = sending.open()) {
        int from = Math.min(part[0], both.length);
        int to = part[1] == 0 ? both.length : Math.min(both.length, part[0] + part[1]);
        byte[] wanted = Arrays.copyOfRange(both, from, Math.max(from, to));
        assertThat(sending.size()).isEqualTo(wanted.length);
        assertThat(in.readAllBytes()).isEqualTo(wanted);
      }
    }
    String unknown = "00000000-00000000-00000000-00000000-00000000";
    transfers.chunks(List.of(a, unknown), 0, 10).close();
    fails(Problem.UNKNOWN, () -> transfers.chunks(List.of(a, unknown), 0, 0));
    assertThat(transfers.counters().get(Counter.CACHE_HITS)).isPositive();
    assertThat(transfers.counters().get(Counter.USED_CACHE)).isEqualTo(both.length);
  }

  @Test
  void sends_the_new_file_of_an_instance_that_came_again() throws Exception {
    String id = workshop.store("P", 1, 3000).instance().toString();
    transfers.chunks(List.of(id), 0, 0).close();
    workshop.archive.deletion().delete(Level.INSTANCE, ResourceId.parse(id).orElseThrow());
    workshop.store("P", 1, 10);

    try (Transfers.Sending sending = transfers.chunks(List.of(id), 0, 0)) {
      assertThat(sending.size()).isEqualTo(Workshop.dicom("P", 1, 10).length);
    }
  }
}
