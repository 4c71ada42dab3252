package org.ithil.conformance.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.ithil.conformance.process.Launch;
import org.ithil.conformance.process.RunningServer;
import org.ithil.conformance.synthetic.SyntheticImage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the process begins and ends. */
@Tag("process")
class StartAndStopTest {
  @TempDir Path folder;

  @Test
  void stops_on_an_interrupt_and_finds_all_after_the_next_start() {
    Launch launch = Launch.in(folder);
    var image = SyntheticImage.small(1, 1, 1);
    try (RunningServer server = launch.start()) {
      assertThat(server.http().post("/instances", image.file()).status()).isEqualTo(200);
      assertThat(server.interrupt()).as("exit code").isIn(0, 130);
      assertThat(refuses(launch.httpPort()) && refuses(launch.dicomPort())).isTrue();
    }
    try (RunningServer server = launch.start()) {
      assertThat(server.http().get("/instances/" + image.id() + "/file").body())
          .isEqualTo(image.file());
    }
  }

  private static boolean refuses(int port) {
    try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void refuses_a_storage_that_another_process_uses() throws Exception {
    Launch first = Launch.in(folder);
    try (RunningServer server = first.start()) {
      Launch second = first.onOtherPorts();
      assertThat(failure(second.spawn())).isNotZero();
      assertThat(lines(second)).hasSizeBetween(1, 25);
      assertThat(Files.readString(second.log())).contains(first.storage().toString());
      assertThat(server.http().get("/system").status()).isEqualTo(200);
    }
  }

  @Test
  void names_the_port_that_is_taken() throws Exception {
    Launch launch = Launch.in(folder);
    try (var _ = new ServerSocket(launch.httpPort(), 1, InetAddress.getLoopbackAddress())) {
      assertThat(failure(launch.spawn())).isNotZero();
      assertThat(lines(launch)).hasSizeBetween(1, 25);
      assertThat(Files.readString(launch.log())).contains(Integer.toString(launch.httpPort()));
    }
    Files.delete(launch.log());
    try (var _ = new ServerSocket(launch.dicomPort(), 1)) {
      assertThat(failure(launch.spawn())).isNotZero();
      assertThat(Files.readString(launch.log())).contains(Integer.toString(launch.dicomPort()));
    }
    launch.start().close();
  }

  private static java.util.List<String> lines(Launch launch) throws IOException {
    return Files.readAllLines(launch.log());
  }

  private static int failure(Process process) throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new AssertionError("still runs");
    }
    return process.exitValue();
  }
}
