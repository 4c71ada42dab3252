package org.ithil.archive.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ithil.archive.job.JobState.Effect.BEGINS_ANEW;
import static org.ithil.archive.job.JobState.Effect.CANCELS;
import static org.ithil.archive.job.JobState.Effect.GOES_ON;
import static org.ithil.archive.job.JobState.Effect.NOTHING;
import static org.ithil.archive.job.JobState.Effect.PAUSES;
import static org.ithil.archive.job.JobState.Effect.REFUSED;
import static org.ithil.archive.job.JobState.Effect.REMOVES;
import static org.ithil.archive.job.JobState.Effect.STOPS_RUN;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ithil.archive.job.JobState.Action;
import org.ithil.archive.job.JobState.Effect;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobStateTest {
  /** In the order of the states: pending, running, success, failure, paused, retry. */
  private static final Map<Action, List<Effect>> TABLE =
      Map.of(
          Action.PAUSE, List.of(PAUSES, STOPS_RUN, NOTHING, NOTHING, NOTHING, PAUSES),
          Action.RESUME, List.of(REFUSED, REFUSED, REFUSED, REFUSED, GOES_ON, REFUSED),
          Action.CANCEL, List.of(CANCELS, STOPS_RUN, NOTHING, NOTHING, CANCELS, CANCELS),
          Action.RESUBMIT, List.of(REFUSED, REFUSED, REFUSED, BEGINS_ANEW, REFUSED, REFUSED),
          Action.DELETE, List.of(REFUSED, REFUSED, REMOVES, REMOVES, REFUSED, REFUSED));

  @ParameterizedTest
  @EnumSource(Action.class)
  void each_action_has_its_effect_in_each_state(Action action) {
    for (JobState state : JobState.values()) {
      assertThat(state.on(action))
          .as("%s of a %s job", action, state.text())
          .isEqualTo(TABLE.get(action).get(state.ordinal()));
    }
  }

  @ParameterizedTest
  @EnumSource(Action.class)
  void the_page_about_jobs_says_the_same(Action action) throws IOException {
    String name = action == Action.DELETE ? "DELETE" : action.name().toLowerCase(Locale.ROOT);
    String row =
        Files.readAllLines(Path.of("../docs/jobs.md")).stream()
            .filter(line -> line.startsWith("| `" + name + "` |"))
            .findFirst()
            .orElseThrow();
    String[] cells = row.split(" *\\| *");
    for (JobState state : JobState.values()) {
      assertThat(cells[2 + state.ordinal()])
          .as("%s of a %s job", action, state.text())
          .isEqualTo(said(state.on(action)));
    }
  }

  private static String said(Effect effect) {
    return switch (effect) {
      case REFUSED -> "refused";
      case NOTHING -> "nothing";
      case PAUSES -> "Paused";
      case GOES_ON -> "Pending, goes on";
      case BEGINS_ANEW -> "Pending, begins anew";
      case CANCELS -> "Failure (37)";
      case STOPS_RUN -> "stops the run";
      case REMOVES -> "forgotten";
    };
  }
}
