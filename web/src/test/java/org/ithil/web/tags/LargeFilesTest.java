package org.ithil.web.tags;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.encoding.Vr;
import org.ithil.web.RunningApi;
import org.ithil.web.RunningApi.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tags of files with large values, deflated ones too, read over HTTP. */
@Timeout(300)
class LargeFilesTest {
  private static final String DEFLATED = "1.2.840.10008.1.2.1.99";
  private static final String BIG_ENDIAN = "1.2.840.10008.1.2.2";
  private static final byte[] NONE = new byte[0];

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {DEFLATED, BIG_ENDIAN, "1.2.840.10008.1.2"})
  void a_long_text_can_be_asked_for_in_a_file_of_many_pixels(String syntax) throws Exception {
    String text = "long text ".repeat(20_000) + "end";
    byte[] file =
        RunningApi.dicom(
            syntax,
            List.of(
                text(Tag.TextValue, Vr.UT, text + " "),
                new Element(Tag.PixelData, Vr.OW, new Value.Bytes(new byte[9 << 20]))));
    try (RunningApi api = new RunningApi(folder)) {
      String id = store(api, file);
      for (int i = 0; i < 2; i++) {
        Reply reply = api.send("GET", "/instances/" + id + "?requested-tags=0040-a160", NONE);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).contains("\"TextValue\" : \"" + text + "\"");
      }
      assertThat(api.send("GET", "/instances/" + id + "/tags?ignore-length=TextValue", NONE).body())
          .contains("\"Type\" : \"String\",\n      \"Value\" : \"" + text + "\"");
      assertThat(api.get("/instances/" + id + "/tags?short"))
          .contains("\"0040,a160\":null,\"7fe0,0010\":null}");
      assertThat(api.get("/instances/" + id + "/content/0040-a160")).hasSize(160_003);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {DEFLATED, BIG_ENDIAN})
  void many_large_values_are_shown_by_one_request_in_any_order(String syntax) throws Exception {
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      elements.add(text(0x00091010 + i, Vr.UT, (char) ('a' + i) + "-" + "x".repeat(500_000)));
    }
    byte[] file = RunningApi.dicom(syntax, elements);
    StringBuilder asked = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      asked.append(i == 0 ? "" : ",").append(String.format("0009-10%02x", 16 + (i * 7) % 20));
    }
    try (RunningApi api = new RunningApi(folder)) {
      String instance = "/instances/" + store(api, file);
      String requested = asked.toString().replace(',', ';');
      for (String route :
          List.of(
              instance + "/tags?short&ignore-length=" + asked,
              instance + "?short&requested-tags=" + requested)) {
        Reply reply = api.send("GET", route, NONE);
        assertThat(reply.status()).isEqualTo(200);
        for (int i = 0; i < 20; i++) {
          String start = String.format("\"0009,10%02x\" : \"%c-xxx", 16 + i, 'a' + i);
          assertThat(reply.body()).contains(start);
        }
        assertThat(reply.body()).hasSizeGreaterThan(10_000_000);
      }
    }
  }

  @Test
  void a_damaged_file_is_left_out_of_the_tags_of_its_series() throws Exception {
    try (RunningApi api = new RunningApi(folder)) {
      String sound = store(api, RunningApi.dicom("P", 1, 1, 1));
      byte[] file = RunningApi.dicom("P", 1, 1, 2, 5000);
      String damaged = store(api, file);
      String missing = store(api, RunningApi.dicom("P", 1, 1, 3, 7000));
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path stored : all.filter(Files::isRegularFile).toList()) {
          if (Files.size(stored) == file.length) {
            Files.write(stored, Arrays.copyOf(file, 150));
          } else if (Files.size(stored) == file.length + 2000) {
            Files.delete(stored);
          }
        }
      }
      String series =
          RunningApi.squeezed(api.send("GET", "/series", NONE)).replaceAll("[\\[\\]\"]", "");
      Reply tags = api.send("GET", "/series/" + series + "/instances-tags", NONE);
      assertThat(tags.status()).isEqualTo(200);
      assertThat(tags.body()).contains(sound).doesNotContain(damaged, missing);
      Reply shared = api.send("GET", "/series/" + series + "/shared-tags", NONE);
      assertThat(shared.status()).isEqualTo(200);
      assertThat(shared.body()).contains("0020,000e");
      assertThat(api.send("GET", "/instances/" + damaged + "/tags", NONE).status()).isEqualTo(500);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {Tag.FloatPixelData, Tag.DoubleFloatPixelData, Tag.PixelData})
  void the_kind_of_pixels_is_shown_whatever_the_encoding(int tag) throws Exception {
    Vr vr = tag == Tag.FloatPixelData ? Vr.OF : tag == Tag.PixelData ? Vr.OW : Vr.OD;
    String shown = org.ithil.dicom.data.Tags.format(tag);
    try (RunningApi api = new RunningApi(folder)) {
      for (String syntax : List.of(DEFLATED, "1.2.840.10008.1.2.1")) {
        String uid = syntax.equals(DEFLATED) ? "1.2.3.5" : "1.2.3.6";
        byte[] file =
            RunningApi.dicom(
                syntax,
                List.of(
                    text(Tag.SOPInstanceUID, Vr.UI, uid + "\0"),
                    new Element(tag, vr, new Value.Bytes(new byte[64])),
                    text(0x7fe10010, Vr.LO, "behind")));
        String tags = api.get("/instances/" + store(api, file) + "/tags?short");
        assertThat(tags).contains("\"" + shown + "\":null}");
      }
    }
  }

  @Test
  void values_beyond_sixteen_mebibytes_are_shown_too() throws Exception {
    int size = (16 << 20) + 2;
    byte[] file =
        RunningApi.dicom(
            "1.2.840.10008.1.2.1", List.of(text(Tag.TextValue, Vr.UT, "x".repeat(size))));
    try (RunningApi api = new RunningApi(folder)) {
      String id = store(api, file);
      String tags = "/instances/" + id + "/tags?short&ignore-length=TextValue";
      assertThat(api.send("GET", tags, NONE).body().length()).isGreaterThan(size);
    }
  }

  @Test
  void a_value_cut_after_its_header_was_read_is_the_fault_of_the_server() throws Exception {
    byte[] file =
        RunningApi.dicom(
            "1.2.840.10008.1.2.1", List.of(text(Tag.TextValue, Vr.UT, "x".repeat(200_000))));
    try (RunningApi api = new RunningApi(folder)) {
      String id = store(api, file);
      String asked = "/instances/" + id + "?requested-tags=TextValue";
      assertThat(api.send("GET", asked, NONE).status()).isEqualTo(200); // the header is cached now
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path stored : all.filter(Files::isRegularFile).toList()) {
          if (Files.size(stored) == file.length) {
            Files.write(stored, Arrays.copyOf(file, 1000));
          }
        }
      }
      for (String route :
          List.of(
              asked,
              "/instances/" + id + "/content/0040-a160",
              "/instances/" + id + "/tags?ignore-length=TextValue")) {
        Reply reply = api.send("GET", route, NONE);
        assertThat(reply.status()).as(route).isEqualTo(500);
        assertThat(reply.body()).contains("A stored file is damaged");
      }
    }
  }

  private static Element text(int tag, Vr vr, String text) {
    return new Element(tag, vr, new Value.Bytes(text.getBytes(StandardCharsets.US_ASCII)));
  }

  private static String store(RunningApi api, byte[] file) {
    Reply reply = api.post(file);
    assertThat(reply.status()).isEqualTo(200);
    return RunningApi.squeezed(reply).replaceAll(".*\"ID\":\"([^\"]*)\".*", "$1");
  }
}
