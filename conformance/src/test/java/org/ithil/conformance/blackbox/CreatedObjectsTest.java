package org.ithil.conformance.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ithil.conformance.process.Launch;
import org.ithil.conformance.process.RestClient;
import org.ithil.conformance.process.RunningServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects that /tools/create-dicom makes, as other programs see them. */
@Tag("process")
class CreatedObjectsTest {
  private static final Path VALIDATOR = Path.of("/usr/bin/dciodvfy");
  private static final String PHOTOGRAPH = "1.2.840.10008.5.1.4.1.1.77.1.4";

  @TempDir Path folder;

  /** A content, and what is said of it besides. */
  private record Made(String type, String file, String tags, String fields) {}

  private static Path images() {
    @Nullable Path at = Path.of("").toAbsolutePath();
    while (at != null && !Files.isDirectory(at.resolve("shared/data/dicom/images"))) {
      at = at.getParent();
    }
    Assumptions.assumeTrue(at != null, "skipped: no shared/data/dicom up the tree");
    return at.resolve("shared/data/dicom/images");
  }

  private static RestClient.Answer create(RunningServer server, String json) {
    return server.http().post("/tools/create-dicom", json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void private_tags_of_the_configuration_get_their_representation() {
    Launch launch =
        Launch.in(folder)
            .key(
                "Dictionary",
                """
                {
                  "0405,0010": ["LO", "PrivateCreatorForMyCompany", 1, 1, "My Company"],
                  "0405,1001": ["ST", "MyPrivateXMLTag", 1, 1, "My Company"]
                }\
                """);
    try (RunningServer server = launch.start()) {
      RestClient.Answer answer =
          create(
              server,
              """
              {
                "PrivateCreator": "My Company",
                "Tags": {
                  "PatientName": "Love^Sarah",
                  "PatientID": "7",
                  "PrivateCreatorForMyCompany": "My Company",
                  "MyPrivateXMLTag": "<xml><test>Testing</test></xml>"
                }
              }\
              """);
      assertThat(answer.status()).as(answer.toString()).isEqualTo(200);

      String file =
          new String(
              server.http().get("/instances/" + answer.text("ID") + "/file").body(),
              StandardCharsets.ISO_8859_1);
      assertThat(file)
          .contains(
              "\5\4\20\0LO\12\0My Company", "\5\4\1\20ST\40\0<xml><test>Testing</test></xml>");
    }
  }

  @Test
  void objects_are_valid_by_their_definitions() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(VALIDATOR), "skipped: no dciodvfy (dicom3tools)");
    Path images = images();
    String photograph = ",\"SOPClassUID\":\"" + PHOTOGRAPH + '"';
    String capture = ",\"SOPClassUID\":\"1.2.840.10008.5.1.4.1.1.7\"";
    String complete = ",\"Complete\":true";
    List<Made> all =
        List.of(
            new Made("image/png", "gray8.png", capture, ""),
            new Made("image/png", "rgb8.png", photograph, ""),
            new Made("image/png", "gray16.png", "", complete),
            new Made("image/jpeg", "rgb_420.jpg", "", complete),
            new Made("image/jpeg", "rgb_420.jpg", capture, ",\"Encapsulate\":true"),
            new Made("image/jpeg", "rgb_progressive.jpg", capture, ",\"Encapsulate\":true"),
            new Made("application/pdf", "one_page.pdf", "", complete),
            new Made("model/stl", "cube_binary.stl", "", complete),
            new Made("text/xml", "cda_minimal.xml", "", ""),
            new Made("video/mp4", "video_h264.mp4", "", ""));
    try (RunningServer server = Launch.in(folder.resolve("server")).start()) {
      for (Made made : all) {
        byte[] content = Files.readAllBytes(images.resolve(made.file()));
        RestClient.Answer answer =
            create(
                server,
                "{\"Tags\":{\"PatientName\":\"A^B\",\"PatientID\":\"1\""
                    + made.tags()
                    + "},\"Content\":\"data:"
                    + made.type()
                    + ";base64,"
                    + Base64.getEncoder().encodeToString(content)
                    + '"'
                    + made.fields()
                    + '}');
        assertThat(answer.status()).as(made + ": " + answer).isEqualTo(200);
        String path = "/instances/" + answer.text("ID");
        Path file =
            Files.write(folder.resolve("made.dcm"), server.http().get(path + "/file").body());

        assertThat(validated(file)).as(made.toString()).noneMatch(line -> line.startsWith("Error"));
        if (made.type().equals("video/mp4")) {
          assertThat(server.http().get(path + "/video").body()).isEqualTo(content);
        }
      }
    }
  }

  private List<String> validated(Path file) throws Exception {
    Path output = folder.resolve("validated");
    Process process =
        new ProcessBuilder(VALIDATOR.toString(), file.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return Files.readAllLines(output, StandardCharsets.ISO_8859_1);
  }

  @Test
  void a_content_larger_than_the_memory_is_taken() throws IOException {
    byte[] head =
        "{\"Tags\":{\"PatientID\":\"L\"},\"Content\":\"data:application/octet-stream;base64,"
            .getBytes(StandardCharsets.US_ASCII);
    byte[] tail = "\"}".getBytes(StandardCharsets.US_ASCII);
    int pieces = 300;
    byte[] piece = "QUJD".repeat(256 << 10).getBytes(StandardCharsets.US_ASCII);
    try (RunningServer server = Launch.in(folder).javaOptions("-Xmx96m").start()) {
      RestClient.Answer answer =
          server
              .http()
              .post(
                  "/tools/create-dicom",
                  head.length + (long) pieces * piece.length + tail.length,
                  () ->
                      new SequenceInputStream(
                          new SequenceInputStream(
                              new ByteArrayInputStream(head), repeated(piece, pieces)),
                          new ByteArrayInputStream(tail)));

      assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
      String path = "/instances/" + answer.text("ID") + "/content/7fe0-0010/0";
      try (InputStream pixels = server.http().stream(path)) {
        assertThat(pixels.readNBytes(3)).isEqualTo("ABC".getBytes(StandardCharsets.US_ASCII));
        assertThat(3 + pixels.transferTo(OutputStream.nullOutputStream()))
            .isEqualTo((long) pieces * piece.length / 4 * 3);
      }
    }
  }

  private static InputStream repeated(byte[] piece, int times) {
    return new InputStream() {
      private long at;

      @Override
      public int read() {
        return at == (long) piece.length * times ? -1 : piece[(int) (at++ % piece.length)];
      }

      @Override
      public int read(byte[] into, int offset, int length) {
        long left = (long) piece.length * times - at;
        if (left == 0) {
          return -1;
        }
        int from = (int) (at % piece.length);
        int n = (int) Math.min(Math.min(length, left), piece.length - from);
        System.arraycopy(piece, from, into, offset, n);
        at += n;
        return n;
      }
    };
  }
}
