package org.ithil.server.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Lays out one event as one line: {@code time level category [thread] [context] message}. Line
 * breaks and control characters of the message are escaped, so that no input can forge a line.
 */
final class LogLine extends LayoutBase<ILoggingEvent> {
  /** The name under which code puts the context of its thread into the MDC of SLF4J. */
  static final String CONTEXT = "context";

  private static final int FRAMES = 12;

  private final DateTimeFormatter time;
  private final boolean thread;
  private final boolean context;

  LogLine(LogOptions options, ZoneId zone) {
    time = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxxx", Locale.ROOT).withZone(zone);
    thread = options.thread();
    context = options.context();
  }

  @Override
  public String doLayout(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(160);
    time.formatTo(Instant.ofEpochMilli(event.getTimeStamp()), line);
    line.append(' ').append(pad(event.getLevel().toString(), 5));
    line.append(' ').append(pad(LogCategory.of(event.getLoggerName()).word(), 7));
    if (thread && !event.getThreadName().isEmpty()) {
      append(line.append(" ["), event.getThreadName()).append(']');
    }
    String where = context ? event.getMDCPropertyMap().get(CONTEXT) : null;
    if (where != null) {
      append(line.append(" ["), where).append(']');
    }
    append(line.append(' '), event.getFormattedMessage());
    for (IThrowableProxy cause = event.getThrowableProxy();
        cause != null;
        cause = cause.getCause()) {
      append(line.append(" | "), cause.getClassName() + ": " + cause.getMessage());
      StackTraceElementProxy[] frames = cause.getStackTraceElementProxyArray();
      for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
        StackTraceElement frame = frames[i].getStackTraceElement();
        line.append(" < ").append(frame.getClassName()).append('.').append(frame.getMethodName());
        line.append(':').append(frame.getLineNumber());
      }
    }
    return line.append('\n').toString();
  }

  private static String pad(String word, int width) {
    return word.length() >= width ? word : word + " ".repeat(width - word.length());
  }

  private static StringBuilder append(StringBuilder line, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\t' -> line.append("\\t");
        default -> {
          if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
            line.append(String.format("\\u%04x", (int) c));
          } else {
            line.append(c);
          }
        }
      }
    }
    return line;
  }
}
