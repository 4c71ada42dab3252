package org.ithil.services.creation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.ithil.archive.editing.Pictures;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.edit.EditException;
import org.ithil.dicom.encoding.Vr;
import org.ithil.imaging.picture.Picture;
import org.ithil.imaging.picture.PictureException;
import org.ithil.imaging.picture.PictureHeader;
import org.ithil.imaging.picture.PictureHeader.Kind;
import org.ithil.imaging.picture.PictureReader;

/** The Image Pixel Module (PS3.3 C.7.6.3) of pictures. Safe for concurrent use. */
public final class Pixels implements Pictures {
  private final PictureReader reader;

  public Pixels(PictureReader reader) {
    this.reader = reader;
  }

  /** The kind of picture with a media type, or null. */
  static Kind kind(String type) {
    return switch (type) {
      case "image/png" -> Kind.PNG;
      case "image/jpeg", "image/jpg" -> Kind.JPEG;
      default ->
          throw new EditException(
              EditException.Problem.NOT_IMPLEMENTED,
              "Pixels are made of PNG and JPEG only: " + type);
    };
  }

  @Override
  public DataSet pixels(String type, byte[] bytes) {
    try {
      return DataSet.of(nativePixels(kind(type), ByteSource.of(bytes)));
    } catch (PictureException e) {
      throw switch (e.problem()) {
        case DAMAGED -> new EditException(EditException.Problem.BAD_VALUE, "");
        case UNSUPPORTED, TOO_LARGE ->
            new EditException(
                EditException.Problem.NOT_IMPLEMENTED, String.valueOf(e.getMessage()));
      };
    } catch (IOException e) {
      throw new EditException(EditException.Problem.BAD_VALUE, "");
    }
  }

  /** Decoded pixels, and what describes them. */
  List<Element> nativePixels(Kind kind, ByteSource file) throws IOException {
    Picture picture = reader.read(kind, file);
    List<Element> elements =
        described(picture.columns(), picture.rows(), picture.samples(), picture.bits());
    elements.add(
        Elements.text(
            Tag.PhotometricInterpretation, picture.samples() == 1 ? "MONOCHROME2" : "RGB"));
    elements.add(new Element(Tag.PixelData, Vr.OW, new Value.Bytes(picture.pixels())));
    return elements;
  }

  /**
   * A JPEG as it is, in one fragment.
   *
   * @param file values of the result lie there
   */
  Encapsulated encapsulated(ByteSource file) throws IOException {
    PictureHeader header = reader.header(Kind.JPEG, file);
    List<Element> elements =
        described(header.columns(), header.rows(), header.samples(), header.bits());
    elements.add(
        Elements.text(
            Tag.PhotometricInterpretation,
            switch (header.coding()) {
              case GRAY -> "MONOCHROME2";
              case YCC -> "YBR_FULL_422";
              case RGB, PALETTE, CMYK -> "RGB";
            }));
    elements.add(
        new Element(
            Tag.PixelData,
            Vr.OB,
            new Value.Fragments(List.of(Value.EMPTY, new Value.Located(0, file.size(), false)))));
    return new Encapsulated(header, elements);
  }

  /** A picture that stays coded as it is. */
  record Encapsulated(PictureHeader header, List<Element> elements) {}

  static List<Element> described(int columns, int rows, int samples, int bits) {
    List<Element> elements = new ArrayList<>();
    elements.add(Elements.unsigned(Tag.SamplesPerPixel, samples));
    if (samples > 1) {
      elements.add(Elements.unsigned(Tag.PlanarConfiguration, 0));
    }
    elements.add(Elements.unsigned(Tag.Rows, rows));
    elements.add(Elements.unsigned(Tag.Columns, columns));
    elements.add(Elements.unsigned(Tag.BitsAllocated, bits > 8 ? 16 : 8));
    elements.add(Elements.unsigned(Tag.BitsStored, bits));
    elements.add(Elements.unsigned(Tag.HighBit, bits - 1));
    elements.add(Elements.unsigned(Tag.PixelRepresentation, 0));
    return elements;
  }
}
