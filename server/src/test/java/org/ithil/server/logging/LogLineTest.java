package org.ithil.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An event is one line, whatever it tells. */
class LogLineTest {
  private static String line(
      LogOptions options, String logger, String message, @Nullable Throwable cause) {
    LoggerContext context = new LoggerContext();
    LoggingEvent event =
        new LoggingEvent("x", context.getLogger(logger), Level.WARN, message, cause, null);
    event.setInstant(Instant.parse("2026-11-24T10:11:12.345Z"));
    event.setThreadName("main");
    event.setMDCPropertyMap(Map.of("context", "association 7"));
    return new LogLine(options, ZoneOffset.UTC).doLayout(event);
  }

  @Test
  void has_time_level_category_thread_context_and_message() {
    assertThat(line(LogOptions.DEFAULT, "org.ithil.web.http.Engine", "hello", null))
        .isEqualTo("2026-11-24T10:11:12.345+00:00 WARN  http    [main] [association 7] hello\n");
  }

  @Test
  void thread_and_context_may_be_left_out() {
    LogOptions options = new LogOptions(Map.of(), null, null, false, false);

    assertThat(line(options, "org.ithil.server", "hello", null)).endsWith("WARN  generic hello\n");
  }

  @Test
  void a_message_cannot_forge_a_line() {
    assertThat(line(LogOptions.DEFAULT, "x", "a\r\nb\tc\u001b[31m\u2028", null))
        .endsWith(" a\\r\\nb\\tc\\u001b[31m\\u2028\n")
        .containsOnlyOnce("\n");
  }

  @Test
  void a_cause_stays_on_the_line() {
    assertThat(line(LogOptions.DEFAULT, "x", "broken", new IllegalStateException("why\nso")))
        .contains(
            " broken | java.lang.IllegalStateException: why\\nso <"
                + " org.ithil.server.logging.LogLineTest.")
        .containsOnlyOnce("\n");
  }

  @Test
  void loggers_belong_to_the_category_of_their_longest_prefix() {
    assertThat(LogCategory.of("org.ithil.dimse.association.Scp")).isEqualTo(LogCategory.DICOM);
    assertThat(LogCategory.of("org.ithil.archive.index.sqlite.Writer"))
        .isEqualTo(LogCategory.SQLITE);
    assertThat(LogCategory.of("org.ithil.archive.ingest.X")).isEqualTo(LogCategory.GENERIC);
    assertThat(LogCategory.of("org.ithil.webby")).isEqualTo(LogCategory.GENERIC);
    assertThat(LogCategory.of("org.eclipse.jetty.io")).isEqualTo(LogCategory.GENERIC);
  }
}
