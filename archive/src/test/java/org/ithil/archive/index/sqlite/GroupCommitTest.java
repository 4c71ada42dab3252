package org.ithil.archive.index.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.ithil.archive.index.IndexException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GroupCommitTest {
  @TempDir Path folder;

  @Test
  void what_was_written_is_seen_by_every_reader_afterwards() {
    try (SqliteIndex index = new SqliteIndex(folder, 2)) {
      for (int i = 0; i < 50; i++) {
        String value = Integer.toString(i);
        set(index, "key", value);
        Optional<String> seen = index.read(reader -> reader.setting("key"));
        assertThat(seen).contains(value);
      }
    }
  }

  @Test
  void an_operation_that_fails_is_undone_and_the_others_of_its_commit_are_not() throws Exception {
    try (SqliteIndex index = new SqliteIndex(folder, 2);
        ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      CountDownLatch gate = new CountDownLatch(1);
      Future<Boolean> first = writers.submit(() -> index.write(writer -> await(gate)));
      List<Future<?>> others = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        int number = i;
        others.add(
            writers.submit(() ->
                index.write(writer -> {
                  writer.setSetting("key" + number, "set");
                  if (number % 2 == 1) {
                    throw new UnsupportedOperationException("wanted");
                  }
                  return true;
                })));
      }
      gate.countDown();
      assertThat(first.get()).isTrue();
      for (int i = 0; i < 20; i++) {
        Future<?> other = others.get(i);
        if (i % 2 == 1) {
          assertThatThrownBy(other::get).hasCauseInstanceOf(UnsupportedOperationException.class);
        } else {
          assertThat(other.get()).isEqualTo(true);
        }
        String key = "key" + i;
        Optional<String> seen = index.read(reader -> reader.setting(key));
        assertThat(seen.isPresent()).isEqualTo(i % 2 == 0);
      }
    }
  }

  private static boolean await(CountDownLatch gate) {
    try {
      gate.await();
      return true;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_reader_sees_one_state_however_long_it_looks() {
    try (SqliteIndex index = new SqliteIndex(folder, 2)) {
      set(index, "key", "before");
      String seen =
          index.read(reader -> {
            String first = reader.setting("key").orElseThrow();
            set(index, "key", "after");
            return first + reader.setting("key").orElseThrow();
          });
      assertThat(seen).isEqualTo("beforebefore");
    }
  }

  @Test
  void many_writers_lose_nothing() throws Exception {
    try (SqliteIndex index = new SqliteIndex(folder, 2);
        ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 2000; i++) {
        String key = "key" + i;
        all.add(
            writers.submit(() -> {
              set(index, key, "set");
              return index.read(reader -> reader.setting(key)).orElseThrow();
            }));
      }
      for (Future<?> one : all) {
        assertThat(one.get()).isEqualTo("set");
      }
    }
  }

  @Test
  void an_interrupted_writer_still_learns_what_became_of_its_operation() {
    try (SqliteIndex index = new SqliteIndex(folder, 2)) {
      Thread.currentThread().interrupt();
      set(index, "key", "value");
      assertThat(Thread.interrupted()).isTrue();
      Optional<String> seen = index.read(reader -> reader.setting("key"));
      assertThat(seen).contains("value");
    }
  }

  @Test
  void after_closing_nothing_can_be_read_or_written() {
    SqliteIndex index = new SqliteIndex(folder, 2);
    set(index, "key", "value");
    index.close();
    assertThatThrownBy(() -> set(index, "key", "other")).isInstanceOf(IndexException.class);
    assertThatThrownBy(() -> index.read(reader -> reader.setting("key")))
        .isInstanceOf(IndexException.class);
  }

  @Test
  void a_reader_that_lost_its_transaction_still_tells_the_real_failure() {
    try (SqliteIndex index = new SqliteIndex(folder, 1)) {
      UnsupportedOperationException real = new UnsupportedOperationException("real");
      assertThatThrownBy(() ->
              index.read(reader -> {
                ((SqliteReader) reader).session.update("ROLLBACK"); // as SQLite does by itself
                throw real;
              }))
          .isSameAs(real);
      Optional<String> none = index.read(reader -> reader.setting("key"));
      assertThat(none).isEmpty();
    }
  }

  @Test
  void a_checked_exception_that_comes_unseen_fails_its_operation_only() {
    try (SqliteIndex index = new SqliteIndex(folder, 1)) {
      assertThatThrownBy(() -> index.write(writer -> GroupCommitTest.thrown(new Exception("odd"))))
          .isInstanceOf(IndexException.class)
          .hasRootCauseMessage("odd");
      set(index, "key", "value");
    }
  }

  @Test
  void an_error_while_a_commit_is_given_up_fails_its_operations_and_the_writer_goes_on() {
    try (SqliteIndex index = new SqliteIndex(folder, 1)) {
      assertThatThrownBy(() ->
              index.write(writer -> {
                Session session = ((SqliteWriter) writer).session;
                session.update("COMMIT"); // now the savepoint is gone: nothing can be released
                session.update("BEGIN");
                ((SqliteWriter) writer).totals().restore(new long[0]); // and nothing flushed
                return true;
              }))
          .isInstanceOf(Exception.class);
      set(index, "key", "value");
      Optional<String> seen = index.read(reader -> reader.setting("key"));
      assertThat(seen).contains("value");
    }
  }

  @SuppressWarnings("unchecked")
  private static <T, E extends Throwable> T thrown(Throwable unseen) throws E {
    throw (E) unseen;
  }

  private static void set(SqliteIndex index, String key, String value) {
    index.write(writer -> {
      writer.setSetting(key, value);
      return true;
    });
  }
}
