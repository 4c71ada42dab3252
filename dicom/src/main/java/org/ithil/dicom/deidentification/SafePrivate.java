package org.ithil.dicom.deidentification;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Tags;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.text.SpecificCharacterSet;
import org.jspecify.annotations.Nullable;

/**
 * Which private elements do not identify anybody: those of PS3.15 E.3.10 that {@code
 * safe-private.tsv} names, and those that the data set declares so in Private Data Element
 * Characteristics Sequence (0008,0300), PS3.3 C.12.1.1.7.
 */
final class SafePrivate {
  private static final Set<String> TABLE = table();

  /** Declared elements by group and creator; all of the block if there is no set. */
  private final Map<String, @Nullable Set<Integer>> declared = new HashMap<>();

  /**
   * @param dataSet the outermost one
   */
  SafePrivate(DataSet dataSet) {
    Element characteristics = dataSet.get(Tag.PrivateDataElementCharacteristicsSequence);
    if (characteristics != null) {
      characteristics.items().forEach(this::declare);
    }
  }

  private void declare(DataSet item) {
    int group = item.integer(Tag.PrivateGroupReference).orElse(0);
    String creator = item.ascii(Tag.PrivateCreatorReference).orElse("").strip();
    String status = item.ascii(Tag.BlockIdentifyingInformationStatus).orElse("").strip();
    if (status.equals("SAFE")) {
      declared.put(key(group, creator), null);
    } else if (status.equals("MIXED")) {
      Set<Integer> elements = new HashSet<>();
      Element named = item.get(Tag.NonidentifyingPrivateElements);
      if (named != null) {
        ByteBuffer numbers = named.buffer();
        while (numbers.remaining() >= 2) {
          elements.add(numbers.getShort() & 0xff);
        }
      }
      declared.put(key(group, creator), elements);
    }
  }

  /** Whether an element of a block is safe. */
  boolean isSafe(Element element, DataSet around) {
    int tag = element.tag();
    if (Tags.element(tag) < 0x1000) {
      return false;
    }
    Element named = around.get(Tags.creatorOf(tag));
    if (named == null) {
      return false;
    }
    String creator = named.text(SpecificCharacterSet.ASCII).strip();
    int low = tag & 0xff;
    String row =
        Tags.format(tag).substring(0, 4)
            + Tags.format(tag).substring(7)
            + element.vr().name()
            + creator;
    if (TABLE.contains(row)) {
      return true;
    }
    String key = key(Tags.group(tag), creator);
    if (!declared.containsKey(key)) {
      return false;
    }
    Set<Integer> elements = declared.get(key);
    return elements == null || elements.contains(low);
  }

  private static String key(int group, String creator) {
    return group + " " + creator;
  }

  private static Set<String> table() {
    Set<String> rows = new HashSet<>();
    for (String line : ReferenceTable.lines("safe-private.tsv")) {
      rows.add(line.replace("\t", ""));
    }
    return Set.copyOf(rows);
  }
}
