package org.ithil.services.storage;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is accepted for storage at start.
 *
 * @param transferSyntaxes UIDs with ? and * (key {@code AcceptedTransferSyntaxes}); empty = all
 *     known ones
 * @param groups what is added or taken off afterwards (keys {@code ...TransferSyntaxAccepted})
 * @param sopClasses UIDs with ? and * (key {@code AcceptedSopClasses}); none = all known ones
 * @param rejectedSopClasses UIDs with ? and * (key {@code RejectedSopClasses})
 * @param unknownSopClass whether classes that nobody knows are taken for storage (key {@code
 *     UnknownSopClassAccepted})
 */
public record StorageRules(
    Optional<List<String>> transferSyntaxes,
    Map<SyntaxGroup, Boolean> groups,
    List<String> sopClasses,
    List<String> rejectedSopClasses,
    boolean unknownSopClass) {
  /** All transfer syntaxes and storage classes known, no others. */
  public static final StorageRules DEFAULT =
      new StorageRules(
          Optional.of(List.of("1.2.840.10008.1.*")), Map.of(), List.of(), List.of(), false);

  /** Groups of transfer syntaxes with a key of their own. */
  public enum SyntaxGroup {
    DEFLATED("Deflated", "1.2.840.10008.1.2.1.99"),
    JPEG("Jpeg", "1.2.840.10008.1.2.4.5?", "1.2.840.10008.1.2.4.6?", "1.2.840.10008.1.2.4.70"),
    JPEG_2000(
        "Jpeg2000",
        "1.2.840.10008.1.2.4.90",
        "1.2.840.10008.1.2.4.91",
        "1.2.840.10008.1.2.4.92",
        "1.2.840.10008.1.2.4.93"),
    JPEG_LOSSLESS("JpegLossless", "1.2.840.10008.1.2.4.8?"),
    MPEG_2("Mpeg2", "1.2.840.10008.1.2.4.100", "1.2.840.10008.1.2.4.101"),
    MPEG_4(
        "Mpeg4",
        "1.2.840.10008.1.2.4.102",
        "1.2.840.10008.1.2.4.103",
        "1.2.840.10008.1.2.4.104",
        "1.2.840.10008.1.2.4.105",
        "1.2.840.10008.1.2.4.106"),
    RLE("Rle", "1.2.840.10008.1.2.5");

    private final String key;
    private final List<String> patterns;

    SyntaxGroup(String key, String... patterns) {
      this.key = key + "TransferSyntaxAccepted";
      this.patterns = List.of(patterns);
    }

    /** Its configuration key. */
    public String key() {
      return key;
    }

    List<String> patterns() {
      return patterns;
    }
  }

  public StorageRules {
    transferSyntaxes = transferSyntaxes.map(List::copyOf);
    groups = groups.isEmpty() ? Map.of() : Map.copyOf(new EnumMap<>(groups));
    sopClasses = List.copyOf(sopClasses);
    rejectedSopClasses = List.copyOf(rejectedSopClasses);
  }
}
