package org.ithil.archive.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The layout of JSON answers, byte for byte as the reference writes it. */
class JsonWriterTest {
  private static String written(JsonPart part) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonWriter writer = new JsonWriter(out)) {
      part.write(writer);
    }
    return out.toString(StandardCharsets.US_ASCII);
  }

  @Test
  void writes_objects_and_arrays_one_member_a_line_with_brackets_on_their_own() throws IOException {
    assertThat(
            written(w ->
                w.beginObject()
                    .name("Changes")
                    .beginArray()
                    .beginObject()
                    .member("ChangeType", "NewInstance")
                    .member("Seq", 1)
                    .endObject()
                    .endArray()
                    .member("Done", false)
                    .name("Empty")
                    .beginArray()
                    .endArray()
                    .name("Items")
                    .beginArray()
                    .beginObject()
                    .endObject()
                    .beginArray()
                    .value(1)
                    .endArray()
                    .beginArray()
                    .endArray()
                    .endArray()
                    .member("Last", (String) null)
                    .endObject()))
        .isEqualTo(
            """
            {
               "Changes" :\s
               [
                  {
                     "ChangeType" : "NewInstance",
                     "Seq" : 1
                  }
               ],
               "Done" : false,
               "Empty" : [],
               "Items" :\s
               [
                  {},
                  [
                     1
                  ],
                  []
               ],
               "Last" : null
            }\
            """);
  }

  @Test
  void writes_a_scalar_or_an_empty_bracket_alone() throws IOException {
    assertThat(written(w -> w.beginArray().endArray())).isEqualTo("[]");
    assertThat(written(w -> w.beginObject().endObject())).isEqualTo("{}");
    assertThat(written(w -> w.value("x"))).isEqualTo("\"x\"");
    assertThat(written(w -> w.texts(java.util.List.of("a", "b"))))
        .isEqualTo("[\n   \"a\",\n   \"b\"\n]");
  }

  @Test
  void escapes_everything_that_is_not_plain_ascii() throws IOException {
    assertThat(written(w -> w.value("é\"\\/\b\f\n\r\t\u0001\u007f😀")))
        .isEqualTo("\"\\u00e9\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\u007f\\ud83d\\ude00\"");
  }

  @Test
  void writes_numbers_with_up_to_17_digits() throws IOException {
    assertThat(Numbers.text(1.5)).isEqualTo("1.5");
    assertThat(Numbers.text(3)).isEqualTo("3.0");
    assertThat(Numbers.text(0.1)).isEqualTo("0.10000000000000001");
    assertThat(Numbers.text(1e300)).isEqualTo("1.0000000000000001e+300");
    assertThat(Numbers.text(-1e-5)).isEqualTo("-1.0000000000000001e-05");
    assertThat(Numbers.text(1e16)).isEqualTo("10000000000000000.0");
    assertThat(Numbers.text(1e17)).isEqualTo("1e+17");
    assertThat(Numbers.text(Double.NaN)).isEqualTo("null");
  }

  @Test
  void writes_documents_deeper_and_longer_than_its_buffers() throws IOException {
    String text =
        written(w -> {
          for (int i = 0; i < 100; i++) {
            w.beginArray();
          }
          for (int i = 0; i < 1000; i++) {
            w.value(i);
          }
          for (int i = 0; i < 100; i++) {
            w.endArray();
          }
        });
    assertThat(text).startsWith("[\n   [\n      [").endsWith("\n   ]\n]").contains("999");
  }

  @Test
  void what_is_read_comes_out_as_it_was_sorted_by_name() throws IOException {
    JsonValue value =
        new JsonReader(1000)
            .read(
                new ByteArrayInputStream(
                    "{\"b\":[1,-2.5,true,null,{}],/* c */\"a\":\"x\",} behind"
                        .getBytes(StandardCharsets.UTF_8)));
    assertThat(written(value))
        .isEqualTo(
            """
            {
               "a" : "x",
               "b" :\s
               [
                  1,
                  -2.5,
                  true,
                  null,
                  {}
               ]
            }\
            """);
  }
}
