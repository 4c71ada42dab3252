package org.ithil.web.http;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the HTTP server listens and what it bears.
 *
 * @param keepAlive whether a connection serves more than one request
 * @param tcpNoDelay whether small packets leave at once
 * @param compress whether answers are compressed for clients that want it
 */
public record HttpSettings(
    Listening listening,
    Patience patience,
    Limits limits,
    boolean keepAlive,
    boolean tcpNoDelay,
    boolean compress) {
  /** The defaults, on loopback. */
  public static final HttpSettings DEFAULT =
      new HttpSettings(Listening.LOOPBACK, Patience.DEFAULT, Limits.DEFAULT, true, true, false);

  /**
   * Where it listens, and to whom.
   *
   * @param addresses to listen on; empty: all, or loopback alone without remote access
   * @param port TCP port; 0 for any free one
   * @param hostNames names with a dot by which clients may call a server that listens on loopback
   *     alone and has no users; "*" for any
   * @param remoteAccess whether other hosts than this one are answered; otherwise they get 401
   * @param users names and passwords of Basic authentication (RFC 7617); null for none
   */
  public record Listening(
      List<String> addresses,
      int port,
      List<String> hostNames,
      boolean remoteAccess,
      @Nullable Map<String, String> users) {
    /** On the port of the reference. */
    public static final Listening LOOPBACK = new Listening(List.of(), 8042, List.of(), false, null);

    public Listening {
      addresses = List.copyOf(addresses);
      hostNames = List.copyOf(hostNames);
      users = users == null ? null : Map.copyOf(users);
    }
  }

  /**
   * How long it waits for clients.
   *
   * @param request longest silence of a client while a request is read
   * @param head longest time from the first byte of a request's head to its last
   * @param rest how long a connection may rest between two requests
   * @param stop how long requests may still run when the server stops
   * @param minimumBodyRate bytes a second below which a body is given up, once it has been waited
   *     for as long as {@code request}; 0 for no limit
   * @param minimumAnswerRate bytes a second that a client takes of an answer, at least 1
   */
  public record Patience(
      Duration request,
      Duration head,
      Duration rest,
      Duration stop,
      long minimumBodyRate,
      long minimumAnswerRate) {
    /** The defaults. */
    public static final Patience DEFAULT =
        new Patience(
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            256,
            64 << 10);

    /**
     * What the buffers of both systems hide: so much may a client have read before it is seen here
     * that it has read anything.
     */
    private static final long HIDDEN = 16 << 20;

    private static final long MILLIS = 1000;

    /** After which time a client that takes nothing of an answer is given up. */
    public Duration answer() {
      Duration slowest = Duration.ofMillis(HIDDEN * MILLIS / minimumAnswerRate);
      return slowest.compareTo(request) > 0 ? slowest : request;
    }
  }

  /**
   * The most it takes.
   *
   * @param head largest head of a request, in bytes; an URI may be half as long
   * @param body largest body, in bytes; 0 for no limit
   * @param connections at a time; more wait
   */
  public record Limits(int head, long body, int connections) {
    /** The defaults. */
    public static final Limits DEFAULT = new Limits(32 << 10, 8192L << 20, 4096);
  }

  /** The same elsewhere. */
  public HttpSettings with(Listening other) {
    return new HttpSettings(other, patience, limits, keepAlive, tcpNoDelay, compress);
  }

  /** The same with other times. */
  public HttpSettings with(Patience other) {
    return new HttpSettings(listening, other, limits, keepAlive, tcpNoDelay, compress);
  }

  /** The same with other limits. */
  public HttpSettings with(Limits other) {
    return new HttpSettings(listening, patience, other, keepAlive, tcpNoDelay, compress);
  }

  /** The same on another port. */
  public HttpSettings withPort(int port) {
    return with(
        new Listening(
            listening.addresses,
            port,
            listening.hostNames,
            listening.remoteAccess,
            listening.users));
  }
}
