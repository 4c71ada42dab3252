package org.ithil.dicom.io;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Tags;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.encoding.TransferSyntax;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.io.DicomFormatException.Problem;
import org.ithil.dicom.text.SpecificCharacterSet;
import org.jspecify.annotations.Nullable;

/**
 * One walk over the bytes of a data set, PS3.5 7. Element layout:
 *
 * <pre>
 * implicit:             group:2 element:2 length:4 value
 * explicit, short form: group:2 element:2 VR:2 length:2 value
 * explicit, long form:  group:2 element:2 VR:2 reserved:2 length:4 value
 * items, delimiters:    group:2 element:2 length:4
 * </pre>
 *
 * <p>What is accepted follows what the reference server accepts: unsorted and repeated elements
 * (the first counts), odd lengths, unknown value representations, an item that is longer than its
 * sequence, an item delimiter that ends the outermost data set. What is not: a value that is longer
 * than its item or than the bytes there are, anything but an item in a sequence, a sequence of
 * undefined length without end.
 */
final class DataSetParser {
  private static final int PIXEL_REPRESENTATION = 0x00280103;
  private static final int FLOAT_PIXEL_DATA = 0x7fe00008;
  private static final int DOUBLE_FLOAT_PIXEL_DATA = 0x7fe00009;
  private static final int PIXEL_DATA = 0x7fe00010;
  private static final long UNDEFINED = 0xffffffffL;
  private static final long NO_LIMIT = Long.MAX_VALUE;
  private static final Value NO_ITEMS = new Value.Items(List.of());

  /** Values up to this length are loaded even when the memory is used up: texts, numbers. */
  private static final int SMALL = 64;

  /** Most places that elements in wrong order may move: some 20,000 of them, backwards. */
  private static final long MOST_MOVED = 200_000_000;

  private final Window window;
  private final ReadOptions options;
  private final boolean pixelsMustBeFragments;
  private final long end;
  private boolean explicitVr;
  private boolean bigEndian;
  private boolean signedPixels;
  private long position;
  private long loaded;
  private int counted;
  private int depth;
  private long moved;
  private long pixelDataOffset = -1;
  private int pixelDataTag;
  private boolean inOrder = true;

  /** Of the element whose header was read last. */
  private Vr vr = Vr.UN;

  private long length;

  DataSetParser(ByteSource source, long position, TransferSyntax syntax, ReadOptions options) {
    this(new Window(source), position, syntax, options);
  }

  DataSetParser(Window window, long position, TransferSyntax syntax, ReadOptions options) {
    this.window = window;
    this.position = position;
    this.options = options;
    this.end = window.size();
    this.explicitVr = syntax.explicitVr();
    this.bigEndian = syntax.bigEndian();
    this.pixelsMustBeFragments = syntax.encapsulated() && syntax.isStandard();
  }

  /** Reads to the end, or to Pixel Data if the options say so. */
  DataSet parse() throws IOException {
    return elements(NO_LIMIT, true);
  }

  /** Reads the elements that start before an offset, whatever they are. */
  DataSet parseUntil(long limit) throws IOException {
    DataSet.Builder builder = new DataSet.Builder();
    while (position < limit && position < end) {
      element(builder, NO_LIMIT, false);
    }
    return builder.build();
  }

  /** Reads the elements of a group, up to the first one of another group. */
  DataSet parseGroup(int group) throws IOException {
    DataSet.Builder builder = new DataSet.Builder();
    while (end - position >= 4 && Tags.group(window.tag(position, bigEndian)) == group) {
      element(builder, NO_LIMIT, false);
    }
    return builder.build();
  }

  /** Where the next element would start. */
  long position() {
    return position;
  }

  /** Where the outermost Pixel Data starts, its tag. */
  OptionalLong pixelDataOffset() {
    return pixelDataOffset < 0 ? OptionalLong.empty() : OptionalLong.of(pixelDataOffset);
  }

  /** The tag that starts there. */
  OptionalInt pixelDataTag() {
    return pixelDataOffset < 0 ? OptionalInt.empty() : OptionalInt.of(pixelDataTag);
  }

  /** Whether all elements read came in ascending order, each once. */
  boolean inOrder() {
    return inOrder;
  }

  /** The elements of the outermost data set or of an item, whose content ends at the limit. */
  private DataSet elements(long limit, boolean outermost) throws IOException {
    boolean signedAround = signedPixels;
    DataSet.Builder builder = new DataSet.Builder();
    while (position < limit && position < end) {
      if (!element(builder, limit, outermost)) {
        break;
      }
    }
    signedPixels = signedAround;
    return builder.build();
  }

  /** Reads one element; false if the data set ends here. */
  private boolean element(DataSet.Builder builder, long limit, boolean outermost)
      throws IOException {
    long start = position;
    if (end - start < 8) {
      throw shortage(start, 0, "The data ends inside the head of an element", outermost);
    }
    int tag = window.tag(start, bigEndian);
    if (Tags.group(tag) == 0xfffe) {
      if (tag != Tags.ITEM_DELIMITER) {
        throw new DicomFormatException(
            Problem.MALFORMED, "An item or delimiter where an element must be", start, tag);
      }
      position = start + 8;
      return false;
    }
    if (outermost && isPixelData(tag)) {
      if (pixelDataOffset < 0) {
        pixelDataOffset = start;
        pixelDataTag = tag;
      }
      if (options.stopBeforePixelData()) {
        return false;
      }
    }
    count(start, tag);
    head(tag, start, builder, outermost);
    Vr declared = vr;
    Value value = length == UNDEFINED ? open(tag) : closed(tag, start, limit, outermost);
    if (value instanceof Value.Items) {
      declared = Vr.SQ;
    } else if (value instanceof Value.Fragments) {
      declared = Vr.OB;
    }
    Element element = new Element(tag, declared, value);
    if (!builder.isBehindAll(tag)) {
      inOrder = false;
      sort(builder.size(), start, tag);
    }
    if (builder.addIfAbsent(element) && tag == PIXEL_REPRESENTATION) {
      byte[] bytes = element.bytes();
      signedPixels = bytes.length > 0 && (bytes[0] & 1) != 0;
    }
    return true;
  }

  /** Reads value representation and length; leaves the position at the value. */
  private void head(int tag, long start, DataSet.Builder around, boolean outermost)
      throws IOException {
    if (!explicitVr) {
      vr = implicitVr(tag, around);
      length = window.u32(start + 4, bigEndian);
      position = start + 8;
      return;
    }
    int letters = window.letters(start + 4);
    Vr known = Vr.of(letters);
    vr = known == null ? Vr.UN : known;
    // PS3.5 7.1.2: representations to come have the long form; what is no VR at all, the short one
    boolean longForm = known == null ? areCapitals(letters) : known.hasLongLength();
    if (!longForm) {
      length = window.u16(start + 6, bigEndian);
      position = start + 8;
      return;
    }
    if (end - start < 12) {
      throw shortage(start, tag, "The data ends inside the head of an element", outermost);
    }
    length = window.u32(start + 8, bigEndian);
    position = start + 12;
  }

  private Vr implicitVr(int tag, DataSet.Builder around) {
    Vr found;
    if (Tags.isPrivate(tag) && !Tags.isPrivateCreator(tag)) {
      Element creator = around.get(Tags.creatorOf(tag));
      found =
          options
              .dictionary()
              .vrOf(tag, creator == null ? null : creator.text(SpecificCharacterSet.ASCII));
    } else {
      found = options.dictionary().vrOf(tag, null);
    }
    return found == Vr.US && signedPixels && Dictionary.dependsOnPixelRepresentation(tag)
        ? Vr.SS
        : found;
  }

  /** A value of undefined length. */
  private Value open(int tag) throws IOException {
    if (tag == PIXEL_DATA && vr != Vr.SQ && vr != Vr.UN) {
      return fragments();
    }
    if (vr == Vr.SQ) {
      return sequence(tag, NO_LIMIT);
    }
    boolean unknown = vr == Vr.UN || !explicitVr && Tags.isPrivate(tag);
    if (!unknown) {
      throw new DicomFormatException(
          Problem.MALFORMED, "A " + vr + " cannot be of undefined length", position, tag);
    }
    // PS3.5 6.2.2: a sequence whose items are implicit VR little endian, whatever is around it
    boolean explicitAround = explicitVr;
    boolean bigAround = bigEndian;
    explicitVr = false;
    bigEndian = false;
    Value value = sequence(tag, NO_LIMIT);
    explicitVr = explicitAround;
    bigEndian = bigAround;
    return value;
  }

  /** A value of known length. */
  private Value closed(int tag, long start, long limit, boolean outermost) throws IOException {
    if (outermost && pixelsMustBeFragments && tag == PIXEL_DATA) {
      throw new DicomFormatException(
          Problem.MALFORMED, "Pixel Data of this transfer syntax must be fragments", start, tag);
    }
    if (length > end - position) {
      throw shortage(
          start, tag, "A value of " + length + " bytes, there are " + (end - position), outermost);
    }
    if (length > limit - position) {
      throw new DicomFormatException(
          Problem.MALFORMED, "A value that is longer than its item", start, tag);
    }
    if (vr == Vr.SQ) {
      return length == 0 ? NO_ITEMS : sequence(tag, position + length);
    }
    if (length == 0) {
      return Value.EMPTY;
    }
    long at = position;
    position += length;
    if (length > options.largeValue() || length > SMALL && loaded > options.maxInMemory()) {
      return new Value.Located(at, length, bigEndian && vr.unit() > 1);
    }
    loaded += length;
    byte[] bytes = window.copy(at, (int) length);
    if (bigEndian) {
      vr.swap(bytes, 0, bytes.length);
    }
    return new Value.Bytes(bytes);
  }

  /** The items of a sequence; the limit is the end of its declared length. */
  private Value sequence(int tag, long limit) throws IOException {
    if (++depth > options.maxDepth()) {
      throw new DicomFormatException(
          Problem.TOO_DEEP,
          "More than " + options.maxDepth() + " sequences inside one another",
          position,
          tag);
    }
    List<DataSet> items = null;
    while (position < limit) {
      int delimiter = delimiter(tag);
      if (delimiter == Tags.SEQUENCE_DELIMITER) {
        break;
      }
      count(position, tag);
      long content = length;
      DataSet item =
          content == 0
              ? DataSet.EMPTY
              : elements(content == UNDEFINED ? NO_LIMIT : position + content, false);
      if (items == null) {
        items = new ArrayList<>();
      }
      items.add(item);
    }
    depth--;
    return items == null ? NO_ITEMS : new Value.Items(items);
  }

  /** The fragments of encapsulated pixel data, PS3.5 A.4: walked over, not loaded. */
  private Value fragments() throws IOException {
    List<Value> fragments = new ArrayList<>();
    while (delimiter(PIXEL_DATA) == Tags.ITEM) {
      count(position, PIXEL_DATA);
      if (length > end - position) {
        throw new DicomFormatException(
            Problem.TRUNCATED,
            "A fragment of " + length + " bytes, there are " + (end - position),
            position,
            PIXEL_DATA);
      }
      if (length == 0) {
        fragments.add(Value.EMPTY);
      } else if (fragments.isEmpty() && length <= options.largeValue()) {
        loaded += length;
        fragments.add(new Value.Bytes(window.copy(position, (int) length)));
      } else {
        fragments.add(new Value.Located(position, length, false));
      }
      position += length;
    }
    return new Value.Fragments(fragments);
  }

  /** Reads the head of an item, or a sequence delimiter; returns its tag, sets the length. */
  private int delimiter(int sequence) throws IOException {
    if (end - position < 8) {
      throw new DicomFormatException(
          Problem.TRUNCATED, "The data ends inside a sequence", position, sequence);
    }
    int tag = window.tag(position, bigEndian);
    if (tag != Tags.ITEM && tag != Tags.SEQUENCE_DELIMITER) {
      throw new DicomFormatException(
          Problem.MALFORMED,
          "(" + Tags.format(tag) + ") where an item must be",
          position,
          sequence);
    }
    length = window.u32(position + 4, bigEndian);
    position += 8;
    return tag;
  }

  private void count(long offset, int tag) throws DicomFormatException {
    if (++counted > options.maxElements()) {
      throw new DicomFormatException(
          Problem.TOO_LARGE, "More than " + options.maxElements() + " elements", offset, tag);
    }
  }

  /** Elements in wrong order cost time that grows with the square of their number. */
  private void sort(int before, long offset, int tag) throws DicomFormatException {
    moved += before;
    if (moved > MOST_MOVED) {
      throw new DicomFormatException(
          Problem.TOO_LARGE, "Too many elements in wrong order", offset, tag);
    }
  }

  /** What is missing behind Pixel Data was never part of the data set. */
  private DicomFormatException shortage(long offset, int tag, String message, boolean outermost) {
    boolean behind = outermost && pixelDataOffset >= 0 && pixelDataOffset != offset;
    return new DicomFormatException(
        behind ? Problem.TRAILING_BYTES : Problem.TRUNCATED, message, offset, tag);
  }

  private static boolean isPixelData(int tag) {
    return tag == PIXEL_DATA || tag == FLOAT_PIXEL_DATA || tag == DOUBLE_FLOAT_PIXEL_DATA;
  }

  private static boolean areCapitals(int letters) {
    int first = letters >> 8;
    int second = letters & 0xff;
    return first >= 'A' && first <= 'Z' && second >= 'A' && second <= 'Z';
  }

  /** The value representation that the bytes at an offset name, or null. */
  static @Nullable Vr namedAt(Window window, long offset) throws IOException {
    return window.size() - offset < 2 ? null : Vr.of(window.letters(offset));
  }
}
