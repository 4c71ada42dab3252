package org.ithil.web.modality;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.ithil.archive.Archive;
import org.ithil.archive.blob.Spool;
import org.ithil.archive.blob.SpooledFile;
import org.ithil.archive.job.engine.Jobs;
import org.ithil.archive.json.JsonValue;
import org.ithil.dicom.io.DicomFormatException;
import org.ithil.dicom.io.ReadOptions;
import org.ithil.services.modality.Modality;
import org.ithil.services.modality.ModalityClient;
import org.ithil.services.modality.ModalityJson;
import org.ithil.services.selection.ExportLog;
import org.ithil.services.sending.Outgoing;
import org.ithil.services.sending.Sender;
import org.ithil.services.sending.StoreJob;
import org.ithil.services.sending.StoreRequest;
import org.ithil.web.body.JsonBody;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.ithil.web.job.JobCalls;
import org.ithil.web.job.JobOptions;
import org.ithil.web.job.NamedResources;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Request;
import org.ithil.web.route.Route;

/** C-STORE to modalities: of instances of the archive, and of files that are not kept. */
public final class StoreRoutes {
  private static final int HIGHEST_MESSAGE_ID = 65_535;
  private static final int MAGIC = 132;

  private final KnownModalities known;
  private final ModalityClient client;
  private final Archive archive;
  private final ReadOptions reading;
  private final JobCalls jobs;
  private final Optional<ExportLog> exports;

  /**
   * @param reading how files are read
   * @param logExports whether what is sent is logged (key {@code LogExportedResources})
   */
  public StoreRoutes(
      KnownModalities known,
      ModalityClient client,
      Archive archive,
      ReadOptions reading,
      Jobs jobs,
      boolean logExports,
      Clock clock) {
    this.known = known;
    this.client = client;
    this.archive = archive;
    this.reading = reading;
    this.jobs = new JobCalls(jobs);
    this.exports =
        logExports ? Optional.of(new ExportLog(archive.index(), clock)) : Optional.empty();
  }

  /** All of them. */
  public List<Route> routes() {
    return List.of(
        Route.post("/modalities/{id}/store", this::store),
        Route.post("/modalities/{id}/store-straight", this::storeStraight));
  }

  private Answer store(Request request) throws IOException {
    Modality modality = known.of(request);
    NamedResources named = NamedResources.of(request);
    JsonBody body = named.options();
    JobOptions options = JobOptions.of(body);
    ModalityClient.Call call = KnownModalities.call(body);
    String localAet = client.localAet(modality, call);
    Optional<StoreRequest.Mover> originator = originator(body, client.rules().aet());
    Modality receiver = receiver(modality, body);
    if (body.flag("StorageCommitment", false)) {
      throw ApiException.of(
          ErrorCode.NOT_IMPLEMENTED, "Storage commitment is not supported by this version");
    }
    NamedResources.Found found = named.find(archive.index());
    StoreRequest wanted =
        new StoreRequest(
            receiver,
            localAet,
            client.timeout(modality, call),
            "REST API",
            originator,
            options.permissive(),
            found.resources(),
            found.instances());
    exports.ifPresent(log -> log.add(request.variable("id"), named.ids()));
    return jobs.answer(options, StoreJob.NAME, wanted.toJson());
  }

  /** The modality with what the request wants otherwise. */
  private static Modality receiver(Modality modality, JsonBody body) {
    return modality.at(
        body.text("CalledAet").orElse(modality.aet()),
        body.text("Host").orElse(modality.host()),
        switch (body.get("Port")) {
          case null -> modality.port();
          case JsonValue.Whole port -> ModalityJson.port(port);
          default -> throw ApiException.of(ErrorCode.BAD_PARAMETER_TYPE);
        });
  }

  /** Without a number there is none. */
  private static Optional<StoreRequest.Mover> originator(JsonBody body, String ownAet) {
    String aet = body.text("MoveOriginatorAet").orElse(ownAet);
    return switch (body.get("MoveOriginatorID")) {
      case null -> Optional.empty();
      case JsonValue.Whole(long id) when id >= 0 && id <= HIGHEST_MESSAGE_ID ->
          Optional.of(new StoreRequest.Mover(aet, (int) id));
      case JsonValue.Whole _ -> throw ApiException.of(ErrorCode.PARAMETER_OUT_OF_RANGE);
      default -> throw ApiException.of(ErrorCode.BAD_PARAMETER_TYPE);
    };
  }

  private Answer storeStraight(Request request) throws IOException {
    Modality modality = known.of(request);
    try (SpooledFile file = spooled(request);
        Outgoing instance = opened(file);
        Sender sender = Sender.straight(client, modality, ModalityClient.Call.USUAL)) {
      sender.send(instance);
      sender.release();
      return Answer.json(json ->
          json.beginObject()
              .member("SOPClassUID", instance.sopClass())
              .member("SOPInstanceUID", instance.sopInstance())
              .endObject());
    }
  }

  private SpooledFile spooled(Request request) throws IOException {
    try (Spool.Writer writer = archive.spool().open()) {
      request.body().transferTo(writer);
      return writer.finish();
    }
  }

  /** A file of PS3.10; bare data sets are refused. */
  private Outgoing opened(SpooledFile file) throws IOException {
    boolean marked =
        file.size() >= MAGIC
            && new String(file.read(MAGIC - 4, 4), java.nio.charset.StandardCharsets.ISO_8859_1)
                .equals("DICM");
    if (marked) {
      try {
        return Outgoing.of(file, reading, () -> {});
      } catch (DicomFormatException e) {
        // It is none, as below.
      }
    }
    throw ApiException.of(
        ErrorCode.BAD_FILE_FORMAT,
        "Cannot parse an invalid DICOM file (size: " + file.size() + " bytes)");
  }
}
