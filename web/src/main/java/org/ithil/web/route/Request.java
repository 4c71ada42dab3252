package org.ithil.web.route;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.ithil.archive.resource.ResourceId;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * A request on its way to a route.
 *
 * @param method the method asked for
 * @param segments the path: unescaped, folded, without empty segments
 * @param variables the parts of the path that the pattern of the route names
 * @param tail what {@code {*name}} at the end of the pattern stands for; empty without one
 * @param arguments the query string
 * @param headers the header fields
 * @param body the body, not decoded; empty if there is none. Read at most once; reading beyond the
 *     configured size fails with status 413
 * @param remoteAddress the address of the client, as text
 * @param user the name under which the client has authenticated itself, or null
 */
public record Request(
    Method method,
    List<String> segments,
    Map<String, String> variables,
    List<String> tail,
    Arguments arguments,
    Headers headers,
    InputStream body,
    String remoteAddress,
    @Nullable String user) {

  /** A request without body, variables, headers and user, as tests need it. */
  public static Request get(String path, String query) {
    return new Request(
        Method.GET,
        Paths.fold(path),
        Map.of(),
        List.of(),
        Arguments.parse(query),
        Headers.NONE,
        InputStream.nullInputStream(),
        "127.0.0.1",
        null);
  }

  /**
   * A part of the path.
   *
   * @throws IllegalArgumentException if the pattern of the route has no such variable
   */
  public String variable(String name) {
    String value = variables.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no variable " + name + " in this route");
    }
    return value;
  }

  /**
   * The resource that the path names as {@code {id}}.
   *
   * @throws ApiException UNKNOWN_RESOURCE if it cannot be one
   */
  public ResourceId resource() {
    return ResourceId.parse(variable("id")).orElseThrow(ApiException::unknownResource);
  }

  /** A header field, or null. */
  public @Nullable String header(String name) {
    return headers.get(name);
  }

  /**
   * The body as a short text, read as UTF-8.
   *
   * @param limit most bytes; a longer body fails with status 413
   */
  public String text(int limit) throws IOException {
    byte[] bytes = body.readNBytes(limit + 1);
    if (bytes.length > limit) {
      throw ApiException.bare(413);
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /**
   * The body as a truth value: {@code 0}, {@code 1}, {@code true} or {@code false}, blanks around
   * it allowed.
   *
   * @throws ApiException BAD_FILE_FORMAT if it is none
   */
  public boolean truthValue() throws IOException {
    return switch (text(64).strip()) {
      case "1", "true" -> true;
      case "0", "false" -> false;
      default -> throw ApiException.of(ErrorCode.BAD_FILE_FORMAT, "Boolean value expected");
    };
  }

  /** The path, unescaped, from its first slash: what error bodies call {@code Uri}. */
  public String uri() {
    return "/" + String.join("/", segments);
  }

  Request withBody(InputStream newBody, Headers newHeaders) {
    return new Request(
        method, segments, variables, tail, arguments, newHeaders, newBody, remoteAddress, user);
  }
}
