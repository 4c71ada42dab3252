package org.ithil.web.application;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Request;
import org.ithil.web.route.Route;

/** {@code /app/...}, and the ways that lead there. */
public final class ApplicationRoutes {
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html"),
          Map.entry("css", "text/css"),
          Map.entry("js", "application/javascript"),
          Map.entry("mjs", "application/javascript"),
          Map.entry("json", "application/json"),
          Map.entry("xml", "application/xml"),
          Map.entry("txt", "text/plain"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("jpeg", "image/jpeg"),
          Map.entry("gif", "image/gif"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("wasm", "application/wasm"),
          Map.entry("woff", "application/x-font-woff"),
          Map.entry("woff2", "font/woff2"));

  private final StaticFiles files;

  public ApplicationRoutes(StaticFiles files) {
    this.files = files;
  }

  /** All of them. */
  public List<Route> routes() {
    return List.of(
        Route.get("/", request -> Answer.redirect("app/explorer.html")),
        Route.get("/favicon.ico", request -> Answer.redirect("app/images/favicon.ico")),
        Route.get("/app/{*path}", this::file));
  }

  private Answer file(Request request) throws IOException {
    List<String> path = request.tail();
    for (String segment : path) {
      if (segment.indexOf('\\') >= 0 || segment.indexOf('\0') >= 0 || segment.indexOf('/') >= 0) {
        return Answer.empty(404);
      }
    }
    if (path.isEmpty()) {
      return Answer.empty(404);
    }
    InputStream in = files.open(String.join("/", path));
    if (in == null) {
      return Answer.empty(404);
    }
    return Answer.stream(in::transferTo, -1, type(path.getLast())).holding(in);
  }

  private static String type(String name) {
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return TYPES.getOrDefault(extension, "application/octet-stream");
  }
}
