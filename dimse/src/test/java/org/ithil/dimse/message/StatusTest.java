package org.ithil.dimse.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.ithil.dimse.message.Status.Category;
import org.junit.jupiter.api.Test;

/** PS3.7 C. */
class StatusTest {
  @Test
  void codes_fall_into_their_categories() {
    assertThat(Status.SUCCESS.category()).isEqualTo(Category.SUCCESS);
    assertThat(Status.PENDING.category()).isEqualTo(Category.PENDING);
    assertThat(Status.PENDING_WARNING.category()).isEqualTo(Category.PENDING);
    assertThat(Status.CANCEL.category()).isEqualTo(Category.CANCEL);
    for (int warning : new int[] {0x0001, 0xb000, 0xb007, 0xbfff, 0x0107, 0x0116}) {
      assertThat(new Status(warning).category()).isEqualTo(Category.WARNING);
    }
    for (int failure : new int[] {0xa700, 0xa900, 0xc000, 0xcfff, 0x0122, 0x0211, 0x1234}) {
      assertThat(new Status(failure).category()).isEqualTo(Category.FAILURE);
    }
  }

  @Test
  void unknown_codes_are_kept_and_printed_as_the_standard_writes_them() {
    assertThat(new Status(0xa801)).hasToString("0xA801");
    assertThat(new Status(0xa801).code()).isEqualTo(0xa801);
  }

  @Test
  void codes_have_sixteen_bits() {
    assertThatThrownBy(() -> new Status(0x10000)).isInstanceOf(IllegalArgumentException.class);
  }
}
