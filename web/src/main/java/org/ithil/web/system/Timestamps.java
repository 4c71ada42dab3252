package org.ithil.web.system;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Points in time as the API writes them: {@code 20261124T203714}. */
public final class Timestamps {
  private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss");

  private static final DateTimeFormatter EXACT =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSSSSS");

  private Timestamps() {}

  /** In universal time. */
  public static String utc(Instant instant) {
    return FORMAT.format(instant.atOffset(ZoneOffset.UTC));
  }

  /** In universal time, with microseconds: {@code 20261124T203714.123456}. */
  public static String exact(Instant instant) {
    return EXACT.format(instant.atOffset(ZoneOffset.UTC));
  }

  /** In the time of a zone. */
  static String local(Instant instant, ZoneId zone) {
    return FORMAT.format(instant.atZone(zone));
  }
}
