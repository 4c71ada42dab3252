package org.ithil.dicom.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.ithil.dicom.SharedData;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Tags;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.io.DicomFile;
import org.ithil.dicom.io.DicomReader;
import org.ithil.dicom.io.ReadOptions;
import org.ithil.dicom.text.PersonName;
import org.ithil.dicom.text.SpecificCharacterSet;
import org.ithil.dicom.xml.DicomXmlReader;
import org.ithil.dicom.xml.DicomXmlWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every sample file becomes JSON and XML, and these become data sets again. */
class SampleFilesTest {
  private static final SpecificCharacterSet LATIN_1 =
      SpecificCharacterSet.of(List.of("ISO_IR 100"));

  static List<String> files() {
    return SharedData.soundNames().stream()
        .filter(name -> SharedData.require(name).toFile().length() < 400_000)
        .filter(name -> !name.contains("deep_nested"))
        .toList();
  }

  private static DicomFile read(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(SharedData.require(name));
    return DicomReader.readFile(ByteSource.of(bytes), ReadOptions.DEFAULT);
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("files")
  void says_the_same_in_json(String name) throws IOException {
    DicomFile file = read(name);
    StringBuilder json = new StringBuilder();
    new DicomJsonWriter(file.values(), BulkData.inline()).write(file.dataSet(), LATIN_1, json);
    DataSet again =
        new DicomJsonReader(TextLimits.DEFAULT, BulkData.Source.none())
            .read(new StringReader(json.toString()))
            .getFirst();
    assertSame(file, again, text -> text);
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("files")
  void says_the_same_in_xml(String name) throws IOException {
    DicomFile file = read(name);
    for (DicomXmlWriter.Dialect dialect : DicomXmlWriter.Dialect.values()) {
      StringWriter xml = new StringWriter();
      new DicomXmlWriter(file.values(), BulkData.inline(), Dictionary.withPrivateTags(), dialect)
          .write(file.dataSet(), LATIN_1, xml);
      DataSet again =
          new DicomXmlReader(TextLimits.DEFAULT, BulkData.Source.none())
              .read(new StringReader(xml.toString()));
      assertSame(file, again, text -> text.replaceAll("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]", ""));
    }
  }

  private static void assertSame(DicomFile file, DataSet again, UnaryOperator<String> allowed)
      throws IOException {
    List<String> differences = new ArrayList<>();
    compare(file.dataSet(), LATIN_1, again, file.values(), allowed, differences);
    assertThat(differences).isEmpty();
  }

  private static void compare(
      DataSet first,
      SpecificCharacterSet inherited,
      DataSet again,
      ByteSource values,
      UnaryOperator<String> allowed,
      List<String> differences)
      throws IOException {
    SpecificCharacterSet characterSet = first.characterSet(inherited);
    for (Element element : first) {
      int tag = element.tag();
      if (Tags.isGroupLength(tag)
          || tag == Tag.SpecificCharacterSet
          || element.value() instanceof Value.Fragments) {
        continue;
      }
      Element other = again.get(tag);
      if (other == null || other.vr() != element.vr()) {
        differences.add(Tags.format(tag) + " " + other);
        continue;
      }
      Element loaded =
          element.value() instanceof Value.Located located
              ? new Element(
                  tag,
                  element.vr(),
                  new Value.Bytes(located.read(values, element.vr(), 0, (int) located.length())))
              : element;
      if (element.vr() == Vr.SQ) {
        for (int i = 0; i < element.items().size(); i++) {
          DataSet item = element.items().get(i);
          compare(item, characterSet, other.items().get(i), values, allowed, differences);
        }
        continue;
      }
      boolean same =
          loaded.vr().isText()
              ? texts(loaded, characterSet, allowed)
                  .equals(texts(other, SpecificCharacterSet.UTF_8, text -> text))
              : loaded.vr().isBinaryNumber()
                  ? ValueText.numbers(loaded.vr(), loaded.bytes())
                      .equals(ValueText.numbers(other.vr(), other.bytes()))
                  : ValueText.padded(loaded.vr(), loaded.bytes()).equals(other.value());
      if (!same) {
        differences.add(Tags.format(tag) + " " + loaded + " " + other);
      }
    }
  }

  /** What a text says; the form of numbers and delimiters at the end do not count. */
  private static List<String> texts(
      Element element, SpecificCharacterSet characterSet, UnaryOperator<String> allowed) {
    List<String> texts = new ArrayList<>();
    for (String text : element.texts(characterSet)) {
      String kept = allowed.apply(text);
      if (element.vr() == Vr.PN) {
        texts.add(PersonName.parse(kept).toString());
      } else if (element.vr() == Vr.IS && kept.strip().matches("[+-]?[0-9]{1,18}")) {
        texts.add(Long.toString(Long.parseLong(kept.strip())));
      } else {
        texts.add(element.vr() == Vr.DS ? kept.strip() : kept.stripTrailing());
      }
    }
    while (!texts.isEmpty() && texts.getLast().isEmpty()) {
      texts.removeLast();
    }
    return texts;
  }
}
