package org.ithil.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.net.SocketFactory;
import org.ithil.archive.Archive;
import org.ithil.archive.ArchiveConfiguration;
import org.ithil.archive.editing.Editing;
import org.ithil.archive.ingest.IngestRules;
import org.ithil.archive.job.engine.JobRules;
import org.ithil.archive.job.engine.JobType;
import org.ithil.archive.job.engine.Jobs;
import org.ithil.archive.modification.Modification;
import org.ithil.archive.modification.ModificationRules;
import org.ithil.archive.modification.Transcoder;
import org.ithil.archive.packing.Packing;
import org.ithil.archive.packing.PackingRules;
import org.ithil.archive.setting.DefaultCharacterSet;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.io.DicomWriter;
import org.ithil.dicom.io.ReadOptions;
import org.ithil.dicom.text.DefaultEncoding;
import org.ithil.dicom.uid.UidGenerator;
import org.ithil.imaging.picture.PictureReader;
import org.ithil.imaging.picture.PictureRules;
import org.ithil.services.creation.CreateDicom;
import org.ithil.services.modality.Modalities;
import org.ithil.services.modality.ModalityClient;
import org.ithil.services.peer.OutgoingRules;
import org.ithil.services.peer.PeerClient;
import org.ithil.services.peer.PeerStore;
import org.ithil.services.peer.Peers;
import org.ithil.services.query.Queries;
import org.ithil.services.query.QueryClient;
import org.ithil.services.query.QueryRules;
import org.ithil.services.retrieval.Arrivals;
import org.ithil.services.retrieval.MoveJob;
import org.ithil.services.sending.SendingRules;
import org.ithil.services.sending.StoreJob;
import org.ithil.services.storage.StorageAcceptance;
import org.ithil.services.storage.StorageRules;
import org.ithil.services.transfer.TransferRules;
import org.ithil.services.transfer.Transfers;
import org.ithil.web.error.ErrorMapping;
import org.ithil.web.http.HttpSettings;
import org.ithil.web.system.LogLevels;
import org.ithil.web.system.SystemInformation;
import org.jspecify.annotations.Nullable;

/** A whole API over an archive of its own, and a client. */
public final class RunningApi implements AutoCloseable {
  /** A busy machine may take its time to answer. */
  private static final TransferRules PATIENT =
      new TransferRules(
          4, 4096L << 10, 512L << 20, 4, 0, Duration.ofSeconds(60), Duration.ofSeconds(600), 1);

  private final Archive archive;
  private final Jobs jobs;
  private final Packing packing;
  private final RestApi api;
  private final Transfers transfers;
  private final PeerClient client = new PeerClient(OutgoingRules.DEFAULT);

  public RunningApi(Path folder) throws IOException {
    this(folder, IngestRules.DEFAULT, 0);
  }

  public RunningApi(Path folder, IngestRules rules, long maximumFileSizeInArchive)
      throws IOException {
    this(folder, rules, maximumFileSizeInArchive, HttpSettings.DEFAULT, ApiLimits.DEFAULT);
  }

  public RunningApi(
      Path folder,
      IngestRules rules,
      long maximumFileSizeInArchive,
      HttpSettings http,
      ApiLimits limits)
      throws IOException {
    DefaultCharacterSet encoding = new DefaultCharacterSet(DefaultEncoding.UTF8);
    archive =
        Archive.open(
            ArchiveConfiguration.in(folder).with(rules), Archive.Surroundings.usual(encoding));
    packing =
        new Packing(
            PackingRules.DEFAULT,
            new Packing.Surroundings(
                archive.index(),
                archive.retrieval(),
                archive.spool(),
                archive.blobs(),
                archive.outputs(),
                ReadOptions.DEFAULT,
                Clock.systemUTC()));
    ModalityClient modalities =
        new ModalityClient(ModalityClient.Rules.of("AET"), SocketFactory.getDefault());
    QueryRules queries = QueryRules.DEFAULT;
    QueryClient queryClient =
        new QueryClient(modalities, ReadOptions.DEFAULT, encoding, queries.bytes());
    Peers peers = Peers.inMemory(Map.of());
    transfers = new Transfers(PATIENT, peers, client, archive, UUID::randomUUID);
    List<JobType> types = new ArrayList<>(types(peers, modalities));
    types.addAll(packing.jobTypes());
    types.add(new MoveJob(modalities, queryClient.identifier(), new Arrivals()));
    Editing editing = new Editing(Dictionary.standard(), encoding);
    Modification modification = modification(archive, editing, encoding);
    types.addAll(modification.jobTypes());
    jobs =
        new Jobs(
            JobRules.DEFAULT,
            types,
            new Jobs.Surroundings(
                archive.index(),
                archive.outputs(),
                ErrorMapping::ofJob,
                Clock.systemUTC(),
                UUID::randomUUID));
    jobs.listen(transfers::jobChanged);
    SystemInformation system =
        new SystemInformation(
            "Test",
            "1",
            "id",
            "AET",
            4242,
            8042,
            true,
            true,
            "",
            false,
            true,
            "C-MOVE",
            new TreeMap<>(),
            new TreeMap<>(),
            Map.of("mine", 1024));
    api =
        new RestApi(
            new WebConfiguration(
                http.withPort(0),
                limits,
                true,
                maximumFileSizeInArchive,
                folder.resolve("forms"),
                Map.of(),
                false,
                true,
                system),
            new RestApi.Surroundings(
                archive,
                jobs,
                packing,
                Dictionary.standard(),
                encoding,
                editing,
                modification,
                new CreateDicom(
                    archive,
                    new CreateDicom.Surroundings(
                        Dictionary.standard(),
                        encoding,
                        new PictureReader(PictureRules.DEFAULT),
                        Clock.systemUTC(),
                        UUID::randomUUID,
                        new UidGenerator(new java.util.Random(1)))),
                new StorageAcceptance(StorageRules.DEFAULT),
                new Modalities(Map.of()),
                modalities,
                SendingRules.DEFAULT,
                queryClient,
                new Queries(queries),
                new RestApi.Peering(peers, client, transfers),
                new Levels(),
                path ->
                    path.equals("explorer.html")
                        ? new java.io.ByteArrayInputStream(
                            "<html>".getBytes(StandardCharsets.UTF_8))
                        : null,
                Clock.systemUTC(),
                UUID::randomUUID));
    api.start();
  }

  private static Modification modification(
      Archive archive, Editing editing, DefaultCharacterSet encoding) {
    return new Modification(
        new Modification.Surroundings(
            archive.index(),
            archive.retrieval(),
            archive.ingest(),
            archive.spool(),
            editing,
            Transcoder.NONE,
            ModificationRules.of(2, archive.configuration().ingest().overwrite()),
            archive.configuration().ingest().mainTags(),
            Dictionary.standard(),
            encoding,
            () -> UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII)));
  }

  private List<JobType> types(Peers peers, ModalityClient modalities) {
    List<JobType> types = new ArrayList<>(transfers.jobTypes());
    types.add(new PeerStore(peers, client, archive.retrieval(), archive.spool()));
    types.add(archive.deletion().removal());
    types.addAll(archive.reconstruction().jobTypes());
    types.add(new StoreJob(archive.index(), archive.retrieval(), modalities, SendingRules.DEFAULT));
    return types;
  }

  /** All routes, as "GET /jobs/{}". */
  List<String> routes() {
    return api.routes().stream()
        .map(route -> route.method() + " " + route.pattern().replaceAll("\\{[^}]*\\}", "{}"))
        .toList();
  }

  public int port() {
    return api.port();
  }

  /** What the server answered. */
  public record Reply(int status, String body, Map<String, List<String>> headers) {
    public @Nullable String header(String name) {
      List<String> values = headers.get(name);
      return values == null ? null : values.getFirst();
    }
  }

  /** The answer to a request. */
  public Reply send(String method, String path, byte[] body, String... headers) {
    try {
      URI uri = URI.create("http://127.0.0.1:" + port() + path);
      HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
      connection.setInstanceFollowRedirects(false);
      connection.setRequestMethod(method);
      for (int i = 0; i < headers.length; i += 2) {
        connection.setRequestProperty(headers[i], headers[i + 1]);
      }
      if (method.startsWith("P")) {
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(body.length);
        connection.getOutputStream().write(body);
      }
      int status = connection.getResponseCode();
      try (InputStream in =
          status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
        String text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        return new Reply(status, text, connection.getHeaderFields());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The body of the answer to GET, blanks and line feeds removed. */
  public String get(String path) {
    return squeezed(send("GET", path, new byte[0]));
  }

  public Reply post(byte[] body, String... headers) {
    return send("POST", "/instances", body, headers);
  }

  public static String squeezed(Reply answer) {
    return answer.body().replaceAll("\\s", "");
  }

  /** A small DICOM file. */
  public static byte[] dicom(String patient, int study, int series, int number) {
    return dicom(patient, study, series, number, 0);
  }

  public static byte[] dicom(String patient, int study, int series, int number, int pixels) {
    DataSet.Builder dataSet = new DataSet.Builder();
    put(dataSet, Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.7");
    put(dataSet, Tag.SOPInstanceUID, "1.2." + study + "." + series + "." + number);
    put(dataSet, Tag.Modality, "OT");
    put(dataSet, Tag.PatientName, "Name^" + patient);
    put(dataSet, Tag.PatientID, patient);
    put(dataSet, Tag.StudyInstanceUID, "1.2." + study);
    put(dataSet, Tag.SeriesInstanceUID, "1.2." + study + "." + series);
    put(dataSet, Tag.InstanceNumber, Integer.toString(number));
    dataSet.put(new Element(Tag.PixelData, Vr.OB, new Value.Bytes(new byte[pixels])));
    DataSet.Builder meta = new DataSet.Builder();
    put(meta, Tag.TransferSyntaxUID, "1.2.840.10008.1.2.1");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      DicomWriter.writeFile(meta.build(), dataSet.build(), ByteSource.of(new byte[0]), out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** A file of any elements, besides those that every file has; the later ones count. */
  public static byte[] dicom(String syntax, List<Element> elements) throws IOException {
    DataSet.Builder dataSet = new DataSet.Builder();
    put(dataSet, Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.7");
    put(dataSet, Tag.SOPInstanceUID, "1.2.3.4");
    put(dataSet, Tag.PatientID, "P");
    put(dataSet, Tag.StudyInstanceUID, "1.2");
    put(dataSet, Tag.SeriesInstanceUID, "1.2.3");
    elements.forEach(dataSet::put);
    DataSet.Builder meta = new DataSet.Builder();
    put(meta, Tag.TransferSyntaxUID, syntax);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DicomWriter.writeFile(meta.build(), dataSet.build(), ByteSource.of(new byte[0]), out);
    return out.toByteArray();
  }

  private static void put(DataSet.Builder dataSet, int tag, String text) {
    Vr vr = Dictionary.vrOf(tag);
    String even = text.length() % 2 == 0 ? text : text + (char) vr.padding();
    dataSet.put(new Element(tag, vr, new Value.Bytes(even.getBytes(StandardCharsets.US_ASCII))));
  }

  @Override
  public void close() {
    api.close();
    try {
      jobs.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    packing.close();
    transfers.close();
    client.close();
    archive.close();
  }

  private static final class Levels implements LogLevels {
    private final Map<String, Verbosity> levels =
        new TreeMap<>(Map.of("generic", Verbosity.DEFAULT, "http", Verbosity.DEFAULT));

    @Override
    public List<String> categories() {
      return List.copyOf(levels.keySet());
    }

    @Override
    public Verbosity get(String category) {
      return levels.getOrDefault(category, Verbosity.DEFAULT);
    }

    @Override
    public void set(String category, Verbosity verbosity) {
      levels.put(category, verbosity);
    }
  }
}
