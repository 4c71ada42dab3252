package org.ithil.dicom.json;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one JSON text (RFC 8259), strictly, within limits. Used once. */
final class JsonInput {
  /** A JSON value. */
  sealed interface Json {
    record Null() implements Json {}

    record Bool(boolean value) implements Json {}

    /** A number as it was written. */
    record Number(String literal) implements Json {}

    record Text(String value) implements Json {}

    record Array(List<Json> values) implements Json {}

    record Object(Map<String, Json> members) implements Json {}
  }

  private static final int END = -1;
  private static final int MAX_NUMBER = 400;

  private final Reader in;
  private final long maxCharacters;
  private final int maxDepth;
  private final char[] buffer = new char[8192];
  private int at;
  private int filled;
  private long read;

  /** The character that comes next, or END. */
  private int next;

  private JsonInput(Reader in, long maxCharacters, int maxDepth) {
    this.in = in;
    this.maxCharacters = maxCharacters;
    this.maxDepth = maxDepth;
  }

  /** The value that a text holds, and nothing behind it but blanks. */
  static Json parse(Reader in, long maxCharacters, int maxDepth) throws IOException {
    JsonInput input = new JsonInput(in, maxCharacters, maxDepth);
    input.advance();
    input.blanks();
    Json value = input.value(0);
    input.blanks();
    if (input.next != END) {
      throw input.wrong("something behind the value");
    }
    return value;
  }

  private void advance() throws IOException {
    if (at == filled) {
      filled = Math.max(0, in.read(buffer));
      at = 0;
      if (filled == 0) {
        next = END;
        return;
      }
    }
    next = buffer[at++];
    if (++read > maxCharacters) {
      throw new DicomTextException(
          DicomTextException.Problem.TOO_LARGE,
          "The JSON text has more than " + maxCharacters + " characters",
          0);
    }
  }

  private Json value(int depth) throws IOException {
    if (depth > maxDepth) {
      throw new DicomTextException(
          DicomTextException.Problem.TOO_DEEP,
          "The JSON text is nested more than " + maxDepth + " levels deep",
          0);
    }
    return switch (next) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> new Json.Text(text());
      case 't' -> literal("true", new Json.Bool(true));
      case 'f' -> literal("false", new Json.Bool(false));
      case 'n' -> literal("null", new Json.Null());
      default -> number();
    };
  }

  private Json object(int depth) throws IOException {
    Map<String, Json> members = new LinkedHashMap<>();
    advance();
    blanks();
    if (next != '}') {
      while (true) {
        if (next != '"') {
          throw wrong("no name of a member");
        }
        String name = text();
        blanks();
        expect(':');
        blanks();
        if (members.putIfAbsent(name, value(depth + 1)) != null) {
          throw wrong("two members of one name");
        }
        blanks();
        if (next != ',') {
          break;
        }
        advance();
        blanks();
      }
    }
    expect('}');
    return new Json.Object(members);
  }

  private Json array(int depth) throws IOException {
    List<Json> values = new ArrayList<>();
    advance();
    blanks();
    if (next != ']') {
      while (true) {
        values.add(value(depth + 1));
        blanks();
        if (next != ',') {
          break;
        }
        advance();
        blanks();
      }
    }
    expect(']');
    return new Json.Array(values);
  }

  private String text() throws IOException {
    StringBuilder text = new StringBuilder();
    advance();
    while (next != '"') {
      if (next < ' ') {
        throw wrong("a text without end, or with a control character");
      }
      if (next == '\\') {
        advance();
        text.append(escaped());
      } else {
        text.append((char) next);
      }
      advance();
    }
    advance();
    return text.toString();
  }

  private char escaped() throws IOException {
    return switch (next) {
      case '"', '\\', '/' -> (char) next;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        int code = 0;
        for (int i = 0; i < 4; i++) {
          advance();
          int digit = next < 128 ? Character.digit(next, 16) : -1;
          if (digit < 0) {
            throw wrong("an escape sequence that is none");
          }
          code = code << 4 | digit;
        }
        yield (char) code;
      }
      default -> throw wrong("an escape sequence that is none");
    };
  }

  private Json number() throws IOException {
    StringBuilder text = new StringBuilder();
    while (next == '+' || next == '-' || next == '.' || next == 'e' || next == 'E' || isDigit()) {
      text.append((char) next);
      if (text.length() > MAX_NUMBER) {
        throw wrong("a number of too many digits");
      }
      advance();
    }
    String literal = text.toString();
    if (!literal.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
      throw wrong("no JSON value");
    }
    return new Json.Number(literal);
  }

  private boolean isDigit() {
    return next >= '0' && next <= '9';
  }

  private Json literal(String word, Json value) throws IOException {
    for (int i = 0; i < word.length(); i++) {
      expect(word.charAt(i));
    }
    return value;
  }

  private void blanks() throws IOException {
    while (next == ' ' || next == '\n' || next == '\r' || next == '\t') {
      advance();
    }
  }

  private void expect(char c) throws IOException {
    if (next != c) {
      throw wrong("no " + c);
    }
    advance();
  }

  private DicomTextException wrong(@Nullable String what) {
    return new DicomTextException(
        DicomTextException.Problem.SYNTAX, "JSON: " + what + ", at character " + read, 0);
  }
}
