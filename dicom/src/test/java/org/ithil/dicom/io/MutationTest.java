package org.ithil.dicom.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ithil.dicom.SharedData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Real files with a few bytes changed, cut off, doubled or moved: never an unchecked exception,
 * never memory beyond measure. The changes are the same in every run.
 */
class MutationTest {
  private static final int VARIANTS = 60;
  private static final int LARGEST = 100_000;

  static Stream<String> names() {
    List<String> names = SharedData.names();
    return IntStream.range(0, names.size()).filter(i -> i % 3 == 0).mapToObj(names::get);
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("names")
  void a_changed_file_is_read_or_refused(String name) throws IOException {
    Path path = SharedData.require(name);
    byte[] bytes = Files.readAllBytes(path);
    byte[] original = Arrays.copyOf(bytes, Math.min(bytes.length, LARGEST));
    Random random = new Random(name.hashCode());
    int taken = 0;
    for (int i = 0; i < VARIANTS; i++) {
      byte[] changed = change(original, random);
      try {
        taken += Robustness.read(changed) ? 1 : 0;
      } catch (RuntimeException | Error e) {
        throw new AssertionError("variant " + i + " of " + name, e);
      }
    }
    assertThat(taken).isBetween(0, VARIANTS);
  }

  private static byte[] change(byte[] original, Random random) {
    byte[] bytes = original.clone();
    if (bytes.length < 200) {
      random.nextBytes(bytes);
      return bytes;
    }
    // most structure lies at the start
    int reach = random.nextBoolean() ? bytes.length : Math.min(bytes.length, 4000);
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(reach - 8);
      switch (random.nextInt(6)) {
        case 0 -> bytes[at] = (byte) random.nextInt();
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> Arrays.fill(bytes, at, at + 4, (byte) 0xff);
        case 3 -> Arrays.fill(bytes, at, at + 1 + random.nextInt(8), (byte) 0);
        case 4 -> bytes = Arrays.copyOf(bytes, Math.max(200, at));
        default -> {
          int n = random.nextInt(Math.min(64, bytes.length - at));
          int to = random.nextInt(bytes.length - n);
          System.arraycopy(bytes.clone(), at, bytes, to, n);
        }
      }
      reach = Math.min(reach, bytes.length);
    }
    return bytes;
  }
}
