package org.ithil.dicom.io;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.encoding.Vr;

/** The File Meta Information of PS3.10 7.1: its tags, and the making of a new one. */
public final class FileMeta {
  /**
   * Implementation Class UID (0002,0012) of files that this program writes: made of a UUID, and as
   * long as the reference's, so that sizes and offsets of files come out the same.
   */
  public static final String IMPLEMENTATION_CLASS_UID = "2.25.87982160445323801919349";

  /** Implementation Version Name (0002,0013) of files that this program writes; as long, too. */
  public static final String IMPLEMENTATION_VERSION_NAME = "ITHIL_SERVER_0_1";

  public static final int GROUP_LENGTH = 0x00020000;
  public static final int VERSION = 0x00020001;
  public static final int MEDIA_STORAGE_SOP_CLASS_UID = 0x00020002;
  public static final int MEDIA_STORAGE_SOP_INSTANCE_UID = 0x00020003;
  public static final int TRANSFER_SYNTAX_UID = 0x00020010;
  public static final int IMPLEMENTATION_CLASS = 0x00020012;
  public static final int IMPLEMENTATION_VERSION = 0x00020013;

  private FileMeta() {}

  /**
   * The meta information of a new file, without group length: {@link DicomWriter} computes it.
   *
   * @param sopClassUid of the data set
   * @param sopInstanceUid of the data set
   * @param transferSyntaxUid in which the data set is written
   */
  public static DataSet of(String sopClassUid, String sopInstanceUid, String transferSyntaxUid) {
    return new DataSet.Builder()
        .put(new Element(VERSION, Vr.OB, new Value.Bytes(new byte[] {0, 1})))
        .put(uid(MEDIA_STORAGE_SOP_CLASS_UID, sopClassUid))
        .put(uid(MEDIA_STORAGE_SOP_INSTANCE_UID, sopInstanceUid))
        .put(uid(TRANSFER_SYNTAX_UID, transferSyntaxUid))
        .put(uid(IMPLEMENTATION_CLASS, IMPLEMENTATION_CLASS_UID))
        .put(text(IMPLEMENTATION_VERSION, Vr.SH, IMPLEMENTATION_VERSION_NAME))
        .build();
  }

  private static Element uid(int tag, String uid) {
    return text(tag, Vr.UI, uid);
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
