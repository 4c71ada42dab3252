package org.ithil.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.ithil.archive.resource.ResourceId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The routes over a real archive, through a real socket. */
class RestApiTest {
  private static final byte[] NONE = {};

  @TempDir Path folder;
  private RunningApi api;

  @BeforeEach
  void start() throws IOException {
    api = new RunningApi(folder);
    for (int number = 1; number <= 3; number++) {
      api.post(RunningApi.dicom("A", 1, 1, number));
    }
    api.post(RunningApi.dicom("A", 1, 2, 1));
    api.post(RunningApi.dicom("B", 2, 1, 1));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private static String patient(String id) {
    return ResourceId.ofPatient(id).toString();
  }

  private static String study() {
    return ResourceId.ofStudy("A", "1.2.1").toString();
  }

  private static String series(int number) {
    return ResourceId.ofSeries("A", "1.2.1", "1.2.1." + number).toString();
  }

  private static String instance(int series, int number) {
    return ResourceId.ofInstance("A", "1.2.1", "1.2.1." + series, "1.2.1." + series + "." + number)
        .toString();
  }

  private RunningApi.Reply put(String path, String body, String... headers) {
    return api.send("PUT", path, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  @Test
  void lists_are_ordered_paged_and_expanded_on_demand() {
    String all = api.get("/instances");
    assertThat(all.substring(1, all.length() - 1).split(",")).hasSize(5).isSorted();
    String paged = api.get("/instances?since=0&limit=2") + api.get("/instances?since=2&limit=9");
    assertThat(paged.replace("][", ",")).isEqualTo(all);
    assertThat(api.get("/instances?since=7&limit=2")).isEqualTo("[]");
    assertThat(api.get("/instances?limit=2")).contains("Missing\\\"since\\\"argument");
    assertThat(api.get("/instances?since=a&limit=2")).contains("\"OrthancStatus\":5");
    assertThat(api.get("/patients?expand"))
        .contains("\"ID\":\"" + patient("A") + "\",\"IsProtected\":false")
        .contains("\"MainDicomTags\":{\"PatientID\":\"A\",\"PatientName\":\"Name^A\"}");
    assertThat(api.get("/series?response-content=Parent;Labels"))
        .contains("{\"ID\":\"" + series(2) + "\",\"Labels\":[],\"ParentStudy\":\"" + study())
        .doesNotContain("MainDicomTags");
    assertThat(api.get("/series?response-content=parent")).contains("\"HttpStatus\":400");
  }

  @Test
  void a_stored_file_that_is_damaged_is_the_fault_of_the_server() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length > 200 && bytes[128] == 'D' && bytes[129] == 'I') {
          Files.write(file, Arrays.copyOf(bytes, 200));
        }
      }
    }
    for (String route : List.of("/tags", "/simplified-tags", "/file", "/content/0010-0010")) {
      assertThat(api.get("/instances/" + instance(1, 1) + route))
          .as(route)
          .contains("\"HttpStatus\":500");
    }
    assertThat(api.get("/instances/" + instance(1, 1) + "/tags"))
        .contains("\"OrthancStatus\":20")
        .contains("Astoredfileisdamaged");
  }

  @Test
  void single_resources_know_their_parents_and_children() {
    assertThat(api.get("/studies/" + study()))
        .contains("\"ParentPatient\":\"" + patient("A"))
        .contains("\"PatientMainDicomTags\":{\"PatientID\":\"A\"")
        .contains("\"Type\":\"Study\"");
    assertThat(api.get("/patients/" + patient("A") + "/instances?expand=false").split(","))
        .hasSize(4);
    assertThat(api.get("/studies/" + study() + "/series")).contains(series(1), series(2));
    assertThat(api.get("/instances/" + instance(2, 1) + "/patient?short"))
        .contains("\"0010,0020\":\"A\"");
    assertThat(api.get("/studies/" + series(1) + "/series")).contains("\"OrthancStatus\":17");
    RunningApi.Reply absent = api.send("GET", "/studies/nope", NONE);
    assertThat(absent.status()).isEqualTo(404);
    assertThat(absent.body()).isEmpty();
  }

  @Test
  void requested_tags_come_from_index_or_file() {
    assertThat(api.get("/series/" + series(1) + "?requested-tags=PatientName;SOPClassUID"))
        .contains(
            "\"RequestedTags\":{\"PatientName\":\"Name^A\","
                + "\"SOPClassUID\":\"1.2.840.10008.5.1.4.1.1.7\"}");
    assertThat(api.get("/series/" + series(1) + "?requested-tags=Nothing"))
        .contains("Invalidrequested-tagsargument");
  }

  @Test
  void deleting_tells_what_remains() {
    assertThat(RunningApi.squeezed(api.send("DELETE", "/instances/" + instance(2, 1), NONE)))
        .isEqualTo(
            "{\"RemainingAncestor\":{\"ID\":\""
                + study()
                + "\",\"Path\":\"/studies/"
                + study()
                + "\",\"Type\":\"Study\"}}");
    assertThat(RunningApi.squeezed(api.send("DELETE", "/patients/" + patient("B"), NONE)))
        .isEqualTo("{\"RemainingAncestor\":null}");
    assertThat(api.send("DELETE", "/patients/" + patient("B"), NONE).status()).isEqualTo(404);
    assertThat(api.get("/statistics")).contains("\"CountInstances\":3", "\"CountPatients\":1");
  }

  @Test
  void statistics_count_below_and_never_fail() {
    assertThat(api.get("/patients/" + patient("A") + "/statistics"))
        .contains("\"CountInstances\":4", "\"CountSeries\":2", "\"CountStudies\":1")
        .contains("\"DiskSizeMB\":0");
    assertThat(api.get("/series/nope/statistics")).contains("\"CountInstances\":0");
  }

  @Test
  void changes_are_read_from_a_cursor_and_cleared() {
    String first = api.get("/changes?limit=1");
    assertThat(first).contains("\"ChangeType\":\"NewInstance\"", "\"Done\":false", "\"Last\":1}");
    assertThat(api.get("/changes?since=1&limit=2&type=NewStudy;NewPatient"))
        .contains("NewStudy", "NewPatient")
        .doesNotContain("NewSeries");
    assertThat(api.get("/changes?type=Deleted")).startsWith("{\"Changes\":[],\"Done\":true,");
    assertThat(api.get("/changes?type=nothing")).contains("Invalidvalueforachange");
    assertThat(api.get("/changes?last")).contains("\"Done\":true");
    assertThat(api.send("DELETE", "/changes", NONE).status()).isEqualTo(200);
    assertThat(api.get("/changes")).startsWith("{\"Changes\":[],\"Done\":true,");
    assertThat(api.get("/exports?since=7")).isEqualTo("{\"Done\":true,\"Exports\":[],\"Last\":7}");
  }

  @Test
  void patients_are_protected_by_truth_values() {
    String path = "/patients/" + patient("A") + "/protected";
    assertThat(api.get(path)).isEqualTo("0");
    assertThat(put(path, " 1 ").status()).isEqualTo(200);
    assertThat(api.get(path)).isEqualTo("1");
    assertThat(put(path, "yes").body()).contains("Boolean value expected");
    assertThat(put("/patients/nope/protected", "1").status()).isEqualTo(400);
  }

  @Test
  void metadata_have_revisions() {
    String path = "/studies/" + study() + "/metadata/1024";
    RunningApi.Reply first = put(path, "one");
    String tag = first.header("ETag");
    assertThat(tag).startsWith("\"0-");
    assertThat(put(path, "two").status()).isEqualTo(409);
    assertThat(put(path, "two", "If-Match", "\"0\"").status()).isEqualTo(400);
    assertThat(put(path, "two", "If-Match", tag).status()).isEqualTo(200);
    assertThat(api.get(path)).isEqualTo("two");
    assertThat(put(path, "three", "If-Match", tag).status()).isEqualTo(409);
    RunningApi.Reply read = api.send("GET", path, NONE);
    String now = read.header("ETag");
    assertThat(api.send("GET", path, NONE, "If-None-Match", now).status()).isEqualTo(304);
    assertThat(api.send("DELETE", path, NONE).status()).isEqualTo(409);
    assertThat(api.send("DELETE", path, NONE, "If-Match", now).status()).isEqualTo(200);
    assertThat(api.send("GET", path, NONE).status()).isEqualTo(404);
    assertThat(put("/studies/" + study() + "/metadata/LastUpdate", "x").status()).isEqualTo(403);
    assertThat(api.get("/instances/" + instance(1, 1) + "/metadata?expand"))
        .contains("\"TransferSyntax\":\"1.2.840.10008.1.2.1\"", "\"RemoteIP\":\"127.0.0.1\"");
    assertThat(api.get("/instances/" + instance(1, 1) + "/metadata?numeric")).startsWith("[1,2,3,");
  }

  @Test
  void labels_are_added_listed_and_removed() {
    String labels = "/series/" + series(1) + "/labels";
    assertThat(put(labels + "/b", "").status()).isEqualTo(200);
    assertThat(put(labels + "/a-1_X", "").status()).isEqualTo(200);
    assertThat(put(labels + "/a.b", "").status()).isEqualTo(400);
    assertThat(api.get(labels)).isEqualTo("[\"a-1_X\",\"b\"]");
    assertThat(api.get("/tools/labels")).isEqualTo("[\"a-1_X\",\"b\"]");
    assertThat(api.send("DELETE", labels + "/b", NONE).status()).isEqualTo(200);
    assertThat(api.send("GET", labels + "/b", NONE).status()).isEqualTo(404);
    assertThat(put("/studies/" + series(1) + "/labels/x", "").status()).isEqualTo(404);
    assertThat(api.get("/instances/" + instance(1, 1) + "/attachments?full"))
        .isEqualTo("{\"dicom\":1}");
  }

  @Test
  void the_server_describes_itself_and_can_be_tuned() {
    assertThat(api.get("/system"))
        .contains("\"ApiVersion\":31", "\"UserMetadata\":{\"1024\":1024,\"mine\":1024}");
    assertThat(api.get("/tools/now")).matches("\\d{8}T\\d{6}");
    assertThat(api.get("/tools/generate-uid?level=study")).matches("2\\.25\\.\\d+");
    assertThat(api.send("GET", "/tools/generate-uid?level=Study", NONE).status()).isEqualTo(404);
    assertThat(put("/tools/default-encoding", "latin1").body()).isEqualTo("Latin1");
    assertThat(api.get("/tools/default-encoding")).isEqualTo("Latin1");
    assertThat(put("/tools/default-encoding", "nothing").status()).isEqualTo(400);
    assertThat(put("/tools/log-level-http", "trace").status()).isEqualTo(200);
    assertThat(api.get("/tools/log-level")).isEqualTo("trace");
    assertThat(put("/tools/log-level", "loud").body()).contains("Verbosity can be");
    String syntaxes = "/tools/accepted-transfer-syntaxes";
    assertThat(RunningApi.squeezed(put(syntaxes, "[\"1.2.840.10008.1.2.4.8?\"]")))
        .isEqualTo("[\"1.2.840.10008.1.2.4.80\",\"1.2.840.10008.1.2.4.81\"]");
    assertThat(RunningApi.squeezed(put(syntaxes, "*")).split(",")).hasSizeGreaterThan(30);
    assertThat(put(syntaxes, "{}").status()).isEqualTo(400);
    assertThat(put("/tools/unknown-sop-class-accepted", "1").status()).isEqualTo(200);
    assertThat(api.get("/tools/unknown-sop-class-accepted")).isEqualTo("1");
  }

  @Test
  void the_browser_application_is_handed_out_and_nothing_else() {
    assertThat(api.send("GET", "/", NONE).header("Location")).isEqualTo("app/explorer.html");
    RunningApi.Reply page = api.send("GET", "/app/explorer.html", NONE);
    assertThat(page.header("Content-Type")).isEqualTo("text/html");
    assertThat(page.body()).isEqualTo("<html>");
    for (String path : new String[] {"/app", "/app/", "/app/x", "/app/%5c..%5c..%5cetc/passwd"}) {
      assertThat(api.send("GET", path, NONE).status()).as(path).isEqualTo(404);
    }
    assertThat(api.send("GET", "/app/..%2f..%2f..%2fetc/passwd", NONE).body())
        .contains("\"Uri\" : \"/etc/passwd\"");
    assertThat(api.send("GET", "/app/%2e%2e/%2e%2e/etc/passwd", NONE).status()).isEqualTo(400);
  }

  @Test
  void tags_and_files_are_read_back() {
    assertThat(api.get("/instances/" + instance(1, 2) + "/simplified-tags"))
        .contains("\"InstanceNumber\":\"2\"", "\"PixelData\":null");
    RunningApi.Reply file = api.send("GET", "/instances/" + instance(1, 2) + "/file", NONE);
    assertThat(file.header("Content-Type")).isEqualTo("application/dicom");
    assertThat(file.body()).contains("DICM");
  }
}
