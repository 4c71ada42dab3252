package org.ithil.web.modification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.encoding.TransferSyntax;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.io.DicomFile;
import org.ithil.dicom.io.DicomReader;
import org.ithil.dicom.io.ReadOptions;
import org.ithil.web.RunningApi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** POST /instances/{id}/modify. */
class InstanceModificationTest {
  private static final String JPEG = "1.2.840.10008.1.2.4.50";

  @TempDir Path folder;
  private RunningApi api;

  @BeforeEach
  void open() throws IOException {
    api = new RunningApi(folder);
  }

  @AfterEach
  void close() {
    api.close();
  }

  /** Stores an instance and gives its identifier. */
  private String store(byte[] file) {
    api.post(file);
    return api.get("/instances").replaceAll("[\\[\\]\"]", "");
  }

  private HttpResponse<byte[]> modify(String id, String json) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:" + api.port() + "/instances/" + id + "/modify"))
              .POST(HttpRequest.BodyPublishers.ofString(json.replace('\'', '"')))
              .build(),
          HttpResponse.BodyHandlers.ofByteArray());
    }
  }

  private static DicomFile file(HttpResponse<byte[]> answer) throws IOException {
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/dicom");
    return DicomReader.readFile(ByteSource.of(answer.body()), ReadOptions.DEFAULT);
  }

  @Test
  void answers_the_changed_file_and_stores_nothing() throws Exception {
    String id = store(RunningApi.dicom("P", 1, 2, 3, 300_000));
    DicomFile file = file(modify(id, "{'Replace':{'PatientName':'New'}}"));
    assertThat(file.dataSet().ascii(Tag.PatientName)).contains("New");
    assertThat(file.dataSet().ascii(Tag.SOPInstanceUID).orElseThrow()).startsWith("2.25.");
    assertThat(file.dataSet().get(Tag.PixelData).value().length()).isEqualTo(300_000);
    assertThat(api.get("/instances")).isEqualTo("[\"" + id + "\"]");
    assertThat(api.get("/instances/" + id + "/content/0010-0010")).isEqualTo("Name^P");
  }

  @Test
  void gives_new_identifiers_each_time() throws Exception {
    String id = store(RunningApi.dicom("P", 1, 2, 3));
    assertThat(file(modify(id, "{}")).dataSet().ascii(Tag.SOPInstanceUID))
        .isNotEqualTo(file(modify(id, "{}")).dataSet().ascii(Tag.SOPInstanceUID));
  }

  @ParameterizedTest
  @CsvSource({"1.2.840.10008.1.2", "1.2.840.10008.1.2.2", "1.2.840.10008.1.2.1.99"})
  void writes_another_syntax_and_leaves_nothing_in_the_spool(String syntax) throws Exception {
    String id = store(RunningApi.dicom("P", 1, 2, 3, 300_000));
    long before = files();
    DicomFile file = file(modify(id, "{'Transcode':'" + syntax + "'}"));
    assertThat(file.transferSyntax()).isEqualTo(TransferSyntax.of(syntax));
    assertThat(file.dataSet().get(Tag.PixelData).value().length()).isEqualTo(300_000);
    for (int i = 0; i < 100 && files() != before; i++) {
      Thread.sleep(50); // the answer is taken down after the client has it
    }
    assertThat(files()).isEqualTo(before);
  }

  private long files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).count();
    }
  }

  @Test
  void keeps_a_syntax_that_is_asked_for_and_there_already() throws Exception {
    String id =
        store(
            RunningApi.dicom(
                JPEG,
                List.of(
                    new Element(
                        Tag.PixelData,
                        Vr.OB,
                        new Value.Fragments(
                            List.of(Value.EMPTY, new Value.Bytes(new byte[] {1, 2})))))));
    assertThat(file(modify(id, "{'Transcode':'" + JPEG + "'}")).transferSyntax().uid())
        .isEqualTo(JPEG);
    assertThat(modify(id, "{'Transcode':'1.2.840.10008.1.2.1'}").statusCode()).isEqualTo(500);
    DicomFile replaced =
        file(
            modify(
                id,
                "{'Replace':{'PixelData':'data:application/octet-stream;base64,AAEC'},"
                    + "'Transcode':'1.2.840.10008.1.2.1'}"));
    assertThat(replaced.transferSyntax()).isEqualTo(TransferSyntax.EXPLICIT_LE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|400|Bad file format",
        "[]|400|Bad file format",
        "{'Transcode':3}|400|String value expected in field: Transcode",
        "{'Transcode':'1.2.3'}|400|Unknown transfer syntax: 1.2.3",
        "{'Replace':{'PatientName':5}}|400|Bad Parameter type for tag 0010,0010",
        "{'Replace':{'PatientID':'X'}}|400|requires the",
        "{'Replace':{'Rows':'x'}}|400|has out-of-range value",
        "{'Replace':{'Nonsense':'x'}}|500|Nonsense",
        "{'Replace':{'A.B':'x'}}|400|Parent path doesn't contain an index",
        "{'Replace':{'PixelData':'data:image/png;base64,AAEC'}}|500|Not implemented yet"
      })
  void refuses(String body, int status, String text) throws Exception {
    String id = store(RunningApi.dicom("P", 1, 2, 3));
    HttpResponse<byte[]> answer = modify(id, body);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains(text);
  }

  @Test
  void knows_no_other_instances() throws Exception {
    assertThat(modify("nope", "{}").statusCode()).isEqualTo(404);
    assertThat(modify("00000000-00000000-00000000-00000000-00000000", "{}").statusCode())
        .isEqualTo(404);
  }
}
