package org.ithil.web.http;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the HTTP server listens and what it bears.
 *
 * @param bindAddresses addresses to listen on; empty: all, or loopback alone without remote access
 * @param port TCP port; 0 for any free one
 * @param hostNames names with a dot by which clients may call a server that listens on loopback
 *     alone and has no users; "*" for any
 * @param remoteAccess whether other hosts than this one are answered; otherwise they get 401
 * @param users names and passwords of Basic authentication (RFC 7617); null for none
 * @param keepAlive whether a connection serves more than one request
 * @param keepAliveTimeout how long a connection may rest between two requests
 * @param tcpNoDelay whether small packets leave at once
 * @param requestTimeout longest silence of a client while a request is read or answered
 * @param headTimeout longest time from the first byte of a request's head to its last
 * @param minimumBodyRate bytes a second below which a body is given up, once it has been waited for
 *     as long as requestTimeout; 0 for no limit
 * @param maximumHeadSize largest head of a request, in bytes; an URI may be half as long
 * @param maximumBodySize largest body, in bytes; 0 for no limit
 * @param maximumConnections connections at a time; more wait
 * @param compress whether answers are compressed for clients that want it
 * @param stopTimeout how long requests may still run when the server stops
 */
public record HttpSettings(
    List<String> bindAddresses,
    int port,
    List<String> hostNames,
    boolean remoteAccess,
    @Nullable Map<String, String> users,
    boolean keepAlive,
    Duration keepAliveTimeout,
    boolean tcpNoDelay,
    Duration requestTimeout,
    Duration headTimeout,
    long minimumBodyRate,
    int maximumHeadSize,
    long maximumBodySize,
    int maximumConnections,
    boolean compress,
    Duration stopTimeout) {
  /** The defaults, on loopback. */
  public static final HttpSettings DEFAULT =
      new HttpSettings(
          List.of(),
          8042,
          List.of(),
          false,
          null,
          true,
          Duration.ofSeconds(1),
          true,
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          256,
          32 << 10,
          8192L << 20,
          4096,
          false,
          Duration.ofSeconds(10));

  public HttpSettings {
    bindAddresses = List.copyOf(bindAddresses);
    hostNames = List.copyOf(hostNames);
    users = users == null ? null : Map.copyOf(users);
  }

  /** The same on another port. */
  public HttpSettings withPort(int newPort) {
    return new HttpSettings(
        bindAddresses,
        newPort,
        hostNames,
        remoteAccess,
        users,
        keepAlive,
        keepAliveTimeout,
        tcpNoDelay,
        requestTimeout,
        headTimeout,
        minimumBodyRate,
        maximumHeadSize,
        maximumBodySize,
        maximumConnections,
        compress,
        stopTimeout);
  }

  /** The same with another limit on bodies. */
  public HttpSettings withMaximumBodySize(long bytes) {
    return new HttpSettings(
        bindAddresses,
        port,
        hostNames,
        remoteAccess,
        users,
        keepAlive,
        keepAliveTimeout,
        tcpNoDelay,
        requestTimeout,
        headTimeout,
        minimumBodyRate,
        maximumHeadSize,
        bytes,
        maximumConnections,
        compress,
        stopTimeout);
  }

  /** The same with other names by which clients may call the server. */
  public HttpSettings withHostNames(List<String> names) {
    return new HttpSettings(
        bindAddresses,
        port,
        names,
        remoteAccess,
        users,
        keepAlive,
        keepAliveTimeout,
        tcpNoDelay,
        requestTimeout,
        headTimeout,
        minimumBodyRate,
        maximumHeadSize,
        maximumBodySize,
        maximumConnections,
        compress,
        stopTimeout);
  }
}
