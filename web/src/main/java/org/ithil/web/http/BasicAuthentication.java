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

  /**
   * The name of a user who has shown the right password, or null.
   *
   * @param authorization the field of the request; null for none
   */
  @Nullable String user(@Nullable String authorization) {
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
    if (colon < 0) {
      return null;
    }
    String name = text.substring(0, colon);
    byte[] given = text.substring(colon + 1).getBytes(StandardCharsets.UTF_8);
    byte[] expected = passwords.get(name);
    // An unknown user takes as long as a known one.
    boolean right = MessageDigest.isEqual(given, expected == null ? new byte[0] : expected);
    return right && expected != null ? name : null;
  }
}
