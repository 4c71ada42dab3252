package org.ithil.services.transfer;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ithil.archive.blob.SpooledFile;
import org.ithil.archive.ingest.Ingest;
import org.ithil.archive.ingest.IngestException;
import org.ithil.archive.ingest.Origin;
import org.ithil.dicom.io.DicomFormatException;
import org.ithil.services.transfer.TransferException.Problem;

/** Takes all files of a transfer into the archive, or, if one of them is bad, none. */
final class Storing {
  private static final Origin ORIGIN = new Origin.Internal();

  private final Ingest ingest;
  private final int threads;

  Storing(Ingest ingest, int threads) {
    this.ingest = ingest;
    this.threads = threads;
  }

  /**
   * Checks every file before the first is stored. If the storage fails in the middle, what was
   * stored stays: somebody else may have been told by then that it is there.
   *
   * @throws TransferException for the first file that cannot be taken
   */
  void store(Assembly assembly) throws IOException, InterruptedException {
    Map<String, SpooledFile> whole = new ConcurrentHashMap<>();
    try {
      Assembly.Files files = assembly.whole();
      // Not interrupted: that would close the buckets, which the next attempt needs.
      all(assembly.files(), file -> whole.put(file.id(), checked(files.assemble(file))));
      // Not interrupted: what became of an instance has to be known.
      all(List.copyOf(whole.values()), this::store);
    } finally {
      whole.values().forEach(SpooledFile::close);
    }
  }

  private SpooledFile checked(SpooledFile file) throws IOException {
    try {
      if (file.size() == 0) {
        throw TransferException.of(Problem.NOT_DICOM);
      }
      ingest.lineage(file);
      return file;
    } catch (DicomFormatException | IngestException e) {
      file.close();
      throw TransferException.of(Problem.NOT_DICOM);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private void store(SpooledFile file) throws TransferException {
    try {
      ingest.ingest(file, ORIGIN);
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

  private <T> void all(List<T> items, Parallel.Task<T> task)
      throws IOException, InterruptedException {
    try (Parallel<T> parallel = new Parallel<>(items, threads, false, task)) {
      parallel.finish();
    }
  }
}
