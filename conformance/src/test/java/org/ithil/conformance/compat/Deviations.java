package org.ithil.conformance.compat;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page docs/deviations.md, whose table rows name steps: {@code | scenario/step | ... |}. */
final class Deviations {
  private static final Pattern ROW = Pattern.compile("(?m)^\\|([^|]*)\\|");
  private static final Pattern STEP = Pattern.compile("[a-z][a-z0-9-]*/[^\\s,`|]+");

  private Deviations() {}

  /** The steps in the first cells of the rows; a cell may hold several, with commas between. */
  static Set<String> read(String page) {
    Set<String> steps = new TreeSet<>();
    Matcher row = ROW.matcher(page);
    while (row.find()) {
      Matcher step = STEP.matcher(row.group(1));
      while (step.find()) {
        if (!step.group().equals("scenario/step")) {
          steps.add(step.group());
        }
      }
    }
    return steps;
  }
}
