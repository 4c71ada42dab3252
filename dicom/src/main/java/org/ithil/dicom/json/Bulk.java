package org.ithil.dicom.json;

import java.io.EOFException;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.encoding.Vr;

/** What the writers of JSON and XML do with binary values. Not for use outside of this module. */
public final class Bulk {
  /** Takes the pieces of a value, in order. */
  @FunctionalInterface
  public interface Sink {
    void accept(byte[] piece) throws IOException;
  }

  private Bulk() {}

  /** "GGGGEEEE" in upper case. */
  public static String tag(int tag) {
    return HexFormat.of().withUpperCase().toHexDigits(tag);
  }

  /** What is shown of an element: asks only where there is a choice. */
  public static BulkData.Shown shown(BulkData bulk, List<BulkData.Step> path, Element element)
      throws IOException {
    boolean isBulk =
        element.vr().isBulk()
            || element.value() instanceof Value.Located
            || element.value() instanceof Value.Fragments;
    if (!isBulk || element.value() instanceof Value.Items) {
      return new BulkData.Shown.Values();
    }
    if (element.isEmpty()) {
      return new BulkData.Shown.Empty();
    }
    BulkData.Shown shown = bulk.show(path, element);
    boolean bytesOnly = element.vr() == Vr.OB || element.vr() == Vr.UN;
    return switch (shown) {
      case BulkData.Shown.Values _, BulkData.Shown.Inline _
          when element.value() instanceof Value.Fragments ->
          new BulkData.Shown.Empty();
      case BulkData.Shown.Values _ when bytesOnly -> new BulkData.Shown.Inline();
      case BulkData.Shown.Values _, BulkData.Shown.Inline _, BulkData.Shown.Uri _ -> shown;
      case BulkData.Shown.Empty _, BulkData.Shown.LeftOut _ -> shown;
    };
  }

  /** The element with its value in memory. */
  public static Element load(Element element, ByteSource values) throws IOException {
    if (!(element.value() instanceof Value.Located located)) {
      return element;
    }
    byte[] bytes = read(located, 0, located.length(), element.vr(), values);
    return new Element(element.tag(), element.vr(), new Value.Bytes(bytes));
  }

  /** Passes the bytes of an element on, in pieces; fragments one after the other. */
  public static void copy(Element element, ByteSource values, int piece, Sink sink)
      throws IOException {
    switch (element.value()) {
      case Value.Bytes(byte[] bytes) -> sink.accept(bytes);
      case Value.Located located -> {
        for (long at = 0; at < located.length(); at += piece) {
          long length = Math.min(piece, located.length() - at);
          sink.accept(read(located, at, length, element.vr(), values));
        }
      }
      case Value.Fragments _, Value.Items _ -> {}
    }
  }

  private static byte[] read(
      Value.Located located, long from, long length, Vr vr, ByteSource values) throws IOException {
    if (length > Integer.MAX_VALUE - 8) {
      throw new EOFException("a value of " + length + " bytes does not fit into memory");
    }
    byte[] bytes = values.read(located.offset() + from, (int) length);
    if (located.bigEndian()) {
      int unit = vr.unit();
      for (int at = 0; at + unit <= bytes.length; at += unit) {
        for (int i = 0; i < unit / 2; i++) {
          byte swapped = bytes[at + i];
          bytes[at + i] = bytes[at + unit - 1 - i];
          bytes[at + unit - 1 - i] = swapped;
        }
      }
    }
    return bytes;
  }
}
