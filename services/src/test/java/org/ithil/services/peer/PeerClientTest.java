package org.ithil.services.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.ithil.services.certificate.Certificates;
import org.ithil.services.certificate.PemFile;
import org.ithil.services.peer.PeerClient.Body;
import org.ithil.services.peer.PeerClient.Call;
import org.ithil.services.peer.PeerClient.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PeerClientTest {
  private static final int LARGE = 40 << 20;

  @TempDir Path folder;
  private final PeerClient client = new PeerClient(OutgoingRules.DEFAULT);

  @AfterEach
  void close() {
    client.close();
  }

  /** Bytes that nobody has in memory. */
  private static Body zeros(long length) {
    return Body.of(
        length,
        () ->
            new InputStream() {
              private long left = length;

              @Override
              public int read() {
                return left-- > 0 ? 0 : -1;
              }

              @Override
              public int read(byte[] buffer, int offset, int count) {
                int n = (int) Math.min(count, left);
                left -= n;
                return n == 0 && count > 0 ? -1 : n;
              }
            });
  }

  private static Call post(Body body) {
    return Call.post("instances", Call.FORM, body);
  }

  @Test
  void sends_what_the_reference_sends() throws Exception {
    try (FakePeer fake = new FakePeer(exchange -> exchange.answer(200, "{}"))) {
      TreeMap<String, String> headers = new TreeMap<>();
      headers.put("Token", "Hello");
      Peer peer =
          new Peer(
              fake.url(),
              "alice",
              "secret",
              headers,
              false,
              Duration.ZERO,
              "",
              "",
              "",
              new TreeMap<>());
      try (Reply reply = client.send(peer, post(zeros(LARGE)))) {
        assertThat(reply.ok().bytes(9)).hasSize(2);
      }

      FakePeer.Received received = fake.received().getFirst();
      assertThat(received.method() + received.path()).isEqualTo("POST/instances");
      assertThat(received.body()).hasSize(LARGE);
      assertThat(received.headers())
          .containsEntry("authorization", "Basic YWxpY2U6c2VjcmV0")
          .containsEntry("accept", "*/*")
          .containsEntry("content-type", "application/x-www-form-urlencoded")
          .containsEntry("content-length", Integer.toString(LARGE))
          .containsEntry("token", "Hello")
          .doesNotContainKeys("expect", "transfer-encoding", "upgrade", "http2-settings");
    }
  }

  @Test
  void tells_refusals_by_their_status() throws Exception {
    try (FakePeer fake = new FakePeer(exchange -> exchange.answer(401, "no"))) {
      assertThatThrownBy(() -> client.send(fake.peer(), Call.get("system")).ok())
          .isInstanceOfSatisfying(
              PeerException.Refused.class, e -> assertThat(e.status()).isEqualTo(401));
    }
  }

  @Test
  void finds_nobody_at_a_closed_port_and_behind_an_unknown_name() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    assertThatThrownBy(() -> client.send(Peer.at("http://127.0.0.1:" + port), Call.get("system")))
        .isInstanceOf(PeerException.Unreachable.class);
    assertThatThrownBy(() -> client.send(Peer.at("http://nobody.invalid"), Call.get("system")))
        .isInstanceOf(PeerException.Unreachable.class);
  }

  @Test
  void gives_up_a_silent_peer() throws Exception {
    try (FakePeer fake = new FakePeer(exchange -> exchange.fallSilentAfter(0))) {
      assertThatThrownBy(
              () -> client.send(fake.peer(), Call.get("x").within(Duration.ofMillis(300))))
          .isInstanceOf(PeerException.TimedOut.class);
    }
  }

  @Test
  void gives_up_a_peer_that_falls_silent_in_its_answer() throws Exception {
    try (FakePeer fake =
        new FakePeer(exchange -> {
          exchange.answer(200, new byte[10], 1000);
          exchange.fallSilentAfter(0);
        })) {
      try (Reply reply = client.send(fake.peer(), Call.get("x").within(Duration.ofMillis(500)))) {
        assertThatThrownBy(() -> reply.bytes(2000)).isInstanceOf(PeerException.TimedOut.class);
      }
    }
  }

  @Test
  void notices_connections_that_are_cut() throws Exception {
    try (FakePeer fake = new FakePeer(exchange -> exchange.cutAfter(1 << 20))) {
      assertThatThrownBy(() -> client.send(fake.peer(), post(zeros(LARGE))))
          .isInstanceOf(PeerException.Broken.class);

      fake.behave(exchange -> {
        exchange.answer(200, new byte[10], 1000);
        exchange.cutAfter(0);
      });
      assertThatThrownBy(
              () -> {
                try (Reply reply = client.send(fake.peer(), Call.get("x"))) {
                  reply.bytes(2000);
                }
              })
          .isInstanceOf(PeerException.Broken.class);
    }
  }

  @Test
  void repeats_what_may_be_done_twice_when_a_resting_connection_was_closed() throws Exception {
    try (FakePeer fake = new FakePeer(exchange -> exchange.answer(200, "a"))) {
      client.send(fake.peer(), Call.get("x")).close();
      int[] cuts = {1};
      fake.behave(exchange -> {
        if (cuts[0]-- > 0) {
          exchange.cutAfter(0);
        } else {
          exchange.answer(200, "b");
        }
      });
      try (Reply reply = client.send(fake.peer(), post(zeros(10)).again())) {
        assertThat(reply.bytes(9)).containsExactly('b');
      }
      cuts[0] = 1;
      assertThatThrownBy(() -> client.send(fake.peer(), post(zeros(10))))
          .isInstanceOf(PeerException.Broken.class);
    }
  }

  @Test
  void lets_a_thread_be_interrupted_in_the_middle_of_a_body() throws Exception {
    try (FakePeer fake = new FakePeer(exchange -> exchange.fallSilentAfter(1 << 20))) {
      CompletableFuture<Throwable> end = new CompletableFuture<>();
      Thread sender =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  client.send(fake.peer(), post(zeros(1L << 40)));
                } catch (Throwable e) {
                  end.complete(e);
                }
              });
      fake.awaitSilence();
      sender.interrupt();

      assertThat(end.get()).isInstanceOf(InterruptedException.class);
    }
  }

  /** The threads of the JDK that all connections of a client depend on. */
  private static Set<Thread> selectors() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("HttpClient-.*-SelectorManager"))
        .collect(Collectors.toSet());
  }

  /** As when memory runs out in it. */
  private static void kill(Set<Thread> selectors) throws InterruptedException {
    assertThat(selectors).isNotEmpty();
    for (Thread selector : selectors) {
      selector.interrupt();
      selector.join();
    }
  }

  @Test
  void reaches_peers_again_when_the_thread_behind_all_connections_has_died() throws Exception {
    Set<Thread> others = selectors();
    try (FakePeer fake = new FakePeer(exchange -> exchange.answer(200, "a"))) {
      for (int i = 0; i < 3; i++) {
        try (Reply reply = client.send(fake.peer(), post(zeros(10)))) {
          assertThat(reply.bytes(9)).containsExactly('a');
        }
        Set<Thread> ours = selectors();
        ours.removeAll(others);
        kill(ours);
      }
    }
  }

  @Test
  void a_request_that_waits_ends_in_time_when_the_thread_behind_its_connection_dies()
      throws Exception {
    Set<Thread> others = selectors();
    try (FakePeer fake = new FakePeer(exchange -> exchange.fallSilentAfter(0))) {
      CompletableFuture<Throwable> end = new CompletableFuture<>();
      Thread.ofVirtual()
          .start(() -> {
            try {
              client.send(fake.peer(), Call.get("x").within(Duration.ofSeconds(2)));
            } catch (Throwable e) {
              end.complete(e);
            }
          });
      fake.awaitSilence();
      Set<Thread> ours = selectors();
      ours.removeAll(others);
      kill(ours);
      assertThat(end.get(60, TimeUnit.SECONDS)).isInstanceOf(PeerException.class);

      fake.behave(exchange -> exchange.answer(200, "a"));
      try (Reply reply = client.send(fake.peer(), Call.get("x"))) {
        assertThat(reply.bytes(9)).containsExactly('a');
      }
    }
  }

  @Test
  void refuses_smart_cards_and_bad_urls_clearly() {
    Peer card =
        new Peer(
            "http://a/", "", "", new TreeMap<>(), true, Duration.ZERO, "", "", "", new TreeMap<>());
    assertThatThrownBy(() -> client.send(card, Call.get("x")))
        .isInstanceOf(PeerException.Unsupported.class);
    assertThatThrownBy(() -> client.send(Peer.at("http://a b"), Call.get("x")))
        .isInstanceOf(PeerException.Unusable.class);
  }

  private FakePeer secure(boolean wantsClients) throws Exception {
    Certificates.selfSigned(folder, "server");
    KeyStore own = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve("server.p12"))) {
      own.load(in, "secret".toCharArray());
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, "secret".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trusted(wantsClients), null);
    var factory = context.getServerSocketFactory();
    return new FakePeer(
        "https",
        new ServerSocketFactory() {
          @Override
          public ServerSocket createServerSocket(int port, int backlog, InetAddress at)
              throws IOException {
            SSLServerSocket socket =
                (SSLServerSocket) factory.createServerSocket(port, backlog, at);
            socket.setNeedClientAuth(wantsClients);
            return socket;
          }

          @Override
          public ServerSocket createServerSocket(int port) {
            throw new UnsupportedOperationException();
          }

          @Override
          public ServerSocket createServerSocket(int port, int backlog) {
            throw new UnsupportedOperationException();
          }
        },
        exchange -> exchange.answer(200, "hello"));
  }

  private TrustManager[] trusted(boolean clients) throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    if (clients) {
      store.setCertificateEntry(
          "client", PemFile.read(folder.resolve("client.crt")).certificates().getFirst());
    } else {
      store.setCertificateEntry(
          "any", PemFile.read(folder.resolve("server.crt")).certificates().getFirst());
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static String ask(OutgoingRules rules, Peer peer) throws Exception {
    try (PeerClient client = new PeerClient(rules);
        Reply reply = client.send(peer, Call.get("x"))) {
      return new String(reply.bytes(99));
    }
  }

  private OutgoingRules rules(boolean verify, String authorities) {
    return new OutgoingRules(
        Duration.ofSeconds(20),
        verify,
        authorities.isEmpty() ? Optional.empty() : Optional.of(folder.resolve(authorities)),
        Optional.empty(),
        1 << 20);
  }

  @Test
  void believes_only_certificates_that_it_is_told_to() throws Exception {
    try (FakePeer fake = secure(false)) {
      Certificates.selfSigned(folder, "other");

      assertThat(ask(rules(true, "server.crt"), fake.peer())).isEqualTo("hello");
      assertThat(ask(rules(false, ""), fake.peer())).isEqualTo("hello");
      assertThatThrownBy(() -> ask(rules(true, ""), fake.peer()))
          .isInstanceOf(PeerException.Broken.class);
      assertThatThrownBy(() -> ask(rules(true, "other.crt"), fake.peer()))
          .isInstanceOf(PeerException.Broken.class);
      Peer byNumber = Peer.at(fake.url().replace("localhost", "127.0.0.1"));
      assertThatThrownBy(() -> ask(rules(true, "server.crt"), byNumber))
          .isInstanceOf(PeerException.Broken.class);
      assertThat(ask(rules(false, ""), byNumber)).isEqualTo("hello");
    }
  }

  @Test
  void identifies_itself_by_a_certificate() throws Exception {
    Certificates.selfSigned(folder, "client");
    Certificates.lock(folder, "client.key", "locked.key");
    try (FakePeer fake = secure(true)) {
      Peer known =
          new Peer(
              fake.url(),
              "",
              "",
              new TreeMap<>(),
              false,
              Duration.ZERO,
              folder.resolve("client.crt").toString(),
              folder.resolve("locked.key").toString(),
              "secret",
              new TreeMap<>());
      Peer wrong =
          new Peer(
              fake.url(),
              "",
              "",
              new TreeMap<>(),
              false,
              Duration.ZERO,
              folder.resolve("client.crt").toString(),
              folder.resolve("locked.key").toString(),
              "wrong",
              new TreeMap<>());

      assertThat(ask(rules(true, "server.crt"), known)).isEqualTo("hello");
      assertThatThrownBy(() -> ask(rules(true, "server.crt"), fake.peer()))
          .isInstanceOf(PeerException.Broken.class);
      assertThatThrownBy(() -> ask(rules(true, "server.crt"), wrong))
          .isInstanceOf(PeerException.Unusable.class)
          .hasMessageContaining("is the password right");
    }
  }

  @Test
  void goes_through_a_proxy_with_a_password() throws Exception {
    try (FakePeer proxy = new FakePeer(exchange -> exchange.answer(200, "through"))) {
      OutgoingRules rules =
          new OutgoingRules(
              Duration.ofSeconds(20),
              true,
              Optional.empty(),
              Optional.of(
                  OutgoingRules.Proxy.of(proxy.url().replace("http://", "http://bob:secret@"))),
              1 << 20);

      assertThat(ask(rules, Peer.at("http://somewhere.invalid/"))).isEqualTo("through");
      assertThat(proxy.received().getFirst().path()).isEqualTo("http://somewhere.invalid/x");
      assertThat(proxy.received().getFirst().headers())
          .containsEntry("proxy-authorization", "Basic Ym9iOnNlY3JldA==");
      assertThat(rules.toString()).doesNotContain("secret");
    }
  }
}
