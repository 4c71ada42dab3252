package org.ithil.conformance.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.ithil.conformance.process.Launch;
import org.ithil.conformance.process.RunningServer;
import org.ithil.conformance.synthetic.Requester;
import org.ithil.conformance.synthetic.SyntheticImage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What was sent over HTTP and over the DICOM network comes back, byte by byte. */
@Tag("process")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoreAndReadBackTest {
  private Path folder;
  private RunningServer server;

  @BeforeAll
  void start(@TempDir Path temporary) {
    folder = temporary;
    server = Launch.in(folder.resolve("server")).start();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void gives_back_the_file_that_was_posted() {
    var image = SyntheticImage.small(1, 1, 1);
    var answer = server.http().post("/instances", image.file());
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.text("ID")).isEqualTo(image.id());
    assertThat(answer.text("Status")).isEqualTo("Success");
    assertThat(file(image)).isEqualTo(image.file());
  }

  @Test
  void stores_each_file_of_a_zip() throws IOException {
    List<SyntheticImage> images = new ArrayList<>();
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (int i = 1; i <= 3; i++) {
        images.add(SyntheticImage.small(2, 1, i));
        zip.putNextEntry(new ZipEntry("folder/" + i));
        zip.write(images.getLast().file());
      }
    }
    assertThat(server.http().post("/instances", bytes.toByteArray()).status()).isEqualTo(200);
    assertThat(images).allSatisfy(i -> assertThat(file(i)).isEqualTo(i.file()));
  }

  @Test
  void stores_several_objects_of_one_association() throws IOException {
    try (var requester = new Requester(server.dicomPort(), SyntheticImage.SOP_CLASS)) {
      for (int i = 1; i <= 5; i++) {
        var image = SyntheticImage.small(3, 1, i);
        assertThat(requester.store(image)).isZero();
        assertThat(endOfFile(image)).isEqualTo(image.dataSetStream().readAllBytes());
      }
      requester.release();
    }
  }

  @Test
  void forgets_what_was_deleted() {
    var image = SyntheticImage.small(4, 1, 1);
    server.http().post("/instances", image.file());
    assertThat(server.http().delete("/instances/" + image.id()).status()).isEqualTo(200);
    assertThat(server.http().get("/instances/" + image.id()).status()).isEqualTo(404);
  }

  @Test
  void answers_an_echo() throws IOException {
    try (var requester = new Requester(server.dicomPort(), Requester.VERIFICATION)) {
      assertThat(requester.echo()).isZero();
      requester.release();
    }
  }

  @Test
  void answers_echoscu() {
    assertThat(dcmtk("echoscu", "127.0.0.1", port())).isZero();
  }

  @Test
  void keeps_what_storescu_sends() throws IOException {
    var image = SyntheticImage.small(5, 1, 1);
    Path file = Files.write(folder.resolve("storescu.dcm"), image.file());
    assertThat(dcmtk("storescu", "-xe", "127.0.0.1", port(), file.toString())).isZero();
    assertThat(endOfFile(image)).isEqualTo(image.dataSetStream().readAllBytes());
  }

  @Test
  void keeps_what_dcmsend_sends() throws IOException {
    var image = SyntheticImage.small(6, 1, 1);
    Path file = Files.write(folder.resolve("dcmsend.dcm"), image.file());
    assertThat(dcmtk("dcmsend", "127.0.0.1", port(), file.toString())).isZero();
    assertThat(endOfFile(image)).isEqualTo(image.dataSetStream().readAllBytes());
  }

  private String port() {
    return Integer.toString(server.dicomPort());
  }

  private byte[] file(SyntheticImage image) {
    var answer = server.http().get("/instances/" + image.id() + "/file");
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer.body();
  }

  /** The data set of a file whose meta information the server wrote itself. */
  private byte[] endOfFile(SyntheticImage image) throws IOException {
    byte[] file = file(image);
    int length = image.dataSetStream().readAllBytes().length;
    return java.util.Arrays.copyOfRange(file, file.length - length, file.length);
  }

  private int dcmtk(String... command) {
    try {
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve(command[0] + ".txt").toFile())
              .start();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    } catch (IOException e) {
      assumeTrue(false, command[0] + " of DCMTK is not installed");
      return -1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
