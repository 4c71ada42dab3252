package org.ithil.archive.job.engine;

import java.io.IOException;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.ithil.archive.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A type of jobs that does a number of steps, each noted; it may wait for permits, fail at a step,
 * or want a retry there once.
 */
final class Scripted implements JobType {
  private static final JsonValue UNWRITABLE =
      new JsonValue.Items(
          new AbstractList<>() {
            @Override
            public JsonValue get(int index) {
              throw new UnsupportedOperationException("wanted");
            }

            @Override
            public int size() {
              return 1;
            }
          });

  /** Names of jobs with the number of the step, as they were done. */
  final List<String> done = Collections.synchronizedList(new ArrayList<>());

  /** Names of jobs whose run was closed. */
  final List<String> closed = Collections.synchronizedList(new ArrayList<>());

  /** One is needed for each step of a job that waits. */
  final Semaphore permits = new Semaphore(0);

  /** One is needed to close the run of a job that waits, while this is set. */
  volatile @Nullable Semaphore closing;

  /** One comes back for each step that begins. */
  final Semaphore begun = new Semaphore(0);

  static Submission job(String name, int steps) {
    return job(name, steps, false, 0);
  }

  static Submission waiting(String name, int steps, int priority) {
    return job(name, steps, true, priority);
  }

  static Submission failing(String name, int steps, int failsAt) {
    return Submission.of("Scripted", seed(name, steps, false, Map.of("fails", failsAt)));
  }

  static Submission retrying(String name, int steps, int retriesAt) {
    return Submission.of("Scripted", seed(name, steps, false, Map.of("retries", retriesAt)));
  }

  /** Goes on behind a step only when that is durable. */
  static Submission securing(String name, int steps, int securesAt) {
    return Submission.of("Scripted", seed(name, steps, true, Map.of("secures", securesAt)));
  }

  /** Behind a step, neither its progress can be written, nor in the end its content. */
  static Submission unwritable(String name, int steps, int from) {
    return Submission.of("Scripted", seed(name, steps, false, Map.of("unwritable", from)));
  }

  static Submission waitingUnwritable(String name, int steps) {
    return Submission.of("Scripted", seed(name, steps, true, Map.of("unwritable", 0)));
  }

  private static Submission job(String name, int steps, boolean waits, int priority) {
    return new Submission(
        "Scripted",
        seed(name, steps, waits, Map.of()),
        priority,
        java.util.Optional.empty(),
        java.util.Optional.empty());
  }

  private static JsonValue.Members seed(
      String name, int steps, boolean waits, Map<String, Integer> more) {
    Map<String, JsonValue> members = new java.util.TreeMap<>();
    members.put("name", new JsonValue.Text(name));
    members.put("steps", new JsonValue.Whole(steps));
    members.put("waits", new JsonValue.Flag(waits));
    more.forEach((key, step) -> members.put(key, new JsonValue.Whole(step)));
    return JsonValue.object(members);
  }

  @Override
  public String name() {
    return "Scripted";
  }

  @Override
  public JobRun open(JsonValue.Members seed, JsonValue checkpoint) {
    return new Run(seed, checkpoint instanceof JsonValue.Whole(long next) ? (int) next : 0);
  }

  private final class Run implements JobRun {
    private final JsonValue.Members seed;
    private int next;

    Run(JsonValue.Members seed, int next) {
      this.seed = seed;
      this.next = next;
    }

    private boolean waits() {
      return seed.get("waits") instanceof JsonValue.Flag(boolean waits) && waits;
    }

    private boolean isUnwritable() {
      return number("unwritable") >= 0 && next > number("unwritable");
    }

    private int number(String key) {
      return seed.get(key) instanceof JsonValue.Whole(long number) ? (int) number : -1;
    }

    @Override
    public Step step() throws IOException, InterruptedException {
      begun.release();
      if (waits()) {
        permits.acquire();
      }
      if (number("fails") == next) {
        throw new IOException("wanted");
      }
      String note = ((JsonValue.Text) seed.get("name")).text() + next;
      if (number("retries") == next && !done.contains(note)) {
        done.add(note);
        return new Step.Retry(Duration.ofMillis(1));
      }
      done.add(note);
      next++;
      if (number("secures") == next - 1) {
        return Step.SECURED;
      }
      return next >= number("steps") ? Step.DONE : Step.MORE;
    }

    @Override
    public JsonValue checkpoint() {
      return new JsonValue.Whole(next);
    }

    @Override
    public double progress() {
      return isUnwritable() ? Double.NaN : (double) next / number("steps");
    }

    @Override
    public JsonValue.Members content() {
      JsonValue number = new JsonValue.Whole(next);
      return JsonValue.object(
          Map.of("Done", isUnwritable() && next == number("steps") ? UNWRITABLE : number));
    }

    @Override
    public void close() {
      Semaphore gate = closing;
      if (gate != null && waits()) {
        gate.acquireUninterruptibly();
      }
      closed.add(((JsonValue.Text) seed.get("name")).text());
    }
  }
}
