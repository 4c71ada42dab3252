package org.ithil.services.query;

import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;

/**
 * The queries whose answers are kept in memory, within the limits of {@link QueryRules}; the one
 * that was not used for the longest time goes first. Safe for concurrent use.
 */
public final class Queries {
  /** What an element takes besides its bytes. */
  private static final int ELEMENT_SIZE = 80;

  private final QueryRules rules;
  private long bytes;

  /** From the least recently used one to the last. */
  private final Map<UUID, Query> byId = new LinkedHashMap<>(16, 0.75f, true);

  public Queries(QueryRules rules) {
    this.rules = rules;
  }

  /** Keeps a query, the last one even if it is alone too large. */
  public synchronized void add(Query query) {
    byId.put(query.id(), query);
    bytes += size(query);
    Iterator<Query> oldest = byId.values().iterator();
    while (byId.size() > rules.kept() || (bytes > rules.bytes() && byId.size() > 1)) {
      bytes -= size(oldest.next());
      oldest.remove();
    }
  }

  private static long size(Query query) {
    long size = 0;
    for (DataSet answer : query.answers()) {
      for (Element element : answer) {
        size += ELEMENT_SIZE + element.bytes().length;
      }
    }
    return size;
  }

  /** The query with an identifier, which counts as used then. */
  public synchronized Optional<Query> get(UUID id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** Forgets a query, if it is there. */
  public synchronized void remove(UUID id) {
    Query query = byId.remove(id);
    if (query != null) {
      bytes -= size(query);
    }
  }

  /** The identifiers, sorted. */
  public synchronized List<UUID> ids() {
    return byId.keySet().stream().sorted(Comparator.comparing(UUID::toString)).toList();
  }
}
