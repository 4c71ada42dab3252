package org.ithil.web.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Basic scheme of RFC 7617. */
final class BasicAuthentication {
  private final Map<String, byte[]> passwords = new HashMap<>();

  BasicAuthentication(Map<String, String> users) {
    users.forEach((name, word) -> passwords.put(name, word.getBytes(StandardCharsets.UTF_8)));
  }

  /** Why a field names no user who has shown the right password, for the log. */
  String reason(@Nullable String authorization) {
    if (authorization == null) {
      return "no name and password given";
    }
    String[] given = given(authorization);
    if (given == null) {
      return "the field Authorization cannot be read";
    }
    // What is no name here may be a password typed in the wrong place.
    return passwords.containsKey(given[0]) ? "wrong password of " + given[0] : "unknown user";
  }

  /**
   * The name of a user who has shown the right password, or null.
   *
   * @param authorization the field of the request; null for none
   */
  @Nullable String user(@Nullable String authorization) {
    String[] pair = given(authorization);
    if (pair == null) {
      return null;
    }
    String name = pair[0];
    byte[] given = pair[1].getBytes(StandardCharsets.UTF_8);
    byte[] expected = passwords.get(name);
    // An unknown user takes as long as a known one.
    boolean right = MessageDigest.isEqual(given, expected == null ? new byte[0] : expected);
    return right && expected != null ? name : null;
  }

  /** Name and password in a field; null if there are none. */
  private static String @Nullable [] given(@Nullable String authorization) {
    if (authorization == null || !authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
      return null;
    }
    byte[] decoded;
    try {
      decoded = Base64.getDecoder().decode(authorization.substring(6).strip());
    } catch (IllegalArgumentException e) {
      return null;
    }
    String text = new String(decoded, StandardCharsets.UTF_8);
    int colon = text.indexOf(':');
    return colon < 0 ? null : new String[] {text.substring(0, colon), text.substring(colon + 1)};
  }
}
