package org.ithil.dicom.io;

import java.io.IOException;
import java.util.OptionalLong;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.encoding.TransferSyntax;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.io.DicomFormatException.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Reads DICOM files and data sets. Stateless: every method may be used by many threads.
 *
 * <p>A file is looked at in this order, as the reference server does:
 *
 * <pre>
 * "DICM" at 128?               meta information from 132 on, else from 0 on if group 0002 is there
 * (0002,0000) comes first?     all elements that start within its length are meta information,
 *                              else those of group 0002
 * (0002,0010) of the standard? it says how the data set is encoded, else its first bytes do
 * </pre>
 */
public final class DicomReader {
  private static final int PREAMBLE = 128;
  private static final int MAGIC = 'D' << 24 | 'I' << 16 | 'C' << 8 | 'M';

  /** Values of the meta information are held in memory; it can be no larger than this. */
  private static final int LARGEST_META = 4 << 20;

  private DicomReader() {}

  /**
   * Reads a file of PS3.10 7, with or without preamble, or a bare data set (implicit little endian,
   * explicit little or big endian).
   *
   * @throws DicomFormatException if it is none, or goes beyond a limit
   */
  public static DicomFile readFile(ByteSource source, ReadOptions options) throws IOException {
    Window window = new Window(source);
    boolean magic = source.size() >= PREAMBLE + 4 && window.tag(PREAMBLE, true) == MAGIC;
    long start = magic ? PREAMBLE + 4 : 0;
    if (source.size() - start < 8) {
      throw new DicomFormatException(Problem.NOT_DICOM, "No data element at all", start, 0);
    }
    if (!magic && !startsWithMeta(window, start)) {
      return bare(window, source, options);
    }
    DataSetParser meta = metaParser(window, start, options);
    DataSet elements = metaElements(meta, window, start);
    String uid = elements.ascii(FileMeta.TRANSFER_SYNTAX_UID).map(String::strip).orElse("");
    TransferSyntax syntax = TransferSyntax.of(uid);
    if (!syntax.isStandard()) {
      syntax = guess(window, meta.position(), uid);
    }
    return dataSet(window, source, elements, syntax, meta.position(), options);
  }

  /**
   * Reads a data set without meta information, as it comes over the network.
   *
   * @throws DicomFormatException if it is none, or goes beyond a limit
   */
  public static DicomFile readDataSet(ByteSource source, TransferSyntax syntax, ReadOptions options)
      throws IOException {
    return dataSet(new Window(source), source, DataSet.EMPTY, syntax, 0, options);
  }

  private static DicomFile bare(Window window, ByteSource source, ReadOptions options)
      throws IOException {
    try {
      TransferSyntax syntax = guess(window, 0, null);
      return dataSet(window, source, DataSet.EMPTY, syntax, 0, options);
    } catch (DicomFormatException e) {
      if (e.problem() == Problem.TOO_DEEP || e.problem() == Problem.TOO_LARGE) {
        throw e;
      }
      throw new DicomFormatException(
          Problem.NOT_DICOM,
          "No DICOM file, and as a bare data set: " + e.getMessage(),
          e.offset(),
          e.tag());
    }
  }

  private static DicomFile dataSet(
      Window window,
      ByteSource source,
      DataSet meta,
      TransferSyntax syntax,
      long start,
      ReadOptions options)
      throws IOException {
    if (syntax.deflated() && start < source.size()) {
      ByteSource inflated = Inflation.of(source, start, options.maxInflated());
      DataSetParser parser = new DataSetParser(inflated, 0, syntax, options);
      DataSet dataSet;
      try {
        dataSet = parser.parse();
      } finally {
        inflated.release();
      }
      return new DicomFile(
          meta,
          dataSet,
          syntax,
          start,
          OptionalLong.empty(),
          parser.pixelDataTag(),
          inflated,
          parser.inOrder());
    }
    DataSetParser parser = new DataSetParser(window, start, syntax, options);
    DataSet dataSet = parser.parse();
    return new DicomFile(
        meta,
        dataSet,
        syntax,
        start,
        parser.pixelDataOffset(),
        parser.pixelDataTag(),
        source,
        parser.inOrder());
  }

  private static boolean startsWithMeta(Window window, long start) throws IOException {
    int group = window.u16(start, false);
    return group == 0x0002 || group == 0x0200;
  }

  /** Explicit little endian as PS3.10 7.1 has it, or what is there instead. */
  private static DataSetParser metaParser(Window window, long start, ReadOptions options)
      throws IOException {
    TransferSyntax syntax = guess(window, start, null);
    ReadOptions loading =
        options.withLargeValue(LARGEST_META).withMaxInMemory(LARGEST_META).withMaxElements(10_000);
    return new DataSetParser(window, start, syntax, loading);
  }

  private static DataSet metaElements(DataSetParser parser, Window window, long start)
      throws IOException {
    if (!startsWithMeta(window, start)) {
      return DataSet.EMPTY;
    }
    DataSet first = parser.parseUntil(start + 1);
    Element groupLength = first.get(FileMeta.GROUP_LENGTH);
    DataSet others;
    if (groupLength != null && groupLength.vr() == Vr.UL && groupLength.bytes().length >= 4) {
      long length = groupLength.buffer().getInt() & 0xffffffffL;
      others = parser.parseUntil(parser.position() + length);
    } else {
      others = parser.parseGroup(0x0002);
    }
    DataSet.Builder all = first.toBuilder();
    for (Element element : others) {
      if (element.value() instanceof Value.Located) {
        throw new DicomFormatException(
            Problem.TOO_LARGE, "Meta information that is too large", start, element.tag());
      }
      all.addIfAbsent(element);
    }
    return all.build();
  }

  /**
   * How the elements at an offset are encoded, by the first of them: explicit if two letters of a
   * VR follow the tag, and big endian if its group is smaller that way.
   *
   * @param uid what the file calls its transfer syntax, null or empty if nothing
   */
  private static TransferSyntax guess(Window window, long at, @Nullable String uid)
      throws IOException {
    boolean explicit = true;
    boolean big = false;
    if (window.size() - at >= 8) {
      explicit = DataSetParser.namedAt(window, at + 4) != null;
      big = explicit && window.u16(at, true) < window.u16(at, false);
    }
    if (uid != null && !uid.isEmpty()) {
      return new TransferSyntax(uid, explicit, big, false, true);
    }
    if (big) {
      return TransferSyntax.EXPLICIT_BE;
    }
    return explicit ? TransferSyntax.EXPLICIT_LE : TransferSyntax.IMPLICIT_LE;
  }
}
