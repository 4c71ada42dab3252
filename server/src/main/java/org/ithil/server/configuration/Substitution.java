package org.ithil.server.configuration;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces {@code ${NAME}} and {@code ${NAME:-default}} in the text of a configuration file, before
 * it is parsed. Nothing is escaped, so a variable may hold a number, a string or a whole fragment
 * of JSON.
 */
final class Substitution {
  private static final Pattern VARIABLE =
      Pattern.compile("\\$\\{([^{}:\"'$\\n]+)(?::-(?:\"([^\"]*)\"|'([^']*)'|([^\"'}]*)))?}");

  private Substitution() {}

  /**
   * The text with its variables replaced.
   *
   * @param variables answers null for a variable that is not set, which then takes its default, or
   *     is empty without one
   */
  static String apply(String text, UnaryOperator<@Nullable String> variables) {
    return VARIABLE
        .matcher(text)
        .replaceAll(found -> {
          String value = variables.apply(found.group(1));
          return Matcher.quoteReplacement(value != null ? value : byDefault(found));
        });
  }

  private static String byDefault(java.util.regex.MatchResult found) {
    for (int group = 2; group <= 4; group++) {
      if (found.group(group) != null) {
        return found.group(group);
      }
    }
    return "";
  }
}
