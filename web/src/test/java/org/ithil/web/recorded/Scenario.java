package org.ithil.web.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.ithil.archive.ingest.IngestException;
import org.ithil.archive.json.JsonReader;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.json.JsonWriter;
import org.ithil.archive.resource.Lineage;
import org.ithil.dicom.text.DefaultEncoding;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Headers;
import org.ithil.web.route.Route;
import org.ithil.web.route.Router;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;

/** One compatibility scenario: its files are taken, its requests routed, answers compared. */
public final class Scenario {
  private final String name;
  private final Laboratory laboratory;
  private final Router router;
  private final UnaryOperator<JsonValue> view;
  private final Map<String, String> variables = new HashMap<>();

  /** Parts of answers in which the reference is wrong; see docs/deviations.md. */
  private static final Map<String, List<String>> DEVIATIONS =
      Map.of("tags-vr/le-file-json", List.of("/00991019", "/00991022"));

  public Scenario(String name, Laboratory laboratory) {
    this(name, laboratory, laboratory.routes(), value -> value);
  }

  /**
   * @param routes what answers
   * @param view the part of JSON answers that is compared
   */
  public Scenario(
      String name, Laboratory laboratory, List<Route> routes, UnaryOperator<JsonValue> view) {
    this.name = name;
    this.laboratory = laboratory;
    this.view = view;
    this.router =
        new Router(
            routes,
            true,
            new Router.Forms(Path.of("forms"), 0, 1, java.time.Duration.ofMinutes(1)),
            Clock.systemUTC());
  }

  /**
   * A test for each step that the predicate takes; steps that store files are done, not judged.
   *
   * @param taken of a request such as {@code GET /instances/{CT}/tags}
   */
  public List<DynamicTest> tests(Predicate<String> taken) throws IOException {
    JsonValue.Members expected = members(Shared.json("compat/expected/" + name + ".json"));
    List<DynamicTest> tests = new ArrayList<>();
    JsonValue all = members(Shared.json("compat/scenarios/" + name + ".json")).get("steps");
    for (JsonValue item : ((JsonValue.Items) Objects.requireNonNull(all)).items()) {
      JsonValue.Members step = members(item);
      String id = text(step.get("id"));
      JsonValue request = step.get("request");
      JsonValue recorded = expected.get(id);
      if (request == null || step.get("make") != null) {
        tests.add(DynamicTest.dynamicTest(id, () -> store(step)));
      } else if (text(request).startsWith("PUT /tools/default-encoding")) {
        tests.add(DynamicTest.dynamicTest(id, () -> encode(step)));
      } else if (recorded != null && taken.test(text(request)) && isJudged(members(recorded))) {
        tests.add(DynamicTest.dynamicTest(id, () -> judge(step, members(recorded))));
      }
    }
    return tests;
  }

  /** DICOM files are compared by other tests; some answers could not be read as what they are. */
  private static boolean isJudged(JsonValue.Members recorded) {
    return !text(recorded.get("body")).equals("dicom")
        && !(recorded.get("value") instanceof JsonValue.Text(String value)
            && value.startsWith("unreadable as"));
  }

  private void store(JsonValue.Members step) throws IOException, IngestException {
    Map<String, byte[]> bodies = new LinkedHashMap<>();
    if (step.get("upload") instanceof JsonValue.Members uploads) {
      for (Map.Entry<String, JsonValue> upload : uploads.members().entrySet()) {
        bodies.put(
            upload.getKey(), Files.readAllBytes(Shared.path("data/" + text(upload.getValue()))));
      }
    } else if (step.get("make") instanceof JsonValue.Members made && made.get("hex") != null) {
      if (step.get("save") instanceof JsonValue.Members saved) {
        bodies.put(saved.members().firstKey(), HexFormat.of().parseHex(text(made.get("hex"))));
      }
    }
    for (Map.Entry<String, byte[]> body : bodies.entrySet()) {
      Lineage lineage = laboratory.store(body.getValue());
      variables.put(body.getKey(), lineage.instance().toString());
      variables.put(body.getKey() + "_SERIES", lineage.series().toString());
      variables.put(body.getKey() + "_STUDY", lineage.study().toString());
      variables.put(body.getKey() + "_PATIENT", lineage.patient().toString());
    }
  }

  private void encode(JsonValue.Members step) {
    JsonValue body = step.get("body");
    if (body != null) {
      DefaultEncoding.of(text(body)).ifPresent(laboratory.encoding()::set);
    }
  }

  private void judge(JsonValue.Members step, JsonValue.Members recorded) throws IOException {
    String[] request = text(step.get("request")).split(" ", 2);
    String uri = request[1];
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      uri = uri.replace("{" + variable.getKey() + "}", variable.getValue());
    }
    String[] parts = uri.split("\\?", 2);
    Answer answer =
        router.answer(
            new Router.Incoming(
                request[0],
                parts[0],
                parts.length > 1 ? parts[1] : null,
                headers(step.get("headers")),
                new ByteArrayInputStream(new byte[0]),
                "127.0.0.1",
                null));
    byte[] body = body(answer);
    assertThat(answer.status())
        .as("status; %s", new String(body, StandardCharsets.UTF_8))
        .isEqualTo((int) whole(recorded.get("status")));
    judgeHeaders(answer, recorded.get("headers"));
    judgeBody(recorded, body, ignored(step));
  }

  private static void judgeHeaders(Answer answer, @Nullable JsonValue expected) {
    if (expected instanceof JsonValue.Members headers) {
      Map<String, String> sent = new HashMap<>();
      answer.headers().forEach((field, value) -> sent.put(field.toLowerCase(Locale.ROOT), value));
      if (answer.type() != null) {
        sent.put("content-type", answer.type());
      }
      headers
          .members()
          .forEach((field, value) -> {
            if (!field.equals("content-length")) {
              assertThat(sent.get(field))
                  .as(field)
                  .isEqualTo(value instanceof JsonValue.Null ? null : text(value));
            }
          });
    }
  }

  private void judgeBody(JsonValue.Members recorded, byte[] body, List<String> ignored)
      throws IOException {
    JsonValue value = recorded.get("value");
    switch (text(recorded.get("body"))) {
      case "json" -> {
        JsonValue actual = new JsonReader(64 << 20).read(new ByteArrayInputStream(body));
        assertThat(pretty(without(view.apply(actual), "", ignored)))
            .isEqualTo(pretty(without(view.apply(Objects.requireNonNull(value)), "", ignored)));
      }
      case "text" ->
          assertThat(new String(body, StandardCharsets.UTF_8).replace("\r\n", "\n").strip())
              .isEqualTo(text(value));
      case "sha256" -> {
        List<JsonValue> lengthAndHash = ((JsonValue.Items) Objects.requireNonNull(value)).items();
        assertThat(body.length).isEqualTo((int) whole(lengthAndHash.get(0)));
        assertThat(sha256(body)).isEqualTo(text(lengthAndHash.get(1)));
      }
      case "length" -> assertThat((long) body.length).isEqualTo(whole(value));
      default -> {}
    }
  }

  private List<String> ignored(JsonValue.Members step) {
    String id = name + "/" + text(step.get("id"));
    List<String> pointers = new ArrayList<>(DEVIATIONS.getOrDefault(id, List.of()));
    if (step.get("compare") instanceof JsonValue.Members compare) {
      for (String way : List.of("ignore", "keys")) {
        if (compare.get(way) instanceof JsonValue.Items items) {
          items.items().forEach(pointer -> pointers.add(text(pointer)));
        }
      }
    }
    return pointers;
  }

  private static JsonValue without(JsonValue value, String pointer, List<String> ignored) {
    return switch (value) {
      case JsonValue.Members(SortedMap<String, JsonValue> members) -> {
        SortedMap<String, JsonValue> kept = new TreeMap<>();
        members.forEach((key, member) -> {
          String at = pointer + "/" + key;
          if (!ignored.contains(at)) {
            kept.put(key, without(member, at, ignored));
          }
        });
        yield new JsonValue.Members(kept);
      }
      case JsonValue.Items(List<JsonValue> items) -> {
        List<JsonValue> kept = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
          kept.add(without(items.get(i), pointer + "/" + i, ignored));
        }
        yield new JsonValue.Items(kept);
      }
      default -> value;
    };
  }

  private static String pretty(JsonValue value) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonWriter writer = new JsonWriter(out)) {
      value.write(writer);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  /** The bytes that an answer sends. */
  public static byte[] body(Answer answer) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    switch (answer.body()) {
      case Answer.Nothing _ -> {}
      case Answer.Bytes(byte[] bytes) -> out.write(bytes);
      case Answer.Json(var part) -> {
        try (JsonWriter writer = new JsonWriter(out)) {
          part.write(writer);
        }
      }
      case Answer.Stream(var writing, long length) -> {
        writing.write(out);
        assertThat(length).isIn(-1L, (long) out.size());
      }
      case Answer.File(ReadableByteChannel channel, long length) ->
          out.write(Channels.newInputStream(channel).readNBytes((int) length));
    }
    if (answer.held() != null) {
      answer.held().close();
    }
    return out.toByteArray();
  }

  private static Headers headers(@Nullable JsonValue given) {
    Map<String, String> fields = new HashMap<>();
    if (given instanceof JsonValue.Members members) {
      members.members().forEach((field, value) -> fields.put(field, text(value)));
    }
    return Headers.of(fields);
  }

  private static JsonValue.Members members(@Nullable JsonValue value) {
    return (JsonValue.Members) Objects.requireNonNull(value);
  }

  private static String text(@Nullable JsonValue value) {
    return ((JsonValue.Text) Objects.requireNonNull(value)).text();
  }

  private static long whole(@Nullable JsonValue value) {
    return ((JsonValue.Whole) Objects.requireNonNull(value)).number();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
