package org.ithil.archive.job.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The workers of one queue: one for each place among the running jobs, and one more for each job
 * that has given its place back while it waits.
 */
final class Workers {
  private final String name;
  private final JobQueue queue;
  private final Function<Workers, Worker.Parts> parts;
  private final List<Worker> workers = new ArrayList<>();
  private final int places;
  private final int mostAway;
  private int away;

  /**
   * Starts them.
   *
   * @param mostAway how many jobs may have given their places back at a time
   */
  Workers(
      String name,
      int places,
      int mostAway,
      JobQueue queue,
      Function<Workers, Worker.Parts> parts) {
    this.name = name;
    this.queue = queue;
    this.parts = parts;
    this.places = places;
    this.mostAway = mostAway;
    start();
  }

  private synchronized void start() {
    while (workers.size() < places + away) {
      workers.add(new Worker(name + workers.size(), parts.apply(this)));
    }
  }

  /** The place of one job. */
  JobRun.Place place() {
    return new JobRun.Place() {
      private boolean left;

      @Override
      public void leave() {
        left = left || Workers.this.leave();
      }

      @Override
      public void back() {
        if (left) {
          left = false;
          Workers.this.back();
        }
      }
    };
  }

  private synchronized boolean leave() {
    if (away == mostAway) {
      return false;
    }
    away++;
    start();
    queue.leave();
    return true;
  }

  private synchronized void back() {
    away--;
    queue.back();
  }

  void join() throws InterruptedException {
    for (Worker worker : all()) {
      worker.join();
    }
  }

  private synchronized List<Worker> all() {
    return List.copyOf(workers);
  }
}
