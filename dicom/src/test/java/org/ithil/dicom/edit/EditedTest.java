package org.ithil.dicom.edit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.edit.Edit.Edited;
import org.ithil.dicom.encoding.TransferSyntax;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.io.DicomFile;
import org.ithil.dicom.io.DicomReader;
import org.ithil.dicom.io.FileMeta;
import org.ithil.dicom.io.ReadOptions;
import org.junit.jupiter.api.Test;

/** Files made of edited data sets. */
class EditedTest {
  private static final TransferSyntax JPEG = TransferSyntax.of("1.2.840.10008.1.2.4.50");

  private static Element uid(int tag, String uid) {
    return new Element(tag, Vr.UI, new Value.Bytes(uid.getBytes(StandardCharsets.US_ASCII)));
  }

  private static DicomFile written(TransferSyntax source, Element... elements) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new Edited(DataSet.of(List.of(elements)), ByteSource.of(new byte[0])).write(source, out);
    return DicomReader.readFile(ByteSource.of(out.toByteArray()), ReadOptions.DEFAULT);
  }

  @Test
  void names_the_instance_in_front_of_it() throws IOException {
    DicomFile file =
        written(
            TransferSyntax.IMPLICIT_LE,
            uid(Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.66.4"),
            uid(Tag.SOPInstanceUID, "1.22"));
    assertThat(file.transferSyntax()).isEqualTo(TransferSyntax.IMPLICIT_LE);
    assertThat(file.meta().ascii(FileMeta.MEDIA_STORAGE_SOP_INSTANCE_UID)).contains("1.22");
    assertThat(file.meta().ascii(FileMeta.MEDIA_STORAGE_SOP_CLASS_UID))
        .contains("1.2.840.10008.5.1.4.1.1.66.4");
  }

  @Test
  void takes_the_recorded_class_for_none() throws IOException {
    assertThat(
            written(TransferSyntax.EXPLICIT_LE, uid(Tag.SOPInstanceUID, "1.22"))
                .meta()
                .ascii(FileMeta.MEDIA_STORAGE_SOP_CLASS_UID))
        .contains("1.2.276.0.7230010.3.1.0.1");
  }

  @Test
  void native_pixels_cannot_stay_in_an_encapsulated_syntax() throws IOException {
    Element pixels = new Element(Tag.PixelData, Vr.OB, new Value.Bytes(new byte[] {1, 2}));
    assertThat(written(JPEG, uid(Tag.SOPInstanceUID, "1.22"), pixels).transferSyntax())
        .isEqualTo(TransferSyntax.EXPLICIT_LE);
  }

  @Test
  void an_encapsulated_syntax_stays_with_its_pixels_and_without_any() throws IOException {
    Element pixels =
        new Element(
            Tag.PixelData,
            Vr.OB,
            new Value.Fragments(List.of(Value.EMPTY, new Value.Bytes(new byte[] {1, 2}))));
    Element instance = uid(Tag.SOPInstanceUID, "1.22");
    assertThat(written(JPEG, instance, pixels).transferSyntax()).isEqualTo(JPEG);
    assertThat(written(JPEG, instance).transferSyntax()).isEqualTo(JPEG);
  }
}
