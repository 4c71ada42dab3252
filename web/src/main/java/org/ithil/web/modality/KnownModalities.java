package org.ithil.web.modality;

import java.time.Duration;
import java.util.Optional;
import org.ithil.services.modality.Modalities;
import org.ithil.services.modality.Modality;
import org.ithil.services.modality.ModalityClient;
import org.ithil.web.body.JsonBody;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.ithil.web.route.Request;

/** What routes under {@code /modalities/{id}} have in common. */
public final class KnownModalities {
  private final Modalities modalities;

  public KnownModalities(Modalities modalities) {
    this.modalities = modalities;
  }

  /**
   * The modality that a path names as {@code {id}}.
   *
   * @throws ApiException INEXISTENT_ITEM if there is none
   */
  public Modality of(Request request) {
    return named(request.variable("id"));
  }

  /**
   * The modality of that symbolic name.
   *
   * @throws ApiException INEXISTENT_ITEM if there is none
   */
  public Modality named(String name) {
    return modalities
        .get(name)
        .orElseThrow(() ->
            ApiException.of(ErrorCode.INEXISTENT_ITEM, "No modality with symbolic name: " + name));
  }

  /** The fields {@code LocalAet} and {@code Timeout} of a request. */
  public static ModalityClient.Call call(JsonBody body) {
    Optional<Duration> timeout = Optional.empty();
    if (body.get("Timeout") != null) {
      int seconds = body.integer("Timeout", 0);
      if (seconds < 0) {
        throw ApiException.of(
            ErrorCode.BAD_FILE_FORMAT,
            "Negative value found while expecting an unsigned int in field 'Timeout'");
      }
      timeout = Optional.of(Duration.ofSeconds(seconds));
    }
    return new ModalityClient.Call(body.text("LocalAet"), timeout);
  }
}
