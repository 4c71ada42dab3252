package org.ithil.web.creation;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.ithil.web.RunningApi;
import org.ithil.web.RunningApi.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** POST /tools/create-dicom, and what comes out again. */
class CreationRoutesTest {
  private static final Pattern ID = Pattern.compile("\"ID\" : \"([-0-9a-f]+)\"");

  @TempDir Path folder;
  private RunningApi api;

  @BeforeEach
  void start() throws IOException {
    api = new RunningApi(folder);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private Reply create(String json) {
    return api.send("POST", "/tools/create-dicom", json.getBytes(StandardCharsets.UTF_8));
  }

  private String created(String json) {
    Reply reply = create(json);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    Matcher id = ID.matcher(reply.body());
    assertThat(id.find()).isTrue();
    return id.group(1);
  }

  private String tags(String id) {
    return api.get("/instances/" + id + "/simplified-tags");
  }

  private static String uri(String type, byte[] bytes) {
    return "\"data:" + type + ";base64," + Base64.getEncoder().encodeToString(bytes) + '"';
  }

  private static byte[] png(int width, int height) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY), "png", out);
    return out.toByteArray();
  }

  private static byte[] pdf(int length) {
    byte[] bytes = new byte[length];
    byte[] head = "%PDF-1.4\n".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(head, 0, bytes, 0, head.length);
    bytes[length - 1] = '!';
    return bytes;
  }

  @Test
  void tags_become_an_instance_in_the_character_set_they_name() {
    String id =
        created(
            "{\"Tags\":{\"PatientName\":\"Müller^Ä\",\"SpecificCharacterSet\":\"ISO_IR 100\"}}");

    assertThat(tags(id)).contains("\"PatientName\":\"M\\u00fcller^\\u00c4\"", "ISO_IR100");
  }

  @Test
  void a_child_takes_over_what_its_study_is() throws IOException {
    Reply first =
        create(
            "{\"Tags\":{\"PatientID\":\"7\",\"StudyDescription\":\"Scan\",\"Modality\":\"CT\"}}");
    Matcher study = Pattern.compile("\"ParentStudy\" : \"([-0-9a-f]+)\"").matcher(first.body());
    assertThat(study.find()).isTrue();

    String id =
        created(
            "{\"Parent\":\""
                + study.group(1)
                + "\",\"Tags\":{\"SeriesDescription\":\"new\"},"
                + "\"Content\":"
                + uri("image/png", png(5, 3))
                + "}");

    assertThat(tags(id))
        .contains("\"StudyDescription\":\"Scan\"", "\"PatientID\":\"7\"", "\"Rows\":\"3\"")
        .doesNotContain("\"Modality\"");
    assertThat(api.get("/statistics")).contains("\"CountStudies\":1", "\"CountSeries\":2");
  }

  @Test
  void what_a_parent_says_is_overridden_by_force_only() {
    String id = created("{\"Tags\":{\"PatientName\":\"A\"}}");
    Matcher parent =
        Pattern.compile("\"ParentPatient\":\"([-0-9a-f]+)\"")
            .matcher(api.get("/instances/" + id + "/study?expand"));
    assertThat(parent.find()).isTrue();
    String body = "{\"Parent\":\"" + parent.group(1) + "\",\"Tags\":{\"PatientName\":\"B\"}";

    Reply refused = create(body + "}");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("2020", "\"Details\" : \"PatientName\"");
    assertThat(tags(created(body + ",\"Force\":true}"))).contains("\"PatientName\":\"B\"");
  }

  @Test
  void a_pdf_of_odd_length_comes_out_as_it_was() {
    byte[] document = pdf(1001);
    String id = created("{\"Tags\":{},\"Content\":" + uri("application/pdf", document) + "}");

    Reply pdf = api.send("GET", "/instances/" + id + "/pdf", new byte[0]);

    assertThat(pdf.body()).hasSize(1001).endsWith("!");
    assertThat(pdf.header("Content-Type")).isEqualTo("application/pdf");
    assertThat(api.send("GET", "/instances/" + id + "/stl", new byte[0]).status()).isEqualTo(404);
    assertThat(api.send("GET", "/instances/" + id + "/video", new byte[0]).status()).isEqualTo(404);
  }

  @Test
  void a_model_and_a_clinical_document_are_encapsulated() {
    String model =
        created("{\"Tags\":{},\"Content\":" + uri("model/stl", new byte[] {1, 2, 3, 4}) + "}");
    assertThat(api.send("GET", "/instances/" + model + "/stl", new byte[0]).status())
        .isEqualTo(200);

    byte[] cda =
        ("<?xml version='1.0'?><ClinicalDocument xmlns='urn:hl7-org:v3'><id root='1.2'"
                + " extension='x'/><title>Brief</title></ClinicalDocument>")
            .getBytes(StandardCharsets.UTF_8);
    String document = created("{\"Tags\":{},\"Content\":" + uri("text/xml", cda) + "}");
    assertThat(tags(document))
        .contains(
            "\"SOPClassUID\":\"1.2.840.10008.5.1.4.1.1.104.2\"",
            "\"DocumentTitle\":\"Brief\"",
            "\"HL7InstanceIdentifier\":\"1.2^x\"");
    assertThat(
            create("{\"Tags\":{},\"Content\":" + uri("text/xml", new byte[] {'<'}) + "}").status())
        .isEqualTo(400);
  }

  @Test
  void a_failing_content_leaves_no_part_of_its_series_behind() throws IOException {
    Reply reply =
        create(
            "{\"Tags\":{},\"Content\":["
                + uri("image/png", png(4, 4))
                + ","
                + uri("image/png", new byte[] {1, 2, 3})
                + "]}");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(api.get("/statistics")).contains("\"CountInstances\":0");
    try (var spool = Files.list(folder.resolve(".spool"))) {
      assertThat(spool).isEmpty();
    }
  }

  @Test
  void a_list_of_contents_becomes_a_series() throws IOException {
    String series =
        created(
            "{\"Tags\":{\"SeriesDescription\":\"two\"},\"Content\":["
                + uri("image/png", png(4, 4))
                + ",{\"Tags\":{\"ImageComments\":\"second\"},\"Content\":"
                + uri("image/png", png(5, 4))
                + "}]}");

    assertThat(api.get("/series/" + series)).contains("\"ExpectedNumberOfInstances\":2");
    assertThat(api.get("/series/" + series + "/instances-tags?simplify"))
        .contains("\"ImageComments\":\"second\"", "\"InstanceNumber\":\"2\"");
  }

  @Test
  void completion_fills_in_what_the_definition_demands() throws IOException {
    String id =
        created("{\"Tags\":{},\"Complete\":true,\"Content\":" + uri("image/png", png(4, 4)) + "}");

    assertThat(tags(id))
        .contains(
            "\"SOPClassUID\":\"1.2.840.10008.5.1.4.1.1.7\"",
            "\"ConversionType\":\"WSD\"",
            "\"PatientSex\":\"\"");
  }
}
