package org.ithil.dimse.scp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import org.ithil.dimse.message.Status;
import org.ithil.dimse.pdu.DimseException;
import org.ithil.dimse.pdu.ProposedContext;
import org.ithil.dimse.scu.AssociationRequest;
import org.ithil.dimse.scu.ClientAssociation;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the tools of DCMTK, where they are installed. */
class DcmtkTest {
  private static final String SC = "1.2.840.10008.5.1.4.1.1.7";
  private static final String EXPLICIT = "1.2.840.10008.1.2.1";

  @TempDir Path folder;

  @BeforeAll
  static void isInstalled() {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/storescu")), "DCMTK's tools are not installed");
  }

  @Test
  void echoscu_is_answered() throws Exception {
    try (TestServer server = new TestServer(TestServer.SETTINGS)) {
      String port = Integer.toString(server.port());
      assertThat(run("echoscu", "-v", "--repeat", "3", "localhost", port))
          .contains("Received Echo Response (Success)")
          .contains("Releasing Association");
      assertThat(
              run("echoscu", "-v", "--propose-pc", "100", "--propose-ts", "3", "localhost", port))
          .contains("Received Echo Response (Success)");
      assertThat(run("echoscu", "-v", "--abort", "localhost", port))
          .contains("Aborting Association");
    }
  }

  @Test
  void storescu_sends_what_dump2dcm_made() throws Exception {
    Path text = folder.resolve("image.txt");
    Path file = folder.resolve("image.dcm");
    Files.writeString(
        text,
        """
        (0008,0016) UI =SecondaryCaptureImageStorage
        (0008,0018) UI [1.2.3.4]
        (0010,0010) PN [Doe^Jane]
        (0020,000d) UI [1.2.3]
        (0020,000e) UI [1.2.3.1]
        (0020,4000) LT [%s]
        """
            .formatted("x".repeat(9000)));
    run("dump2dcm", "+te", "+l", "20000", text.toString(), file.toString());
    byte[] bytes = Files.readAllBytes(file);
    try (TestServer server = new TestServer(TestServer.SETTINGS)) {
      String port = Integer.toString(server.port());
      for (String maximum : new String[] {"4096", "131072"}) {
        assertThat(run("storescu", "-v", "-pdu", maximum, "localhost", port, file.toString()))
            .contains("Received Store Response (Success)");
        byte[] dataSet = server.stored.take();
        assertThat(bytes).endsWith(dataSet);
        assertThat(dataSet.length).isGreaterThan(9000);
      }
    }
  }

  @Test
  void storescp_takes_what_we_send() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Process storescp =
        new ProcessBuilder("storescp", "-od", folder.toString(), Integer.toString(port))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    try {
      byte[] dataSet = dataSet();
      try (ClientAssociation client = open(port)) {
        assertThat(client.association().contexts()).hasSize(2);
        assertThat(client.echo()).isEqualTo(Status.SUCCESS);
        assertThat(client.store(SC, "1.2.3.4", EXPLICIT, out -> out.write(dataSet)))
            .isEqualTo(Status.SUCCESS);
        assertThat(client.store(SC, "1.2.3.4", EXPLICIT, out -> out.write(dataSet)))
            .isEqualTo(Status.SUCCESS);
        client.release();
      }
      try (var files = Files.list(folder)) {
        Path file = files.filter(f -> f.toString().contains("1.2.3.4")).findFirst().orElseThrow();
        assertThat(run("dcmdump", file.toString())).contains("[1.2.3.4]").contains("[Doe^Jane]");
      }
    } finally {
      storescp.destroy();
      storescp.waitFor();
    }
  }

  private static ClientAssociation open(int port) throws Exception {
    AssociationRequest request =
        AssociationRequest.of(
            "localhost",
            port,
            "CLIENT",
            "STORESCP",
            List.of(
                new ProposedContext(1, ClientAssociation.VERIFICATION, List.of(EXPLICIT)),
                new ProposedContext(3, SC, List.of(EXPLICIT))));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (true) {
      try {
        return ClientAssociation.open(request, SocketFactory.getDefault());
      } catch (DimseException e) {
        if (e.problem() != DimseException.Problem.NOT_CONNECTED || System.nanoTime() > end) {
          throw e;
        }
        Thread.sleep(50);
      }
    }
  }

  private static byte[] dataSet() {
    String elements =
        "\u0008\0\u0016\0UI\u001a\0"
            + SC
            + "\0"
            + "\u0008\0\u0018\0UI\u0008\0"
            + "1.2.3.4\0"
            + "\u0010\0\u0010\0PN\u0008\0Doe^Jane"
            + "\u0020\0\r\0UI\u0006\0"
            + "1.2.3\0"
            + "\u0020\0\u000e\0UI\u0008\0"
            + "1.2.3.1\0";
    return elements.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String run(String... command) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(command));
    Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
