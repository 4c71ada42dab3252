package org.ithil.server.configuration;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.ithil.archive.ArchiveConfiguration;
import org.ithil.archive.ingest.IngestRules;
import org.ithil.archive.ingest.IngestRules.Overwrite;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.MainTags;
import org.ithil.archive.resource.Metadata;
import org.ithil.dicom.dictionary.Dictionary;

/** The keys of the archive. */
final class ArchiveKeys {
  private static final Pattern HEXADECIMAL_TAG =
      Pattern.compile("([0-9a-fA-F]{4})[,-]?([0-9a-fA-F]{4})");
  private static final long MEGABYTE = 1L << 20;
  private static final int MOST_READERS = 1024;
  private static final Map<String, Level> LEVELS =
      Map.of(
          "Patient",
          Level.PATIENT,
          "Study",
          Level.STUDY,
          "Series",
          Level.SERIES,
          "Instance",
          Level.INSTANCE);

  private ArchiveKeys() {}

  static ArchiveConfiguration archive(Section root, Dictionary dictionary) {
    Path storage = root.optionalPath("StorageDirectory").orElseThrow();
    return new ArchiveConfiguration(
        storage,
        root.optionalPath("IndexDirectory").orElse(storage),
        root.flag("SyncStorageArea"),
        root.flag("StorageCompression"),
        rules(root, dictionary),
        metadata(root.section("UserMetadata")),
        root.integer("DicomParserCacheSize", 0, Integer.MAX_VALUE) * MEGABYTE,
        root.section("Ithil").integer("IndexReaders", 1, MOST_READERS),
        root.section("Ithil").integer("SpoolSizeMB", 0, Integer.MAX_VALUE) * MEGABYTE);
  }

  private static IngestRules rules(Section root, Dictionary dictionary) {
    boolean md5 = root.flag("StoreMD5ForAttachments");
    Overwrite overwrite = overwrite(root);
    if (overwrite == Overwrite.IF_CHANGED && !md5) {
      throw root.error("OverwriteInstances", "IfChanged needs StoreMD5ForAttachments to be true");
    }
    return new IngestRules(
        mainTags(root.section("ExtraMainDicomTags"), dictionary),
        overwrite,
        Duration.ofSeconds(root.integer("StableAge", 0, Integer.MAX_VALUE)),
        root.integer("MaximumStorageSize", 0, Integer.MAX_VALUE) * MEGABYTE,
        root.integer("MaximumPatientCount", 0, Integer.MAX_VALUE),
        root.word("MaximumStorageMode").equals("Recycle"),
        md5,
        root.flag("StoreDicom"));
  }

  /** Formerly a truth value, which still counts. */
  private static Overwrite overwrite(Section root) {
    if (root.value("OverwriteInstances") instanceof JsonValue.Flag flag) {
      return flag.flag() ? Overwrite.ALWAYS : Overwrite.NEVER;
    }
    return switch (root.word("OverwriteInstances")) {
      case "Always" -> Overwrite.ALWAYS;
      case "IfChanged" -> Overwrite.IF_CHANGED;
      default -> Overwrite.NEVER;
    };
  }

  private static MainTags mainTags(Section extra, Dictionary dictionary) {
    Map<Level, List<Integer>> tags = new EnumMap<>(Level.class);
    for (String name : extra.names()) {
      Level level = LEVELS.get(name);
      if (level == null) {
        throw extra.error(
            name, "there is no such level; known are Patient, Study, Series, Instance");
      }
      List<Integer> found = new ArrayList<>();
      for (String text : extra.texts(name)) {
        OptionalInt tag = tag(text, dictionary);
        if (tag.isEmpty()) {
          throw extra.error(name, "there is no DICOM tag \"" + text + '"');
        }
        found.add(tag.getAsInt());
      }
      tags.put(level, found);
    }
    return new MainTags(tags);
  }

  private static OptionalInt tag(String text, Dictionary dictionary) {
    var match = HEXADECIMAL_TAG.matcher(text);
    return match.matches()
        ? OptionalInt.of(Integer.parseUnsignedInt(match.group(1) + match.group(2), 16))
        : dictionary.tagOf(text);
  }

  private static Metadata metadata(Section names) {
    Map<String, Integer> registered = new TreeMap<>();
    names
        .values()
        .forEach((name, value) -> {
          if (!(value instanceof JsonValue.Whole number)) {
            throw names.errorAt(name, "must be a number, is " + Section.describe(value));
          }
          registered.put(name, Math.clamp(number.number(), -1, Integer.MAX_VALUE));
        });
    try {
      return new Metadata(registered);
    } catch (IllegalArgumentException e) {
      throw names.errorAt("", String.valueOf(e.getMessage()));
    }
  }
}
