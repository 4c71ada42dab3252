package org.ithil.web.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.ZipException;
import org.ithil.archive.index.IndexException;
import org.junit.jupiter.api.Test;

/**
 * What comes in is refused where it is read; a file that ends too early later on is a stored one.
 */
class ErrorMappingTest {
  @Test
  void a_file_that_ends_too_early_is_damaged() {
    for (IOException failure : new IOException[] {new EOFException("x"), new ZipException("x")}) {
      ApiException told = ErrorMapping.of(new UncheckedIOException(failure));
      assertThat(told.code()).isEqualTo(ErrorCode.CORRUPTED_FILE);
      assertThat(told.status()).isEqualTo(500);
      assertThat(told.details()).startsWith("A stored file is damaged");
    }
  }

  @Test
  void a_damaged_index_makes_the_service_unavailable() {
    IndexException damage = new IndexException("x", new IOException(), IndexException.Kind.REFUSED);
    ApiException told = ErrorMapping.of(damage);
    assertThat(told.code()).isEqualTo(ErrorCode.DATABASE);
    assertThat(told.status()).isEqualTo(503);
    assertThat(told.details()).contains("The index is damaged");
  }
}
