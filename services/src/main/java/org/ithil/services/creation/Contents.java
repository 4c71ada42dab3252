package org.ithil.services.creation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.ithil.archive.blob.SpooledFile;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.dictionary.Uid;
import org.ithil.dicom.encoding.TransferSyntax;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.text.SpecificCharacterSet;
import org.ithil.imaging.picture.PictureException;
import org.ithil.imaging.picture.PictureHeader.Kind;
import org.ithil.imaging.video.Video;
import org.ithil.imaging.video.VideoException;
import org.ithil.services.creation.CreationException.Problem;

/** Makes elements of contents. Safe for concurrent use. */
final class Contents {
  private static final String JPEG_BASELINE = Uid.JPEGBaseline8Bit;
  private static final String JPEG_EXTENDED = Uid.JPEGExtended12Bit;
  private static final String JPEG_PROGRESSIVE = "1.2.840.10008.1.2.4.55";

  /** Of media types that are known, but of which nothing is made. */
  private static final Set<String> KNOWN =
      Set.of(
          "application/dicom",
          "application/gzip",
          "application/javascript",
          "application/json",
          "application/zip",
          "image/gif",
          "image/jp2",
          "image/svg+xml",
          "text/css",
          "text/html",
          "text/plain");

  /** Longest fragment: a multiple of two that a length of 32 bits can tell. */
  private static final long LONGEST_FRAGMENT = 0xfffffffeL;

  private static final long FRAGMENT = 1L << 30;

  private final Pixels pixels;

  Contents(Pixels pixels) {
    this.pixels = pixels;
  }

  /**
   * What becomes of a content.
   *
   * @param encapsulate whether a picture stays coded as it is
   * @param characterSet of the data set it goes to
   * @throws CreationException if nothing can be made of it
   */
  Payload payload(
      String type, SpooledFile file, boolean encapsulate, SpecificCharacterSet characterSet)
      throws IOException {
    if (encapsulate && !isJpeg(type) && !type.equals("video/mp4")) {
      throw unsupported("Cannot encapsulate pixel data from MIME type: " + type);
    }
    try {
      return switch (type) {
        case "image/png" -> picture(Kind.PNG, file);
        case "image/jpeg", "image/jpg" -> encapsulate ? jpeg(file) : picture(Kind.JPEG, file);
        case "video/mp4" -> video(file);
        case "application/pdf" -> pdf(file);
        case "text/xml", "application/xml" -> cda(file, characterSet);
        case "model/stl" -> model(file, type, Uid.EncapsulatedSTLStorage);
        case "model/obj" -> model(file, type, Uid.EncapsulatedOBJStorage);
        case "model/mtl" -> model(file, type, Uid.EncapsulatedMTLStorage);
        case "application/octet-stream" ->
            new Payload(
                TransferSyntax.EXPLICIT_LE.uid(),
                List.of(new Element(Tag.PixelData, Vr.OW, whole(file))),
                List.of(),
                file);
        default -> {
          if (KNOWN.contains(type)) {
            throw unsupported("Unsupported MIME type for the content of a new DICOM file: " + type);
          }
          throw new CreationException(Problem.OUT_OF_RANGE, "");
        }
      };
    } catch (PictureException e) {
      throw switch (e.problem()) {
        case DAMAGED -> new CreationException(Problem.DAMAGED, "");
        case UNSUPPORTED -> unsupported(String.valueOf(e.getMessage()));
        case TOO_LARGE -> new CreationException(Problem.TOO_LARGE, String.valueOf(e.getMessage()));
      };
    } catch (VideoException e) {
      throw switch (e.problem()) {
        case DAMAGED -> new CreationException(Problem.DAMAGED, String.valueOf(e.getMessage()));
        case UNSUPPORTED -> unsupported(String.valueOf(e.getMessage()));
      };
    }
  }

  private static boolean isJpeg(String type) {
    return type.equals("image/jpeg") || type.equals("image/jpg");
  }

  private static CreationException unsupported(String what) {
    return new CreationException(Problem.UNSUPPORTED, what);
  }

  private static Value whole(SpooledFile file) {
    return new Value.Located(0, file.size(), false);
  }

  private Payload picture(Kind kind, SpooledFile file) throws IOException {
    return new Payload(
        TransferSyntax.EXPLICIT_LE.uid(),
        pixels.nativePixels(kind, file),
        List.of(),
        ByteSource.of(new byte[0]));
  }

  private Payload jpeg(SpooledFile file) throws IOException {
    Pixels.Encapsulated made = pixels.encapsulated(file);
    String syntax =
        switch (made.header().process()) {
          case SEQUENTIAL -> JPEG_BASELINE;
          case EXTENDED -> JPEG_EXTENDED;
          case PROGRESSIVE -> JPEG_PROGRESSIVE;
          case OTHER -> throw new IllegalStateException("not taken");
        };
    return new Payload(syntax, made.elements(), List.of(), file);
  }

  private static Payload pdf(SpooledFile file) throws IOException {
    byte[] start = file.read(0, (int) Math.min(5, file.size()));
    if (!new String(start, java.nio.charset.StandardCharsets.ISO_8859_1).equals("%PDF-")) {
      throw new CreationException(Problem.DAMAGED, "Not a PDF file");
    }
    List<Element> elements = document(file, "application/pdf");
    return new Payload(
        TransferSyntax.EXPLICIT_LE.uid(),
        elements,
        List.of(
            Elements.text(Tag.SOPClassUID, Uid.EncapsulatedPDFStorage),
            Elements.text(Tag.Modality, "OT"),
            Elements.text(Tag.ConversionType, "WSD")),
        file);
  }

  private static Payload model(SpooledFile file, String type, String sopClass) {
    return new Payload(
        TransferSyntax.EXPLICIT_LE.uid(),
        document(file, type),
        List.of(Elements.text(Tag.SOPClassUID, sopClass), Elements.text(Tag.Modality, "M3D")),
        file);
  }

  private static Payload cda(SpooledFile file, SpecificCharacterSet characterSet)
      throws IOException {
    ClinicalDocument document;
    try (InputStream in = Channels.newInputStream(file.channel(0, file.size()))) {
      document = ClinicalDocument.read(in);
    }
    List<Element> usual = new ArrayList<>();
    usual.add(Elements.text(Tag.SOPClassUID, Uid.EncapsulatedCDAStorage));
    usual.add(Elements.text(Tag.Modality, "DOC"));
    usual.add(Elements.text(Tag.ConversionType, "WSD"));
    usual.add(Elements.text(Tag.DocumentTitle, document.title(), characterSet));
    if (!document.instance().isEmpty()) {
      usual.add(Elements.text(Tag.HL7InstanceIdentifier, document.instance(), characterSet));
    }
    ClinicalDocument.Code code = document.code();
    if (code != null) {
      DataSet item =
          new DataSet.Builder()
              .put(Elements.text(Tag.CodeValue, code.value()))
              .put(Elements.text(Tag.CodingSchemeDesignator, "LN"))
              .put(Elements.text(Tag.CodeMeaning, code.meaning(), characterSet))
              .build();
      usual.add(new Element(Tag.ConceptNameCodeSequence, Vr.SQ, new Value.Items(List.of(item))));
    }
    return new Payload(TransferSyntax.EXPLICIT_LE.uid(), document(file, "text/XML"), usual, file);
  }

  /** The length is told only where padding hides it. */
  private static List<Element> document(SpooledFile file, String type) {
    if (file.size() > LONGEST_FRAGMENT) {
      throw new CreationException(Problem.TOO_LARGE, "A document longer than a DICOM value can be");
    }
    List<Element> elements = new ArrayList<>();
    elements.add(new Element(Tag.EncapsulatedDocument, Vr.OB, whole(file)));
    elements.add(Elements.text(Tag.MIMETypeOfEncapsulatedDocument, type));
    if (file.size() % 2 != 0) {
      elements.add(Elements.unsignedLong(Tag.EncapsulatedDocumentLength, file.size()));
    }
    return elements;
  }

  /** PS3.5 A.4.6 to A.4.8: an empty offset table, then the file, in one fragment if it fits. */
  private static Payload video(SpooledFile file) throws IOException {
    Video video = Video.read(file);
    Video.Codec codec = video.codec();
    List<Value> fragments = new ArrayList<>(List.of(Value.EMPTY));
    boolean one = file.size() <= LONGEST_FRAGMENT;
    if (!one && codec.fragmentable().isEmpty()) {
      throw new CreationException(Problem.TOO_LARGE, "A video longer than a fragment can be");
    }
    long longest = one ? LONGEST_FRAGMENT : FRAGMENT;
    for (long at = 0; at < file.size(); at += longest) {
      fragments.add(new Value.Located(at, Math.min(longest, file.size() - at), false));
    }
    List<Element> elements = Pixels.described(video.columns(), video.rows(), 3, video.bits());
    elements.add(Elements.text(Tag.PhotometricInterpretation, "YBR_PARTIAL_420"));
    elements.add(Elements.text(Tag.NumberOfFrames, Integer.toString(video.frames())));
    elements.add(Elements.pointer(Tag.FrameIncrementPointer, Tag.FrameTime));
    elements.add(Elements.text(Tag.FrameTime, decimal(video.frameTime())));
    elements.add(Elements.text(Tag.LossyImageCompression, "01"));
    elements.add(Elements.text(Tag.LossyImageCompressionMethod, codec.method()));
    elements.add(new Element(Tag.PixelData, Vr.OB, new Value.Fragments(fragments)));
    List<Element> usual =
        List.of(
            Elements.text(Tag.SOPClassUID, Uid.VideoPhotographicImageStorage),
            Elements.text(Tag.CineRate, Long.toString(Math.round(1000 / video.frameTime()))),
            Elements.text(Tag.LossyImageCompressionRatio, decimal(ratio(video, file.size()))));
    return new Payload(one ? codec.transferSyntax() : codec.fragmentable(), elements, usual, file);
  }

  /** Uncompressed bytes per byte of the file. */
  private static double ratio(Video video, long size) {
    double samples = 1.5 * video.columns() * video.rows() * video.frames();
    return samples * video.bits() / 8 / size;
  }

  /** A DS of at most 16 letters. */
  private static String decimal(double number) {
    return String.format(Locale.ROOT, "%.4f", number).replaceAll("\\.?0+$", "");
  }
}
