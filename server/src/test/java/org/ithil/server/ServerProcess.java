package org.ithil.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a process of its own, started without the launcher. */
final class ServerProcess implements AutoCloseable {
  private static final int PATIENCE = 60;
  private static final Pattern HTTP = Pattern.compile("localhost:(\\d+)/");
  private static final Pattern DICOM = Pattern.compile("DICOM +port (\\d+)");

  private final Process process;
  private final BufferedReader out;
  private final Path errors;
  private final List<String> lines = new ArrayList<>();

  private ServerProcess(Process process, Path errors) {
    this.process = process;
    this.out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.errors = errors;
  }

  /** Starts one in a folder, where its error output is kept, too. */
  static ServerProcess start(Path folder, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    Path errors = Files.createTempFile(folder, "errors", ".txt");
    return new ServerProcess(
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(errors.toFile())
            .start(),
        errors);
  }

  /** Waits until it says that it is ready, or has ended. */
  ServerProcess awaitReady() throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      lines.add(line);
      if (line.contains("Files ")) {
        return this;
      }
    }
    throw new IOException("it did not start: " + errors());
  }

  int httpPort() {
    return port(HTTP);
  }

  int dicomPort() {
    return port(DICOM);
  }

  private int port(Pattern pattern) {
    Matcher found = pattern.matcher(String.join("\n", lines));
    if (!found.find()) {
      throw new IllegalStateException("no port in " + lines);
    }
    return Integer.parseInt(found.group(1));
  }

  /** What it has printed until it was ready. */
  List<String> lines() {
    return lines;
  }

  /** What it has written to its error output. */
  String errors() throws IOException {
    return Files.readString(errors);
  }

  /** Sends a signal, as {@code kill} does. */
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  /** Waits for the end; its exit status. */
  int awaitEnd() throws IOException, InterruptedException {
    if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
      throw new IOException("it did not stop");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
