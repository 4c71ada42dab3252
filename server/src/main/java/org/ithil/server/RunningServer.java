package org.ithil.server;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import javax.net.ServerSocketFactory;
import javax.net.SocketFactory;
import org.ithil.archive.Archive;
import org.ithil.archive.editing.Editing;
import org.ithil.archive.ingest.IngestFilter;
import org.ithil.archive.job.engine.JobType;
import org.ithil.archive.job.engine.Jobs;
import org.ithil.archive.modification.Modification;
import org.ithil.archive.packing.Packing;
import org.ithil.archive.setting.DefaultCharacterSet;
import org.ithil.dicom.uid.UidGenerator;
import org.ithil.imaging.picture.PictureReader;
import org.ithil.server.configuration.ServerConfiguration;
import org.ithil.server.logging.LoggerLevels;
import org.ithil.services.ApplicationEntity;
import org.ithil.services.creation.CreateDicom;
import org.ithil.services.creation.Pixels;
import org.ithil.services.modality.Modalities;
import org.ithil.services.modality.ModalityClient;
import org.ithil.services.peer.PeerClient;
import org.ithil.services.peer.PeerStore;
import org.ithil.services.peer.Peers;
import org.ithil.services.query.Queries;
import org.ithil.services.query.QueryClient;
import org.ithil.services.retrieval.Arrivals;
import org.ithil.services.retrieval.MoveJob;
import org.ithil.services.sending.StoreJob;
import org.ithil.services.storage.ReceptionListener;
import org.ithil.services.storage.StorageAcceptance;
import org.ithil.services.transcoding.Transcoding;
import org.ithil.services.transfer.Transfers;
import org.ithil.ui.BrowserFiles;
import org.ithil.web.RestApi;
import org.ithil.web.application.StaticFiles;
import org.ithil.web.error.ErrorMapping;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server that runs. What is opened first is closed last: the doors (HTTP, DICOM) shut while the
 * archive behind them is still there, so that what they have begun comes to its end.
 */
final class RunningServer implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(RunningServer.class);

  private final Deque<Closeable> open = new ArrayDeque<>();
  private OptionalInt httpPort = OptionalInt.empty();
  private OptionalInt dicomPort = OptionalInt.empty();

  private RunningServer() {}

  /**
   * Opens the archive, then the doors.
   *
   * @throws IOException if the storage cannot be used or a port not be had; nothing stays open then
   */
  static RunningServer start(ServerConfiguration configuration) throws IOException {
    RunningServer server = new RunningServer();
    try {
      server.open(configuration);
      return server;
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private void open(ServerConfiguration configuration) throws IOException {
    Clock clock = Clock.systemUTC();
    DefaultCharacterSet encoding = new DefaultCharacterSet(configuration.encoding());
    Archive archive = openArchive(configuration, encoding, clock);
    open.push(archive::close);
    Packing packing = openPacking(configuration, archive, clock);
    Modalities modalities =
        configuration.modalitiesInDatabase()
            ? KeptModalities.open(archive.index())
            : new Modalities(configuration.modalities());
    RestApi.Peering peering = openPeering(configuration, archive);
    ModalityClient client = new ModalityClient(configuration.calling(), SocketFactory.getDefault());
    QueryClient queryClient =
        new QueryClient(client, configuration.reading(), encoding, configuration.queries().bytes());
    Arrivals arrivals = new Arrivals();
    StorageAcceptance acceptance = new StorageAcceptance(configuration.dicom().storage());
    // Before jobs go on: those of earlier times may have others send to us.
    if (configuration.dicomServer()) {
      openDicom(configuration, archive, modalities, acceptance, arrivals);
    }
    List<JobType> types = new ArrayList<>(packing.jobTypes());
    types.add(archive.deletion().removal());
    types.addAll(archive.reconstruction().jobTypes());
    types.add(new StoreJob(archive.index(), archive.retrieval(), client, configuration.sending()));
    types.add(new MoveJob(client, queryClient.identifier(), arrivals));
    types.add(
        new PeerStore(peering.peers(), peering.client(), archive.retrieval(), archive.spool()));
    types.addAll(peering.transfers().jobTypes());
    PictureReader pictures = new PictureReader(configuration.pictures());
    Editing editing = new Editing(configuration.dictionary(), encoding, new Pixels(pictures));
    Modification modification = modification(configuration, archive, editing, encoding);
    types.addAll(modification.jobTypes());
    Jobs jobs = openJobs(configuration, archive, types, clock);
    jobs.listen(peering.transfers()::jobChanged);
    if (configuration.http()) {
      openHttp(
          configuration,
          new RestApi.Surroundings(
              archive,
              jobs,
              packing,
              configuration.dictionary(),
              encoding,
              editing,
              modification,
              creation(configuration, archive, encoding, pictures),
              acceptance,
              modalities,
              client,
              configuration.sending(),
              queryClient,
              new Queries(configuration.queries()),
              peering,
              new LoggerLevels(),
              configuration.pages() ? BrowserFiles::open : StaticFiles.NONE,
              clock,
              UUID::randomUUID));
    }
  }

  /**
   * Opens the archive alone.
   *
   * @throws IOException if its folders cannot be used, or another process uses them
   */
  static Archive openArchive(
      ServerConfiguration configuration, DefaultCharacterSet encoding, Clock clock)
      throws IOException {
    try {
      return Archive.open(
          configuration.archive(),
          new Archive.Surroundings(
              encoding, configuration.reading(), IngestFilter.ALL, clock, UUID::randomUUID));
    } catch (FileSystemException e) {
      String reason =
          e instanceof AccessDeniedException
              ? "permission denied"
              : e.getReason() != null ? e.getReason() : e.getClass().getSimpleName();
      throw new IOException(
          "the storage cannot be used, see the keys StorageDirectory and IndexDirectory: "
              + e.getFile()
              + " ("
              + reason
              + ")",
          e);
    }
  }

  /** What clients make has local time in it, as what scanners make. */
  private static CreateDicom creation(
      ServerConfiguration configuration,
      Archive archive,
      DefaultCharacterSet encoding,
      PictureReader pictures) {
    return new CreateDicom(
        archive,
        new CreateDicom.Surroundings(
            configuration.dictionary(),
            encoding,
            pictures,
            Clock.systemDefaultZone(),
            UUID::randomUUID,
            new UidGenerator(new SecureRandom())));
  }

  private Packing openPacking(ServerConfiguration configuration, Archive archive, Clock clock) {
    Packing packing =
        new Packing(
            configuration.packing(),
            new Packing.Surroundings(
                archive.index(),
                archive.retrieval(),
                archive.spool(),
                archive.blobs(),
                archive.outputs(),
                configuration.reading(),
                clock));
    open.push(packing::close);
    return packing;
  }

  private static Modification modification(
      ServerConfiguration configuration,
      Archive archive,
      Editing editing,
      DefaultCharacterSet encoding) {
    Transcoding transcoding = new Transcoding(archive.spool());
    SecureRandom random = new SecureRandom();
    return new Modification(
        new Modification.Surroundings(
            archive.index(),
            archive.retrieval(),
            archive.ingest(),
            archive.spool(),
            editing,
            (file, syntax, _) -> transcoding.transcode(file, syntax),
            configuration.modification(),
            configuration.archive().ingest().mainTags(),
            configuration.dictionary(),
            encoding,
            () -> {
              byte[] key = new byte[32];
              random.nextBytes(key);
              return key;
            }));
  }

  private RestApi.Peering openPeering(ServerConfiguration configuration, Archive archive) {
    ServerConfiguration.Peering chosen = configuration.peering();
    PeerClient client = new PeerClient(chosen.outgoing());
    open.push(client::close);
    Peers peers = chosen.inDatabase() ? Peers.in(archive.index()) : Peers.inMemory(chosen.peers());
    Transfers transfers =
        new Transfers(chosen.transfers(), peers, client, archive, UUID::randomUUID);
    open.push(transfers::close);
    return new RestApi.Peering(peers, client, transfers);
  }

  private Jobs openJobs(
      ServerConfiguration configuration, Archive archive, List<JobType> types, Clock clock) {
    Jobs jobs =
        new Jobs(
            configuration.jobs(),
            types,
            new Jobs.Surroundings(
                archive.index(), archive.outputs(), ErrorMapping::ofJob, clock, UUID::randomUUID));
    open.push(() -> {
      try {
        jobs.close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
    return jobs;
  }

  private void openHttp(ServerConfiguration configuration, RestApi.Surroundings around)
      throws IOException {
    RestApi api = new RestApi(configuration.web(), around);
    open.push(api::close);
    try {
      api.start();
    } catch (IOException e) {
      throw refused("HTTP", "HttpPort", configuration.web().http().listening().port(), e);
    }
    httpPort = OptionalInt.of(api.port());
  }

  private void openDicom(
      ServerConfiguration configuration,
      Archive archive,
      Modalities modalities,
      StorageAcceptance acceptance,
      ReceptionListener listener)
      throws IOException {
    try {
      ApplicationEntity entity =
          ApplicationEntity.start(
              configuration.dicom(),
              modalities,
              acceptance,
              archive.spool(),
              archive.ingest(),
              listener,
              ServerSocketFactory.getDefault());
      open.push(entity::close);
      dicomPort = OptionalInt.of(entity.port());
    } catch (IOException e) {
      throw refused("DICOM", "DicomPort", configuration.dicom().listening().port(), e);
    }
  }

  private static IOException refused(String protocol, String key, int port, IOException cause) {
    return cause instanceof BindException || cause.getCause() instanceof BindException
        ? new IOException(
            "the "
                + protocol
                + " port "
                + port
                + " cannot be used, is another server running? Choose"
                + " another one with the key "
                + key
                + " ("
                + cause.getMessage()
                + ")",
            cause)
        : cause;
  }

  /** The port of the HTTP server, if there is one. */
  OptionalInt httpPort() {
    return httpPort;
  }

  /** The port of the DICOM server, if there is one. */
  OptionalInt dicomPort() {
    return dicomPort;
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (IOException | RuntimeException e) {
        LOG.error("a part of the server did not stop cleanly", e);
      }
    }
  }
}
