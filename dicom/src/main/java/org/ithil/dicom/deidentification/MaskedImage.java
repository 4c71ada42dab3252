package org.ithil.dicom.deidentification;

import java.util.ArrayList;
import java.util.List;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.edit.EditException;
import org.ithil.dicom.edit.EditException.Problem;
import org.ithil.dicom.io.DicomFile;

/**
 * The pixels of a file with rectangles painted over. They are not held in memory. Of a header there
 * are none: then nothing says that pixels are clean.
 */
final class MaskedImage {
  private final List<Element> elements = new ArrayList<>();
  private ByteSource values;

  /**
   * @throws EditException NOT_IMPLEMENTED if the pixels are compressed or not described well enough
   */
  MaskedImage(DicomFile file, List<PixelMask> masks) {
    values = file.values();
    DataSet dataSet = file.dataSet();
    for (int tag : List.of(Tag.PixelData, Tag.FloatPixelData, Tag.DoubleFloatPixelData)) {
      Element pixels = dataSet.get(tag);
      if (pixels != null) {
        mask(pixels, dataSet, masks, file.transferSyntax().uid());
      }
    }
  }

  private void mask(Element pixels, DataSet dataSet, List<PixelMask> masks, String syntax) {
    switch (pixels.value()) {
      case Value.Bytes(byte[] bytes) -> {
        PixelLayout layout = layout(dataSet, pixels, masks);
        byte[] copy = bytes.clone();
        layout.paint(0, copy, 0, copy.length);
        elements.add(new Element(pixels.tag(), pixels.vr(), new Value.Bytes(copy)));
      }
      case Value.Located located -> {
        values = new MaskedSource(values, located, pixels.vr(), layout(dataSet, pixels, masks));
        elements.add(pixels);
      }
      case Value.Fragments _, Value.Items _ ->
          throw new EditException(
              Problem.NOT_IMPLEMENTED,
              "Pixels of transfer syntax "
                  + syntax
                  + " are compressed: they cannot be masked before they are decompressed");
    }
  }

  private static PixelLayout layout(DataSet dataSet, Element pixels, List<PixelMask> masks) {
    PixelLayout layout = PixelLayout.of(dataSet, pixels.tag(), masks);
    if (layout == null) {
      throw new EditException(
          Problem.NOT_IMPLEMENTED, "The pixels cannot be masked: their layout is not known");
    }
    return layout;
  }

  /** Whether there are any. */
  boolean hasPixels() {
    return !elements.isEmpty();
  }

  /** Pixel Data as it is to be written. */
  List<Element> elements() {
    return elements;
  }

  /** Where the values of the file lie, pixels painted over. */
  ByteSource values() {
    return values;
  }
}
