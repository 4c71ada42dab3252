package org.ithil.conformance.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Requests to the REST API of one server. */
public final class RestClient {
  private static final Duration LIMIT = Duration.ofSeconds(120);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final String url;

  RestClient(String url) {
    this.url = url;
  }

  /** An answer with its body in memory. */
  public record Answer(int status, byte[] body) {
    /** The body as JSON: maps, lists, strings, numbers, booleans. */
    public Object json() {
      return Json.parse(body);
    }

    /** A member of the body, a JSON object, as text. */
    public String text(String member) {
      return String.valueOf(((Map<?, ?>) json()).get(member));
    }

    /** The body, a JSON array of strings. */
    public List<String> strings() {
      return ((List<?>) json()).stream().map(String::valueOf).toList();
    }

    @Override
    public String toString() {
      return status + " " + new String(body, 0, Math.min(body.length, 400), StandardCharsets.UTF_8);
    }
  }

  public Answer get(String path) {
    return answer(send(request(path).GET(), BodyHandlers.ofByteArray()));
  }

  public Answer delete(String path) {
    return answer(send(request(path).DELETE(), BodyHandlers.ofByteArray()));
  }

  public Answer post(String path, byte[] body) {
    return answer(
        send(request(path).POST(BodyPublishers.ofByteArray(body)), BodyHandlers.ofByteArray()));
  }

  /** Sends a body of known length that is never held as a whole. */
  public Answer post(String path, long length, Supplier<InputStream> body) {
    var publisher = BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(body), length);
    return answer(send(request(path).POST(publisher), BodyHandlers.ofByteArray()));
  }

  /** The body of a good answer as a stream. */
  public InputStream stream(String path) {
    HttpResponse<InputStream> response = send(request(path).GET(), BodyHandlers.ofInputStream());
    if (response.statusCode() != 200) {
      throw new IllegalStateException(path + " answers " + response.statusCode());
    }
    return response.body();
  }

  /** True when the server answers at all. */
  public boolean answers() {
    try {
      return get("/system").status() == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path)).timeout(LIMIT);
  }

  private <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> handler) {
    try {
      return client.send(request.build(), handler);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Answer answer(HttpResponse<byte[]> response) {
    return new Answer(response.statusCode(), response.body());
  }
}
