package org.ithil.services.peer;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How this server is a client of others over HTTP.
 *
 * @param timeout limit of a request, from the connection to the last byte of the answer (key {@code
 *     HttpTimeout}); zero for none
 * @param verifyPeers whether certificates are checked (key {@code HttpsVerifyPeers})
 * @param authorities PEM file with the certificates that are trusted (key {@code
 *     HttpsCACertificates}); empty = those of the Java machine
 * @param proxy that all requests go through (key {@code HttpProxy})
 * @param answerSize bytes of the longest list that a peer may answer with (key {@code
 *     Ithil.PeerAnswerSizeKB}); other answers are short
 */
public record OutgoingRules(
    Duration timeout,
    boolean verifyPeers,
    Optional<Path> authorities,
    Optional<Proxy> proxy,
    int answerSize) {
  /** The defaults of the reference. */
  public static final OutgoingRules DEFAULT =
      new OutgoingRules(
          Duration.ofSeconds(60), true, Optional.empty(), Optional.empty(), 8192 << 10);

  private static final int HIGHEST_PORT = 65535;

  /**
   * A proxy.
   *
   * @param credentials {@code user:password}; empty for none
   */
  public record Proxy(String host, int port, String credentials) {
    /**
     * Reads {@code [http://][user:password@]host:port}.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Proxy of(String text) {
      String rest = text.replaceFirst("^http://", "").replaceFirst("/$", "");
      int at = rest.lastIndexOf('@');
      String place = rest.substring(at + 1);
      int colon = place.lastIndexOf(':');
      if (colon <= 0 || !place.substring(colon + 1).matches("[0-9]{1,5}")) {
        throw new IllegalArgumentException("must be [user:password@]host:port");
      }
      int port = Integer.parseInt(place.substring(colon + 1));
      if (port == 0 || port > HIGHEST_PORT) {
        throw new IllegalArgumentException("the port must be between 1 and 65535");
      }
      return new Proxy(place.substring(0, colon), port, at < 0 ? "" : rest.substring(0, at));
    }

    /** Without the credentials, as it may stand in a log. */
    @Override
    public String toString() {
      return host + ":" + port;
    }
  }
}
