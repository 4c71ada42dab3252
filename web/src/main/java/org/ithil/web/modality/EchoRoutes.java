package org.ithil.web.modality;

import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.ithil.archive.json.JsonFormatException;
import org.ithil.archive.json.JsonReader;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.setting.DefaultCharacterSet;
import org.ithil.services.modality.Modality;
import org.ithil.services.modality.ModalityClient;
import org.ithil.services.modality.ModalityJson;
import org.ithil.services.verification.EchoCall;
import org.ithil.web.body.JsonBody;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Request;
import org.ithil.web.route.Route;

/** C-ECHO to known modalities and to others. */
public final class EchoRoutes {
  private static final int LIMIT = 1 << 20;
  private static final JsonBody NOTHING = JsonBody.of(new JsonValue.Members(new TreeMap<>()));

  private final KnownModalities known;
  private final EchoCall echo;
  private final boolean checksFind;

  /**
   * @param checksFind whether a C-FIND is tried where the request does not say (key {@code
   *     DicomEchoChecksFind})
   */
  public EchoRoutes(
      KnownModalities known,
      ModalityClient client,
      DefaultCharacterSet encoding,
      Supplier<UUID> uuids,
      boolean checksFind) {
    this.known = known;
    this.echo = new EchoCall(client, encoding, () -> uid(uuids.get()));
    this.checksFind = checksFind;
  }

  /** PS3.5 B.2. */
  private static String uid(UUID uuid) {
    return "2.25." + new BigInteger(uuid.toString().replace("-", ""), 16);
  }

  /** All of them. */
  public List<Route> routes() {
    return List.of(
        Route.post("/modalities/{id}/echo", this::known),
        Route.post("/tools/dicom-echo", this::other));
  }

  private Answer known(Request request) throws IOException {
    Modality modality = known.of(request);
    String text = request.text(LIMIT);
    JsonValue json = text.isBlank() ? NOTHING.object() : parsed(text);
    return echo(modality, json, Optional.empty());
  }

  private Answer other(Request request) throws IOException {
    JsonValue json = parsed(request.text(LIMIT));
    // As recorded: our own title, whatever stands in LocalAet.
    return echo(ModalityJson.read(json), json, Optional.of(echo.usualAet()));
  }

  private Answer echo(Modality modality, JsonValue json, Optional<String> localAet)
      throws IOException {
    JsonBody body = json instanceof JsonValue.Members object ? JsonBody.of(object) : NOTHING;
    boolean checkFind = body.flag("CheckFind", checksFind);
    ModalityClient.Call call =
        new ModalityClient.Call(localAet, KnownModalities.call(body).timeout());
    echo.perform(modality, call, checkFind);
    return Answer.json(out -> out.beginObject().endObject());
  }

  private static JsonValue parsed(String text) throws IOException {
    try {
      return new JsonReader(LIMIT)
          .read(
              new java.io.ByteArrayInputStream(
                  text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    } catch (JsonFormatException e) {
      throw ApiException.of(ErrorCode.BAD_FILE_FORMAT, "Cannot parse the JSON body");
    }
  }
}
