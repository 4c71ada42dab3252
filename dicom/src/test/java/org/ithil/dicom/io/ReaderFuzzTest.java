package org.ithil.dicom.io;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

/**
 * Looks for bytes that break the reader, guided by coverage, when JAZZER_FUZZ=1 is set; otherwise
 * replays the collected inputs.
 */
class ReaderFuzzTest {
  @FuzzTest(maxDuration = "2m")
  void reads_any_bytes(byte[] bytes) throws IOException {
    Robustness.read(bytes);
  }
}
