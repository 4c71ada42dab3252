package org.ithil.dicom.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Tags;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.encoding.Vr;

/**
 * A data set in lines, "depth tag VR length value": the value as text, hexadecimal bytes or numbers
 * of at most {@link #LONGEST} bytes.
 */
final class Dump {
  static final int LONGEST = 1024;

  /**
   * One line.
   *
   * @param length in bytes; -1 for sequences, items and fragments
   */
  record Line(int depth, String tag, String vr, long length, String value) {}

  private final ByteSource source;
  private final List<Line> lines = new ArrayList<>();

  private Dump(ByteSource source) {
    this.source = source;
  }

  static List<Line> of(DicomFile file) throws IOException {
    Dump dump = new Dump(file.values());
    dump.add(file.meta(), 0);
    dump.add(file.dataSet(), 0);
    return dump.lines;
  }

  static List<Line> of(DataSet dataSet, ByteSource values) throws IOException {
    Dump dump = new Dump(values);
    dump.add(dataSet, 0);
    return dump.lines;
  }

  private void add(DataSet dataSet, int depth) throws IOException {
    for (Element element : dataSet) {
      String tag = Tags.format(element.tag());
      switch (element.value()) {
        case Value.Items(List<DataSet> items) -> {
          lines.add(new Line(depth, tag, "SQ", -1, ""));
          for (DataSet item : items) {
            lines.add(new Line(depth + 1, "fffe,e000", "na", -1, ""));
            add(item, depth + 2);
          }
        }
        case Value.Fragments(List<Value> fragments) -> {
          lines.add(new Line(depth, tag, "OB", -1, ""));
          for (Value fragment : fragments) {
            byte[] bytes = bytes(fragment, Vr.OB);
            lines.add(new Line(depth + 1, "fffe,e000", "pi", fragment.length(), hex(bytes, 1)));
          }
        }
        case Value.Bytes _, Value.Located _ -> {
          byte[] bytes = bytes(element.value(), element.vr());
          lines.add(
              new Line(
                  depth,
                  tag,
                  element.vr().name(),
                  element.value().length(),
                  text(element.vr(), bytes)));
        }
      }
    }
  }

  private byte[] bytes(Value value, Vr vr) throws IOException {
    int length = (int) Math.min(value.length(), LONGEST);
    return switch (value) {
      case Value.Bytes(byte[] bytes) -> java.util.Arrays.copyOf(bytes, length);
      case Value.Located located -> located.read(source, vr, 0, length);
      case Value.Items _, Value.Fragments _ -> new byte[0];
    };
  }

  private static String text(Vr vr, byte[] bytes) {
    ByteBuffer b = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    List<String> values = new ArrayList<>();
    switch (vr) {
      case OB, UN -> {
        return hex(bytes, 1);
      }
      case OW -> {
        return hex(bytes, 2);
      }
      case AT -> {
        while (b.remaining() >= 4) {
          int group = b.getShort() & 0xffff;
          values.add("(" + Tags.format(Tags.of(group, b.getShort() & 0xffff)) + ")");
        }
      }
      case US -> {
        while (b.remaining() >= 2) {
          values.add(Integer.toString(b.getShort() & 0xffff));
        }
      }
      case SS -> {
        while (b.remaining() >= 2) {
          values.add(Short.toString(b.getShort()));
        }
      }
      case UL, OL -> {
        while (b.remaining() >= 4) {
          values.add(Integer.toUnsignedString(b.getInt()));
        }
      }
      case SL -> {
        while (b.remaining() >= 4) {
          values.add(Integer.toString(b.getInt()));
        }
      }
      case UV, OV -> {
        while (b.remaining() >= 8) {
          values.add(Long.toUnsignedString(b.getLong()));
        }
      }
      case SV -> {
        while (b.remaining() >= 8) {
          values.add(Long.toString(b.getLong()));
        }
      }
      case FL, OF -> {
        while (b.remaining() >= 4) {
          values.add(Float.toString(b.getFloat()));
        }
      }
      case FD, OD -> {
        while (b.remaining() >= 8) {
          values.add(Double.toString(b.getDouble()));
        }
      }
      default -> {
        return quoted(bytes);
      }
    }
    return String.join("\\", values);
  }

  private static String hex(byte[] bytes, int unit) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i + unit <= bytes.length; i += unit) {
      if (i > 0) {
        text.append('\\');
      }
      for (int j = unit - 1; j >= 0; j--) {
        text.append(String.format("%02x", bytes[i + j]));
      }
    }
    return text.toString();
  }

  /** Letters that are not printable ASCII as octal numbers; without trailing blanks and NULs. */
  private static String quoted(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && (bytes[end - 1] == 0 || bytes[end - 1] == ' ')) {
      end--;
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < end; i++) {
      int c = bytes[i] & 0xff;
      if (c < 0x20 || c >= 0x7f) {
        text.append(String.format("\\%03o", c));
      } else {
        text.append((char) c);
      }
    }
    return text.toString();
  }
}
