package org.ithil.web.modification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.io.DicomReader;
import org.ithil.dicom.io.ReadOptions;
import org.ithil.web.RunningApi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** POST /instances/{id}/anonymize. */
class InstanceAnonymizationTest {
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

  private String store(byte[] file) {
    api.post(file);
    return api.get("/instances").replaceAll("[\\[\\]\"]", "");
  }

  private HttpResponse<byte[]> anonymize(String id, String json) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:" + api.port() + "/instances/" + id + "/anonymize"))
              .POST(HttpRequest.BodyPublishers.ofString(json.replace('\'', '"')))
              .build(),
          HttpResponse.BodyHandlers.ofByteArray());
    }
  }

  private static DataSet dataSet(HttpResponse<byte[]> answer) throws IOException {
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/dicom");
    return DicomReader.readFile(ByteSource.of(answer.body()), ReadOptions.DEFAULT).dataSet();
  }

  @Test
  void answers_an_anonymized_file_counts_and_stores_nothing() throws Exception {
    String id = store(RunningApi.dicom("P", 1, 2, 3, 300_000));
    DataSet first = dataSet(anonymize(id, "{}"));
    DataSet second = dataSet(anonymize(id, "{}"));
    assertThat(first.ascii(Tag.PatientName)).contains("Anonymized1");
    assertThat(second.ascii(Tag.PatientName)).contains("Anonymized2");
    assertThat(first.ascii(Tag.SOPInstanceUID)).isNotEqualTo(second.ascii(Tag.SOPInstanceUID));
    Element pixels = first.get(Tag.PixelData);
    assertThat(pixels).isNotNull();
    assertThat(pixels.value().length()).isEqualTo(300_000);
    assertThat(api.get("/instances")).isEqualTo("[\"" + id + "\"]");
  }

  @Test
  void a_pseudonym_key_gives_the_same_file_each_time() throws Exception {
    String id = store(RunningApi.dicom("P", 1, 2, 3));
    String request = "{'Options':[],'PseudonymKey':'a long enough pass phrase'}";
    byte[] first = anonymize(id, request).body();
    assertThat(anonymize(id, request).body()).isEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|400|Bad file format",
        "[]|400|Bad file format",
        "{'DicomVersion':'x'}|400|Unknown specific version of the DICOM standard: x",
        "{'KeepLabels':1}|400|should be a Boolean value",
        "{'Options':['x']}|400|Unknown option of de-identification: x",
        "{'PseudonymKey':'secret'}|400|PseudonymKey is shorter than 16 characters",
        "{'Replace':{'Nonsense':'x'}}|500|Nonsense"
      })
  void refuses(String body, int status, String text) throws Exception {
    String id = store(RunningApi.dicom("P", 1, 2, 3));
    HttpResponse<byte[]> answer = anonymize(id, body);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(new String(answer.body(), StandardCharsets.UTF_8))
        .contains(text)
        .doesNotContain("secret");
  }

  @Test
  void refuses_to_mask_compressed_pixels() throws Exception {
    Value fragments = new Value.Fragments(List.of(Value.EMPTY, new Value.Bytes(new byte[] {1, 2})));
    String id =
        store(
            RunningApi.dicom(
                "1.2.840.10008.1.2.4.50", List.of(new Element(Tag.PixelData, Vr.OB, fragments))));
    HttpResponse<byte[]> answer =
        anonymize(id, "{'MaskPixels':[{'X':0,'Y':0,'Width':1,'Height':1}]}");
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("compressed");
    assertThat(anonymize(id, "{}").statusCode()).isEqualTo(200);
  }
}
