package org.ithil.services.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.ithil.archive.job.Job;
import org.ithil.archive.job.JobState;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.Lineage;
import org.ithil.archive.resource.ResourceId;
import org.ithil.services.selection.Selection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PeerStoreTest {
  @TempDir Path folder;
  private Workshop workshop;
  private FakePeer fake;

  @BeforeEach
  void open() throws IOException {
    workshop =
        new Workshop(
            folder,
            w ->
                List.of(
                    new PeerStore(w.peers, w.client, w.archive.retrieval(), w.archive.spool())));
    fake = new FakePeer(exchange -> exchange.answer(200, "{}"));
    workshop.peers.put("fake", fake.peer());
  }

  @AfterEach
  void close() throws Exception {
    workshop.close();
    fake.close();
  }

  private JsonValue.Members seed(
      boolean compress, Optional<String> transcode, boolean permissive, ResourceId... instances) {
    TreeMap<ResourceId, Level> named = new TreeMap<>();
    for (ResourceId id : instances) {
      named.put(id, Level.INSTANCE);
    }
    return new PeerStore.Request(
            "fake", new Selection(named, List.of(instances)), compress, transcode, permissive)
        .seed(workshop.peers.get("fake").orElseThrow());
  }

  private ResourceId store(int number) throws Exception {
    return workshop.store("P", number, 1000).instance();
  }

  @Test
  void sends_each_file_as_it_is_kept() throws Exception {
    Job job =
        workshop.run(PeerStore.NAME, seed(false, Optional.empty(), false, store(2), store(1)));

    assertThat(job.status().state()).isEqualTo(JobState.SUCCESS);
    assertThat(fake.received())
        .extracting(FakePeer.Received::body)
        .containsExactly(Workshop.dicom("P", 2, 1000), Workshop.dicom("P", 1, 1000));
    int size = 2 * Workshop.dicom("P", 1, 1000).length;
    assertThat(Workshop.content(job))
        .contains("\"FailedInstancesCount\":0,\"InstancesCount\":2")
        .contains("\"Size\":\"" + size + "\",\"SizeMB\":0");
  }

  @Test
  void compresses_bodies() throws Exception {
    Job job = workshop.run(PeerStore.NAME, seed(true, Optional.empty(), false, store(1)));

    FakePeer.Received received = fake.received().getFirst();
    assertThat(received.headers()).containsEntry("content-encoding", "gzip");
    assertThat(new GZIPInputStream(new ByteArrayInputStream(received.body())).readAllBytes())
        .isEqualTo(Workshop.dicom("P", 1, 1000));
    assertThat(Workshop.content(job)).contains("\"Size\":\"" + received.body().length + "\"");
  }

  @Test
  void sends_in_another_syntax_where_that_is_possible() throws Exception {
    ResourceId id = store(1);
    workshop.run(PeerStore.NAME, seed(false, Optional.of("1.2.840.10008.1.2"), false, id));
    workshop.run(PeerStore.NAME, seed(false, Optional.of("1.2.840.10008.1.2.4.70"), false, id));

    assertThat(new String(fake.received().get(0).body(), StandardCharsets.ISO_8859_1))
        .contains("1.2.840.10008.1.2\0");
    assertThat(fake.received().get(1).body()).isEqualTo(Workshop.dicom("P", 1, 1000));
  }

  @Test
  void fails_with_the_first_instance_that_is_refused() throws Exception {
    fake.behave(exchange -> exchange.answer(403, "no"));
    Job job =
        workshop.run(PeerStore.NAME, seed(false, Optional.empty(), false, store(1), store(2)));

    assertThat(job.status().state()).isEqualTo(JobState.FAILURE);
    assertThat(job.status().failure().orElseThrow().details()).contains("Refused");
    assertThat(fake.received()).hasSize(1);
  }

  @Test
  void counts_what_fails_if_it_is_permissive() throws Exception {
    int[] number = {0};
    fake.behave(exchange -> {
      switch (number[0]++) {
        case 0 -> exchange.answer(500, "no");
        case 1, 2 -> exchange.cutAfter(500); // it is tried once more
        default -> exchange.answer(200, "{}");
      }
    });
    ResourceId gone = store(4);
    workshop.archive.deletion().delete(Level.INSTANCE, gone);
    Job job =
        workshop.run(
            PeerStore.NAME,
            seed(false, Optional.empty(), true, store(1), store(2), gone, store(3)));

    assertThat(job.status().state()).isEqualTo(JobState.SUCCESS);
    assertThat(Workshop.content(job)).contains("\"FailedInstancesCount\":3,\"InstancesCount\":4");
  }

  @Test
  void is_paused_in_the_middle_of_a_body_and_sends_that_again() throws Exception {
    ResourceId first = store(1);
    ResourceId large = workshop.store("P", 2, 30 << 20).instance();
    int[] number = {0};
    fake.behave(exchange -> {
      if (number[0]++ == 1) {
        exchange.fallSilentAfter(1 << 20);
      } else {
        exchange.answer(200, "{}");
      }
    });
    Job job = workshop.submit(PeerStore.NAME, seed(false, Optional.empty(), true, first, large));
    fake.awaitSilence();
    assertThat(workshop.jobs.act(job.id(), JobState.Action.PAUSE)).isTrue();
    Job paused = workshop.await(job.id(), j -> j.status().state() == JobState.PAUSED);
    assertThat(paused.status().progress()).isEqualTo(0.5);

    assertThat(workshop.jobs.act(job.id(), JobState.Action.RESUME)).isTrue();
    Job end = workshop.await(job.id(), j -> j.status().state().isFinal());
    assertThat(end.status().state()).isEqualTo(JobState.SUCCESS);
    int size = Workshop.dicom("P", 1, 1000).length + Workshop.dicom("P", 2, 30 << 20).length;
    assertThat(Workshop.content(end))
        .contains("\"FailedInstancesCount\":0", "\"Size\":\"" + size + "\"");
    assertThat(fake.received()).hasSize(3);
    assertThat(fake.received().getLast().body()).isEqualTo(Workshop.dicom("P", 2, 30 << 20));
  }

  @Test
  void is_cancelled_while_the_peer_is_silent() throws Exception {
    fake.behave(exchange -> exchange.fallSilentAfter(10));
    Job job =
        workshop.submit(PeerStore.NAME, seed(false, Optional.empty(), true, store(1), store(2)));
    fake.awaitSilence();
    assertThat(workshop.jobs.act(job.id(), JobState.Action.CANCEL)).isTrue();

    Job end = workshop.await(job.id(), j -> j.status().state().isFinal());
    assertThat(end.status().failure().orElseThrow().code()).isEqualTo(37);
  }

  @Test
  void says_what_to_do_if_its_peer_was_forgotten_at_a_restart() throws Exception {
    fake.behave(exchange -> exchange.fallSilentAfter(10));
    Job job = workshop.submit(PeerStore.NAME, seed(false, Optional.empty(), true, store(1)));
    fake.awaitSilence();
    workshop.jobs.act(job.id(), JobState.Action.PAUSE);
    workshop.await(job.id(), j -> j.status().state() == JobState.PAUSED);
    close();
    open();
    workshop.peers.remove("fake");
    workshop.jobs.act(job.id(), JobState.Action.RESUME);

    Job end = workshop.await(job.id(), j -> j.status().state().isFinal());
    assertThat(end.status().failure().orElseThrow().details())
        .contains("PeerException$Gone", "OrthancPeersInDatabase is false: fake");
  }

  @Test
  void says_that_its_peer_was_removed_if_it_was_in_the_database() {
    Peers durable = Peers.in(workshop.archive.index());
    assertThatThrownBy(() -> durable.ofJob("fake"))
        .isInstanceOf(PeerException.Gone.class)
        .hasMessage("Unknown peer, it was removed after the job was made: fake");
  }

  @Test
  void keeps_no_secret_in_what_it_leaves_in_the_index() throws Exception {
    TreeMap<String, String> headers = new TreeMap<>(Map.of("Token", "secret2"));
    workshop.peers.put(
        "fake",
        new Peer(
            fake.url(),
            "alice",
            "secret1",
            headers,
            false,
            Duration.ZERO,
            "",
            "",
            "",
            new TreeMap<>()));
    Lineage stored = workshop.store("P", 1, 10);
    Job job = workshop.run(PeerStore.NAME, seed(false, Optional.empty(), false, stored.instance()));

    assertThat(job.status().state()).isEqualTo(JobState.SUCCESS);
    assertThat(job.toString()).doesNotContain("secret");
    assertThat(fake.received().getFirst().headers()).containsEntry("token", "secret2");
  }
}
