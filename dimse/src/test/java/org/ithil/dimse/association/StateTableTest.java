package org.ithil.dimse.association;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.ithil.dimse.association.StateTable.Transition;
import org.junit.jupiter.api.Test;

/** PS3.8 9.2.3, table 9-10, cell by cell: "AE-6/3|13" is action AE-6 and state 3 or 13. */
class StateTableTest {
  private static final String TABLE =
      """
      Evt  1        2       3       4      5       6      7      8      9       10      11     12     13
      1    AE-1/4   .       .       .      .       .      .      .      .       .       .      .      .
      2    .        .       .       AE-2/5 .       .      .      .      .       .       .      .      .
      3    .        AA-1/13 AA-8/13 .      AE-3/6  AA-8/13 AA-8/13 AA-8/13 AA-8/13 AA-8/13 AA-8/13 AA-8/13 AA-6/13
      4    .        AA-1/13 AA-8/13 .      AE-4/1  AA-8/13 AA-8/13 AA-8/13 AA-8/13 AA-8/13 AA-8/13 AA-8/13 AA-6/13
      5    AE-5/2   .       .       .      .       .      .      .      .       .       .      .      .
      6    .        AE-6/3|13 AA-8/13 .    AA-8/13 AA-8/13 AA-8/13 AA-8/13 AA-8/13 AA-8/13 AA-8/13 AA-8/13 AA-7/13
      7    .        .       AE-7/6  .      .       .      .      .      .       .       .      .      .
      8    .        .       AE-8/13 .      .       .      .      .      .       .       .      .      .
      9    .        .       .       .      .       DT-1/6 .      AR-7/8 .       .       .      .      .
      10   .        AA-1/13 AA-8/13 .      AA-8/13 DT-2/6 AR-6/7 AA-8/13 AA-8/13 AA-8/13 AA-8/13 AA-8/13 AA-6/13
      11   .        .       .       .      .       AR-1/7 .      .      .       .       .      .      .
      12   .        AA-1/13 AA-8/13 .      AA-8/13 AR-2/8 AR-8/9|10 AA-8/13 AA-8/13 AA-8/13 AA-8/13 AA-8/13 AA-6/13
      13   .        AA-1/13 AA-8/13 .      AA-8/13 AA-8/13 AR-3/1 AA-8/13 AA-8/13 AR-10/12 AR-3/1 AA-8/13 AA-6/13
      14   .        .       .       .      .       .      .      AR-4/13 AR-9/11 .      .      AR-4/13 .
      15   .        .       AA-1/13 AA-2/1 AA-1/13 AA-1/13 AA-1/13 AA-1/13 AA-1/13 AA-1/13 AA-1/13 AA-1/13 .
      16   .        AA-2/1  AA-3/1  .      AA-3/1  AA-3/1 AA-3/1 AA-3/1 AA-3/1  AA-3/1  AA-3/1 AA-3/1 AA-2/1
      17   .        AA-5/1  AA-4/1  AA-4/1 AA-4/1  AA-4/1 AA-4/1 AA-4/1 AA-4/1  AA-4/1  AA-4/1 AA-4/1 AR-5/1
      18   .        AA-2/1  .       .      .       .      .      .      .       .       .      .      AA-2/1
      19   .        AA-1/13 AA-8/13 .      AA-8/13 AA-8/13 AA-8/13 AA-8/13 AA-8/13 AA-8/13 AA-8/13 AA-8/13 AA-7/13
      """;

  @Test
  void is_the_table_of_the_standard() {
    List<String> rows = new ArrayList<>(TABLE.lines().toList());
    rows.removeFirst();
    assertThat(rows).hasSize(Event.values().length);
    for (Event event : Event.values()) {
      String[] cells = rows.get(event.ordinal()).strip().split("\\s+");
      assertThat(cells).hasSize(1 + State.values().length);
      for (State state : State.values()) {
        assertThat(StateTable.next(state, event).map(StateTableTest::cell).orElse("."))
            .as(state + " " + event)
            .isEqualTo(cells[1 + state.ordinal()]);
      }
    }
  }

  private static String cell(Transition transition) {
    String states = "" + (transition.next().ordinal() + 1);
    if (transition.next() != transition.otherwise()) {
      states += "|" + (transition.otherwise().ordinal() + 1);
    }
    return transition.action().name().replace('_', '-') + "/" + states;
  }
}
