package org.ithil.server.configuration;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.ithil.web.http.HttpSettings;
import org.ithil.web.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** The keys of the HTTP server. */
final class WebKeys {
  private static final int HIGHEST_PORT = 65535;
  private static final int DAY = 86_400;

  private WebKeys() {}

  static WebSettings web(Section root) {
    return new WebSettings(
        root.flag("HttpServerEnabled"),
        http(root),
        root.flag("HttpDescribeErrors"),
        root.flag("OrthancExplorerEnabled"));
  }

  private static HttpSettings http(Section root) {
    HttpSettings byDefault = HttpSettings.DEFAULT;
    boolean remote = root.flag("RemoteAccessAllowed");
    return new HttpSettings(
        root.texts("HttpBindAddresses"),
        root.integer("HttpPort", 0, HIGHEST_PORT),
        remote,
        users(root, remote),
        root.flag("KeepAlive"),
        Duration.ofSeconds(root.integer("KeepAliveTimeout", 0, DAY)),
        root.flag("TcpNoDelay"),
        Duration.ofSeconds(root.integer("HttpRequestTimeout", 1, DAY)),
        byDefault.headTimeout(),
        byDefault.minimumBodyRate(),
        byDefault.maximumHeadSize(),
        megabytes(root, "MaximumRequestBodySizeMB"),
        byDefault.maximumConnections(),
        root.flag("HttpCompressionEnabled"),
        byDefault.stopTimeout());
  }

  private static long megabytes(Section root, String key) {
    return (long) root.integer(key, 0, Integer.MAX_VALUE) << 20;
  }

  /** Names and passwords; null if nobody is asked for them. */
  private static @Nullable Map<String, String> users(Section root, boolean remote) {
    boolean asked = root.optionalFlag("AuthenticationEnabled").orElse(remote);
    boolean given = root.given("RegisteredUsers");
    Map<String, String> users = new TreeMap<>();
    Section section = root.section("RegisteredUsers");
    section
        .values()
        .forEach((name, value) -> {
          if (!(value instanceof JsonValue.Text(String password))) {
            throw section.errorAt(name, "a password must be a text in quotes");
          }
          users.put(name, password);
        });
    if (asked && remote && !given) {
      throw root.error(
          "RegisteredUsers",
          "is missing: RemoteAccessAllowed opens the server to other machines, so name who may come"
              + " in, or set AuthenticationEnabled to false");
    }
    return asked ? users : null;
  }
}
