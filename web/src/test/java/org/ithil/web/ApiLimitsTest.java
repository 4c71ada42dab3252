package org.ithil.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.ithil.archive.ingest.IngestRules;
import org.ithil.web.http.HttpSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients may ask for at once is what is set. */
class ApiLimitsTest {
  private static final ApiLimits SMALL = new ApiLimits(1024, 2, 1, Duration.ofMinutes(1));

  @TempDir Path folder;

  @Test
  void an_answer_of_changes_ends_at_the_limit_and_can_be_gone_on_with() throws Exception {
    try (RunningApi api = start()) {
      api.post(RunningApi.dicom("A", 1, 1, 1));
      assertThat(api.get("/changes?limit=1000")).contains("\"Done\":false,\"First\":1,\"Last\":2");
      assertThat(api.get("/changes?limit=1000&since=2")).contains("\"Last\":4");
    }
  }

  @Test
  void metadata_may_be_as_long_as_the_limit() throws Exception {
    try (RunningApi api = start()) {
      String id =
          RunningApi.squeezed(api.post(RunningApi.dicom("A", 1, 1, 1)))
              .replaceAll(".*\"ID\":\"([^\"]*)\".*", "$1");
      String route = "/instances/" + id + "/metadata/1024";
      assertThat(api.send("PUT", route, new byte[1025]).status()).isEqualTo(413);
      assertThat(api.send("PUT", route, new byte[1024]).status()).isEqualTo(200);
    }
  }

  private RunningApi start() throws Exception {
    return new RunningApi(folder, IngestRules.DEFAULT, 0, HttpSettings.DEFAULT, SMALL);
  }
}
