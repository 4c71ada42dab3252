package org.ithil.archive.packing;

import java.io.IOException;
import java.io.OutputStream;
import org.ithil.archive.resource.ResourceId;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.encoding.TransferSyntax;
import org.ithil.dicom.io.DicomFile;
import org.ithil.dicom.io.DicomWriter;
import org.ithil.dicom.io.FileMeta;

/** Changes transfer syntaxes where the pixels stay as they are. */
final class Reencoding {
  private Reencoding() {}

  static boolean isNeeded(DicomFile file, String target) {
    return !file.transferSyntax().uid().equals(target);
  }

  /**
   * Writes a file anew in another transfer syntax.
   *
   * @param file read whole
   * @throws TranscodingException if that takes a codec
   */
  static void write(ResourceId instance, DicomFile file, String target, OutputStream out)
      throws IOException {
    TransferSyntax from = file.transferSyntax();
    boolean pixels = file.pixelDataTag().isPresent();
    if (pixels && (from.encapsulated() || TransferSyntax.of(target).encapsulated())) {
      throw new TranscodingException(instance, from.uid(), target);
    }
    String sopClass = file.dataSet().ascii(Tag.SOPClassUID).orElse("");
    String sopInstance = file.dataSet().ascii(Tag.SOPInstanceUID).orElse("");
    DicomWriter.writeFile(
        FileMeta.of(sopClass, sopInstance, target), file.dataSet(), file.values(), out);
  }
}
