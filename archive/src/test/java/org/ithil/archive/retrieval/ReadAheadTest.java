package org.ithil.archive.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.ithil.archive.retrieval.ReadAhead.Budget;
import org.ithil.archive.retrieval.ReadAhead.Loader;
import org.junit.jupiter.api.Test;

class ReadAheadTest {
  private static Iterator<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().iterator();
  }

  private static List<Integer> all(ReadAhead<Integer, Integer> ahead) throws Exception {
    List<Integer> all = new ArrayList<>();
    for (var next = ahead.next(); next.isPresent(); next = ahead.next()) {
      assertThat(next.get().item()).isEqualTo(next.get().loaded());
      all.add(next.get().loaded());
    }
    return all;
  }

  @Test
  void as_many_as_the_window_holds_are_loaded_at_the_same_time_and_come_in_order()
      throws Exception {
    CyclicBarrier three = new CyclicBarrier(3);
    Loader<Integer, Integer> loader =
        number -> {
          try {
            three.await();
          } catch (java.util.concurrent.BrokenBarrierException e) {
            throw new IOException(e);
          }
          return number;
        };
    try (var ahead = new ReadAhead<>(numbers(9), 3, Budget.unlimited(), loader)) {
      assertThat(ahead.next()).hasValueSatisfying(next -> assertThat(next.item()).isZero());
    }
    try (var ahead =
        new ReadAhead<Integer, Integer>(numbers(9), 3, Budget.unlimited(), number -> number)) {
      assertThat(all(ahead)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
    }
  }

  /** Each weighs ten, and tells that it was begun. */
  private static final class Heavy implements Loader<Integer, Integer> {
    final Set<Integer> begun = ConcurrentHashMap.newKeySet();

    @Override
    public long weight(Integer number) {
      return 10;
    }

    @Override
    public Integer load(Integer number) {
      begun.add(number);
      return number;
    }
  }

  @Test
  void what_is_ahead_stays_within_the_budget_but_for_the_next_one() throws Exception {
    AtomicLong used = new AtomicLong();
    Budget small = new Budget(20, 1000, used);
    try (var ahead = new ReadAhead<>(numbers(5), 4, small, new Heavy())) {
      ahead.next();
      assertThat(used).hasValue(20);
      assertThat(all(ahead)).containsExactly(1, 2, 3, 4);
      assertThat(used).hasValue(0);
    }
    Heavy heavy = new Heavy();
    used.set(1000);
    try (var ahead = new ReadAhead<>(numbers(5), 4, small, heavy)) {
      ahead.next();
      assertThat(heavy.begun).as("others use all there is").containsExactly(0);
      assertThat(all(ahead)).hasSize(4);
    }
    assertThat(used).hasValue(1000);
  }

  @Test
  void a_failure_comes_in_its_turn_and_the_next_one_behind_it() throws Exception {
    Loader<Integer, Integer> loader =
        number -> {
          if (number == 1) {
            throw new IOException("disk");
          }
          return number;
        };
    try (var ahead = new ReadAhead<>(numbers(3), 3, Budget.unlimited(), loader)) {
      assertThat(ahead.next().orElseThrow().loaded()).isZero();
      assertThatThrownBy(ahead::next).isInstanceOf(IOException.class).hasMessage("disk");
      assertThat(ahead.next().orElseThrow().loaded()).isEqualTo(2);
    }
  }

  /** The first is loaded at once; the others wait for ever. */
  private static final class Stuck implements Loader<Integer, Integer> {
    final CountDownLatch waiting = new CountDownLatch(2);
    final Set<Integer> ended = ConcurrentHashMap.newKeySet();
    final List<Integer> letGo = Collections.synchronizedList(new ArrayList<>());

    @Override
    public long weight(Integer number) {
      return 1;
    }

    @Override
    public Integer load(Integer number) throws InterruptedException {
      if (number > 1) {
        waiting.countDown();
        try {
          new CountDownLatch(1).await();
        } finally {
          ended.add(number);
        }
      }
      return number;
    }

    @Override
    public void letGo(Integer loaded) {
      letGo.add(loaded);
    }
  }

  @Test
  void closing_ends_what_is_being_loaded_and_lets_go_what_was() throws Exception {
    AtomicLong used = new AtomicLong();
    Stuck stuck = new Stuck();
    try (var ahead = new ReadAhead<>(numbers(4), 4, new Budget(100, 100, used), stuck)) {
      assertThat(ahead.next().orElseThrow().loaded()).isZero();
      stuck.waiting.await();
    }
    assertThat(stuck.ended).containsExactlyInAnyOrder(2, 3);
    assertThat(stuck.letGo).as("0 was handed out").isSubsetOf(1);
    assertThat(used).hasValue(0);
  }
}
