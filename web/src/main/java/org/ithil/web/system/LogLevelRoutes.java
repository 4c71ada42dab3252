package org.ithil.web.system;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Request;
import org.ithil.web.route.Route;

/**
 * {@code /tools/log-level}, for the whole server, and {@code /tools/log-level-http} and its like.
 */
public final class LogLevelRoutes {
  /** For one word: without a key. */
  private static final int TEXT_LIMIT = 1024;

  private final LogLevels levels;

  public LogLevelRoutes(LogLevels levels) {
    this.levels = levels;
  }

  /** All of them. */
  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    routes.add(Route.get("/tools/log-level", request -> Answer.text(highest().word())));
    routes.add(Route.put("/tools/log-level", request -> set(request, levels.categories())));
    for (String category : levels.categories()) {
      String path = "/tools/log-level-" + category;
      routes.add(Route.get(path, request -> Answer.text(levels.get(category).word())));
      routes.add(Route.put(path, request -> set(request, List.of(category))));
    }
    return routes;
  }

  /** The whole is as talkative as its most talkative part. */
  private LogLevels.Verbosity highest() {
    return levels.categories().stream()
        .map(levels::get)
        .max(Comparator.naturalOrder())
        .orElse(LogLevels.Verbosity.DEFAULT);
  }

  private Answer set(Request request, List<String> categories) throws IOException {
    String word = request.text(TEXT_LIMIT);
    LogLevels.Verbosity verbosity =
        LogLevels.Verbosity.of(word)
            .orElseThrow(() ->
                ApiException.of(
                    ErrorCode.PARAMETER_OUT_OF_RANGE,
                    "Verbosity can be \"default\", \"verbose\" or \"trace\": " + word));
    for (String category : categories) {
      levels.set(category, verbosity);
    }
    return Answer.done();
  }
}
