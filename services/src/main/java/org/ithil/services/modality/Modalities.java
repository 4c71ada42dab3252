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
  private final Saving saving;

  /** Keeps the modalities over restarts. */
  @FunctionalInterface
  public interface Saving {
    /** Keeps all of them, in the place of those kept before. */
    void save(SortedMap<String, Modality> modalities);
  }

  /** Modalities whose changes are forgotten at the end. */
  public Modalities(Map<String, Modality> initial) {
    this(initial, _ -> {});
  }

  /** Modalities whose changes are kept before they count. */
  public Modalities(Map<String, Modality> initial, Saving saving) {
    this.byName = new ConcurrentSkipListMap<>(initial);
    this.saving = saving;
  }

  /** Whether something can be the symbolic name of a modality. */
  public static boolean isName(String text) {
    return text.matches("[A-Za-z0-9_-]+");
  }

  public Optional<Modality> get(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** Adds one, in the place of an earlier one with that name. */
  public synchronized void put(String name, Modality modality) {
    SortedMap<String, Modality> next = all();
    next.put(name, modality);
    saving.save(next);
    byName.put(name, modality);
  }

  /** Removes one, if it is there; returns whether it was. */
  public synchronized boolean remove(String name) {
    SortedMap<String, Modality> next = all();
    if (next.remove(name) == null) {
      return false;
    }
    saving.save(next);
    byName.remove(name);
    return true;
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
