package org.ithil.web.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.ithil.archive.json.JsonFormatException;
import org.ithil.web.route.Arguments;
import org.ithil.web.route.Headers;
import org.ithil.web.route.Method;
import org.ithil.web.route.Request;
import org.junit.jupiter.api.Test;

class JsonBodyTest {
  /** Comes in one piece; the end comes with the next reading, as from a connection. */
  private static class OnePiece extends InputStream {
    private final byte[] bytes;
    private int at;
    boolean ended;

    OnePiece(String text) {
      bytes = text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int read() {
      ended |= at == bytes.length;
      return ended ? -1 : bytes[at++];
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      ended |= at == bytes.length;
      if (ended) {
        return -1;
      }
      int n = Math.min(length, bytes.length - at);
      System.arraycopy(bytes, at, into, offset, n);
      at += n;
      return n;
    }
  }

  private static Request request(InputStream body) {
    return new Request(
        Method.POST,
        List.of("x"),
        Map.of(),
        List.of(),
        Arguments.parse(""),
        Headers.NONE,
        body,
        "127.0.0.1",
        null);
  }

  @Test
  void a_body_is_read_to_its_end_so_that_nobody_waits_for_the_client_while_a_job_runs()
      throws IOException {
    OnePiece body = new OnePiece("{\"Asynchronous\":false}");
    assertThat(JsonBody.of(request(body)).flag("Asynchronous", true)).isFalse();
    assertThat(body.ended).isTrue();
  }

  @Test
  void an_empty_body_is_no_json() {
    assertThatThrownBy(() -> JsonBody.value(request(InputStream.nullInputStream())))
        .isInstanceOf(JsonFormatException.class);
  }

  @Test
  void one_that_is_no_json_too() {
    OnePiece body = new OnePiece("{");
    assertThatThrownBy(() -> JsonBody.value(request(body))).isInstanceOf(JsonFormatException.class);
    assertThat(body.ended).isTrue();
  }

  /** A closed body of a connection cannot be read any more, not even to see its end. */
  @Test
  void leaves_an_empty_body_open() {
    OnePiece body =
        new OnePiece("") {
          @Override
          public void close() {
            throw new AssertionError("closed");
          }
        };
    assertThatThrownBy(() -> JsonBody.value(request(body))).isInstanceOf(JsonFormatException.class);
  }
}
