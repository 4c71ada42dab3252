package org.ithil.archive.packing;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.ithil.archive.index.Index;
import org.ithil.archive.index.IndexReader.SeriesFile;

/** The files of a plan in their order; each series is looked up when its turn comes. */
final class Entries implements Iterator<Entries.Entry> {
  private final Index index;
  private final Iterator<Plan.Part> parts;
  private Iterator<Entry> current = List.<Entry>of().iterator();

  /**
   * A file to be packed.
   *
   * @param path in an archive with folders
   */
  record Entry(Plan.Part part, String path, SeriesFile file) {}

  Entries(Index index, Plan plan) {
    this.index = index;
    this.parts = plan.series().iterator();
  }

  @Override
  public boolean hasNext() {
    while (!current.hasNext() && parts.hasNext()) {
      current = files(parts.next());
    }
    return current.hasNext();
  }

  @Override
  public Entry next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return current.next();
  }

  private Iterator<Entry> files(Plan.Part part) {
    List<SeriesFile> files = index.read(reader -> reader.seriesFiles(part.series()));
    if (part.only().isPresent()) {
      Set<?> only = part.only().get();
      files = files.stream().filter(file -> only.contains(file.instance())).toList();
    }
    return FileNames.of(part.modality(), files)
        .map(named -> new Entry(part, part.folder() + named.name(), named.file()))
        .iterator();
  }
}
