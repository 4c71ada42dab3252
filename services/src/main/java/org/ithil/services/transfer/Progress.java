package org.ithil.services.transfer;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.ithil.archive.json.JsonValue;

/** How far a transfer is; counted by several threads. */
final class Progress {
  private static final double MEGABYTE = 1 << 20;
  private static final double KILOBYTE = 1 << 10;
  private static final double NANOS = 1e9;

  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong requests = new AtomicLong();
  private final long begin = System.nanoTime();

  void done(long wireBytes) {
    bytes.addAndGet(wireBytes);
    requests.incrementAndGet();
  }

  /** What clients see of the size of the whole. */
  static void totals(Map<String, JsonValue> content, long instances, long size) {
    content.put("TotalInstances", new JsonValue.Whole(instances));
    content.put("TotalSizeMB", megabytes(size));
  }

  static JsonValue megabytes(long size) {
    return new JsonValue.Whole(Math.round(size / MEGABYTE));
  }

  /**
   * What clients see of what was done.
   *
   * @param name of the field with the bytes
   */
  void show(Map<String, JsonValue> content, String name) {
    double seconds = Math.max(1, System.nanoTime() - begin) / NANOS;
    content.put(name, megabytes(bytes.get()));
    content.put("CompletedHttpQueries", new JsonValue.Whole(requests.get()));
    content.put(
        "NetworkSpeedKBs", new JsonValue.Whole(Math.round(bytes.get() / KILOBYTE / seconds)));
  }
}
