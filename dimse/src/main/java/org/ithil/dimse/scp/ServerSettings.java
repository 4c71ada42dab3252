package org.ithil.dimse.scp;

import java.time.Duration;
import org.ithil.dimse.association.WireLimits;

/**
 * How a server listens.
 *
 * @param port TCP port; 0 for any free one
 * @param concurrentAssociations how many are served at the same time
 * @param waitingAssociations how many more may wait for their turn; those beyond are rejected with
 *     the transient reason local-limit-exceeded
 * @param waitingTime how long one may wait
 * @param connections most TCP connections, those included that have not asked for an association
 *     yet; those beyond are closed at once
 * @param stopTime how long requests may still run when the server stops
 * @param limits of each connection
 */
public record ServerSettings(
    int port,
    int concurrentAssociations,
    int waitingAssociations,
    Duration waitingTime,
    int connections,
    Duration stopTime,
    WireLimits limits) {
  /** Port 4242, 4 associations, 100 waiting for a minute, 1000 connections, 5 s to stop. */
  public static final ServerSettings DEFAULT =
      new ServerSettings(
          4242, 4, 100, Duration.ofMinutes(1), 1000, Duration.ofSeconds(5), WireLimits.DEFAULT);

  public ServerSettings {
    if (concurrentAssociations < 1 || waitingAssociations < 0 || connections < 1) {
      throw new IllegalArgumentException("no associations allowed");
    }
  }

  /** The same with other limits of each connection. */
  public ServerSettings withLimits(WireLimits other) {
    return new ServerSettings(
        port,
        concurrentAssociations,
        waitingAssociations,
        waitingTime,
        connections,
        stopTime,
        other);
  }
}
