package org.ithil.services.query;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.ithil.archive.setting.DefaultCharacterSet;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Tags;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.io.DicomReader;
import org.ithil.dicom.io.ReadOptions;
import org.ithil.dicom.json.ValueText;
import org.ithil.dicom.text.SpecificCharacterSet;
import org.ithil.dimse.association.PresentationContext;
import org.jspecify.annotations.Nullable;

/**
 * Reads answers and brings their text into the default character set, so that all answers of all
 * peers look alike; those with letters that it lacks, into UTF-8.
 */
final class AnswerReader {
  private final ReadOptions reading;
  private final DefaultCharacterSet encoding;

  AnswerReader(ReadOptions reading, DefaultCharacterSet encoding) {
    this.reading = reading.withLargeValue(Integer.MAX_VALUE).withMaxInMemory(Long.MAX_VALUE);
    this.encoding = encoding;
  }

  /** An answer without its sequences; private elements that nobody knows have no text. */
  DataSet flat(byte[] bytes, PresentationContext context) throws IOException {
    DataSet answer = read(bytes, context);
    List<Element> elements = new ArrayList<>();
    for (Element element : answer) {
      if (element.value() instanceof Value.Bytes) {
        elements.add(isUnknown(element, answer) ? opaque(element) : element);
      }
    }
    copy(answer, Tag.SOPClassUID, Tag.MediaStorageSOPClassUID, elements);
    copy(answer, Tag.SOPInstanceUID, Tag.MediaStorageSOPInstanceUID, elements);
    return encoded(answer.characterSet(encoding.get()), DataSet.of(elements), true);
  }

  /** Class and instance are told under the names that they have in files, too. */
  private static void copy(DataSet answer, int from, int to, List<Element> elements) {
    Element element = answer.get(from);
    if (element != null) {
      elements.add(new Element(to, element.vr(), element.value()));
    }
  }

  /** A whole answer, but for private elements that nobody knows. */
  DataSet whole(byte[] bytes, PresentationContext context) throws IOException {
    DataSet answer = known(read(bytes, context));
    return encoded(
        answer.characterSet(encoding.get()), answer, answer.contains(Tag.SpecificCharacterSet));
  }

  private DataSet read(byte[] bytes, PresentationContext context) throws IOException {
    return DicomReader.readDataSet(ByteSource.of(bytes), context.transferSyntax(), reading)
        .dataSet();
  }

  private boolean isUnknown(Element element, DataSet around) {
    int tag = element.tag();
    return Tags.isPrivate(tag)
        && !Tags.isPrivateCreator(tag)
        && reading.dictionary().nameOf(tag, around.privateCreator(tag)).equals(Dictionary.UNKNOWN);
  }

  private static Element opaque(Element element) {
    return new Element(element.tag(), Vr.UN, element.value());
  }

  private DataSet known(DataSet dataSet) {
    DataSet.Builder known = new DataSet.Builder();
    for (Element element : dataSet) {
      if (element.value() instanceof Value.Items(List<DataSet> items)) {
        List<DataSet> kept = items.stream().map(this::known).toList();
        known.put(new Element(element.tag(), element.vr(), new Value.Items(kept)));
      } else if (!isUnknown(element, dataSet)) {
        known.put(element);
      }
    }
    return known.build();
  }

  private DataSet encoded(SpecificCharacterSet from, DataSet dataSet, boolean declared) {
    SpecificCharacterSet usual = encoding.encoding().declared();
    DataSet encoded = recoded(dataSet, from, usual);
    SpecificCharacterSet set = usual;
    if (encoded == null) {
      set = SpecificCharacterSet.UTF_8;
      encoded = java.util.Objects.requireNonNull(recoded(dataSet, from, set));
    }
    // Who reads it later may have another default.
    return declared || set != usual
        ? encoded.toBuilder().put(Identifier.declaration(set)).build()
        : encoded;
  }

  /** Null if the set lacks a letter. */
  private static @Nullable DataSet recoded(
      DataSet dataSet, SpecificCharacterSet inherited, SpecificCharacterSet to) {
    SpecificCharacterSet from = dataSet.characterSet(inherited);
    DataSet.Builder recoded = new DataSet.Builder();
    for (Element element : dataSet) {
      if (element.value() instanceof Value.Items(List<DataSet> items)) {
        List<DataSet> changed = new ArrayList<>();
        for (DataSet item : items) {
          DataSet inside = recoded(item, from, to);
          if (inside == null) {
            return null;
          }
          changed.add(inside);
        }
        recoded.put(new Element(element.tag(), element.vr(), new Value.Items(changed)));
      } else if (element.vr().usesCharacterSet()) {
        Value value = recoded(element, from, to);
        if (value == null) {
          return null;
        }
        recoded.put(new Element(element.tag(), element.vr(), value));
      } else if (element.tag() != Tag.SpecificCharacterSet) {
        recoded.put(element);
      }
    }
    return recoded.build();
  }

  private static @Nullable Value recoded(
      Element element, SpecificCharacterSet from, SpecificCharacterSet to) {
    String text = from.decode(element.bytes(), element.vr());
    byte[] bytes = to.encode(text, element.vr());
    return to.decode(bytes, element.vr()).equals(text)
        ? ValueText.padded(element.vr(), bytes)
        : null;
  }
}
