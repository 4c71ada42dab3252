package org.ithil.services.transcoding;

import java.io.IOException;
import java.util.Optional;
import org.ithil.archive.blob.Spool;
import org.ithil.archive.blob.SpooledFile;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.encoding.TransferSyntax;
import org.ithil.dicom.io.DicomFile;
import org.ithil.dicom.io.DicomWriter;
import org.ithil.dicom.io.FileMeta;

/**
 * Writes instances in another transfer syntax, as far as pixels need not be decoded or encoded:
 * from any syntax with native pixels to any other, and whatever has no pixels.
 */
public final class Transcoding {
  private final Spool spool;

  public Transcoding(Spool spool) {
    this.spool = spool;
  }

  /** Whether a text is the UID of a transfer syntax that there is. */
  public static boolean isSyntax(String uid) {
    return TransferSyntax.of(uid).isStandard();
  }

  /**
   * Writes an instance in another syntax.
   *
   * @param file read whole; the values in it are still open
   * @param wanted UID of the syntax
   * @return the new file; empty if it is in that syntax already, or cannot be written in it
   */
  public Optional<SpooledFile> transcode(DicomFile file, String wanted) throws IOException {
    TransferSyntax from = file.transferSyntax();
    TransferSyntax to = TransferSyntax.of(wanted);
    boolean pixels = file.pixelDataTag().isPresent();
    if (from.equals(to) || pixels && !(isPlain(from) && isPlain(to))) {
      return Optional.empty();
    }
    String sopClass = file.dataSet().ascii(Tag.SOPClassUID).map(String::strip).orElse("");
    String instance = file.dataSet().ascii(Tag.SOPInstanceUID).map(String::strip).orElse("");
    try (Spool.Writer out = spool.open()) {
      DicomWriter.writeFile(
          FileMeta.of(sopClass, instance, wanted), file.dataSet(), file.values(), out);
      return Optional.of(out.finish());
    }
  }

  private static boolean isPlain(TransferSyntax syntax) {
    return syntax.equals(TransferSyntax.EXPLICIT_LE)
        || syntax.equals(TransferSyntax.IMPLICIT_LE)
        || syntax.equals(TransferSyntax.DEFLATED_LE)
        || syntax.equals(TransferSyntax.EXPLICIT_BE);
  }
}
