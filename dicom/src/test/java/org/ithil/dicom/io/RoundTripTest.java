package org.ithil.dicom.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.ithil.dicom.SharedData;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Tags;
import org.ithil.dicom.encoding.TransferSyntax;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was read and written again is read as the same. */
class RoundTripTest {
  private static final List<TransferSyntax> ENCODINGS =
      List.of(
          TransferSyntax.IMPLICIT_LE,
          TransferSyntax.EXPLICIT_LE,
          TransferSyntax.EXPLICIT_BE,
          TransferSyntax.DEFLATED_LE);

  static List<String> names() {
    return SharedData.names();
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("names")
  void is_read_again_as_it_was_in_all_four_encodings(String name) throws IOException {
    Path path = SharedData.require(name);
    try (FileByteSource source = FileByteSource.open(path)) {
      DicomFile file = readable(source);
      for (TransferSyntax syntax : ENCODINGS) {
        roundTrip(file, syntax);
      }
    }
  }

  /** Located values are copied from file to file without passing through memory as a whole. */
  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("names")
  void is_read_again_as_it_was_with_nearly_all_values_located(String name) throws IOException {
    Path path = SharedData.require(name);
    try (FileByteSource source = FileByteSource.open(path)) {
      readable(source);
      DicomFile file =
          DicomReader.readFile(source, ReadOptions.DEFAULT.withLargeValue(16).withMaxDepth(100));
      for (TransferSyntax syntax : ENCODINGS) {
        roundTrip(file, syntax);
      }
    }
  }

  private static DicomFile readable(ByteSource source) throws IOException {
    try {
      return DicomReader.readFile(source, ReadOptions.DEFAULT.withMaxDepth(100));
    } catch (DicomFormatException e) {
      Assumptions.abort("refused: " + e.getMessage());
      throw e;
    }
  }

  private static void roundTrip(DicomFile file, TransferSyntax syntax) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DataSet meta = FileMeta.of("1.2.840.10008.5.1.4.1.1.7", "1.2.3", syntax.uid());
    DicomWriter.writeFile(meta, file.dataSet(), file.values(), out);
    byte[] bytes = out.toByteArray();
    assertThat(bytes.length % 2).isZero();
    DicomFile again =
        DicomReader.readFile(ByteSource.of(bytes), ReadOptions.DEFAULT.withMaxDepth(100));
    assertThat(again.transferSyntax()).isEqualTo(syntax);
    boolean implicit = !syntax.explicitVr();
    if (implicit && Dump.of(file).stream().anyMatch(line -> line.vr().equals("UN"))) {
      // the reader knows more of these than the file said: compare what it writes then
      ByteArrayOutputStream second = new ByteArrayOutputStream();
      DicomWriter.writeDataSet(again.dataSet(), syntax, again.values(), second);
      DicomFile twice =
          DicomReader.readDataSet(
              ByteSource.of(second.toByteArray()), syntax, ReadOptions.DEFAULT.withMaxDepth(100));
      assertThat(Dump.of(twice.dataSet(), twice.values()))
          .isEqualTo(Dump.of(again.dataSet(), again.values()));
      return;
    }
    assertThat(lines(again.dataSet(), again.values(), implicit))
        .isEqualTo(lines(file.dataSet(), file.values(), implicit));
  }

  /** Lines without group lengths and with even lengths; without VR if the encoding has none. */
  private static List<Dump.Line> lines(DataSet dataSet, ByteSource values, boolean withoutVr)
      throws IOException {
    DataSet.Builder kept = dataSet.toBuilder();
    for (Element element : dataSet) {
      if (Tags.group(element.tag()) == 2) {
        kept.remove(element.tag());
      }
    }
    return Dump.of(kept.build(), values).stream()
        .filter(line -> !line.tag().endsWith(",0000"))
        .map(line -> normal(line, withoutVr))
        .toList();
  }

  private static Dump.Line normal(Dump.Line line, boolean withoutVr) {
    long length = line.length() < 0 ? -1 : line.length() + (line.length() & 1);
    String vr = withoutVr ? "" : line.vr();
    boolean odd = length != line.length();
    boolean hex = line.vr().equals("OB") || line.vr().equals("UN") || line.vr().equals("pi");
    String value = odd && hex && length <= Dump.LONGEST ? line.value() + "\\00" : line.value();
    value = withoutVr ? "" : value;
    return new Dump.Line(line.depth(), line.tag(), vr, length, value);
  }
}
