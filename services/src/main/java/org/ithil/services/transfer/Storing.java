package org.ithil.services.transfer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ithil.archive.blob.SpooledFile;
import org.ithil.archive.deletion.Deletion;
import org.ithil.archive.ingest.Ingest;
import org.ithil.archive.ingest.IngestException;
import org.ithil.archive.ingest.IngestOutcome;
import org.ithil.archive.ingest.Origin;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;
import org.ithil.dicom.io.DicomFormatException;
import org.ithil.services.transfer.TransferException.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes all files of a transfer into the archive, or none of them. */
final class Storing {
  private static final Logger LOG = LoggerFactory.getLogger(Storing.class);
  private static final Origin ORIGIN = new Origin.Internal();

  private final Ingest ingest;
  private final Deletion deletion;
  private final int threads;

  Storing(Ingest ingest, Deletion deletion, int threads) {
    this.ingest = ingest;
    this.deletion = deletion;
    this.threads = threads;
  }

  /**
   * Checks every file before the first is stored. If the storage fails in the middle, those that
   * were new are removed again.
   *
   * @throws TransferException for the first file that cannot be taken
   */
  void store(Assembly assembly) throws IOException, InterruptedException {
    Map<String, SpooledFile> whole = new ConcurrentHashMap<>();
    try {
      Assembly.Files files = assembly.whole();
      all(assembly.files(), true, file -> whole.put(file.id(), checked(files.assemble(file))));
      List<ResourceId> added = Collections.synchronizedList(new ArrayList<>());
      try {
        // Not interrupted: what became of an instance has to be known.
        all(List.copyOf(whole.values()), false, file -> store(file, added));
      } catch (IOException | InterruptedException | RuntimeException e) {
        LOG.info("{} instances of a transfer are removed again", added.size());
        added.forEach(id -> deletion.delete(Level.INSTANCE, id));
        throw e;
      }
    } finally {
      whole.values().forEach(SpooledFile::close);
    }
  }

  private SpooledFile checked(SpooledFile file) throws IOException {
    try {
      if (file.size() == 0) {
        throw TransferException.of(Problem.NOT_DICOM);
      }
      ingest.read(file);
      return file;
    } catch (DicomFormatException e) {
      file.close();
      throw TransferException.of(Problem.NOT_DICOM);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private void store(SpooledFile file, List<ResourceId> added) throws TransferException {
    try {
      IngestOutcome outcome = ingest.ingest(file, ORIGIN);
      if (outcome instanceof IngestOutcome.Stored(var lineage, boolean replaced) && !replaced) {
        added.add(lineage.instance());
      }
    } catch (IngestException e) {
      throw TransferException.of(
          switch (e.problem()) {
            case EMPTY_FILE, NOT_DICOM, ABSENT_IDENTIFIER, EMPTY_IDENTIFIER, UNFIT_IDENTIFIER ->
                Problem.NOT_DICOM;
            case STORAGE_FULL -> Problem.STORAGE_FULL;
            case STORAGE_FAILED -> Problem.STORAGE_FAILED;
          });
    }
  }

  private <T> void all(List<T> items, boolean abrupt, Parallel.Task<T> task)
      throws IOException, InterruptedException {
    try (Parallel<T> parallel = new Parallel<>(items, threads, abrupt, task)) {
      parallel.finish();
    }
  }
}
