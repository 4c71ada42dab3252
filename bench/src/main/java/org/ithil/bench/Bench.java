package org.ithil.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.ithil.bench.load.HttpLoad;
import org.ithil.bench.load.JobLoad;
import org.ithil.bench.load.StoreLoad;
import org.ithil.bench.report.Measure;
import org.ithil.bench.report.Results;
import org.ithil.bench.sample.CtSample;
import org.ithil.bench.target.Product;
import org.ithil.bench.target.Target;

/** Measures the reference server and Ithil in turn, several rounds, and prints the medians. */
public final class Bench {
  private static final int WARM_UP = 400;
  private static final int ASSOCIATIONS = 4;

  // Batches of samples: each phase stores images that the server has never seen.
  private static final int WARM_UP_BATCH = 0;
  private static final int POST_1_BATCH = 1;
  private static final int POST_8_BATCH = 2;
  private static final int STORE_1_BATCH = 3;
  private static final int STORE_4_BATCH = 4;
  private static final int STORE_WARM_UP_BATCH = 5;
  private static final int ARCHIVE_BATCH = 6;
  private static final int ANONYMIZE_BATCH = 7;

  private final Options options;
  private final Path work;
  private final Results results = new Results();

  private Bench(Options options, Path work) {
    this.options = options;
    this.work = work;
  }

  public static void main(String[] arguments) throws IOException {
    Options options;
    try {
      options = Options.parse(List.of(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n" + Options.USAGE);
      System.exit(2);
      return;
    }
    new Bench(options, Path.of("bench/target/work").toAbsolutePath()).run();
  }

  private void run() throws IOException {
    Product reference = new Product("orthanc", options.reference());
    Product ithil = new Product("ithil", options.ithil());
    List<Product> products = new ArrayList<>(List.of(reference, ithil));
    products.removeIf(p -> !options.only().isEmpty() && !options.only().equals(p.name()));
    say("making samples");
    makeSamples();
    for (int round = 1; round <= options.rounds(); round++) {
      for (Product product : products) {
        say("round " + round + ", " + product.name());
        measure(product);
      }
    }
    String table = results.table(reference.name(), ithil.name());
    System.out.println(table);
    if (!options.write().isEmpty()) {
      Files.writeString(Path.of(options.write()), Page.text(options, table));
    }
  }

  private static void say(String text) {
    System.err.println(text);
  }

  private void makeSamples() {
    CtSample.write(samples("warm-up"), STORE_WARM_UP_BATCH, 0, WARM_UP);
    CtSample.write(samples("one"), STORE_1_BATCH, 0, options.files());
    for (int a = 0; a < ASSOCIATIONS; a++) {
      int from = options.files() * a / ASSOCIATIONS;
      int to = options.files() * (a + 1) / ASSOCIATIONS;
      CtSample.write(samples("four-" + a), STORE_4_BATCH, from, to);
    }
  }

  private Path samples(String name) {
    return work.resolve("samples-" + options.files()).resolve(name);
  }

  private void measure(Product product) throws IOException {
    Path folder = work.resolve(product.name());
    sweep(folder);
    try (Target target = new Target(product, folder)) {
      String name = product.name();
      results.add(name, Measure.START, target.startTime().toMillis());
      pause();
      results.add(name, Measure.MEMORY_AT_REST, target.memory());
      var http = new HttpLoad(target.httpPort());
      var store = new StoreLoad(target.dicomPort());
      int files = options.files();
      http.post(WARM_UP_BATCH, WARM_UP, 2);
      store.send(List.of(samples("warm-up")));
      http.tags(WARM_UP_BATCH, WARM_UP, options.requests() / 2, 2);

      rate(name, target, Measure.POST_1, files, () -> http.post(POST_1_BATCH, files, 1));
      rate(name, target, Measure.POST_8, files, () -> http.post(POST_8_BATCH, files, 8));
      rate(name, target, Measure.STORE_1, files, () -> store.send(List.of(samples("one"))));
      rate(name, target, Measure.STORE_4, files, () -> store.send(four()));
      int requests = options.requests();
      rate(
          name,
          target,
          Measure.TAGS_8,
          requests,
          () -> http.tags(WARM_UP_BATCH, WARM_UP, requests, 8));
      archive(name, target, http);
      anonymize(name, target, http);
      jobs(name, target);
      results.add(name, Measure.MEMORY_AT_PEAK, target.peakMemory());
    }
    sweep(folder);
  }

  /** One study at a time, after one that warms up. */
  private void archive(String name, Target target, HttpLoad http) {
    if (!options.phases().contains(Measure.ARCHIVE)) {
      return;
    }
    http.post(ARCHIVE_BATCH, 2 * CtSample.IN_STUDY, 2);
    http.archive(new CtSample(ARCHIVE_BATCH, CtSample.IN_STUDY));
    pause();
    double cpuBefore = target.cpu();
    HttpLoad.Download download = http.archive(new CtSample(ARCHIVE_BATCH, 0));
    double cpu = (target.cpu() - cpuBefore) / CtSample.IN_STUDY * 1000;
    double megabytes = CtSample.IN_STUDY * CtSample.PIXEL_BYTES / 1e6;
    double rate = megabytes / download.seconds();
    results.add(name, Measure.ARCHIVE, rate);
    results.add(name, Measure.ARCHIVE_SIZE, download.bytes() / 1e6);
    results.add(name, Measure.ARCHIVE_CPU, cpu);
    say(
        "  ARCHIVE: %.1f MB/s, %.1f MB, %.2f ms of processor time each"
            .formatted(rate, download.bytes() / 1e6, cpu));
  }

  /** One study at a time, after one that warms up. */
  private void anonymize(String name, Target target, HttpLoad http) {
    if (!options.phases().contains(Measure.ANONYMIZE)) {
      return;
    }
    http.post(ANONYMIZE_BATCH, 2 * CtSample.IN_STUDY, 2);
    http.anonymize(new CtSample(ANONYMIZE_BATCH, CtSample.IN_STUDY));
    rate(
        name,
        target,
        Measure.ANONYMIZE,
        CtSample.IN_STUDY,
        () -> http.anonymize(new CtSample(ANONYMIZE_BATCH, 0)));
  }

  private void jobs(String name, Target target) throws IOException {
    try (JobLoad load = new JobLoad(target.httpPort())) {
      int files = options.files();
      if (options.phases().contains(Measure.SEND)) {
        List<String> ids = CtSample.ids(WARM_UP_BATCH, WARM_UP);
        load.send(ids.subList(0, Math.min(20, WARM_UP)));
        rate(name, target, Measure.SEND, files, () -> load.send(CtSample.repeated(ids, files)));
        results.add(name, Measure.RECEIVER, WARM_UP / load.receive(samples("warm-up")));
      }
      rate(name, target, Measure.JOBS, options.jobs(), () -> load.many(options.jobs(), 8));
      load.slowestList().ifPresent(ms -> results.add(name, Measure.JOBS_LIST, ms));
    }
  }

  private List<Path> four() {
    return Stream.of(0, 1, 2, 3).map(a -> samples("four-" + a)).toList();
  }

  private void rate(
      String name, Target target, Measure measure, int count, DoubleSupplier secondsOfLoad) {
    if (!options.phases().contains(measure)) {
      return;
    }
    pause();
    double cpuBefore = target.cpu();
    double seconds = secondsOfLoad.getAsDouble();
    double cpu = (target.cpu() - cpuBefore) / count * 1000;
    results.add(name, measure, count / seconds);
    results.add(name, Measure.valueOf(measure.name() + "_CPU"), cpu);
    say("  %s: %.1f/s, %.2f ms of processor time each".formatted(measure, count / seconds, cpu));
  }

  /** Lets what the last phase left behind (write-back, background work) come to rest. */
  private static void pause() {
    try {
      Thread.sleep(2000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void sweep(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
