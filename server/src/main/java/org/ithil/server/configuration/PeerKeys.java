package org.ithil.server.configuration;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.ithil.archive.json.JsonValue;
import org.ithil.services.peer.OutgoingRules;
import org.ithil.services.peer.Peer;
import org.ithil.services.peer.PeerFormatException;
import org.ithil.services.peer.Peers;
import org.ithil.services.transfer.TransferRules;

/** The entries of {@code OrthancPeers}, and how other servers are called over HTTP. */
final class PeerKeys {
  private static final int DAY = 86_400;
  private static final int MOST_THREADS = 1024;
  private static final int MOST_ANSWER_KILOBYTES = 1 << 20;

  private static final List<String> FIELDS =
      List.of(
          "CertificateFile",
          "CertificateKeyFile",
          "CertificateKeyPassword",
          "HttpHeaders",
          "Password",
          "Pkcs11",
          "RemoteSelf",
          "Timeout",
          "URL",
          "Url",
          "Username");

  private PeerKeys() {}

  static ServerConfiguration.Peering peering(Section root) {
    boolean inDatabase = root.flag("OrthancPeersInDatabase");
    return new ServerConfiguration.Peering(
        inDatabase ? Map.of() : peers(root),
        inDatabase,
        outgoing(root),
        transfers(root.section("Transfers")));
  }

  private static TransferRules transfers(Section section) {
    return new TransferRules(
        section.integer("Threads", 1, MOST_THREADS),
        (long) section.integer("BucketSize", 1, Integer.MAX_VALUE) << 10,
        (long) section.integer("CacheSize", 0, Integer.MAX_VALUE) << 20,
        section.integer("MaxPushTransactions", 1, Integer.MAX_VALUE),
        section.integer("MaxHttpRetries", 0, Integer.MAX_VALUE),
        Duration.ofSeconds(section.integer("PeerConnectivityTimeout", 1, DAY)),
        Duration.ofSeconds(section.integer("PeerCommitTimeout", 1, DAY)),
        section.integer("CommitThreadsCount", 1, MOST_THREADS));
  }

  private static Map<String, Peer> peers(Section root) {
    Section section = root.section("OrthancPeers");
    Map<String, Peer> peers = new TreeMap<>();
    for (String name : section.names()) {
      if (!Peers.isName(name)) {
        throw section.error(name, "a name may have ASCII letters, digits, - and _ only");
      }
      peers.put(name, peer(section, name));
    }
    return peers;
  }

  private static Peer peer(Section section, String name) {
    JsonValue definition = Objects.requireNonNull(section.value(name));
    if (definition instanceof JsonValue.Members) {
      FIELDS.forEach(section.section(name)::value); // they count as read, with what follows
    }
    Peer peer;
    try {
      peer = Peer.of(definition);
    } catch (PeerFormatException e) {
      String details = e.details();
      throw section.error(
          name,
          details != null
              ? details
              : "must be [ \"url\" ], [ \"url\", \"user\", \"password\" ] or { \"Url\" : ..., ..."
                  + " }");
    }
    present(section, name, peer.certificate());
    present(section, name, peer.key());
    return peer;
  }

  private static void present(Section section, String name, String file) {
    if (!file.isEmpty() && !Files.isRegularFile(Path.of(file))) {
      throw section.error(name, "there is no file " + file);
    }
  }

  private static OutgoingRules outgoing(Section root) {
    Optional<Path> authorities = root.optionalPath("HttpsCACertificates");
    if (root.text("HttpsCACertificates").isEmpty()) {
      authorities = Optional.empty();
    } else if (!Files.isRegularFile(authorities.orElseThrow())) {
      throw root.error("HttpsCACertificates", "there is no file " + authorities.get());
    }
    return new OutgoingRules(
        Duration.ofSeconds(root.integer("HttpTimeout", 0, DAY)),
        root.flag("HttpsVerifyPeers"),
        authorities,
        proxy(root),
        root.section("Ithil").integer("PeerAnswerSizeKB", 1, MOST_ANSWER_KILOBYTES) << 10);
  }

  private static Optional<OutgoingRules.Proxy> proxy(Section root) {
    String text = root.text("HttpProxy");
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(OutgoingRules.Proxy.of(text));
    } catch (IllegalArgumentException e) {
      throw root.error("HttpProxy", String.valueOf(e.getMessage()));
    }
  }
}
