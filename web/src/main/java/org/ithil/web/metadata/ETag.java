package org.ithil.web.metadata;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Request;
import org.jspecify.annotations.Nullable;

/**
 * The entity tag of a value that has revisions: {@code "REVISION-MD5"}.
 *
 * @param revision from 0
 * @param md5 of the value's bytes, lower case hexadecimal
 */
record ETag(long revision, String md5) {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,18})-([0-9A-Za-z]*)");

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
   * The tag in a field of a request; null if there is none.
   *
   * @param name as the message of a failure shows it
   * @throws ApiException PARAMETER_OUT_OF_RANGE if it is no such tag
   */
  static @Nullable ETag in(Request request, String name) {
    String field = request.header(name);
    if (field == null) {
      return null;
    }
    String text = field.strip();
    if (text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")) {
      text = text.substring(1, text.length() - 1);
    }
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw ApiException.of(
          ErrorCode.PARAMETER_OUT_OF_RANGE,
          "The \""
              + name
              + "\" HTTP header should contain the ETag (revision followed by MD5 hash), but found:"
              + " "
              + text);
    }
    return new ETag(Long.parseLong(matcher.group(1)), matcher.group(2));
  }

  /** The answer with this tag: 304 if the client has that very value already. */
  Answer answer(Request request, Answer full) {
    ETag known;
    try {
      known = in(request, "If-None-Match");
    } catch (ApiException e) {
      throw e.withHeader("ETag", text());
    }
    return (equals(known) ? Answer.empty(304) : full).with("ETag", text());
  }
}
