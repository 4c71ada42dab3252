package org.ithil.web;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.ithil.archive.Archive;
import org.ithil.archive.ArchiveConfiguration;
import org.ithil.archive.editing.Editing;
import org.ithil.archive.job.engine.Jobs;
import org.ithil.archive.modification.Modification;
import org.ithil.archive.packing.Packing;
import org.ithil.archive.setting.DefaultCharacterSet;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.services.creation.CreateDicom;
import org.ithil.services.modality.Modalities;
import org.ithil.services.modality.Modality;
import org.ithil.services.modality.ModalityClient;
import org.ithil.services.peer.PeerClient;
import org.ithil.services.peer.Peers;
import org.ithil.services.query.Queries;
import org.ithil.services.query.QueryClient;
import org.ithil.services.sending.SendingRules;
import org.ithil.services.storage.StorageAcceptance;
import org.ithil.services.transcoding.Transcoding;
import org.ithil.services.transfer.Transfers;
import org.ithil.web.application.ApplicationRoutes;
import org.ithil.web.application.StaticFiles;
import org.ithil.web.archive.ArchiveRoutes;
import org.ithil.web.attachment.AttachmentRoutes;
import org.ithil.web.change.ChangeRoutes;
import org.ithil.web.content.ContentRoutes;
import org.ithil.web.content.FileRoutes;
import org.ithil.web.creation.CreationRoutes;
import org.ithil.web.creation.DocumentRoutes;
import org.ithil.web.export.ExportRoutes;
import org.ithil.web.http.HttpServer;
import org.ithil.web.job.JobCalls;
import org.ithil.web.job.JobRoutes;
import org.ithil.web.label.LabelRoutes;
import org.ithil.web.metadata.MetadataRoutes;
import org.ithil.web.modality.EchoRoutes;
import org.ithil.web.modality.KnownModalities;
import org.ithil.web.modality.ModalityRoutes;
import org.ithil.web.modality.StoreRoutes;
import org.ithil.web.modification.InstanceAnonymization;
import org.ithil.web.modification.InstanceModification;
import org.ithil.web.modification.ResourceModifications;
import org.ithil.web.modification.StudyRegrouping;
import org.ithil.web.peer.PeerRoutes;
import org.ithil.web.plugin.PluginRoutes;
import org.ithil.web.plugin.PluginRoutes.Plugin;
import org.ithil.web.query.FindRoutes;
import org.ithil.web.query.QueryRoutes;
import org.ithil.web.query.RetrieveRoutes;
import org.ithil.web.query.WorklistRoutes;
import org.ithil.web.reconstruction.ReconstructionRoutes;
import org.ithil.web.resource.ResourceRoutes;
import org.ithil.web.route.Route;
import org.ithil.web.route.Router;
import org.ithil.web.slices.SliceRoutes;
import org.ithil.web.statistics.StatisticsRoutes;
import org.ithil.web.system.LogLevelRoutes;
import org.ithil.web.system.LogLevels;
import org.ithil.web.system.SystemRoutes;
import org.ithil.web.system.ToolRoutes;
import org.ithil.web.tags.RequestedTags;
import org.ithil.web.tags.TagRoutes;
import org.ithil.web.transfer.TransferRoutes;
import org.ithil.web.upload.UploadRoutes;

/** The REST API over an archive: all routes, and the HTTP server that answers by them. */
public final class RestApi implements AutoCloseable {
  private final List<Route> routes;
  private final Router router;
  private final HttpServer server;

  /**
   * What the API serves; all of it stays open when the API is closed.
   *
   * @param packing makes archives; its types are among those of the jobs
   * @param dictionary names of tags
   * @param encoding the character set for data sets that declare none; clients can change it
   * @param editing makes edits from requests
   * @param modification makes new instances of whole resources; its types are among those of the
   *     jobs
   * @param creation makes instances
   * @param acceptance what the DICOM server takes; clients can change it
   * @param modalities the other application entities; clients can change them
   * @param client calls them
   * @param sending how instances are sent to them
   * @param queryClient asks them what they have
   * @param queries what was asked, and the answers
   * @param peering other servers of this kind
   * @param logLevels how talkative the server is; clients can change it
   * @param files the browser application
   * @param clock tells the time; its zone is that of local time
   * @param uuids random identifiers
   */
  public record Surroundings(
      Archive archive,
      Jobs jobs,
      Packing packing,
      Dictionary dictionary,
      DefaultCharacterSet encoding,
      Editing editing,
      Modification modification,
      CreateDicom creation,
      StorageAcceptance acceptance,
      Modalities modalities,
      ModalityClient client,
      SendingRules sending,
      QueryClient queryClient,
      Queries queries,
      Peering peering,
      LogLevels logLevels,
      StaticFiles files,
      Clock clock,
      Supplier<UUID> uuids) {}

  /**
   * Other servers of this kind, and what goes between them and this one.
   *
   * @param peers clients can change them
   * @param client calls them
   * @param transfers the transfers accelerator
   */
  public record Peering(Peers peers, PeerClient client, Transfers transfers) {}

  /** An API that does not listen yet. */
  public RestApi(WebConfiguration configuration, Surroundings around) {
    routes = List.copyOf(routes(configuration, around));
    router =
        new Router(
            routes,
            configuration.describeErrors(),
            new Router.Forms(
                configuration.temporaryFolder(),
                configuration.http().limits().body(),
                configuration.limits().pendingUploads(),
                configuration.limits().pendingTime()),
            around.clock());
    server = new HttpServer(configuration.http(), router);
  }

  /** All routes. */
  List<Route> routes() {
    return routes;
  }

  private static List<Route> routes(WebConfiguration configuration, Surroundings around) {
    Archive archive = around.archive();
    Dictionary dictionary = around.dictionary();
    DefaultCharacterSet encoding = around.encoding();
    Clock clock = around.clock();
    ArchiveConfiguration kept = archive.configuration();
    RequestedTags requestedTags =
        new RequestedTags(
            archive.index(), archive.retrieval(), kept.ingest().mainTags(), dictionary, encoding);
    List<Route> routes = new ArrayList<>();
    routes.addAll(new ApplicationRoutes(around.files()).routes());
    routes.addAll(
        new UploadRoutes(
                archive,
                configuration.maximumFileSizeInArchive(),
                configuration.http().limits().body())
            .routes());
    routes.addAll(new ResourceRoutes(archive, kept.metadata(), dictionary, requestedTags).routes());
    routes.addAll(
        new TagRoutes(archive.index(), archive.retrieval(), dictionary, encoding).routes());
    routes.addAll(new ContentRoutes(archive.retrieval(), dictionary).routes());
    routes.addAll(new FileRoutes(archive.retrieval(), dictionary, encoding).routes());
    routes.addAll(new CreationRoutes(archive, around.creation()).routes());
    routes.addAll(new DocumentRoutes(archive.retrieval()).routes());
    routes.addAll(new SliceRoutes(archive.index()).routes());
    routes.addAll(new StatisticsRoutes(archive.index()).routes());
    routes.addAll(new ChangeRoutes(archive.index(), configuration.limits().changes()).routes());
    routes.addAll(new ExportRoutes(archive.index()).routes());
    routes.addAll(
        new MetadataRoutes(
                archive.index(),
                kept.metadata(),
                configuration.limits().metadataBytes(),
                configuration.system().checkRevisions(),
                clock)
            .routes());
    routes.addAll(new AttachmentRoutes(archive.index(), configuration.contentTypes()).routes());
    routes.addAll(new JobRoutes(around.jobs(), archive.blobs(), clock).routes());
    routes.addAll(new ArchiveRoutes(archive, around.jobs(), around.packing()).routes());
    routes.addAll(new ReconstructionRoutes(archive, around.jobs()).routes());
    routes.addAll(queryRoutes(around));
    routes.addAll(modificationRoutes(around));
    routes.addAll(peerRoutes(configuration, around));
    routes.addAll(new LabelRoutes(archive.index()).routes());
    routes.addAll(new SystemRoutes(configuration.system(), kept).routes());
    routes.addAll(new LogLevelRoutes(around.logLevels()).routes());
    routes.addAll(new ToolRoutes(clock, around.uuids(), encoding, around.acceptance()).routes());
    addModalities(routes, configuration, around);
    return routes;
  }

  private static List<Route> peerRoutes(WebConfiguration configuration, Surroundings around) {
    Peering peering = around.peering();
    List<Route> routes = new ArrayList<>();
    routes.addAll(
        new PeerRoutes(
                peering.peers(),
                peering.client(),
                around.jobs(),
                around.archive(),
                configuration.logExports(),
                around.clock())
            .routes());
    routes.addAll(new TransferRoutes(peering.transfers(), around.jobs()).routes());
    routes.addAll(
        new PluginRoutes(List.of(Plugin.TRANSFERS), configuration.system().version()).routes());
    return routes;
  }

  private static List<Route> modificationRoutes(Surroundings around) {
    Archive archive = around.archive();
    Transcoding transcoding = new Transcoding(archive.spool());
    List<Route> routes = new ArrayList<>();
    routes.addAll(
        new InstanceModification(archive.retrieval(), transcoding, around.editing(), around.uuids())
            .routes());
    routes.addAll(
        new InstanceAnonymization(
                archive.index(), archive.retrieval(), transcoding, around.editing(), around.uuids())
            .routes());
    JobCalls calls = new JobCalls(around.jobs());
    routes.addAll(
        new ResourceModifications(archive.index(), around.editing(), around.modification(), calls)
            .routes());
    routes.addAll(new StudyRegrouping(around.modification(), calls).routes());
    return routes;
  }

  private static void addModalities(
      List<Route> routes, WebConfiguration configuration, Surroundings around) {
    KnownModalities known = new KnownModalities(around.modalities());
    routes.addAll(new ModalityRoutes(around.modalities()).routes());
    routes.addAll(
        new EchoRoutes(
                known,
                around.client(),
                around.encoding(),
                around.uuids(),
                configuration.echoChecksFind())
            .routes());
    routes.addAll(
        new StoreRoutes(
                known,
                around.client(),
                around.archive(),
                around.sending().reading(),
                around.jobs(),
                configuration.logExports(),
                around.clock())
            .routes());
  }

  private static List<Route> queryRoutes(Surroundings around) {
    Dictionary dictionary = around.dictionary();
    KnownModalities modalities = new KnownModalities(around.modalities());
    QueryClient client = around.queryClient();
    QueryRoutes queries =
        new QueryRoutes(modalities, client, around.queries(), dictionary, around.uuids());
    List<Route> routes = new ArrayList<>(queries.routes());
    routes.addAll(
        new RetrieveRoutes(
                modalities,
                around.client(),
                queries,
                new JobCalls(around.jobs()),
                Modality.RetrieveMethod.C_MOVE)
            .routes());
    routes.addAll(new FindRoutes(modalities, client, dictionary).routes());
    routes.addAll(new WorklistRoutes(modalities, client, dictionary).routes());
    return routes;
  }

  /**
   * Starts to listen.
   *
   * @throws IOException if an address cannot be bound, or the port is in use
   */
  public void start() throws IOException {
    server.start();
  }

  /** The port on which the API listens, once it is started. */
  public int port() {
    return server.port();
  }

  /** Lets requests that run come to their end, within the time set for that, and takes no more. */
  @Override
  public void close() {
    server.close();
    router.close();
  }
}
