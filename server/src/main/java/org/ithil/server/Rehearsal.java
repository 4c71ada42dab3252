package org.ithil.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.ithil.server.configuration.ConfigurationFiles;
import org.ithil.server.configuration.KeyTable;
import org.ithil.server.configuration.ServerConfiguration;

/**
 * A short life on throw-away data: the launcher records which classes it takes, so that later
 * starts find them prepared (JEP 483, JEP 515).
 */
final class Rehearsal {
  private static final List<String> PATHS =
      List.of(
          "/system",
          "/statistics",
          "/patients",
          "/studies?expand",
          "/changes",
          "/app/explorer.html",
          "/nothing");

  private Rehearsal() {}

  static void run() throws IOException {
    Path folder = Files.createTempDirectory("ithil-rehearsal");
    try {
      Path file =
          Files.writeString(
              folder.resolve("ithil.json"),
              "{ \"HttpPort\" : 0, \"DicomPort\" : 0, \"StorageDirectory\" : \"storage\" }");
      ServerConfiguration configuration =
          ServerConfiguration.of(
              new ConfigurationFiles(KeyTable.load(), _ -> null).read(List.of(file)));
      try (RunningServer server = RunningServer.start(configuration)) {
        for (String path : PATHS) {
          get(server.httpPort().orElseThrow(), path);
        }
      }
    } finally {
      delete(folder);
    }
  }

  private static void get(int port, String path) throws IOException {
    try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
      String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      InputStream answer = socket.getInputStream();
      answer.readAllBytes();
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
