package org.ithil.server;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.SocketFactory;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.encoding.TransferSyntax;
import org.ithil.dicom.io.DicomWriter;
import org.ithil.dimse.message.Status;
import org.ithil.dimse.pdu.ProposedContext;
import org.ithil.dimse.scu.AssociationRequest;
import org.ithil.dimse.scu.ClientAssociation;
import org.ithil.server.configuration.ConfigurationFiles;
import org.ithil.server.configuration.KeyTable;
import org.ithil.server.configuration.ServerConfiguration;

/**
 * A short life on throw-away data: the launcher records which classes it takes, so that later
 * starts find them prepared, and which methods run hot (JEP 483, JEP 515).
 */
final class Rehearsal {
  /** So many clients at once. */
  private static final int CLIENTS = 4;

  /** So often does each client do each thing, that the compiler's profiles are worth keeping. */
  private static final int IMAGES = 150;

  private static final int ROUNDS = 50;
  private static final int TAG_ROUNDS = 1000;
  private static final int ARCHIVES = 5;
  private static final int EDITS = 3;

  private static final List<String> PATHS =
      List.of(
          "/system",
          "/statistics",
          "/patients",
          "/studies?expand",
          "/changes",
          "/app/explorer.html",
          "/instances/{id}/simplified-tags",
          "/instances/{id}/file",
          "/instances/{id}/metadata?expand",
          "/series/{id}",
          "/nothing");

  private static final Pattern ID = Pattern.compile("\"Path\" : \"/instances/([0-9a-f-]+)\"");

  private static final Pattern STUDY = Pattern.compile("\"([0-9a-f-]{44})\"");

  private Rehearsal() {}

  static void run() throws IOException {
    Path folder = Files.createTempDirectory("ithil-rehearsal");
    try {
      Path file =
          Files.writeString(
              folder.resolve("ithil.json"),
              """
              { "HttpPort" : 0, "DicomPort" : 0, "StorageDirectory" : "storage",
                "SyncStorageArea" : false, "DicomAlwaysAllowStore" : true }
              """);
      ServerConfiguration configuration =
          ServerConfiguration.of(
              new ConfigurationFiles(KeyTable.load(), _ -> null).read(List.of(file)));
      try (RunningServer server = RunningServer.start(configuration)) {
        int http = server.httpPort().orElseThrow();
        int dicom = server.dicomPort().orElseThrow();
        atOnce(client -> ask(http, client * IMAGES));
        atOnce(client -> send(dicom, (CLIENTS + client) * IMAGES));
        pack(http);
        edit(http);
      }
    } finally {
      delete(folder);
    }
  }

  /** What one of several clients does. */
  private interface Part {
    void play(int client) throws IOException;
  }

  private static void atOnce(Part part) throws IOException {
    List<Future<?>> clients = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CLIENTS; i++) {
        int client = i;
        clients.add(
            threads.submit(() -> {
              part.play(client);
              return client;
            }));
      }
      for (Future<?> client : clients) {
        client.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("a client failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the rehearsal was interrupted");
    }
  }

  private static void ask(int port, int first) throws IOException {
    try (RehearsalClient client = new RehearsalClient(port)) {
      String id = "";
      for (int image = first; image < first + IMAGES; image++) {
        String stored = client.post("/instances", new RehearsedImage(image).file());
        Matcher found = ID.matcher(stored);
        if (!found.find()) {
          throw new IOException("the instance was not stored: " + stored);
        }
        id = found.group(1);
      }
      for (int round = 0; round < ROUNDS; round++) {
        for (String path : PATHS) {
          client.get(path.replace("{id}", id));
        }
      }
      for (int round = 0; round < TAG_ROUNDS; round++) {
        client.get("/instances/" + id + "/tags");
      }
    }
  }

  /** Archives, and jobs with them. */
  private static void pack(int port) throws IOException {
    try (RehearsalClient client = new RehearsalClient(port)) {
      String study = study(client);
      for (int round = 0; round < ARCHIVES; round++) {
        client.get("/studies/" + study + "/archive");
        client.get("/studies/" + study + "/media");
        client.get("/jobs?expand");
      }
    }
  }

  private static String study(RehearsalClient client) throws IOException {
    Matcher study = STUDY.matcher(client.get("/studies"));
    if (!study.find()) {
      throw new IOException("there is no study");
    }
    return study.group(1);
  }

  /** Studies made of another one. */
  private static void edit(int port) throws IOException {
    byte[] modification =
        "{\"Replace\":{\"StudyDescription\":\"Rehearsed\"}}".getBytes(StandardCharsets.US_ASCII);
    try (RehearsalClient client = new RehearsalClient(port)) {
      String study = study(client);
      for (int round = 0; round < EDITS; round++) {
        client.post("/studies/" + study + "/anonymize", new byte[] {'{', '}'});
        client.post("/studies/" + study + "/modify", modification);
      }
    }
  }

  private static void send(int port, int first) throws IOException {
    List<String> implicit = List.of(TransferSyntax.IMPLICIT_LE.uid());
    List<String> explicit = List.of(RehearsedImage.SYNTAX.uid());
    AssociationRequest request =
        AssociationRequest.of(
            "127.0.0.1",
            port,
            "REHEARSAL",
            "ITHIL",
            List.of(
                new ProposedContext(1, ClientAssociation.VERIFICATION, implicit),
                new ProposedContext(3, RehearsedImage.SOP_CLASS, explicit)));
    try (ClientAssociation association =
        ClientAssociation.open(request, SocketFactory.getDefault())) {
      association.echo();
      for (int number = first; number < first + IMAGES; number++) {
        RehearsedImage image = new RehearsedImage(number);
        Status status =
            association.store(
                RehearsedImage.SOP_CLASS,
                image.uid(),
                RehearsedImage.SYNTAX.uid(),
                out ->
                    DicomWriter.writeDataSet(
                        image.dataSet(), RehearsedImage.SYNTAX, ByteSource.of(new byte[0]), out));
        if (!status.equals(Status.SUCCESS)) {
          throw new IOException("the instance was not stored: " + status);
        }
      }
      association.release();
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> found = Files.walk(folder)) {
      all = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }
}
