package org.ithil.dicom.io;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Bytes that this thread takes from the heap. */
final class Allocation {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final long start = now();

  static Allocation start() {
    return new Allocation();
  }

  long bytes() {
    return now() - start;
  }

  private static long now() {
    return THREADS.getCurrentThreadAllocatedBytes();
  }
}
