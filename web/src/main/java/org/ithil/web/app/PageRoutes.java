package org.ithil.web.app;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ithil.web.error.ApiException;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Request;
import org.ithil.web.route.Route;
import org.jspecify.annotations.Nullable;

/**
 * The routes of the browser application: its files below {@code /app}, and the way there from
 * {@code /}.
 */
public final class PageRoutes {
  private static final String START = "app/explorer.html";

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html",
          "js", "application/javascript",
          "css", "text/css",
          "json", "application/json",
          "svg", "image/svg+xml",
          "png", "image/png",
          "ico", "image/x-icon",
          "woff2", "font/woff2");

  private final Files files;

  /** Where the files are. */
  @FunctionalInterface
  public interface Files {
    /** The content of a file below {@code /app}, or null if there is none. */
    byte @Nullable [] read(String path) throws IOException;
  }

  public PageRoutes(Files files) {
    this.files = files;
  }

  /** All of them. */
  public List<Route> routes() {
    return List.of(
        Route.get("/", _ -> Answer.redirect(START)),
        Route.get("/favicon.ico", _ -> Answer.redirect("app/images/favicon.ico")),
        Route.get("/app/{*path}", this::file));
  }

  private Answer file(Request request) throws IOException {
    String path = String.join("/", request.tail());
    byte[] bytes = files.read(path);
    if (bytes == null) {
      throw ApiException.bare(404);
    }
    String suffix = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return Answer.bytes(bytes, TYPES.getOrDefault(suffix, "application/octet-stream"));
  }
}
