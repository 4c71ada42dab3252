package org.ithil.services.creation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.Random;
import org.ithil.archive.blob.FileSpool;
import org.ithil.archive.blob.Spool;
import org.ithil.archive.blob.SpooledFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data URIs leave a JSON document while it is read. */
class ContentStreamTest {
  @TempDir Path folder;
  private Spool spool;

  @BeforeEach
  void open() throws IOException {
    spool = new FileSpool(folder, 0);
  }

  private ContentStream stream(String json) {
    return new ContentStream(
        new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), spool, "MARK");
  }

  private static String text(InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  private static String bytes(Content content) throws IOException {
    SpooledFile file = Objects.requireNonNull(content.file());
    return new String(file.read(0, (int) file.size()), StandardCharsets.UTF_8);
  }

  @Test
  void a_mark_takes_the_place_of_a_content() throws IOException {
    ContentStream stream =
        stream("{\"Tags\":{\"A\":\"b\"}, \"Content\" : \"data:a/b;base64,SGVsbG8=\"}");

    assertThat(text(stream)).isEqualTo("{\"Tags\":{\"A\":\"b\"}, \"Content\" : \"MARK:0\"}");
    assertThat(bytes(stream.contents().getFirst())).isEqualTo("Hello");
    assertThat(stream.of("MARK:0")).map(Content::type).contains("a/b");
    stream.discard();
  }

  @Test
  void lists_and_objects_in_them_have_contents_of_their_own() throws IOException {
    ContentStream stream =
        stream(
            "{\"Content\":[\"data:a/b;base64,MQ==\",{\"Tags\":{\"X\":\"data:a/b;base64,Mg==\"},"
                + "\"Content\":\"data:a/b;base64,Mw\"},\"data:a/b;base64,NA==\"]}");

    assertThat(text(stream))
        .isEqualTo(
            "{\"Content\":[\"MARK:0\",{\"Tags\":{\"X\":\"data:a/b;base64,Mg==\"},"
                + "\"Content\":\"MARK:1\"},\"MARK:2\"]}");
    assertThat(bytes(stream.contents().get(1))).isEqualTo("3");
    assertThat(bytes(stream.contents().get(2))).isEqualTo("4");
    stream.discard();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Content\":\"hello\"}",
        "{\"Content\":\"\"}",
        "{\"Content\":\"data:a/b,abc\"}",
        "{\"Content\":5}",
        "// \"Content\":\"data:a/b;base64,MQ==\"\n{}",
        "/* \"Content\" : \"data:a/b;base64,MQ==\" **/ {\"a\":\"\\\"Content\\\":\"}",
        "{\"A\":{\"Content\":1},\"B\":\"data:a/b;base64,MQ==\"}",
        "no JSON \" at all",
        ""
      })
  void everything_else_passes_unchanged(String json) throws IOException {
    ContentStream stream = stream(json);

    assertThat(text(stream)).isEqualTo(json);
    assertThat(stream.contents()).isEmpty();
  }

  @Test
  void escapes_are_undone() throws IOException {
    ContentStream stream = stream("{\"Content\":\"data:image\\/png;base64,\\/\\u002bB\\u002f\"}");

    assertThat(text(stream)).isEqualTo("{\"Content\":\"MARK:0\"}");
    SpooledFile file = Objects.requireNonNull(stream.contents().getFirst().file());
    assertThat(file.read(0, 3)).isEqualTo(Base64.getDecoder().decode("/+B/"));
    stream.discard();
  }

  @ParameterizedTest
  @ValueSource(strings = {"@@@", "A", "AA=A", "AAA==", "AA\\nAA", "é"})
  void what_is_no_base64_is_a_content_without_bytes(String wrong) throws IOException {
    ContentStream stream = stream("{\"Content\":\"data:a/b;base64," + wrong + "\"}");

    assertThat(text(stream)).isEqualTo("{\"Content\":\"MARK:0\"}");
    assertThat(stream.contents().getFirst().file()).isNull();
  }

  @Test
  void a_content_without_end_is_refused_and_leaves_nothing() throws IOException {
    ContentStream stream = stream("{\"Content\":\"data:a/b;base64,AAAA");

    assertThatThrownBy(() -> text(stream)).isInstanceOf(CreationException.class);
    stream.discard();
    try (var left = java.nio.file.Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void all_bytes_arrive_however_the_stream_is_cut() throws IOException {
    Random random = new Random(5);
    for (int round = 0; round < 50; round++) {
      byte[] bytes = new byte[random.nextInt(40_000)];
      random.nextBytes(bytes);
      String json =
          "{\"Content\":\"data:a/b;base64," + Base64.getEncoder().encodeToString(bytes) + "\"}";
      InputStream cut =
          new java.io.FilterInputStream(
              new ByteArrayInputStream(json.getBytes(StandardCharsets.US_ASCII))) {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
              return super.read(into, offset, Math.min(length, random.nextInt(1, 500)));
            }
          };
      ContentStream stream = new ContentStream(cut, spool, "MARK");
      assertThat(text(stream)).isEqualTo("{\"Content\":\"MARK:0\"}");
      SpooledFile file = Objects.requireNonNull(stream.contents().getFirst().file());
      assertThat(Arrays.equals(file.read(0, (int) file.size()), bytes)).isTrue();
      stream.discard();
    }
  }
}
