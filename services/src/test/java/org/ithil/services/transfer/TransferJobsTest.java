package org.ithil.services.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ithil.services.transfer.OfferedFiles.entry;
import static org.ithil.services.transfer.OfferedFiles.md5;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.ithil.archive.job.Job;
import org.ithil.archive.job.JobState;
import org.ithil.archive.job.engine.JobType;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.resource.Level;
import org.ithil.services.peer.FakePeer;
import org.ithil.services.peer.Workshop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The jobs, with a peer that misbehaves. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TransferJobsTest {
  private static final String A = "00000000-00000000-00000000-00000000-0000000a";
  private static final String B = "00000000-00000000-00000000-00000000-0000000b";
  private static final byte[] FILE_A = Workshop.dicom("P", 1, 9000);
  private static final byte[] FILE_B = Workshop.dicom("P", 2, 100);
  private static final OfferedFiles OFFERED = new OfferedFiles(Map.of(A, FILE_A, B, FILE_B));

  @TempDir Path folder;
  private Workshop workshop;
  private Transfers transfers;
  private FakePeer fake;
  private int retries;

  @BeforeEach
  void open() throws IOException {
    fake = new FakePeer(exchange -> exchange.answer(404, ""));
    start();
  }

  private void start() throws IOException {
    workshop = new Workshop(folder, this::types, TransferJobsTest::details);
    workshop.jobs.listen(transfers::jobChanged);
    workshop.peers.put("fake", fake.peer());
  }

  /** As clients are told. */
  private static String details(Throwable thrown) {
    return thrown instanceof TransferException transfer
        ? Objects.requireNonNullElse(transfer.details(), "")
        : thrown.toString();
  }

  private List<JobType> types(Workshop made) {
    TransferRules rules =
        new TransferRules(
            2, 4096, 1 << 20, 2, retries, Duration.ofSeconds(2), Duration.ofSeconds(20), 1);
    transfers = new Transfers(rules, made.peers, made.client, made.archive, UUID::randomUUID);
    return transfers.jobTypes();
  }

  @AfterEach
  void close() throws Exception {
    transfers.close();
    workshop.close();
    fake.close();
  }

  private static String found(String md5OfB) {
    return "{\"Originator\":\"me\",\"Instances\":["
        + entry(A, FILE_A.length, md5(FILE_A))
        + ","
        + entry(B, FILE_B.length, md5OfB)
        + "]}";
  }

  private JsonValue.Members request(Optional<String> originator, List<JsonValue> resources) {
    return new TransferRequest(resources, "fake", false, originator, "sender").seed();
  }

  private long stored() {
    return workshop.archive.index().read(reader -> reader.count(Level.INSTANCE));
  }

  private Job pull() throws InterruptedException {
    return workshop.run(TransferRequest.PULL, request(Optional.empty(), List.of()));
  }

  private static void failed(Job job) {
    assertThat(job.status().state()).isEqualTo(JobState.FAILURE);
  }

  private static void failed(Job job, String why) {
    failed(job);
    assertThat(job.status().failure().orElseThrow().details()).contains(why);
  }

  /** A job that the reference says nothing of. */
  private static void failedSilently(Job job) {
    failed(job);
    assertThat(job.status().failure().orElseThrow().details()).isEmpty();
  }

  @Test
  void pulls_what_the_peer_has() throws Exception {
    fake.behave(OFFERED::answer);
    Job job = pull();

    assertThat(job.status().state()).isEqualTo(JobState.SUCCESS);
    assertThat(stored()).isEqualTo(2);
    assertThat(Workshop.content(job))
        .contains("\"CompletedHttpQueries\":3", "\"TotalInstances\":2");
    assertThat(fake.received().getFirst().headers()).containsEntry("sender-transfer-id", "sender");
    assertThat(fake.received().getLast().headers()).doesNotContainKey("sender-transfer-id");
  }

  @Test
  void stores_nothing_if_one_md5_is_wrong() throws Exception {
    fake.behave(exchange -> {
      if (exchange.path().equals("/transfers/lookup")) {
        exchange.answer(200, found(md5(FILE_A)));
      } else {
        OFFERED.chunks(exchange);
      }
    });
    failed(pull(), "Bad MD5 sum in a transfered DICOM instance: " + B);
    assertThat(stored()).isZero();
  }

  @Test
  void fails_if_chunks_are_longer_or_shorter_than_asked_for_or_cut() throws Exception {
    for (int wrong : new int[] {-1, 1, 100_000}) {
      fake.behave(exchange -> {
        if (exchange.path().equals("/transfers/lookup")) {
          exchange.answer(200, OFFERED.found());
        } else {
          int size = Integer.parseInt(exchange.path().replaceAll(".*size=(\\d+).*", "$1"));
          exchange.answer(200, new byte[size + wrong], size + wrong);
        }
      });
      failed(pull(), "the chunks have not the size asked for");
    }
    fake.behave(exchange -> {
      if (exchange.path().equals("/transfers/lookup")) {
        exchange.answer(200, OFFERED.found());
      } else {
        exchange.answer(200, new byte[10], 4000);
        exchange.cutAfter(0);
      }
    });
    failed(pull(), "the connection broke: " + fake.url());
    assertThat(stored()).isZero();
  }

  @Test
  void fails_if_the_lookup_is_answered_with_nonsense_or_by_another_server() throws Exception {
    for (String nonsense :
        List.of(
            "no JSON",
            "[]",
            "{\"Originator\":\"me\",\"Instances\":[{\"ID\":\"../x\",\"Size\":\"1\",\"MD5\":\"\"}]}",
            "{\"Instances\":[]}")) {
      fake.behave(exchange -> exchange.answer(200, nonsense));
      failed(pull(), ": ");
    }
    fake.behave(exchange -> exchange.answer(200, found("")));
    failedSilently(workshop.run(TransferRequest.PULL, request(Optional.of("another"), List.of())));
  }

  @Test
  void gives_up_answers_without_end() throws Exception {
    fake.behave(exchange -> exchange.pour("{\"Instances\":[", entry(A, 1, "0") + ","));
    failed(pull(), "longer than 8388608 bytes");
    assertThat(fake.poured()).isLessThan(26 << 20);

    long before = fake.poured();
    fake.behave(exchange -> exchange.pour("{\"ID\":\"", "x"));
    failed(workshop.run(TransferRequest.PUSH, toSend()));
    fake.behave(exchange -> exchange.pour("[", "\"transfers\","));
    assertThat(transfers.peers()).containsEntry("fake", Transfers.PeerStatus.DISABLED);
    assertThat(fake.poured() - before).isLessThan(26 << 20);

    fake.behave(exchange -> {
      if (exchange.path().equals("/transfers/lookup")) {
        exchange.answer(200, OFFERED.found());
      } else {
        exchange.pour("", "x");
      }
    });
    before = fake.poured();
    failed(pull());
    assertThat(fake.poured() - before).isLessThan(26 << 20);
    assertThat(stored()).isEqualTo(2); // those to be sent
    assertThat(spooled()).isEmpty();
  }

  @Test
  void says_nothing_of_what_stops_it_at_its_beginning_as_the_reference() throws Exception {
    JsonValue.Members seed = toSend();
    for (int status : new int[] {404, 500}) {
      fake.behave(exchange -> exchange.answer(status, "no"));
      failedSilently(pull());
      failedSilently(workshop.run(TransferRequest.PUSH, seed));
    }
    fake.close();
    failedSilently(pull());
    failedSilently(workshop.run(TransferRequest.PUSH, seed));
    JsonValue unknown =
        JsonValue.object(
            Map.of("Level", new JsonValue.Text("Study"), "ID", new JsonValue.Text("nope")));
    failedSilently(workshop.run(TransferRequest.PUSH, request(Optional.empty(), List.of(unknown))));
  }

  @Test
  void names_its_peer_if_that_was_forgotten() throws Exception {
    JsonValue.Members seed = toSend();
    workshop.peers.remove("fake");
    failed(pull(), "OrthancPeersInDatabase is false: fake");
    failed(workshop.run(TransferRequest.PUSH, seed), "OrthancPeersInDatabase is false: fake");
  }

  @Test
  void repeats_requests_as_often_as_it_is_told_to() throws Exception {
    close();
    retries = 1;
    open();
    AtomicInteger requests = new AtomicInteger();
    fake.behave(exchange -> {
      if (requests.incrementAndGet() % 2 == 1) {
        exchange.answer(503, "later");
      } else if (exchange.path().equals("/transfers/lookup")) {
        exchange.answer(200, "{\"Originator\":\"me\",\"Instances\":[]}");
      } else {
        exchange.answer(500, "");
      }
    });
    assertThat(pull().status().state()).isEqualTo(JobState.SUCCESS);
    assertThat(requests.get()).isEqualTo(2);
  }

  @Test
  void goes_on_with_what_it_has_after_a_pause() throws Exception {
    fake.behave(exchange -> {
      if (exchange.path().equals("/transfers/lookup")) {
        exchange.answer(200, OFFERED.found());
      } else if (exchange.path().contains(B)) {
        exchange.fallSilentAfter(0);
      } else {
        OFFERED.chunks(exchange);
      }
    });
    Job job = workshop.submit(TransferRequest.PULL, request(Optional.empty(), List.of()));
    fake.awaitSilence();
    workshop.jobs.act(job.id(), JobState.Action.PAUSE);
    workshop.await(job.id(), j -> j.status().state() == JobState.PAUSED);
    int before = fake.received().size();
    fake.behave(OFFERED::chunks);
    workshop.jobs.act(job.id(), JobState.Action.RESUME);

    Job end = workshop.await(job.id(), j -> j.status().state().isFinal());
    assertThat(end.status().state()).isEqualTo(JobState.SUCCESS);
    // One of the other buckets was there for sure; the last one may have been on its way.
    assertThat(fake.received().subList(before, fake.received().size()))
        .extracting(FakePeer.Received::path)
        .hasSizeLessThan(3)
        .noneMatch(path -> path.contains("lookup"))
        .anyMatch(path -> path.contains(B));
    assertThat(stored()).isEqualTo(2);
  }

  @Test
  void lets_what_it_has_go_when_it_is_cancelled() throws Exception {
    fake.behave(exchange -> {
      if (exchange.path().equals("/transfers/lookup")) {
        exchange.answer(200, OFFERED.found());
      } else if (exchange.path().contains(B)) {
        exchange.fallSilentAfter(0);
      } else {
        OFFERED.chunks(exchange);
      }
    });
    Job job = workshop.submit(TransferRequest.PULL, request(Optional.empty(), List.of()));
    fake.awaitSilence();
    workshop.jobs.act(job.id(), JobState.Action.CANCEL);
    failed(workshop.await(job.id(), j -> j.status().state().isFinal()));

    assertThat(stored()).isZero();
    // The listener that lets it go hears of the end as this test does, in no order.
    while (!spooled().isEmpty()) {
      Thread.sleep(10);
    }
  }

  private List<Path> spooled() throws IOException {
    try (var left = Files.list(folder.resolve(".spool"))) {
      return left.toList();
    }
  }

  private JsonValue.Members toSend() throws Exception {
    String patient = workshop.store("P", 1, 9000).patient().toString();
    workshop.store("P", 2, 100);
    return request(
        Optional.empty(),
        List.of(
            JsonValue.object(
                Map.of(
                    "Level", new JsonValue.Text("Patient"),
                    "ID", new JsonValue.Text(patient)))));
  }

  @Test
  void pushes_with_the_cookie_that_it_was_given() throws Exception {
    fake.sayToo("Set-Cookie: a=1\r\nSet-Cookie: b=2; Path=/\r\n");
    fake.behave(exchange -> exchange.answer(200, "{\"ID\":\"x\",\"Path\":\"/transfers/push/x\"}"));
    Job job = workshop.run(TransferRequest.PUSH, toSend());

    assertThat(job.status().state()).isEqualTo(JobState.SUCCESS);
    List<String> paths = fake.received().stream().map(r -> r.method() + r.path()).sorted().toList();
    assertThat(paths)
        .containsExactly(
            "POST/transfers/push",
            "POST/transfers/push/x/commit",
            "PUT/transfers/push/x/0",
            "PUT/transfers/push/x/1",
            "PUT/transfers/push/x/2");
    for (FakePeer.Received later : fake.received().subList(1, 5)) {
      assertThat(later.headers())
          .containsEntry("cookie", "b=2")
          .containsEntry("sender-transfer-id", "sender");
    }
    assertThat(new String(fake.received().getFirst().body(), StandardCharsets.UTF_8))
        .contains("\"Compression\"");
  }

  @Test
  void drops_the_push_if_a_bucket_is_refused_but_not_if_the_commit_is() throws Exception {
    JsonValue.Members seed = toSend();
    for (String refused : List.of("/2", "/commit")) {
      fake.received().clear();
      fake.behave(exchange -> {
        if (exchange.path().endsWith(refused)) {
          exchange.answer(500, "no");
        } else {
          exchange.answer(200, "{\"ID\":\"x\",\"Path\":\"/transfers/push/x\"}");
        }
      });
      failed(workshop.run(TransferRequest.PUSH, seed), "status 500: " + fake.url());
      assertThat(fake.received().stream().anyMatch(r -> r.method().equals("DELETE")))
          .isEqualTo(refused.equals("/2"));
    }
  }

  @Test
  void goes_on_with_the_same_push_after_a_pause_and_anew_if_the_peer_has_lost_it()
      throws Exception {
    JsonValue.Members seed = toSend();
    for (boolean lost : new boolean[] {false, true}) {
      close();
      open();
      AtomicInteger opened = new AtomicInteger();
      fake.behave(exchange -> {
        if (exchange.path().equals("/transfers/push")) {
          int number = opened.incrementAndGet();
          exchange.answer(200, "{\"ID\":\"x\",\"Path\":\"/transfers/push/x" + number + "\"}");
        } else if (exchange.path().endsWith("/2")) {
          exchange.fallSilentAfter(0);
        } else {
          exchange.answer(200, "{}");
        }
      });
      Job job = workshop.submit(TransferRequest.PUSH, seed);
      fake.awaitSilence();
      workshop.jobs.act(job.id(), JobState.Action.PAUSE);
      workshop.await(job.id(), j -> j.status().state() == JobState.PAUSED);
      int before = fake.received().size();
      fake.behave(exchange -> {
        if (exchange.path().equals("/transfers/push")) {
          int number = opened.incrementAndGet();
          exchange.answer(200, "{\"ID\":\"x\",\"Path\":\"/transfers/push/x" + number + "\"}");
        } else {
          exchange.answer(lost && exchange.path().contains("x1") ? 404 : 200, "{}");
        }
      });
      workshop.jobs.act(job.id(), JobState.Action.RESUME);
      Job end = workshop.await(job.id(), j -> j.status().state().isFinal());

      assertThat(end.status().state()).isEqualTo(JobState.SUCCESS);
      List<String> after =
          fake.received().subList(before, fake.received().size()).stream()
              .map(FakePeer.Received::path)
              .toList();
      if (lost) {
        assertThat(after).contains("/transfers/push/x2/0", "/transfers/push/x2/commit");
      } else {
        assertThat(after)
            .hasSizeLessThan(4)
            .contains("/transfers/push/x1/2")
            .endsWith("/transfers/push/x1/commit")
            .doesNotContain("/transfers/push");
      }
    }
  }
}
