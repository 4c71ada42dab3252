package org.ithil.archive.resource;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.ithil.dicom.data.Tags;

/**
 * Which DICOM tags are kept in the index, for each level: those of the reference server, and those
 * of key {@code ExtraMainDicomTags}.
 */
public final class MainTags {
  private static final Map<Level, List<Integer>> BUILT_IN =
      Map.of(
          Level.PATIENT,
          List.of(0x00100010, 0x00100020, 0x00100030, 0x00100040, 0x00101000),
          Level.STUDY,
          List.of(
              0x00080020,
              0x00080030,
              0x00080050,
              0x00080080,
              0x00080090,
              0x00080201,
              0x00081030,
              0x00101010,
              0x0020000d,
              0x00200010,
              0x00321032,
              0x00321060),
          Level.SERIES,
          List.of(
              0x00080021,
              0x00080031,
              0x00080060,
              0x00080070,
              0x00080201,
              0x00081010,
              0x0008103e,
              0x00081070,
              0x00180010,
              0x00180015,
              0x00180024,
              0x00181030,
              0x00181090,
              0x00181400,
              0x00185100,
              0x0020000e,
              0x00200011,
              0x00200037,
              0x00200105,
              0x00201002,
              0x00400244,
              0x00400245,
              0x00400254,
              0x00400275,
              0x00540081,
              0x00540101,
              0x00541000),
          Level.INSTANCE,
          List.of(
              0x00080012,
              0x00080013,
              0x00080018,
              0x00200012,
              0x00200013,
              0x00200032,
              0x00200037,
              0x00200100,
              0x00201041,
              0x00204000,
              0x00280008,
              0x00280010,
              0x00280011,
              0x00541330));

  /** The reference server's, nothing added. */
  public static final MainTags DEFAULT = new MainTags(Map.of());

  /** For each level, in the order of the levels. */
  private final List<List<Integer>> tags = new ArrayList<>();

  private final List<String> signatures = new ArrayList<>();

  /**
   * @param extra tags to be added for levels; those that are main already are skipped
   */
  public MainTags(Map<Level, ? extends Collection<Integer>> extra) {
    for (Level level : Level.values()) {
      TreeSet<Integer> all = new TreeSet<>(Integer::compareUnsigned);
      all.addAll(BUILT_IN.getOrDefault(level, List.of()));
      Collection<Integer> more = extra.get(level);
      if (more != null) {
        all.addAll(more);
      }
      tags.add(List.copyOf(all));
      signatures.add(
          all.stream().map(tag -> Tags.format(tag, ',')).collect(Collectors.joining(";")));
    }
  }

  /** The main tags of a level, ascending. */
  public List<Integer> of(Level level) {
    return tags.get(level.ordinal());
  }

  /** True if a tag is main at a level. */
  public boolean contains(Level level, int tag) {
    return tags.get(level.ordinal()).contains(tag);
  }

  /** "gggg,eeee" in lower case, ascending, joined by ";": metadata MainDicomTagsSignature. */
  public String signature(Level level) {
    return signatures.get(level.ordinal());
  }
}
