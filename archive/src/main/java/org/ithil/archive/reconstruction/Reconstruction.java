package org.ithil.archive.reconstruction;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import org.ithil.archive.index.Index;
import org.ithil.archive.ingest.Ingest;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;
import org.ithil.archive.retrieval.Retrieval;
import org.ithil.dicom.io.ReadOptions;

/** Makes what the index keeps of files anew from the files. Safe for concurrent use. */
public final class Reconstruction {
  private static final Set<Level> PARENTS =
      EnumSet.of(Level.PATIENT, Level.STUDY, Level.SERIES);

  private final Instances instances;

  /**
   * @param options limits for files, and the dictionary
   */
  public Reconstruction(Index index, Retrieval retrieval, Ingest ingest, ReadOptions options) {
    this.instances = new Instances(index, retrieval, ingest, options);
  }

  /**
   * Writes the main tags of the patient, the study and the series of an instance anew, from its
   * file, in one transaction. All else of them stays, and nothing is logged. Nothing happens if the
   * instance is unknown or has no file.
   *
   * @throws IOException if its file cannot be read
   */
  public void parents(ResourceId instance) throws IOException {
    instances.rewrite(instance, PARENTS);
  }
}
