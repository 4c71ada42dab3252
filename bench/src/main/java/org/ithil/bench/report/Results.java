package org.ithil.bench.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** Measured values by product, and the table of their medians. */
public final class Results {
  private final Map<String, Map<Measure, List<Double>>> values = new LinkedHashMap<>();

  public void add(String product, Measure measure, double value) {
    values
        .computeIfAbsent(product, p -> new EnumMap<>(Measure.class))
        .computeIfAbsent(measure, m -> new ArrayList<>())
        .add(value);
  }

  OptionalDouble median(String product, Measure measure) {
    List<Double> sorted =
        values.getOrDefault(product, Map.of()).getOrDefault(measure, List.of()).stream()
            .sorted()
            .toList();
    int n = sorted.size();
    return n == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2);
  }

  /** A Markdown table: medians, how many times better ours is, and the goal. */
  public String table(String reference, String ours) {
    var text = new StringBuilder();
    text.append("| | unit | %s | %s | times better | goal |%n".formatted(reference, ours));
    text.append("|---|---|---:|---:|---:|---:|%n".formatted());
    for (Measure m : Measure.values()) {
      OptionalDouble theirs = median(reference, m);
      OptionalDouble own = median(ours, m);
      if (theirs.isPresent() || own.isPresent()) {
        text.append(
            "| %s | %s | %s | %s | %s | %s |%n"
                .formatted(
                    m.title, m.unit, number(theirs), number(own), ratio(m, theirs, own), goal(m)));
      }
    }
    return text.toString();
  }

  private static String goal(Measure m) {
    return m.goal == 0 ? "" : String.format(Locale.ROOT, m.goal < 1 ? "%.2f" : "%.0f", m.goal);
  }

  private static String ratio(Measure m, OptionalDouble theirs, OptionalDouble own) {
    if (theirs.isEmpty() || own.isEmpty()) {
      return "";
    }
    double ratio = own.getAsDouble() / theirs.getAsDouble();
    return String.format(
        Locale.ROOT,
        m.goal > 0 && m.goal < 1 ? "%.2f" : "%.1f",
        m.moreIsBetter ? ratio : 1 / ratio);
  }

  private static String number(OptionalDouble value) {
    if (value.isEmpty()) {
      return "";
    }
    double v = value.getAsDouble();
    return String.format(Locale.ROOT, v < 10 ? "%.2f" : v < 100 ? "%.1f" : "%,.0f", v);
  }
}
