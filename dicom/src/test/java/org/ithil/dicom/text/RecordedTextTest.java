package org.ithil.dicom.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.ithil.dicom.SharedData;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.io.DicomReader;
import org.ithil.dicom.io.ReadOptions;
import org.ithil.dicom.json.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Text of the sample files, as recorded answers of the reference show it where they are right. */
class RecordedTextTest {
  private static final SpecificCharacterSet LATIN_1 =
      SpecificCharacterSet.of(List.of("ISO_IR 100"));

  /** Decoded wrongly by the reference; see the test below. */
  private static final List<String> WRONG =
      List.of("chrH32", "syn_latin9_ir203", "syn_multi_cyrillic_greek");

  static List<String> files() {
    return SharedData.names().stream()
        .filter(name -> name.startsWith("charset/") && !name.contains("chrSQ"))
        .filter(name -> !name.contains("empty_charset"))
        .toList();
  }

  private static DataSet read(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(SharedData.require(name));
    return DicomReader.readFile(ByteSource.of(bytes), ReadOptions.DEFAULT).dataSet();
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("files")
  void agrees_with_the_recording(String file) throws IOException {
    String step = file.replaceAll("charset/|\\.dcm", "");
    DataSet dataSet = read(file);
    int compared = 0;
    for (Element element : dataSet) {
      String name = Dictionary.standard().nameOf(element.tag(), null);
      String recorded =
          Recording.text(
              Recording.compat("expected/tags-charset.json"), "tags-" + step, "value", name);
      if (element.vr().usesCharacterSet() && !recorded.isEmpty() && !WRONG.contains(step)) {
        String text = dataSet.text(element.tag(), LATIN_1).orElseThrow();
        assertThat(text).as(name).isEqualTo(recorded);
        compared++;
      }
    }
    assertThat(compared > 1 || WRONG.contains(step)).as("something was compared").isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "charset/chrH32.dcm, ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう, ''",
    "charset/syn_latin9_ir203.dcm, Œuvrard^Žofia, 100 € Šport",
    "charset/syn_multi_cyrillic_greek.dcm, Lyuke=Люк^Διον, тест τεστ"
  })
  void is_right_where_the_reference_is_wrong(String file, String name, String description)
      throws IOException {
    DataSet dataSet = read(file);
    assertThat(dataSet.text(Tag.PatientName, LATIN_1)).hasValue(name);
    assertThat(dataSet.text(Tag.StudyDescription, LATIN_1).orElse("")).isEqualTo(description);
  }

  @Test
  void reads_items_by_their_own_character_set_or_the_one_around() throws IOException {
    for (String file : List.of("charset/chrSQEncoding.dcm", "charset/chrSQEncoding1.dcm")) {
      DataSet dataSet = read(file);
      SpecificCharacterSet around = dataSet.characterSet(LATIN_1);
      DataSet item = dataSet.get(Tag.RequestedProcedureCodeSequence).items().getFirst();
      assertThat(item.text(Tag.PatientName, around)).hasValue("ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう");
    }
  }
}
