package org.ithil.archive.reconstruction;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.ithil.archive.index.IndexWriter;
import org.ithil.archive.ingest.Ingest.Description;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.Lineage;

/** What the index keeps of the main tags of an instance. */
enum Part {
  PATIENT(Level.PATIENT),
  STUDY(Level.STUDY),
  /** The main tags of the patient as a study shows them. */
  PATIENT_OF_STUDY(Level.PATIENT),
  SERIES(Level.SERIES),
  INSTANCE(Level.INSTANCE);

  static final Set<Part> ALL = Collections.unmodifiableSet(EnumSet.allOf(Part.class));
  static final Set<Part> PARENTS =
      Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(INSTANCE)));

  private final Level source;

  Part(Level source) {
    this.source = source;
  }

  /** What is written if only the main tags of a level are. */
  static Set<Part> only(Level level) {
    return level == Level.INSTANCE ? EnumSet.of(INSTANCE) : ofFirst(level);
  }

  /** What a patient, study or series gets from the first of its instances. */
  static Set<Part> ofFirst(Level level) {
    return switch (level) {
      case PATIENT -> EnumSet.of(PATIENT);
      case STUDY -> EnumSet.of(STUDY, PATIENT_OF_STUDY);
      case SERIES -> EnumSet.of(SERIES);
      case INSTANCE -> EnumSet.noneOf(Part.class);
    };
  }

  void write(IndexWriter writer, Lineage lineage, Description description) {
    Map<Integer, String> tags = description.of(source);
    if (this == PATIENT_OF_STUDY) {
      writer.setPatientTags(lineage.study(), tags);
    } else {
      writer.setMainTags(source, lineage.at(source), tags, description.signature(source));
    }
  }
}
