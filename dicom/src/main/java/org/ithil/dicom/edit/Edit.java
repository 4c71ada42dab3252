package org.ithil.dicom.edit;

import java.io.IOException;
import java.io.OutputStream;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.encoding.TransferSyntax;
import org.ithil.dicom.io.DicomFile;
import org.ithil.dicom.io.DicomWriter;
import org.ithil.dicom.io.FileMeta;

/**
 * A change of data sets, such as an anonymization. The same file always gives the same result, so
 * that a job may do it again; random choices are made before, when the edit is made. Safe for
 * concurrent use.
 */
@FunctionalInterface
public interface Edit {
  /**
   * What comes of a file.
   *
   * @param values where the located values of the data set lie; usually those of the source
   */
  record Edited(DataSet dataSet, ByteSource values) {
    /** What a file without SOP class is called, as clients know it of the reference. */
    private static final String NO_SOP_CLASS = "1.2.276.0.7230010.3.1.0.1";

    /**
     * In which syntax the data set can be written: the source's, unless native pixels have taken
     * the place of encapsulated ones.
     */
    public TransferSyntax syntax(TransferSyntax source) {
      Element pixels = dataSet.get(Tag.PixelData);
      boolean fits =
          pixels == null || !source.encapsulated() || pixels.value() instanceof Value.Fragments;
      return fits ? source : TransferSyntax.EXPLICIT_LE;
    }

    /**
     * Writes the data set as a file of PS3.10 with new meta information.
     *
     * @param source syntax of the file that was edited
     * @throws org.ithil.dicom.io.DicomFormatException if a value is too long for DICOM
     */
    public void write(TransferSyntax source, OutputStream out) throws IOException {
      String sopClass =
          dataSet
              .ascii(Tag.SOPClassUID)
              .map(String::strip)
              .filter(s -> !s.isEmpty())
              .orElse(NO_SOP_CLASS);
      String instance = dataSet.ascii(Tag.SOPInstanceUID).map(String::strip).orElse("");
      DicomWriter.writeFile(
          FileMeta.of(sopClass, instance, syntax(source).uid()), dataSet, values, out);
    }
  }

  /**
   * Changes one file. Large values are not read, they stay located.
   *
   * @param file whole, or up to Pixel Data
   * @throws EditException if this file cannot be changed so
   */
  Edited apply(DicomFile file);
}
