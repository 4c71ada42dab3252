package org.ithil.services.modality;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The modalities known now, by symbolic names. Safe for concurrent use; may change at any time. */
public final class Modalities {
  private final ConcurrentSkipListMap<String, Modality> byName;

  public Modalities(Map<String, Modality> initial) {
    byName = new ConcurrentSkipListMap<>(initial);
  }

  public Optional<Modality> get(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** Adds one, in the place of an earlier one with that name. */
  public void put(String name, Modality modality) {
    byName.put(name, modality);
  }

  /** Removes one, if it is there; returns whether it was. */
  public boolean remove(String name) {
    return byName.remove(name) != null;
  }

  /** All, by their names. */
  public SortedMap<String, Modality> all() {
    return new TreeMap<>(byName);
  }

  /** All, in the order of their names. */
  public List<Modality> list() {
    return List.copyOf(byName.values());
  }
}
