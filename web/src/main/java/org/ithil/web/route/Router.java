package org.ithil.web.route;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorBody;
import org.ithil.web.error.ErrorCode;
import org.ithil.web.error.ErrorMapping;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the route of a request and answers by it; failures become error answers here. Thread-safe.
 */
public final class Router implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Router.class);

  /** Methods that exist, but not for the routes of the API. */
  private static final Set<String> FOREIGN = Set.of("HEAD", "OPTIONS", "PROPFIND", "MKCOL");

  /** Failures that last until somebody does something, and have one line in the log by then. */
  private static final Set<ErrorCode> EXPECTED =
      EnumSet.of(ErrorCode.FULL_STORAGE, ErrorCode.DATABASE);

  private static final Duration BETWEEN_TELLINGS = Duration.ofMinutes(1);

  /** Characters of a path in the log: no key. */
  private static final int MOST_LOGGED = 300;

  private static final String OVERRIDE = "x-http-method-override";

  private final Routes routes;
  private final boolean describe;
  private final FormUpload forms;
  private final InstantSource clock;
  private final AtomicReference<Instant> told = new AtomicReference<>(Instant.MIN);

  /**
   * A router over those routes.
   *
   * @param describeErrors whether failures are described in the body of their answer
   */
  public Router(
      List<Route> routes, boolean describeErrors, Forms formsInPieces, InstantSource clock) {
    this.routes = new Routes(routes);
    this.describe = describeErrors;
    this.clock = clock;
    this.forms = new FormUpload(formsInPieces, clock);
  }

  /**
   * Files that come in pieces, one form after the other.
   *
   * @param folder where they wait, nobody else's; made when needed
   * @param maximumSize of one file, in bytes; 0 for no limit
   * @param pending files that are not whole, at a time
   * @param patience how long one may wait for its next piece
   */
  public record Forms(Path folder, long maximumSize, int pending, Duration patience) {}

  /**
   * A request as the engine gives it.
   *
   * @param method as the client wrote it
   * @param rawPath still escaped
   * @param rawQuery still escaped, without question mark; null for none
   */
  public record Incoming(
      String method,
      String rawPath,
      @Nullable String rawQuery,
      Headers headers,
      InputStream body,
      String remoteAddress,
      @Nullable String user) {}

  /** Answers a request; whatever fails, there is an answer. */
  public Answer answer(Incoming incoming) {
    List<String> path = Paths.fold(incoming.rawPath());
    try {
      Arguments arguments = Arguments.parse(incoming.rawQuery());
      Method method = method(incoming, arguments);
      if (method != Method.GET && ForeignSite.asks(incoming.headers(), disguised(incoming))) {
        throw ApiException.of(ErrorCode.BAD_REQUEST, "Another web site may not change anything")
            .withStatus(403);
      }
      return switch (routes.find(method, path)) {
        case Routes.Match match ->
            answer(
                match.route(),
                new Request(
                    method,
                    path,
                    match.variables(),
                    match.tail(),
                    arguments,
                    incoming.headers(),
                    incoming.body(),
                    incoming.remoteAddress(),
                    incoming.user()));
        case Routes.Folder folder -> Answer.json(writer -> writer.texts(folder.names()));
        case Routes.OtherMethods others ->
            Answer.empty(405)
                .with(
                    "Allow",
                    others.allowed().stream().map(Method::name).collect(Collectors.joining(",")));
        case Routes.None _ -> throw ApiException.of(ErrorCode.UNKNOWN_RESOURCE);
      };
    } catch (IOException | RuntimeException | VirtualMachineError e) {
      return failed(e, incoming.method(), path);
    }
  }

  /** The answer to a failure, as it is before any route has answered. */
  public Answer failed(Throwable failure, String method, String rawPath) {
    return failed(failure, method, Paths.fold(rawPath));
  }

  private Answer failed(Throwable failure, String method, List<String> path) {
    ApiException known = ErrorMapping.of(failure);
    if (known != failure && EXPECTED.contains(known.code()) && known.status() != 500) {
      if (isTimeToTell()) {
        LOG.error("{} {}: {} ({})", method, shortened(path), known.code(), failure.toString());
      }
    } else if (known != failure && known.status() >= 500) {
      LOG.error("{} {}: {}", method, shortened(path), known.code(), failure);
    } else {
      LOG.debug("{} {}: {}", method, shortened(path), known.getMessage());
    }
    Answer answer = Answer.empty(known.status());
    if (known.bodied() && describe) {
      byte[] body = ErrorBody.of(known, method, "/" + String.join("/", path));
      answer = Answer.bytes(body, "text/plain").withStatus(known.status());
    }
    for (Map.Entry<String, String> field : known.headers().entrySet()) {
      answer = answer.with(field.getKey(), field.getValue());
    }
    return answer;
  }

  /** True once in a while: as long as a medium is full, every request fails by the same reason. */
  private boolean isTimeToTell() {
    Instant now = clock.instant();
    Instant before = told.get();
    return now.isAfter(before.plus(BETWEEN_TELLINGS)) && told.compareAndSet(before, now);
  }

  /** A path as it is logged: clients choose its length. */
  private static String shortened(List<String> path) {
    String text = "/" + String.join("/", path);
    return text.length() <= MOST_LOGGED ? text : text.substring(0, MOST_LOGGED) + "...";
  }

  private Answer answer(Route route, Request request) throws IOException {
    if (request.method() == Method.POST && FormUpload.isForm(request)) {
      return forms.run(request, route.handler());
    }
    return route.handler().answer(request);
  }

  /** Whether the method can only have been changed by an argument, as any link can do it. */
  private static boolean disguised(Incoming incoming) {
    String override = incoming.headers().get(OVERRIDE);
    return incoming.method().equals("GET") && (override == null || override.isEmpty());
  }

  /** The method, which a header and (of GET) an argument can change. */
  private static Method method(Incoming incoming, Arguments arguments) {
    String override = incoming.headers().get(OVERRIDE);
    if ((override == null || override.isEmpty()) && incoming.method().equals("GET")) {
      override = arguments.get("_method");
    }
    if (override != null && !override.isEmpty()) {
      return switch (override.toUpperCase(Locale.ROOT)) {
        case "PUT" -> Method.PUT;
        case "DELETE" -> Method.DELETE;
        default -> throw ApiException.bare(400);
      };
    }
    return switch (incoming.method()) {
      case "GET" -> Method.GET;
      case "POST" -> Method.POST;
      case "PUT" -> Method.PUT;
      case "DELETE" -> Method.DELETE;
      default -> throw ApiException.bare(FOREIGN.contains(incoming.method()) ? 404 : 400);
    };
  }

  /** Removes forms that are not whole. */
  @Override
  public void close() {
    forms.close();
  }
}
