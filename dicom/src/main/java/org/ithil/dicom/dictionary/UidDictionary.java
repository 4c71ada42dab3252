package org.ithil.dicom.dictionary;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** The UIDs of PS3.6 A, retired ones too. Loaded when first used. */
public final class UidDictionary {
  /** As PS3.6 A names the types of UIDs. */
  private static final Map<String, UidEntry.Type> TYPES =
      Map.ofEntries(
          Map.entry("Application Context Name", UidEntry.Type.APPLICATION_CONTEXT),
          Map.entry("Application Hosting Model", UidEntry.Type.APPLICATION_HOSTING_MODEL),
          Map.entry("Coding Scheme", UidEntry.Type.CODING_SCHEME),
          Map.entry("DICOM UIDs as a Coding Scheme", UidEntry.Type.CODING_SCHEME),
          Map.entry("LDAP OID", UidEntry.Type.LDAP_OID),
          Map.entry("Mapping Resource", UidEntry.Type.MAPPING_RESOURCE),
          Map.entry("Meta SOP Class", UidEntry.Type.META_SOP_CLASS),
          Map.entry("Service Class", UidEntry.Type.SERVICE_CLASS),
          Map.entry("SOP Class", UidEntry.Type.SOP_CLASS),
          Map.entry(
              "Synchronization Frame of Reference",
              UidEntry.Type.SYNCHRONIZATION_FRAME_OF_REFERENCE),
          Map.entry("Transfer Syntax", UidEntry.Type.TRANSFER_SYNTAX),
          Map.entry("Well-known frame of reference", UidEntry.Type.WELL_KNOWN_FRAME_OF_REFERENCE),
          Map.entry("Well-known SOP Instance", UidEntry.Type.WELL_KNOWN_INSTANCE));

  private static final SequencedMap<String, UidEntry> ENTRIES = load();

  private UidDictionary() {}

  /** What is known of a UID, or null. */
  public static @Nullable UidEntry entry(String uid) {
    return ENTRIES.get(uid);
  }

  /** The name of a UID; the UID itself if it is not known. */
  public static String nameOf(String uid) {
    UidEntry entry = ENTRIES.get(uid);
    return entry == null ? uid : entry.name();
  }

  /** All, by their numbers. */
  public static Collection<UidEntry> all() {
    return ENTRIES.sequencedValues();
  }

  /** All transfer syntaxes, by their numbers. */
  public static List<UidEntry> transferSyntaxes() {
    return all().stream().filter(e -> e.type() == UidEntry.Type.TRANSFER_SYNTAX).toList();
  }

  /** All storage SOP classes, by their numbers: see {@link UidEntry#storage}. */
  public static List<UidEntry> storageClasses() {
    return all().stream().filter(UidEntry::storage).toList();
  }

  private static SequencedMap<String, UidEntry> load() {
    SequencedMap<String, UidEntry> entries = new LinkedHashMap<>();
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(UidDictionary.class.getResourceAsStream("uids.tsv")),
                StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (!line.startsWith("#")) {
          UidEntry entry = parse(line.split("\t", -1));
          entries.put(entry.uid(), entry);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return java.util.Collections.unmodifiableSequencedMap(entries);
  }

  private static UidEntry parse(String[] fields) {
    String marks = fields[2];
    return new UidEntry(
        fields[0],
        Objects.requireNonNull(TYPES.get(fields[1])),
        fields[4],
        fields[3],
        marks.contains("R"),
        marks.contains("S"),
        marks.contains("K"));
  }
}
