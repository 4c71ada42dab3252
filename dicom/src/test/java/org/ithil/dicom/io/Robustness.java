package org.ithil.dicom.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.EncapsulatedFrames;
import org.ithil.dicom.encoding.TransferSyntax;
import org.ithil.dicom.io.DicomFormatException.Problem;

/** What holds for any bytes: they are read or refused, and what is read can be written and read. */
final class Robustness {
  static final ReadOptions OPTIONS = ReadOptions.DEFAULT.withMaxInflated(16 << 20);

  /** The instrumentation of a fuzzing run takes memory of its own. */
  private static final boolean FUZZING = System.getenv("JAZZER_FUZZ") != null;

  private Robustness() {}

  /** Reads bytes as a file, and what was read again in other encodings; true if it was taken. */
  static boolean read(byte[] bytes) throws IOException {
    DicomFile file;
    Allocation allocation = Allocation.start();
    try {
      file = DicomReader.readFile(ByteSource.of(bytes), OPTIONS);
    } catch (DicomFormatException e) {
      return false;
    } finally {
      if (!FUZZING) {
        assertThat(allocation.bytes()).isLessThan((64L << 20) + 100L * bytes.length);
      }
    }
    EncapsulatedFrames frames = EncapsulatedFrames.of(file.dataSet(), file.values());
    for (int i = 0; frames != null && i < frames.count(); i++) {
      frames.length(i);
    }
    String written = write(file, TransferSyntax.EXPLICIT_LE);
    assertThat(write(file, TransferSyntax.EXPLICIT_BE)).isEqualTo(written);
    try {
      write(file, TransferSyntax.IMPLICIT_LE);
    } catch (DicomFormatException e) {
      // a tag that is a sequence by the dictionary and held other bytes under another VR: implicit
      // VR cannot tell that
      assertThat(e.problem()).isIn(Problem.MALFORMED, Problem.TRUNCATED, Problem.TOO_DEEP);
    }
    return true;
  }

  /** Writes and reads again: what was written must be taken. */
  private static String write(DicomFile file, TransferSyntax syntax) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DicomWriter.writeDataSet(file.dataSet(), syntax, file.values(), out);
    DicomFile again =
        DicomReader.readDataSet(ByteSource.of(out.toByteArray()), syntax, ReadOptions.DEFAULT);
    return Dump.of(again.dataSet(), again.values()).toString();
  }
}
