package org.ithil.web.metadata;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Request;

/**
 * The entity tag of a value that has revisions: {@code "REVISION-MD5"}.
 *
 * @param revision from 0
 * @param md5 of the value's bytes, lower case hexadecimal
 */
record ETag(long revision, String md5) {
  private static final Pattern FORM = Pattern.compile("\"?([0-9]{1,18})-([0-9a-f]*)\"?");

  /** The tag of a value. */
  static ETag of(long revision, byte[] value) {
    try {
      return new ETag(
          revision, HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(value)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }

  /** The value of the field {@code ETag}. */
  String text() {
    return "\"" + revision + "-" + md5 + "\"";
  }

  /**
   * The answer with this tag: 304 if the client has that very value already.
   *
   * @throws ApiException PARAMETER_OUT_OF_RANGE if {@code If-None-Match} is no such tag
   */
  Answer answer(Request request, Answer full) {
    String known = request.header("if-none-match");
    if (known != null) {
      var matcher = FORM.matcher(known.strip());
      if (!matcher.matches()) {
        throw ApiException.of(
            ErrorCode.PARAMETER_OUT_OF_RANGE,
            "The \"If-None-Match\" HTTP header should contain the ETag (revision followed by MD5"
                + " hash), but found: "
                + known.strip().replace("\"", ""));
      }
      if (Long.parseLong(matcher.group(1)) == revision && matcher.group(2).equals(md5)) {
        return Answer.empty(304).with("ETag", text());
      }
    }
    return full.with("ETag", text());
  }
}
