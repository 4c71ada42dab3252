package org.ithil.web.system;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.ithil.archive.json.JsonFormatException;
import org.ithil.archive.json.JsonReader;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.setting.DefaultCharacterSet;
import org.ithil.dicom.text.DefaultEncoding;
import org.ithil.services.storage.StorageAcceptance;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Request;
import org.ithil.web.route.Route;
import org.jspecify.annotations.Nullable;

/** The small routes below {@code /tools}: time, identifiers, default encoding, what is accepted. */
public final class ToolRoutes {
  /** For a word or a list of UIDs: no file of any user, so without a key. */
  private static final int TEXT_LIMIT = 64 << 10;

  private final Clock clock;
  private final Supplier<UUID> uuids;
  private final DefaultCharacterSet encoding;
  private final StorageAcceptance acceptance;

  /**
   * The routes.
   *
   * @param clock its zone is that of local time
   */
  public ToolRoutes(
      Clock clock,
      Supplier<UUID> uuids,
      DefaultCharacterSet encoding,
      StorageAcceptance acceptance) {
    this.clock = clock;
    this.uuids = uuids;
    this.encoding = encoding;
    this.acceptance = acceptance;
  }

  /** All of them. */
  public List<Route> routes() {
    return List.of(
        Route.get("/tools/now", r -> Answer.text(Timestamps.utc(clock.instant()))),
        Route.get(
            "/tools/now-local",
            r -> Answer.text(Timestamps.local(clock.instant(), clock.getZone()))),
        Route.get("/tools/generate-uid", r -> generate(r.arguments().get("level"))),
        Route.get("/tools/default-encoding", r -> Answer.text(encoding.encoding().configured())),
        Route.put("/tools/default-encoding", this::putEncoding),
        Route.get("/tools/accepted-transfer-syntaxes", r -> transferSyntaxes()),
        Route.put("/tools/accepted-transfer-syntaxes", this::putTransferSyntaxes),
        Route.get(
            "/tools/accepted-sop-classes",
            r -> Answer.json(json -> json.texts(acceptance.sopClasses()))),
        Route.get(
            "/tools/unknown-sop-class-accepted",
            r -> Answer.text(acceptance.acceptsUnknownSopClass() ? "1" : "0")),
        Route.put(
            "/tools/unknown-sop-class-accepted",
            r -> {
              acceptance.acceptUnknownSopClass(r.truthValue());
              return Answer.done();
            }));
  }

  /** An identifier for a patient is free text; those of the other levels are UIDs (PS3.5 B.2). */
  private Answer generate(@Nullable String level) {
    if (level == null) {
      return Answer.empty(404);
    }
    UUID uuid = uuids.get();
    return switch (level) {
      case "patient" -> Answer.text(uuid.toString());
      case "study", "series", "instance" ->
          Answer.text("2.25." + new BigInteger(uuid.toString().replace("-", ""), 16));
      default -> Answer.empty(404);
    };
  }

  private Answer putEncoding(Request request) throws IOException {
    DefaultEncoding chosen =
        DefaultEncoding.of(request.text(TEXT_LIMIT))
            .orElseThrow(() -> ApiException.of(ErrorCode.PARAMETER_OUT_OF_RANGE));
    encoding.set(chosen);
    return Answer.text(chosen.configured());
  }

  private Answer transferSyntaxes() {
    List<String> accepted = acceptance.transferSyntaxes();
    return Answer.json(json -> json.texts(accepted));
  }

  /** The body is an array of patterns, or one pattern as plain text. */
  private Answer putTransferSyntaxes(Request request) throws IOException {
    acceptance.acceptTransferSyntaxes(patterns(request.text(TEXT_LIMIT)));
    return transferSyntaxes();
  }

  private static List<String> patterns(String body) throws IOException {
    JsonValue value;
    try {
      value =
          new JsonReader(TEXT_LIMIT)
              .read(
                  new java.io.ByteArrayInputStream(
                      body.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    } catch (JsonFormatException e) {
      // What starts as a number is taken for JSON, and is none.
      if (body.strip().matches("(?s)[0-9-].*")) {
        throw e;
      }
      return List.of(body.strip());
    }
    List<String> patterns = new ArrayList<>();
    switch (value) {
      case JsonValue.Text(String text) -> patterns.add(text);
      case JsonValue.Items(List<JsonValue> items) -> {
        for (JsonValue item : items) {
          if (!(item instanceof JsonValue.Text(String text))) {
            throw ApiException.of(ErrorCode.BAD_FILE_FORMAT);
          }
          patterns.add(text);
        }
      }
      case JsonValue.Members _,
          JsonValue.Whole _,
          JsonValue.Real _,
          JsonValue.Flag _,
          JsonValue.Null _ ->
          throw ApiException.of(ErrorCode.BAD_FILE_FORMAT);
    }
    return patterns;
  }
}
