package org.ithil.web.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ithil.archive.json.JsonWriter;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which route answers what, and how it is refused. */
class RouterTest {
  private static final String BROWSER = "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/1";

  @TempDir Path folder;

  private Router router() {
    return new Router(
        List.of(
            Route.get("/", r -> Answer.redirect("app/explorer.html")),
            Route.get("/a/{id}", r -> Answer.text("a " + r.variable("id"))),
            Route.delete("/a/{id}", r -> Answer.text("deleted " + r.variable("id"))),
            Route.put("/a/{id}", r -> Answer.text("put " + r.variable("id"))),
            Route.get("/a/fixed", r -> Answer.text("fixed")),
            Route.get("/a/{id}/b", r -> Answer.text("b of " + r.variable("id"))),
            Route.get("/files/{*path}", r -> Answer.text("files " + r.tail())),
            Route.post("/tools/find", r -> Answer.text("found")),
            Route.get("/tools/now", r -> Answer.text("now")),
            Route.get("/flag", r -> Answer.text("" + r.arguments().flag("expand", false))),
            Route.post(
                "/fails",
                r -> {
                  throw ApiException.of(ErrorCode.BAD_REQUEST, "why");
                }),
            Route.get(
                "/breaks",
                r -> {
                  throw new IllegalStateException("a secret");
                }),
            Route.get(
                "/deep",
                r -> {
                  throw new StackOverflowError();
                })),
        true,
        new Router.Forms(folder, 0, 1, java.time.Duration.ofMinutes(1)),
        InstantSource.system());
  }

  private Answer answer(String method, String path, @Nullable String query, String... header) {
    return router()
        .answer(
            new Router.Incoming(
                method,
                path,
                query,
                headers(header),
                new ByteArrayInputStream(new byte[0]),
                "127.0.0.1",
                null));
  }

  private static Headers headers(String... namesAndValues) {
    Map<String, String> fields = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return Headers.of(fields);
  }

  private static String text(Answer answer) throws IOException {
    return switch (answer.body()) {
      case Answer.Bytes bytes -> new String(bytes.bytes(), StandardCharsets.UTF_8);
      case Answer.Json json -> {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonWriter writer = new JsonWriter(out)) {
          json.part().write(writer);
        }
        yield out.toString(StandardCharsets.UTF_8).replaceAll("\\s", "");
      }
      case Answer.Nothing _, Answer.File _, Answer.Stream _ -> answer.status() + "";
    };
  }

  private String get(String path) throws IOException {
    return text(answer("GET", path, null));
  }

  @Test
  void folds_and_unescapes_paths() throws IOException {
    assertThat(get("//a/./x/")).isEqualTo("a x");
    assertThat(get("/q/../a%2Fx")).isEqualTo("a x");
    assertThat(get("/../../%61/x%20+y")).isEqualTo("a x +y");
    assertThat(get("/files/..%2f..%2fa/x")).isEqualTo("a x");
    assertThat(get("/q/..\\a\\x")).isEqualTo("a x");
    assertThat(get("/files")).isEqualTo("files []");
    assertThat(get("/files/x/y")).isEqualTo("files [x, y]");
    assertThat(get("/files/%2e%2e/%2e%2e/etc/passwd")).contains("\"Uri\" : \"/etc/passwd\"");
  }

  @Test
  void fixed_segments_win_over_variables() throws IOException {
    assertThat(get("/a/fixed")).isEqualTo("fixed");
    assertThat(get("/a/fixed/b")).isEqualTo("b of fixed");
    assertThat(text(answer("DELETE", "/a/fixed", null))).isEqualTo("deleted fixed");
  }

  @Test
  void other_methods_are_405_with_those_allowed_in_order() {
    Answer answer = answer("POST", "/a/x", null);
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.type()).isNull();
    assertThat(answer.headers()).containsEntry("Allow", "GET,PUT,DELETE");
    assertThat(answer("GET", "/tools/find", null).headers()).containsEntry("Allow", "POST");
  }

  @Test
  void the_beginning_of_routes_lists_what_follows() throws IOException {
    assertThat(get("/tools/")).isEqualTo("[\"find\",\"now\"]");
    assertThat(answer("PUT", "/tools", null).headers()).containsEntry("Allow", "GET");
    assertThat(answer("GET", "/a", null).status()).isEqualTo(200);
  }

  @Test
  void unknown_paths_are_described() throws IOException {
    Answer answer = answer("POST", "/no%20th%C3%AFng%2F\"x", "a=b");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.type()).isEqualTo("text/plain");
    assertThat(text(answer))
        .isEqualTo(
            """
            {
            	"HttpError" : "Not Found",
            	"HttpStatus" : 404,
            	"Message" : "Unknown resource",
            	"Method" : "POST",
            	"OrthancError" : "Unknown resource",
            	"OrthancStatus" : 17,
            	"Uri" : "/no th\\u00efng/\\"x"
            }
            """);
  }

  @Test
  void a_stack_that_is_full_is_a_failure_like_others() throws IOException {
    assertThat(answer("GET", "/deep", null).status()).isEqualTo(500);
    assertThat(text(answer("GET", "/deep", null))).contains("Internal error");
  }

  @Test
  void failures_are_described_but_do_not_tell_secrets() throws IOException {
    assertThat(text(answer("POST", "/fails", null)))
        .contains("\"Details\" : \"why\"", "\"OrthancStatus\" : 8");
    assertThat(text(answer("GET", "/breaks", null)))
        .contains("\"HttpStatus\" : 500")
        .doesNotContain("secret");
  }

  @Test
  void a_header_changes_the_method_of_every_request() throws IOException {
    String header = "X-HTTP-Method-Override";
    assertThat(text(answer("GET", "/a/x", null, header, "delete"))).isEqualTo("deleted x");
    assertThat(text(answer("PUT", "/a/x", null, header, "DELETE"))).isEqualTo("deleted x");
    assertThat(text(answer("GET", "/a/x", null, header, ""))).isEqualTo("a x");
    assertThat(answer("POST", "/a/x", null, header, "GET").status()).isEqualTo(400);
    assertThat(answer("POST", "/a/x", null, header, "FOO").status()).isEqualTo(400);
  }

  @Test
  void an_argument_changes_the_method_of_GET_only() throws IOException {
    assertThat(text(answer("GET", "/a/x", "_method=put"))).isEqualTo("put x");
    assertThat(text(answer("GET", "/a/x", "_method="))).isEqualTo("a x");
    assertThat(answer("GET", "/a/x", "_method=GET").status()).isEqualTo(400);
    assertThat(answer("POST", "/a/x", "_method=PUT").status()).isEqualTo(405);
  }

  @Test
  void another_web_site_may_read_but_not_change_anything() throws IOException {
    String[][] foreign = {
      {"Sec-Fetch-Site", "cross-site"},
      {"Origin", "http://evil.example", "Host", "localhost:8042"},
      {"Origin", "http://localhost:3000", "Host", "localhost:8042"},
      {"Origin", "null", "Host", "localhost:8042"},
      {"Origin", "http://a", "Sec-Fetch-Site", "same-site"},
      {"Referer", "http://evil.example/page", "Host", "pacs:8042"},
    };
    for (String[] fields : foreign) {
      assertThat(answer("GET", "/a/x", "_method=DELETE", fields).status()).isEqualTo(403);
      assertThat(answer("DELETE", "/a/x", null, fields).status()).isEqualTo(403);
      assertThat(answer("POST", "/tools/find", null, fields).status()).isEqualTo(403);
      assertThat(text(answer("GET", "/a/x", null, fields))).isEqualTo("a x");
    }
    String override = "X-HTTP-Method-Override";
    assertThat(
            answer("GET", "/a/x", null, override, "PUT", "Sec-Fetch-Site", "cross-site").status())
        .isEqualTo(403);
  }

  @Test
  void the_own_pages_and_clients_that_are_no_browsers_may() throws IOException {
    String[][] own = {
      {},
      {"Sec-Fetch-Site", "same-origin", "Origin", "https://pacs.example", "Host", "inner:8042"},
      {"Sec-Fetch-Site", "none"},
      {"Origin", "http://LOCALHOST:8042", "Host", "localhost:8042"},
      {"Origin", "https://pacs.example", "Host", "pacs.example:443"},
      {"Origin", "http://[::1]:8042", "Host", "[::1]:8042"},
      {"Origin", "http://pacs", "Host", "inner:8042", "X-Forwarded-Host", "pacs"},
      {"Referer", "http://pacs:8042/app/explorer.html", "Host", "pacs:8042", "User-Agent", BROWSER},
      {"Sec-Fetch-Site", "none", "User-Agent", BROWSER},
      {"User-Agent", "curl/8.14.1"},
    };
    for (String[] fields : own) {
      assertThat(text(answer("GET", "/a/x", "_method=DELETE", fields))).isEqualTo("deleted x");
    }
  }

  /** Over plain HTTP, a browser says nothing of a page that asks it not to. */
  @Test
  void a_browser_that_does_not_say_where_it_comes_from_changes_nothing_by_an_argument()
      throws IOException {
    String[] silent = {"Host", "pacs:8042", "User-Agent", BROWSER};
    assertThat(answer("GET", "/a/x", "_method=DELETE", silent).status()).isEqualTo(403);
    assertThat(text(answer("GET", "/a/x", null, silent))).isEqualTo("a x");
    assertThat(text(answer("DELETE", "/a/x", null, silent))).isEqualTo("deleted x");
  }

  @Test
  void truth_values_have_few_spellings() throws IOException {
    for (String query : new String[] {"expand", "expand=", "expand=1", "%65xpand=true"}) {
      assertThat(text(answer("GET", "/flag", query))).as(query).isEqualTo("true");
    }
    for (String query :
        new String[] {"", "expand=0", "expand=false", "expand&expand=0", "&&x=%zz"}) {
      assertThat(text(answer("GET", "/flag", query))).as(query).isEqualTo("false");
    }
    assertThat(text(answer("GET", "/flag", "expand=+")))
        .contains("Expected a Boolean for GET argument \\\"expand\\\", found:  \"");
  }
}
