package org.ithil.services.creation;

import java.io.IOException;
import java.util.Optional;
import org.ithil.archive.index.Index;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.module.Modules;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;
import org.ithil.archive.retrieval.Retrieval;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.io.DicomFile;
import org.ithil.services.creation.CreationException.Problem;

/**
 * What a new instance takes over from its parent: the modules of the parent's level and those
 * above, as one of its instances has them. Sequences are left out, as with the reference. Safe for
 * concurrent use.
 */
final class Inheritance {
  private static final int LARGEST = 1 << 20;

  private final Index index;
  private final Retrieval retrieval;

  Inheritance(Index index, Retrieval retrieval) {
    this.index = index;
    this.retrieval = retrieval;
  }

  /**
   * What is taken over.
   *
   * @param level of the parent
   * @param elements of the modules, and Specific Character Set if the parent declares one
   */
  record Inherited(Level level, DataSet elements) {}

  private record Parent(Level level, ResourceId instance) {}

  /**
   * Looks up a parent.
   *
   * @throws CreationException if there is no such patient, study or series
   */
  Inherited from(JsonValue parent) throws IOException {
    ResourceId id =
        Optional.of(parent)
            .filter(JsonValue.Text.class::isInstance)
            .flatMap(text -> ResourceId.parse(((JsonValue.Text) text).text()))
            .orElseThrow(Inheritance::unknown);
    Parent found =
        index
            .read(reader ->
                reader
                    .level(id)
                    .map(level ->
                        new Parent(
                            level,
                            level == Level.INSTANCE
                                ? id
                                : reader
                                    .firstDescendant(level, id, Level.INSTANCE)
                                    .orElseThrow(Inheritance::unknown))))
            .orElseThrow(Inheritance::unknown);
    if (found.level() == Level.INSTANCE) {
      throw new CreationException(Problem.INSTANCE_AS_PARENT, "");
    }
    DicomFile header = retrieval.header(found.instance()).orElseThrow(Inheritance::unknown);
    try (Retrieval.OpenInstance open = retrieval.hold(header)) {
      return new Inherited(found.level(), elements(found.level(), open.file()));
    }
  }

  private static CreationException unknown() {
    return new CreationException(Problem.UNKNOWN_PARENT, "");
  }

  private static DataSet elements(Level lowest, DicomFile file) throws IOException {
    DataSet.Builder all = new DataSet.Builder();
    Element characterSet = file.dataSet().get(Tag.SpecificCharacterSet);
    if (characterSet != null && !characterSet.isEmpty()) {
      all.put(characterSet);
    }
    for (Level level : Level.values()) {
      if (level.ordinal() <= lowest.ordinal()) {
        for (Element element : Modules.of(level, file.dataSet())) {
          if (!(element.value() instanceof Value.Items)) {
            all.put(loaded(element, file.values()));
          }
        }
      }
    }
    return all.build();
  }

  /** The same in memory: the file is not open for ever. Values of a megabyte do not belong here. */
  private static Element loaded(Element element, ByteSource values) throws IOException {
    if (element.value() instanceof Value.Located located) {
      byte[] bytes =
          located.length() > LARGEST
              ? new byte[0]
              : located.read(values, element.vr(), 0, (int) located.length());
      return new Element(element.tag(), element.vr(), new Value.Bytes(bytes));
    }
    return element;
  }
}
