package org.ithil.archive.modification;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.ithil.archive.index.Index;
import org.ithil.archive.index.IndexWriter;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.Lineage;
import org.ithil.archive.resource.Metadata;
import org.ithil.archive.resource.ResourceId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes sources of which there is a new instance: one by one it is looked, in the transaction
 * that deletes, whether the new one is there and was made of this very source. May be done again.
 */
final class SourceRemoval {
  private static final Logger LOG = LoggerFactory.getLogger(SourceRemoval.class);

  private final Index index;
  private final Workshop workshop;
  private final OptionalInt trace;

  SourceRemoval(Index index, Workshop workshop, OptionalInt trace) {
    this.index = index;
    this.workshop = workshop;
    this.trace = trace;
  }

  private record Pair(ResourceId source, Lineage target) {}

  void remove(List<ResourceId> sources) {
    List<Pair> pairs = new ArrayList<>();
    for (ResourceId source : sources) {
      target(source).ifPresent(target -> pairs.add(new Pair(source, target)));
    }
    if (!pairs.isEmpty()) {
      index.write(writer -> {
        pairs.forEach(pair -> remove(writer, pair));
        return true;
      });
    }
  }

  private Optional<Lineage> target(ResourceId source) {
    try {
      return workshop.target(source, 0);
    } catch (IOException e) {
      LOG.warn("Instance {} is kept, as its file cannot be read: {}", source, e.toString());
      return Optional.empty();
    }
  }

  private void remove(IndexWriter writer, Pair pair) {
    if (!writer.exists(Level.INSTANCE, pair.source) || pair.source.equals(pair.target.instance())) {
      return;
    }
    if (isMade(writer, pair.source, pair.target.instance(), trace)) {
      writer.delete(Level.INSTANCE, pair.source);
    } else {
      LOG.warn("Instance {} is kept, as there is none that was made of it", pair.source);
    }
  }

  /** Whether an instance is there, and was made of another one as far as its metadata tell. */
  static boolean isMade(
      org.ithil.archive.index.IndexReader reader,
      ResourceId source,
      ResourceId target,
      OptionalInt trace) {
    return trace.isEmpty()
        ? reader.exists(Level.INSTANCE, target)
        : reader
            .metadata(Level.INSTANCE, target, trace.getAsInt())
            .map(Metadata.Entry::text)
            .equals(Optional.of(source.toString()));
  }
}
