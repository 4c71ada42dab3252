package org.ithil.web.tags;

import org.ithil.web.route.Arguments;

/** How tags are named and described in JSON. */
public enum TagForm {
  /** {@code "0010,0020": {"Name": "PatientID", "Type": "String", "Value": "x"}}. */
  FULL,
  /** {@code "0010,0020": "x"}. */
  SHORT,
  /** {@code "PatientID": "x"}; of several elements with one name the last is shown. */
  SIMPLIFIED;

  /**
   * The form that a request asks for by {@code short}, {@code simplify} and {@code full}. These
   * count whatever their value, so {@code simplify=false} simplifies, too.
   *
   * @param absent the form without any of them
   */
  public static TagForm of(Arguments arguments, TagForm absent) {
    if (arguments.given("simplify")) {
      return SIMPLIFIED;
    }
    if (arguments.given("short")) {
      return SHORT;
    }
    return arguments.given("full") ? FULL : absent;
  }
}
