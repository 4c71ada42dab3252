package org.ithil.dicom.uid;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** UIDs of PS3.5 9 and B. */
class UidsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.2",
        "0.0",
        "2.999.1",
        "1.2.840.10008.1.2",
        "2.25.329800735698586629295641978511506172918",
        "1.2.345678901234567890123456789012345678901234567890123456789012"
      })
  void takes(String uid) {
    assertThat(Uids.isValid(uid)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1.",
        ".1",
        "1..2",
        "1.02",
        "01.2",
        "3.1",
        "1.40",
        "1.100",
        "1.2.a",
        "1.2 ",
        "1.2.-3",
        "../../etc/passwd",
        "1.2.3456789012345678901234567890123456789012345678901234567890123"
      })
  void refuses(String uid) {
    assertThat(Uids.isValid(uid)).isFalse();
  }

  @Test
  void makes_valid_uids_that_differ() {
    UidGenerator generator = new UidGenerator(new Random(1));
    Set<String> made = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      String uid = generator.next();
      assertThat(Uids.isValid(uid)).as(uid).isTrue();
      assertThat(uid).startsWith("2.25.");
      made.add(uid);
    }
    assertThat(made).hasSize(10_000);
  }

  @Test
  void makes_the_same_uid_from_the_same_randomness() {
    assertThat(new UidGenerator(new Random(7)).next())
        .isEqualTo(new UidGenerator(new Random(7)).next());
  }
}
