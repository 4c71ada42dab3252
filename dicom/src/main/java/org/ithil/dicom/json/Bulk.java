package org.ithil.dicom.json;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.encoding.Vr;

/** What the writers of JSON and XML do with binary values. Not for use outside of this module. */
public final class Bulk {
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

  /** Passes the bytes of an element on, in pieces; fragments one after the other. */
  public static void copy(Element element, ByteSource values, int piece, Value.Sink sink)
      throws IOException {
    switch (element.value()) {
      case Value.Bytes(byte[] bytes) -> sink.accept(bytes);
      case Value.Located located -> located.read(values, element.vr(), piece, sink);
      case Value.Fragments _, Value.Items _ -> {}
    }
  }
}
