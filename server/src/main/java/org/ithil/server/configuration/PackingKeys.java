package org.ithil.server.configuration;

import java.util.List;
import java.util.OptionalInt;
import org.ithil.archive.packing.PackingRules;

/** The keys of archives, and of the loaders that read ahead for them. */
final class PackingKeys {
  private static final long MEGABYTE = 1L << 20;
  private static final int FEWEST_LOADERS = 4;
  private static final int MOST_LOADERS = 50;

  private PackingKeys() {}

  static PackingRules packing(Section root) {
    OptionalInt old = loaderThreads(root);
    int window = root.integer("SequentialDicomReaderWindowSize", 1, Integer.MAX_VALUE);
    return new PackingRules(
        root.isGiven("SequentialDicomReaderWindowSize") ? window : old.orElse(window),
        root.integer("SequentialDicomReaderWindowCapacity", 1, Integer.MAX_VALUE) * MEGABYTE,
        readers(root),
        allReaders(root),
        root.integer("StorageMemoryCapacity", 1, Integer.MAX_VALUE) * MEGABYTE,
        root.flag("ZipUseUtf8"),
        root.flag("SynchronousZipStream"));
  }

  /** How many files one job reads at the same time. */
  static int readers(Section root) {
    return root.isGiven("SequentialDicomReaderThreadsCount")
        ? root.integer("SequentialDicomReaderThreadsCount", 1, Integer.MAX_VALUE)
        : allReaders(root);
  }

  private static int allReaders(Section root) {
    return root.isGiven("StorageLoaderThreadsCount")
        ? root.integer("StorageLoaderThreadsCount", 1, Integer.MAX_VALUE)
        : loaders(root, loaderThreads(root));
  }

  /** What the old keys say, which stand for those of today where these are missing. */
  private static OptionalInt loaderThreads(Section root) {
    for (String key : List.of("LoaderThreads", "ZipLoaderThreads")) {
      if (root.isGiven(key)) {
        return OptionalInt.of(Math.max(1, root.integer(key, 0, Integer.MAX_VALUE)));
      }
    }
    return OptionalInt.empty();
  }

  private static int loaders(Section root, OptionalInt old) {
    int jobs = root.integer("ConcurrentJobs", 0, Integer.MAX_VALUE);
    long wanted =
        (long) (jobs == 0 ? Runtime.getRuntime().availableProcessors() : jobs) * old.orElse(1);
    return (int) Math.clamp(wanted, FEWEST_LOADERS, MOST_LOADERS);
  }
}
