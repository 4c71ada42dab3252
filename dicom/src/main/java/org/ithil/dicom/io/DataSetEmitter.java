package org.ithil.dicom.io;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Tags;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.encoding.TransferSyntax;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.io.DicomFormatException.Problem;

/**
 * One writing of a data set in one encoding. A first walk measures sequences and items and notes
 * their lengths in the order in which they start; the second walk writes and takes them in the same
 * order.
 */
final class DataSetEmitter {
  private static final long UNDEFINED = 0xffffffffL;
  private static final long LONGEST = 0xfffffffeL;
  private static final int PIECE = 64 << 10;

  private final boolean explicitVr;
  private final boolean bigEndian;
  private final ByteSource values;
  private final OutputStream out;
  private final byte[] buffer = new byte[8 << 10];
  private int buffered;
  private long[] lengths = new long[16];
  private int measured;
  private int taken;

  DataSetEmitter(TransferSyntax syntax, ByteSource values, OutputStream out) {
    this.explicitVr = syntax.explicitVr();
    this.bigEndian = syntax.bigEndian();
    this.values = values;
    this.out = out;
  }

  /** Writes elements in order of their tags, group lengths left out. */
  void dataSet(DataSet dataSet) throws IOException {
    measured = 0;
    taken = 0;
    measure(dataSet);
    write(dataSet);
  }

  /** Writes the elements of a group, its length (gggg,0000) first. */
  void groupWithLength(DataSet group) throws IOException {
    measured = 0;
    taken = 0;
    long length = measure(group);
    head(FileMeta.GROUP_LENGTH, Vr.UL, 4);
    u32(length);
    write(group);
  }

  void flush() throws IOException {
    out.write(buffer, 0, buffered);
    buffered = 0;
  }

  private long measure(DataSet dataSet) throws DicomFormatException {
    long total = 0;
    for (Element element : dataSet) {
      if (!Tags.isGroupLength(element.tag())) {
        total += measure(element);
      }
    }
    return total;
  }

  private long measure(Element element) throws DicomFormatException {
    switch (element.value()) {
      case Value.Items(List<DataSet> items) -> {
        int place = note();
        long content = 0;
        for (DataSet item : items) {
          int itemPlace = note();
          long length = measure(item);
          lengths[itemPlace] = length; // not before: measuring may replace the array
          content += framed(8, length, length > LONGEST);
        }
        lengths[place] = content;
        return framed(explicitVr ? 12 : 8, content, isOpen(element.tag(), content));
      }
      case Value.Fragments(List<Value> fragments) -> {
        long content = 8;
        for (Value fragment : fragments) {
          content += 8 + padded(element.tag(), fragment.length());
        }
        return (explicitVr ? 12 : 8) + content;
      }
      case Value.Bytes _, Value.Located _ -> {
        long length = padded(element.tag(), element.value().length());
        return (explicitVr && written(element.vr(), length).hasLongLength() ? 12 : 8) + length;
      }
    }
  }

  /** Head, content, and the delimiter that an undefined length needs. */
  private static long framed(int head, long content, boolean open) {
    return head + content + (open ? 8 : 0);
  }

  /**
   * Whether a sequence is written with undefined length: if it is too long for a length, or if
   * nothing else would tell a reader of implicit VR that it is one.
   */
  private boolean isOpen(int tag, long content) {
    return content > LONGEST || !explicitVr && Tags.isPrivate(tag);
  }

  private int note() {
    if (measured == lengths.length) {
      lengths = Arrays.copyOf(lengths, 2 * measured);
    }
    return measured++;
  }

  private static long padded(int tag, long length) throws DicomFormatException {
    long even = length + (length & 1);
    if (even > LONGEST) {
      throw new DicomFormatException(
          Problem.TOO_LARGE, "A value of " + length + " bytes is too long for DICOM", 0, tag);
    }
    return even;
  }

  /** PS3.5 6.2.2: what is too long for a short form is written as UN. */
  private Vr written(Vr vr, long length) {
    return explicitVr && length > 0xffff && !vr.hasLongLength() ? Vr.UN : vr;
  }

  private void write(DataSet dataSet) throws IOException {
    for (Element element : dataSet) {
      if (!Tags.isGroupLength(element.tag())) {
        write(element);
      }
    }
  }

  private void write(Element element) throws IOException {
    switch (element.value()) {
      case Value.Items(List<DataSet> items) -> {
        long length = lengths[taken++];
        boolean open = isOpen(element.tag(), length);
        head(element.tag(), Vr.SQ, open ? UNDEFINED : length);
        for (DataSet item : items) {
          long itemLength = lengths[taken++];
          delimiter(Tags.ITEM, Math.min(itemLength, UNDEFINED));
          write(item);
          if (itemLength > LONGEST) {
            delimiter(Tags.ITEM_DELIMITER, 0);
          }
        }
        if (open) {
          delimiter(Tags.SEQUENCE_DELIMITER, 0);
        }
      }
      case Value.Fragments(List<Value> fragments) -> {
        head(element.tag(), Vr.OB, UNDEFINED);
        for (Value fragment : fragments) {
          delimiter(Tags.ITEM, padded(element.tag(), fragment.length()));
          value(fragment, Vr.OB, false);
        }
        delimiter(Tags.SEQUENCE_DELIMITER, 0);
      }
      case Value.Bytes _, Value.Located _ -> {
        long length = padded(element.tag(), element.value().length());
        Vr vr = written(element.vr(), length);
        head(element.tag(), vr, length);
        boolean big = bigEndian && vr.unit() > 1;
        value(element.value(), element.vr(), big);
      }
    }
  }

  /** Bytes in the wanted order; padded to even length first, so that units are whole. */
  private void value(Value value, Vr vr, boolean big) throws IOException {
    byte padding = vr.padding();
    switch (value) {
      case Value.Bytes(byte[] bytes) -> {
        if (big && vr.unit() > 1) {
          swapped(even(bytes.clone(), padding), vr);
        } else {
          bytes(bytes);
          pad(bytes.length, padding);
        }
      }
      case Value.Located(long offset, long length, boolean bigThere) -> {
        if (bigThere != big && vr.unit() > 1) {
          for (long done = 0; done < length; done += PIECE) {
            int n = (int) Math.min(PIECE, length - done);
            swapped(even(values.read(offset + done, n), padding), vr);
          }
        } else {
          flush();
          values.copyTo(offset, length, out);
          pad(length, padding);
        }
      }
      case Value.Items _, Value.Fragments _ ->
          throw new DicomFormatException(
              Problem.MALFORMED, "A fragment that is no string of bytes", 0, 0);
    }
  }

  private static byte[] even(byte[] bytes, byte padding) {
    if (bytes.length % 2 == 0) {
      return bytes;
    }
    byte[] padded = Arrays.copyOf(bytes, bytes.length + 1);
    padded[bytes.length] = padding;
    return padded;
  }

  private void pad(long length, byte padding) throws IOException {
    if (length % 2 != 0) {
      u8(padding);
    }
  }

  private void swapped(byte[] own, Vr vr) throws IOException {
    vr.swap(own, 0, own.length);
    bytes(own);
  }

  private void head(int tag, Vr vr, long length) throws IOException {
    u16(Tags.group(tag));
    u16(Tags.element(tag));
    if (!explicitVr) {
      u32(length);
      return;
    }
    u8(vr.code() >> 8);
    u8(vr.code());
    if (vr.hasLongLength()) {
      u16(0);
      u32(length);
    } else {
      u16((int) length);
    }
  }

  private void delimiter(int tag, long length) throws IOException {
    u16(Tags.group(tag));
    u16(Tags.element(tag));
    u32(length);
  }

  private void u8(int value) throws IOException {
    if (buffered == buffer.length) {
      flush();
    }
    buffer[buffered++] = (byte) value;
  }

  private void u16(int value) throws IOException {
    u8(bigEndian ? value >> 8 : value);
    u8(bigEndian ? value : value >> 8);
  }

  private void u32(long value) throws IOException {
    u16((int) (bigEndian ? value >> 16 : value) & 0xffff);
    u16((int) (bigEndian ? value : value >> 16) & 0xffff);
  }

  private void bytes(byte[] bytes) throws IOException {
    if (bytes.length > buffer.length - buffered) {
      flush();
    }
    if (bytes.length > buffer.length) {
      out.write(bytes);
    } else {
      System.arraycopy(bytes, 0, buffer, buffered, bytes.length);
      buffered += bytes.length;
    }
  }
}
