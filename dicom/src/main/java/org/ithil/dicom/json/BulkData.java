package org.ithil.dicom.json;

import java.io.IOException;
import java.util.List;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;

/**
 * Decides what a JSON or XML document shows of a binary value (PS3.18 F.2.7). It is asked about all
 * elements that hold OB, OD, OF, OL, OV, OW, UN, fragments, or a located value, unless they are
 * empty.
 */
@FunctionalInterface
public interface BulkData {
  /**
   * The place of an element.
   *
   * @param sequence tag of the sequence around
   * @param item number of the item in it, from 1
   */
  record Step(int sequence, int item) {}

  /** What is shown. */
  sealed interface Shown {
    /** A reference to the bytes, that a client may follow. */
    record Uri(String uri) implements Shown {}

    /** The bytes themselves, in base64, little endian. */
    record Inline() implements Shown {}

    /** Values: numbers, or the text that was located. Bytes of OB and UN are shown inline. */
    record Values() implements Shown {}

    /** The element, without its value. */
    record Empty() implements Shown {}

    /** Nothing at all, not even the element. */
    record LeftOut() implements Shown {}
  }

  /**
   * What is shown of an element.
   *
   * @param path the sequences and items that it lies in, outermost first
   */
  Shown show(List<Step> path, Element element) throws IOException;

  /** All bytes inline; fragments are left out, since no base64 text can tell their borders. */
  static BulkData inline() {
    return (path, element) ->
        element.value() instanceof Value.Fragments
            ? new Shown.LeftOut()
            : element.vr().isText() || element.vr().isBinaryNumber()
                ? new Shown.Values()
                : new Shown.Inline();
  }

  /** Finds the bytes that a JSON or XML document refers to by a URI. */
  @FunctionalInterface
  interface Source {
    /**
     * The value behind a URI.
     *
     * @throws IOException if there is none
     */
    Value find(int tag, String uri) throws IOException;

    /** Knows no URI at all. */
    static Source none() {
      return (tag, uri) -> {
        throw new DicomTextException(
            DicomTextException.Problem.UNKNOWN_BULK_DATA, "No bulk data at " + uri, tag);
      };
    }
  }

  /** No source: for data sets without located values. */
  static ByteSource noSource() {
    return ByteSource.of(new byte[0]);
  }
}
