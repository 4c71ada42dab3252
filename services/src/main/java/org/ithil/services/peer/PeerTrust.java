package org.ithil.services.peer;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.ithil.services.certificate.PemFile;
import org.jspecify.annotations.Nullable;

/** Who is believed over TLS, and how we identify ourselves. */
final class PeerTrust {
  private final OutgoingRules rules;

  PeerTrust(OutgoingRules rules) {
    this.rules = rules;
  }

  /**
   * A certificate of ours.
   *
   * @param certificate PEM file; empty for none
   * @param key PEM file of its private key
   * @param version changes when one of the files does
   */
  record Identity(String certificate, String key, String password, long version) {
    static Identity of(Peer peer) throws IOException {
      if (peer.certificate().isEmpty()) {
        return new Identity("", "", "", 0);
      }
      String key = peer.key().isEmpty() ? peer.certificate() : peer.key();
      return new Identity(
          peer.certificate(),
          key,
          peer.keyPassword(),
          modified(peer.certificate()) * 31 + modified(key));
    }

    private static long modified(String file) throws IOException {
      return Files.getLastModifiedTime(Path.of(file)).toMillis();
    }

    @Override
    public String toString() {
      return certificate;
    }
  }

  /**
   * Everything that TLS needs.
   *
   * @throws IOException if a file cannot be read
   */
  SSLContext context(Identity identity) throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys(identity), trusted(), null);
    return context;
  }

  private static KeyManager @Nullable [] keys(Identity identity)
      throws IOException, GeneralSecurityException {
    if (identity.certificate().isEmpty()) {
      return null;
    }
    List<X509Certificate> chain = PemFile.read(Path.of(identity.certificate())).certificates();
    KeyStore store = emptyStore();
    store.setKeyEntry(
        "own",
        PemFile.read(Path.of(identity.key())).privateKey(identity.password()),
        new char[0],
        chain.toArray(Certificate[]::new));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, new char[0]);
    return factory.getKeyManagers();
  }

  private TrustManager @Nullable [] trusted() throws IOException, GeneralSecurityException {
    if (!rules.verifyPeers()) {
      return new TrustManager[] {new Everyone()};
    }
    if (rules.authorities().isEmpty()) {
      return null;
    }
    KeyStore store = emptyStore();
    int number = 0;
    for (X509Certificate certificate : PemFile.read(rules.authorities().get()).certificates()) {
      store.setCertificateEntry("ca-" + number++, certificate);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    return store;
  }

  /** Believes whatever it is told, host names included: what HttpsVerifyPeers false asks for. */
  private static final class Everyone extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
