package org.ithil.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.encoding.TransferSyntax;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.io.DicomWriter;

/** Images of a patient who does not exist, with elements as scanners send them. */
record RehearsedImage(int number) {
  static final String SOP_CLASS = "1.2.840.10008.5.1.4.1.1.2";
  static final TransferSyntax SYNTAX = TransferSyntax.EXPLICIT_LE;

  private static final String ROOT = "2.25.1";
  private static final int PIXELS = 256 << 10;
  private static final int IN_A_SERIES = 50;

  String uid() {
    return ROOT + ".1." + number;
  }

  /** A file with meta information. */
  byte[] file() throws IOException {
    DataSet.Builder meta = new DataSet.Builder();
    put(meta, 0x00020002, Vr.UI, SOP_CLASS);
    put(meta, 0x00020003, Vr.UI, uid());
    put(meta, 0x00020010, Vr.UI, SYNTAX.uid());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DicomWriter.writeFile(meta.build(), dataSet(), ByteSource.of(new byte[0]), out);
    return out.toByteArray();
  }

  DataSet dataSet() {
    DataSet.Builder all = new DataSet.Builder();
    identity(all);
    acquisition(all);
    pixels(all);
    return all.build();
  }

  private void identity(DataSet.Builder all) {
    put(all, 0x00080005, Vr.CS, "ISO_IR 100");
    put(all, 0x00080008, Vr.CS, "ORIGINAL\\PRIMARY\\AXIAL");
    put(all, 0x00080016, Vr.UI, SOP_CLASS);
    put(all, 0x00080018, Vr.UI, uid());
    for (int date = 0x00080020; date <= 0x00080023; date++) {
      put(all, date, Vr.DA, "20260101");
      put(all, date + 0x10, Vr.TM, "120000.5");
    }
    put(all, 0x00080050, Vr.SH, "A1");
    put(all, 0x00080060, Vr.CS, "CT");
    put(all, 0x00080070, Vr.LO, "Nobody");
    put(all, 0x00080090, Vr.PN, "No^Body");
    put(all, 0x00081030, Vr.LO, "Nothing at all");
    put(all, 0x0008103e, Vr.LO, "Axial \u00b1 1");
    DataSet.Builder item = new DataSet.Builder();
    put(item, 0x00080100, Vr.SH, "R1");
    put(item, 0x00080102, Vr.SH, "NONE");
    put(item, 0x00080104, Vr.LO, "Nothing with nothing");
    all.put(new Element(0x00081032, Vr.SQ, new Value.Items(List.of(item.build()))));
    put(all, 0x00090010, Vr.LO, "ITHIL REHEARSAL");
    put(all, 0x00091001, Vr.LO, "private");
    put(all, 0x00100010, Vr.PN, "Nobody^Not");
    put(all, 0x00100020, Vr.LO, "REHEARSAL");
    put(all, 0x00100030, Vr.DA, "19700101");
    put(all, 0x00100040, Vr.CS, "O");
  }

  private void acquisition(DataSet.Builder all) {
    put(all, 0x00180015, Vr.CS, "CHEST");
    put(all, 0x00180050, Vr.DS, "1.0");
    put(all, 0x00180060, Vr.DS, "120");
    put(all, 0x00181020, Vr.LO, "rehearsal 1");
    put(all, 0x00181030, Vr.LO, "Routine");
    put(all, 0x00181100, Vr.DS, "350.0");
    put(all, 0x00181151, Vr.IS, "210");
    put(all, 0x0020000d, Vr.UI, ROOT + ".2." + number / IN_A_SERIES / 4);
    put(all, 0x0020000e, Vr.UI, ROOT + ".3." + number / IN_A_SERIES);
    put(all, 0x00200011, Vr.IS, String.valueOf(number / IN_A_SERIES));
    put(all, 0x00200013, Vr.IS, String.valueOf(number % IN_A_SERIES));
    put(all, 0x00200032, Vr.DS, "-174.6\\-174.6\\" + number % IN_A_SERIES);
    put(all, 0x00200037, Vr.DS, "1\\0\\0\\0\\1\\0");
    put(all, 0x00200052, Vr.UI, ROOT + ".4");
    put(all, 0x00201040, Vr.LO, "");
    put(all, 0x00204000, Vr.LT, "A comment that is too long to be shown. ".repeat(8));
  }

  private static void pixels(DataSet.Builder all) {
    number(all, 0x00280002, 1);
    put(all, 0x00280004, Vr.CS, "MONOCHROME2");
    number(all, 0x00280010, 512);
    number(all, 0x00280011, PIXELS / 1024);
    put(all, 0x00280030, Vr.DS, "0.7\\0.7");
    number(all, 0x00280100, 16);
    number(all, 0x00280101, 12);
    number(all, 0x00280102, 11);
    number(all, 0x00280103, 0);
    put(all, 0x00281050, Vr.DS, "50");
    put(all, 0x00281051, Vr.DS, "400");
    all.put(new Element(Tag.PixelData, Vr.OW, new Value.Bytes(new byte[PIXELS])));
  }

  private static void number(DataSet.Builder all, int tag, int number) {
    all.put(
        new Element(tag, Vr.US, new Value.Bytes(new byte[] {(byte) number, (byte) (number >> 8)})));
  }

  private static void put(DataSet.Builder all, int tag, Vr vr, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    byte[] even = Arrays.copyOf(bytes, bytes.length + (bytes.length & 1));
    if (even.length > bytes.length && vr != Vr.UI) {
      even[bytes.length] = ' ';
    }
    all.put(new Element(tag, vr, new Value.Bytes(even)));
  }
}
