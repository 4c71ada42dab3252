package org.ithil.server.configuration;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ithil.archive.ArchiveConfiguration;
import org.ithil.archive.json.JsonValue;
import org.ithil.services.DicomConfiguration;
import org.ithil.web.ApiLimits;
import org.ithil.web.WebConfiguration;
import org.ithil.web.http.HttpSettings;
import org.jspecify.annotations.Nullable;

/** The keys of the REST API and its HTTP server. */
final class WebKeys {
  private static final int DAY = 86_400;
  private static final int FIRST_CONTENT_TYPE = 1024;
  private static final int LAST_CONTENT_TYPE = 65535;

  private static final int MOST_HEAD = 1024;

  private WebKeys() {}

  static WebConfiguration web(
      Section root, ArchiveConfiguration archive, DicomConfiguration dicom) {
    boolean remote = root.flag("RemoteAccessAllowed");
    boolean asked = root.optionalFlag("AuthenticationEnabled").orElse(remote);
    Map<String, String> users = users(root, asked && remote);
    return new WebConfiguration(
        http(root, remote, asked ? users : null),
        limits(root.section("Ithil")),
        root.flag("HttpDescribeErrors"),
        megabytes(root, "MaximumFileSizeInArchiveMB"),
        temporaryFolder(root).orElse(archive.storageFolder().resolve(".forms")),
        contentTypes(root.section("UserContentType")),
        root.flag("DicomEchoChecksFind"),
        root.flag("LogExportedResources"),
        SystemKeys.system(root, dicom, SystemKeys.isSecure(remote, asked, users)));
  }

  private static HttpSettings http(
      Section root, boolean remote, @Nullable Map<String, String> users) {
    Section own = root.section("Ithil");
    return new HttpSettings(
        new HttpSettings.Listening(
            root.texts("HttpBindAddresses"),
            root.integer("HttpPort", 0, Section.HIGHEST_PORT),
            own.texts("HttpHostNames"),
            remote,
            users),
        new HttpSettings.Patience(
            Duration.ofSeconds(root.integer("HttpRequestTimeout", 1, DAY)),
            Duration.ofSeconds(own.integer("HttpHeadTimeout", 1, DAY)),
            Duration.ofSeconds(root.integer("KeepAliveTimeout", 0, DAY)),
            Duration.ofSeconds(own.integer("HttpStopTimeout", 0, DAY)),
            own.integer("HttpMinimumBodyRate", 0, Integer.MAX_VALUE),
            own.integer("HttpMinimumAnswerRate", 1, Integer.MAX_VALUE)),
        new HttpSettings.Limits(
            own.integer("HttpHeadSizeKB", 1, MOST_HEAD) << 10,
            megabytes(root, "MaximumRequestBodySizeMB"),
            own.integer("HttpConnections", 1, Integer.MAX_VALUE)),
        root.flag("KeepAlive"),
        root.flag("TcpNoDelay"),
        root.flag("HttpCompressionEnabled"));
  }

  private static ApiLimits limits(Section own) {
    return new ApiLimits(
        own.integer("HttpMetadataSizeKB", 1, Integer.MAX_VALUE >> 10) << 10,
        own.integer("ChangesAtOnce", 1, Integer.MAX_VALUE),
        own.integer("HttpPendingUploads", 1, Integer.MAX_VALUE),
        Duration.ofSeconds(own.integer("HttpPendingUploadTime", 1, DAY)));
  }

  private static long megabytes(Section root, String key) {
    return (long) root.integer(key, 0, Integer.MAX_VALUE) << 20;
  }

  private static Optional<Path> temporaryFolder(Section root) {
    Optional<Path> folder = root.optionalPath("TemporaryDirectory");
    if (folder.isPresent() && !Files.isDirectory(folder.get())) {
      throw root.error("TemporaryDirectory", "there is no folder " + folder.get());
    }
    return folder;
  }

  private static Map<String, String> users(Section root, boolean needed) {
    if (needed && !root.given("RegisteredUsers")) {
      throw root.error(
          "RegisteredUsers",
          "is missing: RemoteAccessAllowed opens the server to other machines, so say who may come"
              + " in, or set AuthenticationEnabled to false");
    }
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
    return users;
  }

  /** A number, or a list of a number and a media type. */
  private static Map<Integer, String> contentTypes(Section section) {
    Map<Integer, String> names = new TreeMap<>();
    section
        .values()
        .forEach((name, value) -> {
          JsonValue first =
              value instanceof JsonValue.Items(List<JsonValue> items)
                      && items.size() == 2
                      && items.get(1) instanceof JsonValue.Text
                  ? items.getFirst()
                  : value;
          if (!(first instanceof JsonValue.Whole(long number))) {
            throw section.errorAt(name, "must be a number, or [ number, \"media type\" ]");
          }
          if (number < FIRST_CONTENT_TYPE || number > LAST_CONTENT_TYPE) {
            throw section.errorAt(name, "must be between 1024 and 65535, is " + number);
          }
          if (names.putIfAbsent((int) number, name) != null) {
            throw section.errorAt(name, "the number " + number + " is taken");
          }
        });
    return names;
  }
}
