package org.ithil.web.http;

import java.net.InetSocketAddress;
import java.util.StringJoiner;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * One line for each request that was answered: method, path, status, bytes and milliseconds. The
 * identifiers in paths are hashes; values of arguments may name patients and are left out.
 */
final class AccessLog implements RequestLog {
  /** Under this name the log finds what a line belongs to. */
  static final String CONTEXT = "context";

  private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
  private static final int LONGEST = 512;
  private static final long NANOS_PER_MILLI = 1_000_000;

  @Override
  public void log(Request request, Response response) {
    if (!LOG.isInfoEnabled()) {
      return;
    }
    String address =
        request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress peer
                && peer.getAddress() != null
            ? peer.getAddress().getHostAddress()
            : "";
    try (MDC.MDCCloseable _ = MDC.putCloseable(CONTEXT, address)) {
      LOG.info(
          "{} {}: {}, {} bytes in {} ms",
          request.getMethod(),
          target(request.getHttpURI().getPath(), request.getHttpURI().getQuery()),
          response.getStatus(),
          Response.getContentBytesWritten(response),
          (System.nanoTime() - request.getBeginNanoTime()) / NANOS_PER_MILLI);
    }
  }

  /** The path, and the names of the arguments without their values. */
  static String target(
      @org.jspecify.annotations.Nullable String path,
      @org.jspecify.annotations.Nullable String query) {
    StringBuilder text = new StringBuilder(path == null ? "/" : path);
    if (query != null) {
      StringJoiner names = new StringJoiner("&", "?", "");
      for (String argument : query.split("&", -1)) {
        int value = argument.indexOf('=');
        names.add(value < 0 ? argument : argument.substring(0, value + 1) + "...");
      }
      text.append(names);
    }
    if (text.length() > LONGEST) {
      text.setLength(LONGEST);
      text.append("...");
    }
    return text.toString();
  }
}
