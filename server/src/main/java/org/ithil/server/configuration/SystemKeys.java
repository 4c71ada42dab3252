package org.ithil.server.configuration;

import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ithil.archive.json.JsonValue;
import org.ithil.services.DicomConfiguration;
import org.ithil.web.system.SystemInformation;

/** The keys that {@code /system} tells. */
final class SystemKeys {
  /** Sizes of pools and caches, as configured. */
  private static final List<String> PERFORMANCE =
      List.of(
          "ConcurrentJobs",
          "DicomParserCacheSize",
          "DicomParserMemoryCapacity",
          "DicomParserThreadsCount",
          "DicomThreadsCount",
          "HttpThreadsCount",
          "MaximumStorageCacheSize",
          "SequentialDicomReaderThreadsCount",
          "StorageLoaderThreadsCount",
          "StorageMemoryCapacity",
          "TranscoderCacheSize",
          "TranscoderMemoryCapacity",
          "TranscoderThreadsCount");

  /** Passwords that stand in manuals. */
  private static final Map<String, String> WELL_KNOWN =
      Map.of("orthanc", "orthanc", "alice", "alicePassword", "admin", "admin", "demo", "demo");

  private SystemKeys() {}

  static SystemInformation system(Section root, DicomConfiguration dicom, boolean secure) {
    boolean revisions = root.flag("CheckRevisions");
    if (revisions && !root.flag("StoreMD5ForAttachments")) {
      throw root.error("CheckRevisions", "needs StoreMD5ForAttachments to be true");
    }
    String aet = dicom.aet();
    int dicomPort = dicom.listening().port();
    int httpPort = root.integer("HttpPort", 0, Section.HIGHEST_PORT);
    Map<String, Integer> metadata = new TreeMap<>();
    root.section("UserMetadata")
        .values()
        .forEach((name, value) -> {
          if (value instanceof JsonValue.Whole(long number)) {
            metadata.put(name, (int) number);
          }
        });
    return new SystemInformation(
        root.text("Name"),
        ServerConfiguration.REFERENCE_VERSION,
        identifier(root, aet, dicomPort, httpPort),
        aet,
        dicomPort,
        httpPort,
        revisions,
        secure,
        "",
        false,
        true,
        "C-MOVE",
        performance(root),
        new TreeMap<>(),
        metadata);
  }

  /** Whether strangers find the door closed. */
  static boolean isSecure(boolean remote, boolean asked, Map<String, String> users) {
    boolean guessable =
        WELL_KNOWN.entrySet().stream()
            .anyMatch(pair -> pair.getValue().equals(users.get(pair.getKey())));
    return !remote || (asked && !guessable);
  }

  private static SortedMap<String, Long> performance(Section root) {
    SortedMap<String, Long> sizes = new TreeMap<>();
    for (String key : PERFORMANCE) {
      JsonValue value = root.shown(key);
      // Unset, it follows the other one.
      if (value == null && key.equals("SequentialDicomReaderThreadsCount")) {
        value = root.shown("StorageLoaderThreadsCount");
      }
      sizes.put(key, value instanceof JsonValue.Whole(long number) ? number : 0L);
    }
    return sizes;
  }

  /** Unless configured, made of what tells this server from others that share its database. */
  private static String identifier(Section root, String aet, int dicomPort, int httpPort) {
    var configured = root.optionalText("DatabaseServerIdentifier");
    if (configured.isPresent()) {
      if (configured.get().isEmpty()) {
        throw root.error("DatabaseServerIdentifier", "must not be empty");
      }
      return configured.get();
    }
    TreeSet<String> parts = new TreeSet<>();
    try {
      for (NetworkInterface card : NetworkInterface.networkInterfaces().toList()) {
        byte[] address = card.getHardwareAddress();
        if (address != null) {
          parts.add(HexFormat.of().formatHex(address));
        }
      }
    } catch (SocketException e) {
      // No network, no addresses: the rest must do.
    }
    String seed = String.join("|", parts) + "|" + aet + "|" + dicomPort + "|" + httpPort;
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1").digest(seed.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).replaceAll("(.{8})(?!$)", "$1-");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
