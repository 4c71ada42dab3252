package org.ithil.services.storage;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.ithil.dicom.dictionary.UidDictionary;
import org.ithil.dicom.dictionary.UidEntry;
import org.ithil.dimse.pdu.ProposedContext;
import org.ithil.services.storage.StorageRules.SyntaxGroup;

/**
 * The SOP classes and transfer syntaxes accepted for storage now. Safe for concurrent use; a change
 * counts for associations that are made after it.
 */
public final class StorageAcceptance {
  private final SortedSet<String> sopClasses;
  private volatile SortedSet<String> transferSyntaxes;
  private volatile boolean unknownSopClass;

  public StorageAcceptance(StorageRules rules) {
    sopClasses = sopClasses(rules);
    SortedSet<String> syntaxes =
        rules
            .transferSyntaxes()
            .map(patterns -> matching(patterns, knownSyntaxes()))
            .orElseGet(StorageAcceptance::knownSyntaxes);
    for (Map.Entry<SyntaxGroup, Boolean> group : rules.groups().entrySet()) {
      Set<String> members = matching(group.getKey().patterns(), knownSyntaxes());
      if (group.getValue()) {
        syntaxes.addAll(members);
      } else {
        syntaxes.removeAll(members);
      }
    }
    transferSyntaxes = syntaxes;
    unknownSopClass = rules.unknownSopClass();
  }

  /** UIDs in the order of their letters. */
  public List<String> sopClasses() {
    return List.copyOf(sopClasses);
  }

  /** UIDs in the order of their letters. */
  public List<String> transferSyntaxes() {
    return List.copyOf(transferSyntaxes);
  }

  /** Accepts the known transfer syntaxes that one of the patterns fits, and no others. */
  public void acceptTransferSyntaxes(Collection<String> patterns) {
    transferSyntaxes = matching(patterns, knownSyntaxes());
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
    return proposed.transferSyntaxes().stream().filter(accepted::contains).findFirst();
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

  private static SortedSet<String> knownSyntaxes() {
    SortedSet<String> known = new TreeSet<>();
    for (UidEntry entry : UidDictionary.transferSyntaxes()) {
      if (entry.known()) {
        known.add(entry.uid());
      }
    }
    return known;
  }

  private static boolean isPattern(String text) {
    return text.contains("*") || text.contains("?");
  }

  /** Those of the UIDs that fit one of the patterns: ? any letter, * any letters. */
  private static SortedSet<String> matching(Collection<String> patterns, Collection<String> uids) {
    SortedSet<String> matching = new TreeSet<>();
    for (String pattern : patterns) {
      StringBuilder regex = new StringBuilder();
      for (char c : pattern.toCharArray()) {
        switch (c) {
          case '*' -> regex.append(".*");
          case '?' -> regex.append('.');
          default -> regex.append(Pattern.quote(String.valueOf(c)));
        }
      }
      Pattern compiled = Pattern.compile(regex.toString());
      uids.stream().filter(uid -> compiled.matcher(uid).matches()).forEach(matching::add);
    }
    return matching;
  }
}
