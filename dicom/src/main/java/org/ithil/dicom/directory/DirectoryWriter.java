package org.ithil.dicom.directory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.dictionary.Uid;
import org.ithil.dicom.encoding.TransferSyntax;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.io.DicomWriter;
import org.ithil.dicom.io.FileMeta;

/**
 * Collects directory records in the order in which they lie below one another, and writes the
 * DICOMDIR (explicit little endian, PS3.10 8.6). Holds the file in memory: some hundred bytes for
 * an instance. Not safe for concurrent use.
 */
public final class DirectoryWriter {
  private static final int LEVELS = 4;

  /** Where the values of the first three elements are in an item, its head of 8 bytes included. */
  private static final int NEXT = 8 + 8;

  private static final int LOWER = 8 + 12 + 10 + 8;

  private static final byte[] ITEM = {
    (byte) 0xfe, (byte) 0xff, 0, (byte) 0xe0, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff
  };
  private static final byte[] ITEM_END = {(byte) 0xfe, (byte) 0xff, 0x0d, (byte) 0xe0, 0, 0, 0, 0};
  private static final byte[] SEQUENCE = {
    0x04, 0, 0x20, 0x12, 'S', 'Q', 0, 0, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff
  };
  private static final byte[] SEQUENCE_END = {
    (byte) 0xfe, (byte) 0xff, (byte) 0xdd, (byte) 0xe0, 0, 0, 0, 0
  };
  private static final ByteSource NO_VALUES = ByteSource.of(new byte[0]);

  private final Buffer file = new Buffer();

  /** Value positions of the offsets of the first and the last record of the root. */
  private final int firstRoot;

  private final int lastRoot;

  /** Where the last record of each level starts; 0 for none below the last one above. */
  private final int[] last = new int[LEVELS];

  /** Lets bytes be replaced. */
  private static final class Buffer extends ByteArrayOutputStream {
    void patch(int at, int value) {
      for (int i = 0; i < 4; i++) {
        buf[at + i] = (byte) (value >>> 8 * i);
      }
    }
  }

  /**
   * An empty directory.
   *
   * @param fileSetId name of the file-set: at most 16 characters of a CS
   * @param uid its UID
   */
  public DirectoryWriter(String fileSetId, String uid) throws IOException {
    DicomWriter.writeMeta(
        FileMeta.of(Uid.MediaStorageDirectoryStorage, uid, TransferSyntax.EXPLICIT_LE.uid()), file);
    DataSet head =
        new DataSet.Builder()
            .put(text(Tag.FileSetID, Vr.CS, fileSetId))
            .put(number(Tag.OffsetOfTheFirstDirectoryRecordOfTheRootDirectoryEntity))
            .put(number(Tag.OffsetOfTheLastDirectoryRecordOfTheRootDirectoryEntity))
            .put(new Element(Tag.FileSetConsistencyFlag, Vr.US, new Value.Bytes(new byte[] {0, 0})))
            .build();
    DicomWriter.writeDataSet(head, TransferSyntax.EXPLICIT_LE, NO_VALUES, file);
    // Behind them is the flag, of 10 bytes.
    lastRoot = file.size() - 10 - 4;
    firstRoot = lastRoot - 12;
    file.write(SEQUENCE);
  }

  /**
   * Where an instance lies.
   *
   * @param fileId parts of the path, upper case letters, digits and underscores, joined by
   *     backslashes
   */
  public record Reference(
      String fileId, String sopClassUid, String sopInstanceUid, String transferSyntaxUid) {}

  /**
   * Adds a record of a patient, study or series below the last one of the level above.
   *
   * @param keys see {@link RecordKeys}
   * @param values where located values in it lie
   */
  public void add(RecordKind kind, DataSet keys, ByteSource values) throws IOException {
    add(kind, keys.toBuilder(), values);
  }

  /** Adds a record of an instance. */
  public void add(RecordKind kind, DataSet keys, ByteSource values, Reference reference)
      throws IOException {
    add(
        kind,
        keys.toBuilder()
            .put(text(Tag.ReferencedFileID, Vr.CS, reference.fileId()))
            .put(text(Tag.ReferencedSOPClassUIDInFile, Vr.UI, reference.sopClassUid()))
            .put(text(Tag.ReferencedSOPInstanceUIDInFile, Vr.UI, reference.sopInstanceUid()))
            .put(text(Tag.ReferencedTransferSyntaxUIDInFile, Vr.UI, reference.transferSyntaxUid())),
        values);
  }

  private void add(RecordKind kind, DataSet.Builder keys, ByteSource values) throws IOException {
    int depth = kind.depth();
    if (depth > 0 && last[depth - 1] == 0) {
      throw new IllegalArgumentException("a record " + kind + " without one above it");
    }
    int start = file.size();
    link(depth, start);
    DataSet record =
        keys.put(number(Tag.OffsetOfTheNextDirectoryRecord))
            .put(new Element(Tag.RecordInUseFlag, Vr.US, new Value.Bytes(new byte[] {-1, -1})))
            .put(number(Tag.OffsetOfReferencedLowerLevelDirectoryEntity))
            .put(text(Tag.DirectoryRecordType, Vr.CS, kind.type()))
            .build();
    file.write(ITEM);
    DicomWriter.writeDataSet(record, TransferSyntax.EXPLICIT_LE, values, file);
    file.write(ITEM_END);
  }

  private void link(int depth, int start) {
    if (last[depth] != 0) {
      file.patch(last[depth] + NEXT, start);
    } else if (depth > 0) {
      file.patch(last[depth - 1] + LOWER, start);
    } else {
      file.patch(firstRoot, start);
    }
    if (depth == 0) {
      file.patch(lastRoot, start);
    }
    last[depth] = start;
    Arrays.fill(last, depth + 1, LEVELS, 0);
  }

  /** Bytes of the file so far. */
  public int size() {
    return file.size() + SEQUENCE_END.length;
  }

  /** Writes the file. */
  public void writeTo(OutputStream out) throws IOException {
    file.writeTo(out);
    out.write(SEQUENCE_END);
  }

  private static Element number(int tag) {
    return new Element(tag, Vr.UL, new Value.Bytes(new byte[4]));
  }

  private static Element text(int tag, Vr vr, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    if (bytes.length % 2 != 0) {
      bytes = Arrays.copyOf(bytes, bytes.length + 1);
      bytes[bytes.length - 1] = vr.padding();
    }
    return new Element(tag, vr, new Value.Bytes(bytes));
  }
}
