package org.ithil.services.peer;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ithil.archive.blob.SpooledFile;
import org.ithil.archive.json.JsonFormatException;
import org.ithil.archive.json.JsonReader;
import org.ithil.archive.json.JsonValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP/1.1 client of peers. Bodies flow in both directions, none is held whole in memory. Safe
 * for concurrent use; a thread that waits in it can be interrupted.
 */
public final class PeerClient implements AutoCloseable {
  /** Bytes of answers that are no lists: the state of a server, the path of something new. */
  public static final int SHORT = 256 << 10;

  /** How much longer than its limit a request is waited for: the JDK ends it by itself. */
  private static final Duration GRACE = Duration.ofSeconds(3);

  private static final Logger LOG = LoggerFactory.getLogger(PeerClient.class);

  private final OutgoingRules rules;
  private final PeerTrust trust;
  private final Map<PeerTrust.Identity, HttpClient> clients = new HashMap<>();
  private final Set<String> spokenTo = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledThreadPoolExecutor deadlines;

  /** A client that has not spoken to anybody. */
  public PeerClient(OutgoingRules rules) {
    this.rules = rules;
    this.trust = new PeerTrust(rules);
    deadlines =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("peer-deadlines").factory());
    deadlines.setRemoveOnCancelPolicy(true);
  }

  /** Bytes of the longest list that a peer may answer with. */
  public int answerSize() {
    return rules.answerSize();
  }

  /** What is sent. */
  public interface Body {
    /** Nothing. */
    Body NONE = of(new byte[0]);

    /** How many bytes. */
    long length();

    /** The bytes from their beginning; asked for again if a request has to be repeated. */
    InputStream open() throws IOException;

    /** Bytes in memory. */
    static Body of(byte[] bytes) {
      return new Bytes(bytes);
    }

    /** Bytes from a stream that can be opened more than once. */
    static Body of(long length, Opening opening) {
      return new Streamed(length, opening);
    }

    /** The bytes of a file, which has to stay open. */
    static Body of(SpooledFile file) {
      return of(file.size(), () -> Channels.newInputStream(file.channel(0, file.size())));
    }

    /** Opens a stream. */
    @FunctionalInterface
    interface Opening {
      InputStream open() throws IOException;
    }
  }

  private record Streamed(long length, Body.Opening opening) implements Body {
    @Override
    public InputStream open() throws IOException {
      return opening.open();
    }
  }

  private record Bytes(byte[] bytes) implements Body {
    @Override
    public long length() {
      return bytes.length;
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(bytes);
    }
  }

  /**
   * A request.
   *
   * @param path behind the URL of the peer, without slash at the beginning
   * @param headers fields besides those of the peer
   * @param timeout limit of all of it; zero = the one of the peer, or the usual one
   * @param repeatable whether it does no harm to do it twice
   */
  public record Call(
      String method,
      String path,
      Map<String, String> headers,
      Body body,
      Duration timeout,
      boolean repeatable) {
    /** The type that the reference gives to whatever it sends. */
    public static final String FORM = "application/x-www-form-urlencoded";

    public static Call get(String path) {
      return new Call("GET", path, Map.of(), Body.NONE, Duration.ZERO, true);
    }

    public static Call post(String path, String type, Body body) {
      return new Call("POST", path, Map.of("Content-Type", type), body, Duration.ZERO, false);
    }

    /** The same with another method. */
    public Call by(String newMethod) {
      return new Call(newMethod, path, headers, body, timeout, repeatable);
    }

    /** The same as one that may be done twice. */
    public Call again() {
      return new Call(method, path, headers, body, timeout, true);
    }

    /** The same with another limit. */
    public Call within(Duration newTimeout) {
      return new Call(method, path, headers, body, newTimeout, repeatable);
    }

    /** The same with one more header field. */
    public Call with(String name, String value) {
      Map<String, String> more = new HashMap<>(headers);
      more.put(name, value);
      return new Call(method, path, more, body, timeout, repeatable);
    }
  }

  /**
   * An answer, whatever its status; to be closed.
   *
   * @param headers by names in lower case
   * @param body its reading throws a {@link PeerException}
   */
  public record Reply(String url, int status, Map<String, List<String>> headers, InputStream body)
      implements Closeable {
    /**
     * The same answer if its status is 200.
     *
     * @throws PeerException.Refused if it is another one; closed then
     */
    public Reply ok() throws PeerException {
      if (status != 200) {
        close();
        throw new PeerException.Refused(url, status);
      }
      return this;
    }

    /**
     * The whole body.
     *
     * @throws PeerException.BadAnswer if it is longer than the limit
     */
    public byte[] bytes(int limit) throws IOException {
      byte[] bytes = body.readNBytes(limit + 1);
      if (bytes.length > limit) {
        throw new PeerException.BadAnswer(url, "the answer is longer than " + limit + " bytes");
      }
      return bytes;
    }

    /**
     * The body as JSON, which is not held besides.
     *
     * @param limit bytes
     * @throws PeerException.BadAnswer if it is none, or longer than the limit
     */
    public JsonValue json(int limit) throws IOException {
      try {
        return new JsonReader(limit).read(body);
      } catch (JsonFormatException e) {
        throw new PeerException.BadAnswer(
            url, "the answer is no JSON, or longer than " + limit + " bytes");
      }
    }

    @Override
    public void close() {
      try {
        body.close();
      } catch (IOException e) {
        // what was to be known of it is known
      }
    }
  }

  /**
   * Sends a request and waits for the head of the answer.
   *
   * @throws InterruptedException if the thread is interrupted; the connection is cut then
   */
  public Reply send(Peer peer, Call call) throws PeerException, InterruptedException {
    String url = peer.url() + call.path();
    if (peer.pkcs11()) {
      throw new PeerException.Unsupported(url);
    }
    Duration limit = limit(peer, call);
    long end = System.nanoTime() + limit.toNanos();
    HttpRequest request = request(peer, url, call, limit);
    HttpResponse<InputStream> response = send(peer, url, request, limit, call.repeatable());
    spokenTo.add(request.uri().getAuthority());
    PeerBody body = new PeerBody(url, response.body());
    if (!limit.isZero()) {
      body.endsAt(deadlines, end - System.nanoTime());
    }
    return new Reply(url, response.statusCode(), response.headers().map(), body);
  }

  private Duration limit(Peer peer, Call call) {
    return !call.timeout().isZero()
        ? call.timeout()
        : peer.timeout().isZero() ? rules.timeout() : peer.timeout();
  }

  private HttpResponse<InputStream> send(
      Peer peer, String url, HttpRequest request, Duration limit, boolean repeatable)
      throws PeerException, InterruptedException {
    HttpClient client = client(peer, url);
    try {
      return head(client, request, limit);
    } catch (HttpTimeoutException e) {
      throw new PeerException.TimedOut(url, e);
    } catch (ConnectException e) {
      throw new PeerException.Unreachable(url, e);
    } catch (IOException e) {
      boolean dead = isDead(client, e);
      if (dead) {
        replace(client);
      }
      // A connection that rested too long is closed in the very moment in which it is used again.
      if (repeatable && (dead || spokenTo.contains(request.uri().getAuthority()) && isClosed(e))) {
        return send(peer, url, request, limit, false);
      }
      throw new PeerException.Broken(url, e);
    }
  }

  /** Waits no longer than it should, even if the thread that ends requests is no more. */
  private static HttpResponse<InputStream> head(
      HttpClient client, HttpRequest request, Duration limit)
      throws IOException, InterruptedException {
    var answer = client.sendAsync(request, BodyHandlers.ofInputStream());
    try {
      return limit.isZero()
          ? answer.get()
          : answer.get(limit.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw e;
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new HttpTimeoutException("no answer in time");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IOException(e.getCause());
    }
  }

  /**
   * Whether the one thread behind all connections of a client has ended, as it does when memory
   * runs out in it: such a client never reaches anybody again.
   */
  private static boolean isDead(HttpClient client, IOException failure) {
    return client.isTerminated()
        || String.valueOf(failure.getMessage()).contains("selector manager closed");
  }

  /** The next request gets another one in its place. */
  private void replace(HttpClient dead) {
    synchronized (clients) {
      clients.values().remove(dead);
    }
    LOG.warn("The connections to peers were lost, they are made anew");
    dead.shutdownNow();
  }

  private static boolean isClosed(IOException failure) {
    String message = String.valueOf(failure.getMessage());
    return failure instanceof ClosedChannelException
        || message.contains("received no bytes")
        || message.contains("Connection reset")
        || message.contains("Broken pipe");
  }

  private HttpRequest request(Peer peer, String url, Call call, Duration limit)
      throws PeerException {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(url.contains("://") ? url : "http://" + url))
              .method(call.method(), publisher(call.body()));
      if (!limit.isZero()) {
        request.timeout(limit);
      }
      request.setHeader("Accept", "*/*");
      if (!peer.username().isEmpty()) {
        request.setHeader("Authorization", basic(peer.username() + ":" + peer.password()));
      }
      rules
          .proxy()
          .filter(proxy -> !proxy.credentials().isEmpty())
          .ifPresent(proxy -> request.setHeader("Proxy-Authorization", basic(proxy.credentials())));
      call.headers().forEach(request::setHeader);
      peer.headers().forEach(request::setHeader);
      return request.build();
    } catch (IllegalArgumentException e) {
      // Its message may tell a secret.
      throw new PeerException.Unusable(url, "the URL or a header field cannot be used", null);
    }
  }

  private static String basic(String credentials) {
    return "Basic "
        + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
  }

  private static BodyPublisher publisher(Body body) {
    if (body.length() == 0) {
      return BodyPublishers.noBody();
    }
    if (body instanceof Bytes(byte[] bytes)) {
      return BodyPublishers.ofByteArray(bytes);
    }
    return BodyPublishers.fromPublisher(
        BodyPublishers.ofInputStream(() -> {
          try {
            return body.open();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }),
        body.length());
  }

  private HttpClient client(Peer peer, String url) throws PeerException {
    try {
      PeerTrust.Identity identity = PeerTrust.Identity.of(peer);
      synchronized (clients) {
        HttpClient known = clients.get(identity);
        if (known == null || known.isTerminated()) {
          known = client(identity);
          clients.put(identity, known);
        }
        return known;
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new PeerException.Unusable(
          url, "certificate or key cannot be used: " + e.getMessage(), e);
    }
  }

  private HttpClient client(PeerTrust.Identity identity)
      throws IOException, GeneralSecurityException {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(threads)
            .sslContext(trust.context(identity));
    rules
        .proxy()
        .ifPresent(proxy ->
            builder.proxy(
                ProxySelector.of(InetSocketAddress.createUnresolved(proxy.host(), proxy.port()))));
    return builder.build();
  }

  /** Cuts what is still open. */
  @Override
  public void close() {
    synchronized (clients) {
      clients.values().forEach(HttpClient::shutdownNow);
      clients.clear();
    }
    deadlines.shutdownNow();
    threads.shutdownNow();
  }
}
