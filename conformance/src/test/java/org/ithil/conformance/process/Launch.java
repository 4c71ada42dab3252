package org.ithil.conformance.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How to start a server: its folder, ports, JVM options and configuration. The same launch may be
 * started again after its server has stopped: it finds the storage of before.
 *
 * @param keys configuration keys with their values as JSON text
 */
public record Launch(
    Path folder, int httpPort, int dicomPort, String javaOptions, Map<String, String> keys) {

  /** An ordinary server in an empty folder, on free ports of the loopback interface. */
  public static Launch in(Path folder) {
    try (ServerSocket http = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerSocket dicom = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new Launch(folder, http.getLocalPort(), dicom.getLocalPort(), "-Xmx256m", Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Launch javaOptions(String options) {
    return new Launch(folder, httpPort, dicomPort, options, keys);
  }

  public Launch key(String name, String json) {
    Map<String, String> more = new LinkedHashMap<>(keys);
    more.put(name, json);
    return new Launch(folder, httpPort, dicomPort, javaOptions, more);
  }

  /** The same storage as this one, on other ports. */
  public Launch onOtherPorts() {
    Launch other = in(folder);
    return new Launch(folder, other.httpPort, other.dicomPort, javaOptions, keys);
  }

  public Path storage() {
    return folder.resolve("storage");
  }

  /** Starts the server and waits until it answers. */
  public RunningServer start() {
    RunningServer server = new RunningServer(this, spawn());
    server.awaitAnswer();
    return server;
  }

  /** Starts the process only; its output goes to {@link #log}. */
  public Process spawn() {
    try {
      Files.createDirectories(folder);
      Path config = Files.writeString(folder.resolve("config-" + httpPort + ".json"), json());
      var builder = new ProcessBuilder(launcher().toString(), config.toString());
      builder.environment().put("ITHIL_JAVA_OPTS", javaOptions);
      builder.environment().put("ITHIL_NO_BUILD", "1");
      builder.directory(folder.toFile());
      builder.redirectErrorStream(true);
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path log() {
    return folder.resolve("log-" + httpPort + ".txt");
  }

  /** The root of the source tree. */
  public static Path sourceTree() {
    for (Path p = Path.of("").toAbsolutePath(); p != null; p = p.getParent()) {
      if (Files.exists(p.resolve("mvnw"))) {
        return p;
      }
    }
    throw new IllegalStateException("no source tree above " + Path.of("").toAbsolutePath());
  }

  private String json() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("StorageDirectory", Json.quote(storage().toString()));
    all.put("IndexDirectory", Json.quote(storage().toString()));
    all.put("HttpPort", Integer.toString(httpPort));
    all.put("DicomPort", Integer.toString(dicomPort));
    all.put("DicomAlwaysAllowStore", "true");
    all.putAll(keys);
    List<String> lines = new ArrayList<>();
    all.forEach((k, v) -> lines.add("  " + Json.quote(k) + " : " + v));
    return "{\n" + String.join(",\n", lines) + "\n}\n";
  }

  /**
   * The program that starts a server with a configuration file: {@code ithil} at the root of the
   * source tree, or what the property {@code ithil.launcher} names, say a script that starts the
   * reference server.
   */
  public static Path launcher() {
    String other = System.getProperty("ithil.launcher");
    if (other != null) {
      return Path.of(other);
    }
    return sourceTree().resolve("ithil");
  }
}
