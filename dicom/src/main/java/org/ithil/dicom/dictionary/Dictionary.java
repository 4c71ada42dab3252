package org.ithil.dicom.dictionary;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.ithil.dicom.data.Tags;
import org.ithil.dicom.encoding.Vr;
import org.jspecify.annotations.Nullable;

/**
 * A data dictionary: the tags of the standard, with or without the private tags of makers, and
 * entries of the user. Immutable; the tables are loaded when first needed.
 */
public final class Dictionary {
  /** What the reference calls a tag that it does not know. */
  public static final String UNKNOWN = "Unknown Tag & Data";

  private static final Dictionary STANDARD = new Dictionary(false, Map.of(), Map.of());
  private static final Dictionary WITH_PRIVATE = new Dictionary(true, Map.of(), Map.of());

  /** An entry of the user: its tag as configured, and its creator. */
  private record Key(int tag, @Nullable String creator) {}

  /** Loaded when first used. */
  private static final class Standard {
    static final DictionaryTable TABLE = DictionaryTable.load("standard-tags.bin");
  }

  /** Loaded when first used. */
  private static final class Private {
    static final DictionaryTable TABLE = DictionaryTable.load("private-tags.bin");
  }

  private final boolean withPrivate;
  private final Map<Key, DictionaryEntry> own;
  private final Map<String, DictionaryEntry> ownByName;

  private Dictionary(
      boolean withPrivate, Map<Key, DictionaryEntry> own, Map<String, DictionaryEntry> ownByName) {
    this.withPrivate = withPrivate;
    this.own = own;
    this.ownByName = ownByName;
  }

  /** The tags of the standard only. */
  public static Dictionary standard() {
    return STANDARD;
  }

  /** The tags of the standard and the private ones of makers. */
  public static Dictionary withPrivateTags() {
    return WITH_PRIVATE;
  }

  /**
   * This dictionary and entries of the user.
   *
   * @throws DictionaryException if one names a tag that is known, or makes no sense
   */
  public Dictionary with(Collection<DictionaryEntry> entries) throws DictionaryException {
    Map<Key, DictionaryEntry> all = new HashMap<>(own);
    Map<String, DictionaryEntry> names = new HashMap<>(ownByName);
    for (DictionaryEntry entry : entries) {
      check(entry);
      Key key = new Key(entry.tag(), entry.creator());
      if (all.putIfAbsent(key, entry) != null || isKnown(entry)) {
        throw new DictionaryException(
            DictionaryException.Problem.KNOWN_TAG,
            "The dictionary has the tag " + Tags.format(entry.tag()) + " already",
            entry.tag());
      }
      names.putIfAbsent(entry.name(), entry);
    }
    return new Dictionary(withPrivate, Map.copyOf(all), Map.copyOf(names));
  }

  private static void check(DictionaryEntry entry) throws DictionaryException {
    if (entry.name().isEmpty()) {
      throw new DictionaryException(
          DictionaryException.Problem.MALFORMED,
          "The tag " + Tags.format(entry.tag()) + " has no name",
          entry.tag());
    }
    boolean unlimited = entry.vmMax() == 0;
    if (entry.vmMin() < 0 || entry.vmMax() < 0 || (!unlimited && entry.vmMax() < entry.vmMin())) {
      throw new DictionaryException(
          DictionaryException.Problem.BAD_MULTIPLICITY,
          "The tag " + Tags.format(entry.tag()) + " cannot have so many values",
          entry.tag());
    }
  }

  private boolean isKnown(DictionaryEntry entry) {
    String creator = entry.creator();
    if (creator != null) {
      return withPrivate && Private.TABLE.findPrivate(entry.tag(), creator) >= 0;
    }
    int row = Standard.TABLE.find(entry.tag());
    return row >= 0 && !(Standard.TABLE.isRange(row) && Tags.isPrivate(entry.tag()));
  }

  /**
   * The VR by which implicit VR data is read: of a tag of the standard, of a private creator, of a
   * group length; UN for all else.
   */
  public static Vr vrOf(int tag) {
    int row = Standard.TABLE.find(tag);
    return row < 0 ? Vr.UN : Standard.TABLE.vr(row);
  }

  /**
   * The VR by which implicit VR data is read; UN if it is not known.
   *
   * @param creator for a private tag its creator, if there is one
   */
  public Vr vrOf(int tag, @Nullable String creator) {
    if (own.isEmpty() && !Tags.isPrivate(tag)) {
      return vrOf(tag);
    }
    DictionaryEntry entry = entry(tag, creator);
    return entry == null ? Vr.UN : entry.vr();
  }

  /** True if the standard says "US or SS": Pixel Representation decides which of them. */
  public static boolean dependsOnPixelRepresentation(int tag) {
    int row = Standard.TABLE.find(tag);
    return row >= 0 && Standard.TABLE.dependsOnSign(row);
  }

  /**
   * What is known of a tag, or null.
   *
   * @param creator for a private tag its creator, if there is one; trailing blanks do not count
   */
  public @Nullable DictionaryEntry entry(int tag, @Nullable String creator) {
    String maker = creator == null ? null : creator.stripTrailing();
    DictionaryEntry mine = own.isEmpty() ? null : ownEntry(tag, maker);
    if (mine != null) {
      return mine;
    }
    if (maker != null && Tags.isPrivate(tag) && !Tags.isPrivateCreator(tag)) {
      int row = withPrivate ? Private.TABLE.findPrivate(tag, maker) : -1;
      return row < 0 ? null : Private.TABLE.entry(row, tag, maker);
    }
    int row = Standard.TABLE.find(tag);
    return row < 0 ? null : Standard.TABLE.entry(row, tag, null);
  }

  private @Nullable DictionaryEntry ownEntry(int tag, @Nullable String creator) {
    DictionaryEntry entry = own.get(new Key(tag, creator));
    if (entry == null && creator != null) {
      entry = own.get(new Key(tag & 0xffff00ff, creator));
    }
    return entry;
  }

  /** The name that the reference shows for a tag: {@link #UNKNOWN} if it is not known. */
  public String nameOf(int tag, @Nullable String creator) {
    if (own.isEmpty() && !Tags.isPrivate(tag)) {
      int row = Standard.TABLE.find(tag);
      return row < 0 ? UNKNOWN : Standard.TABLE.name(row);
    }
    DictionaryEntry entry = entry(tag, creator);
    return entry == null ? UNKNOWN : entry.name();
  }

  /**
   * The tag with a name, in exactly the spelling that {@link #nameOf} gives; of repeating groups
   * the first. Private tags of makers have none, those of the user have.
   */
  public OptionalInt tagOf(String name) {
    DictionaryEntry mine = ownByName.get(name);
    if (mine != null) {
      return OptionalInt.of(mine.tag());
    }
    int row = Standard.TABLE.findName(name);
    return row < 0 ? OptionalInt.empty() : OptionalInt.of(Standard.TABLE.tag(row));
  }
}
