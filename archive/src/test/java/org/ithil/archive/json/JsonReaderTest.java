package org.ithil.archive.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is taken for JSON, and what is not. */
class JsonReaderTest {
  private static JsonValue read(String text) throws IOException {
    return new JsonReader(100_000)
        .read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void accepts_comments_trailing_commas_and_text_behind_the_value() throws IOException {
    assertThat(read("// c\n[ 1, /* x */ 2, ] and more")).isEqualTo(read("[1,2]"));
    assertThat(read("\"text\"")).isEqualTo(new JsonValue.Text("text"));
    assertThat(read("12345678901234567890")).isEqualTo(new JsonValue.Real(1.2345678901234567e19));
  }

  @Test
  void the_last_of_equal_names_wins() throws IOException {
    assertThat(((JsonValue.Members) read("{\"a\":1,\"a\":2}")).get("a"))
        .isEqualTo(new JsonValue.Whole(2));
  }

  @Test
  void refuses_what_is_no_json() {
    for (String text : new String[] {"", " ", "x", "{", "[1", "{\"a\"}", "]", "{1:2}", "\"a"}) {
      assertThatThrownBy(() -> read(text)).as(text).isInstanceOf(JsonFormatException.class);
    }
  }

  @Test
  void refuses_what_is_nested_too_deep() throws IOException {
    read("[".repeat(64) + "]".repeat(64));
    assertThatThrownBy(() -> read("[".repeat(65) + "]".repeat(65)))
        .isInstanceOf(JsonFormatException.class);
  }

  @Test
  void refuses_what_is_longer_than_the_limit() {
    assertThatThrownBy(() -> read("[\"" + "x".repeat(200_000) + "\"]"))
        .isInstanceOf(JsonFormatException.class);
  }

  @Test
  void hands_on_a_failure_of_the_stream() {
    InputStream failing =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("gone");
          }
        };
    assertThatThrownBy(() -> new JsonReader(1000).read(failing)).hasMessage("gone");
  }

  @Test
  void random_bytes_never_fail_otherwise() {
    Random random = new Random(7);
    String alphabet = "{}[]\",:/*0123456789.eE+-truefalsn \\u\n";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(40); n > 0; n--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      try {
        read(text.toString());
      } catch (IOException e) {
        assertThat(e).isInstanceOf(JsonFormatException.class);
      }
    }
  }
}
