package org.ithil.services.storage;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.ithil.dicom.dictionary.Uid;
import org.ithil.dicom.dictionary.UidDictionary;
import org.ithil.dicom.dictionary.UidEntry;
import org.ithil.dimse.pdu.ProposedContext;
import org.ithil.services.storage.StorageRules.SyntaxGroup;

/**
 * The SOP classes and transfer syntaxes accepted for storage now. Safe for concurrent use; a change
 * counts for associations that are made after it.
 */
public final class StorageAcceptance {
  /**
   * Syntaxes that the reference lists and lets one choose, although it refuses them on the network:
   * its network library knows less than the rest of it.
   */
  private static final List<String> LISTED_ONLY =
      List.of(
          Uid.RFC2557MIMEEncapsulation,
          Uid.XMLEncoding,
          Uid.JPEGXLLossless,
          Uid.JPEGXLJPEGRecompression,
          Uid.JPEGXL,
          Uid.HTJ2KLossless,
          Uid.HTJ2KLosslessRPCL,
          Uid.HTJ2K);

  /** Syntaxes of real-time video over other networks, PS3.22: no file can have them. */
  private static final Set<String> REAL_TIME =
      Set.of(
          Uid.SMPTEST211020UncompressedProgressiveActiveVideo,
          Uid.SMPTEST211020UncompressedInterlacedActiveVideo,
          Uid.SMPTEST211030PCMDigitalAudio);

  private static final Set<String> LISTED = listedSyntaxes();

  private final SortedSet<String> sopClasses;
  private volatile Set<String> transferSyntaxes;
  private volatile boolean unknownSopClass;

  public StorageAcceptance(StorageRules rules) {
    sopClasses = sopClasses(rules);
    Set<String> accepted = new HashSet<>(LISTED);
    rules.transferSyntaxes().ifPresent(patterns -> accepted.retainAll(matching(patterns, LISTED)));
    for (Map.Entry<SyntaxGroup, Boolean> group : rules.groups().entrySet()) {
      Set<String> members = matching(group.getKey().patterns(), LISTED);
      if (group.getValue()) {
        accepted.addAll(members);
      } else {
        accepted.removeAll(members);
      }
    }
    transferSyntaxes = Set.copyOf(accepted);
    unknownSopClass = rules.unknownSopClass();
  }

  /** UIDs in the order of their letters. */
  public List<String> sopClasses() {
    return List.copyOf(sopClasses);
  }

  /** UIDs of all transfer syntaxes that may be accepted, in the order of the reference. */
  public List<String> knownTransferSyntaxes() {
    return List.copyOf(LISTED);
  }

  /** UIDs of those accepted, in the order of the reference. */
  public List<String> transferSyntaxes() {
    return LISTED.stream().filter(transferSyntaxes::contains).toList();
  }

  /** Accepts the known transfer syntaxes that one of the patterns fits, and no others. */
  public void acceptTransferSyntaxes(Collection<String> patterns) {
    transferSyntaxes = Set.copyOf(matching(patterns, LISTED));
  }

  public boolean acceptsUnknownSopClass() {
    return unknownSopClass;
  }

  public void acceptUnknownSopClass(boolean accept) {
    unknownSopClass = accept;
  }

  /** Whether a SOP class is taken for storage. */
  public boolean acceptsSopClass(String uid) {
    return sopClasses.contains(uid) || (unknownSopClass && isUnknown(uid));
  }

  /** The first transfer syntax proposed that is accepted. */
  public Optional<String> chooseTransferSyntax(ProposedContext proposed) {
    Set<String> accepted = transferSyntaxes;
    return proposed.transferSyntaxes().stream()
        .filter(accepted::contains)
        .filter(uid -> !LISTED_ONLY.contains(uid))
        .findFirst();
  }

  /** True for what is neither a class of its own service nor a storage class that was rejected. */
  private static boolean isUnknown(String uid) {
    UidEntry entry = UidDictionary.entry(uid);
    return entry == null || !entry.known();
  }

  private static SortedSet<String> sopClasses(StorageRules rules) {
    SortedSet<String> known = new TreeSet<>();
    for (UidEntry entry : UidDictionary.storageClasses()) {
      if (entry.known()) {
        known.add(entry.uid());
      }
    }
    SortedSet<String> accepted = known;
    if (!rules.sopClasses().isEmpty()) {
      accepted = matching(rules.sopClasses(), known);
      rules.sopClasses().stream().filter(uid -> !isPattern(uid)).forEach(accepted::add);
    }
    accepted.removeAll(matching(rules.rejectedSopClasses(), accepted));
    return accepted;
  }

  private static Set<String> listedSyntaxes() {
    Set<String> listed = new LinkedHashSet<>();
    for (UidEntry entry : UidDictionary.transferSyntaxes()) {
      String uid = entry.uid();
      if (entry.known() && !LISTED_ONLY.contains(uid) && !REAL_TIME.contains(uid)) {
        listed.add(uid);
      }
    }
    listed.addAll(LISTED_ONLY);
    return Collections.unmodifiableSet(listed);
  }

  private static boolean isPattern(String text) {
    return text.contains("*") || text.contains("?");
  }

  /** Those of the UIDs that fit one of the patterns: ? any letter, * any letters. */
  private static SortedSet<String> matching(Collection<String> patterns, Collection<String> uids) {
    SortedSet<String> matching = new TreeSet<>();
    for (String pattern : patterns) {
      uids.stream().filter(uid -> fits(pattern, uid)).forEach(matching::add);
    }
    return matching;
  }

  /** Patterns come from clients: goes back to the last star only, so that time grows with size. */
  private static boolean fits(String pattern, String text) {
    int p = 0;
    int star = -1;
    int retry = 0;
    for (int t = 0; t < text.length(); ) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        retry = t;
      } else if (p < pattern.length()
          && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++retry;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
