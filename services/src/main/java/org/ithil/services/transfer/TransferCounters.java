package org.ithil.services.transfer;

import java.util.EnumMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** What transfers count, all from zero at the start of the process. Safe for concurrent use. */
public final class TransferCounters {
  /** A counter; the name is that of its metric behind {@code orthanc_transfers_}. */
  public enum Counter {
    USED_CACHE("used_cache_size"),
    CACHE_HITS("cache_hit_count"),
    CACHE_MISSES("cache_miss_count"),
    /** Transactions that may still be opened without one being dropped. */
    AVAILABLE_PUSHES("available_push_count"),
    CREATED_PUSHES("created_push_count"),
    COMMITTED_PUSHES("committed_push_count"),
    /** Dropped for want of room. */
    ABORTED_PUSHES("aborted_push_count"),
    RECEIVED_BYTES("push_total_received_bytes_count"),
    RECEPTION_MILLIS("push_total_time_spent_in_reception_ms"),
    COMMIT_MILLIS("push_total_time_spent_in_commit_ms");

    private final String key;

    Counter(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }
  }

  private final EnumMap<Counter, AtomicLong> values = new EnumMap<>(Counter.class);

  TransferCounters() {
    for (Counter counter : Counter.values()) {
      values.put(counter, new AtomicLong());
    }
  }

  void add(Counter counter, long more) {
    at(counter).addAndGet(more);
  }

  void set(Counter counter, long value) {
    at(counter).set(value);
  }

  private AtomicLong at(Counter counter) {
    AtomicLong value = values.get(counter);
    if (value == null) {
      throw new IllegalStateException(counter.key);
    }
    return value;
  }

  public long get(Counter counter) {
    return at(counter).get();
  }

  /** All of them, by the names of their metrics behind {@code orthanc_transfers_}. */
  public SortedMap<String, Long> all() {
    SortedMap<String, Long> all = new TreeMap<>();
    values.forEach((counter, value) -> all.put(counter.key, value.get()));
    return all;
  }
}
