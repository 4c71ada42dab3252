package org.ithil.web.recorded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.ithil.archive.json.JsonPart;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.Resource;
import org.ithil.archive.resource.ResourceId;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Route;
import org.ithil.web.tags.RequestedTags;
import org.ithil.web.tags.TagForm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The answers of the reference about tags and contents. */
class RecordedAnswersTest {
  @TempDir private Path folder;
  private Laboratory laboratory;

  @BeforeEach
  void open() throws IOException {
    laboratory = new Laboratory(folder);
  }

  @AfterEach
  void close() {
    laboratory.close();
  }

  @TestFactory
  List<DynamicTest> shows_tags_in_all_forms() throws IOException {
    return scenario("tags-formats", request -> true);
  }

  @TestFactory
  List<DynamicTest> shows_odd_elements() throws IOException {
    return scenario("tags-special", request -> true);
  }

  @TestFactory
  List<DynamicTest> shows_every_value_representation() throws IOException {
    return scenario("tags-vr", request -> true);
  }

  @TestFactory
  List<DynamicTest> shows_text_of_every_character_set() throws IOException {
    return scenario("tags-charset", request -> request.contains(" /instances/"));
  }

  @TestFactory
  List<DynamicTest> hands_out_raw_contents() throws IOException {
    return scenario("tags-content", request -> true);
  }

  @TestFactory
  List<DynamicTest> shows_tags_of_many_instances() throws IOException {
    return scenario("browse-tags", request -> true);
  }

  @TestFactory
  List<DynamicTest> hands_out_files() throws IOException {
    return scenario("file", request -> !request.contains("transcode="));
  }

  @TestFactory
  List<DynamicTest> adds_requested_tags_to_resources() throws IOException {
    RequestedTags requested = laboratory.requestedTags();
    List<Route> routes = new ArrayList<>();
    for (Level level : Level.values()) {
      routes.add(
          Route.get(
              "/" + level.plural() + "/{id}",
              request -> {
                Resource resource =
                    laboratory
                        .archive()
                        .index()
                        .read(reader ->
                            reader.resource(
                                level, ResourceId.parse(request.variable("id")).orElseThrow()))
                        .orElseThrow();
                String argument = request.arguments().get("requested-tags");
                JsonPart part =
                    requested.of(
                        resource,
                        requested.parse(argument, level),
                        TagForm.of(request.arguments(), TagForm.SIMPLIFIED));
                return Answer.json(
                    json -> json.beginObject().member("RequestedTags", part).endObject());
              }));
    }
    return new Scenario("browse-options", laboratory, routes, RecordedAnswersTest::requestedOnly)
        .tests(request -> request.matches("GET /[a-z]+/\\{\\w+\\}\\?requested-tags=.+"));
  }

  private static JsonValue requestedOnly(JsonValue answer) {
    JsonValue part = ((JsonValue.Members) answer).get("RequestedTags");
    return part == null ? answer : part;
  }

  private List<DynamicTest> scenario(String name, Predicate<String> taken) throws IOException {
    return new Scenario(name, laboratory).tests(taken);
  }
}
