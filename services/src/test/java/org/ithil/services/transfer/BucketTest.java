package org.ithil.services.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.ithil.archive.json.JsonValue;
import org.ithil.services.transfer.Bucket.Chunk;
import org.junit.jupiter.api.Test;

class BucketTest {
  private static final String ID = "00000000-00000000-00000000-00000000-0000000";

  private static TransferredFile file(int number, long size) {
    return new TransferredFile(ID + number, size, "");
  }

  @Test
  void divides_as_the_reference_does() {
    List<Bucket> buckets =
        Bucket.divide(List.of(file(1, 9830), file(2, 3012), file(3, 3012)), 4096, 60);

    assertThat(buckets)
        .containsExactly(
            new Bucket(List.of(new Chunk(ID + 1, 0, 4915))),
            new Bucket(List.of(new Chunk(ID + 1, 4915, 4915))),
            new Bucket(List.of(new Chunk(ID + 2, 0, 3012), new Chunk(ID + 3, 0, 3012))));
  }

  @Test
  void gives_the_rest_to_the_last_part() {
    assertThat(Bucket.divide(List.of(file(1, 10_001)), 2500, 0))
        .extracting(Bucket::size)
        .containsExactly(3333L, 3333L, 3335L);
    assertThat(Bucket.divide(List.of(file(1, 4999)), 2500, 0)).hasSize(1);
    assertThat(Bucket.divide(List.of(), 2500, 0)).isEmpty();
    assertThat(Bucket.divide(List.of(file(1, 0)), 2500, 0)).hasSize(1);
  }

  @Test
  void keeps_urls_short_where_they_name_the_files() {
    List<TransferredFile> files = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      files.add(file(i % 10, 1));
    }
    for (Bucket bucket : Bucket.divide(files, 1 << 20, 60)) {
      assertThat(60 + 45 * bucket.chunks().size()).isLessThan(1960);
    }
    assertThat(Bucket.divide(files, 1 << 20, 0)).hasSize(1);
  }

  @Test
  void covers_every_byte_once() {
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      List<TransferredFile> files = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        files.add(file(i, random.nextInt(20_000)));
      }
      Map<String, Long> ends = new HashMap<>();
      for (Bucket bucket : Bucket.divide(files, 1 + random.nextInt(5000), 60)) {
        for (Chunk chunk : bucket.chunks()) {
          assertThat(chunk.offset()).isEqualTo(ends.getOrDefault(chunk.id(), 0L));
          ends.put(chunk.id(), chunk.offset() + chunk.size());
        }
      }
      for (TransferredFile file : files) {
        assertThat(ends.get(file.id())).isEqualTo(file.size());
      }
    }
  }

  @Test
  void reads_what_it_writes_and_nothing_else() throws TransferException {
    Bucket bucket = new Bucket(List.of(new Chunk("a", 5, 7), new Chunk("b", 0, 1)));
    assertThat(Bucket.of(bucket.json())).isEqualTo(bucket);
    TransferredFile file = file(1, 3);
    assertThat(TransferredFile.of(file.json())).isEqualTo(file);

    JsonValue text = new JsonValue.Text("1");
    for (JsonValue wrong :
        List.of(
            new JsonValue.Null(),
            JsonValue.object(Map.of()),
            new JsonValue.Items(List.of(text)),
            new JsonValue.Items(List.of(JsonValue.object(Map.of("ID", text, "Size", text)))),
            new JsonValue.Items(
                List.of(
                    JsonValue.object(
                        Map.of("ID", text, "Size", text, "Offset", new JsonValue.Whole(1))))),
            new JsonValue.Items(
                List.of(
                    JsonValue.object(
                        Map.of("ID", text, "Size", text, "Offset", new JsonValue.Text("-1"))))))) {
      assertThatThrownBy(() -> Bucket.of(wrong)).isInstanceOf(TransferException.class);
    }
  }
}
