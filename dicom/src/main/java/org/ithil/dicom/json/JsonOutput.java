package org.ithil.dicom.json;

import java.io.IOException;
import java.util.Base64;

/** Writes JSON (RFC 8259) piece by piece, without blanks. Commas are the writer's affair. */
final class JsonOutput {
  private static final char[] HEX = "0123456789abcdef".toCharArray();
  private final Appendable out;
  private boolean needsComma;

  JsonOutput(Appendable out) {
    this.out = out;
  }

  JsonOutput open(char bracket) throws IOException {
    comma();
    out.append(bracket);
    needsComma = false;
    return this;
  }

  JsonOutput close(char bracket) throws IOException {
    out.append(bracket);
    needsComma = true;
    return this;
  }

  JsonOutput name(String name) throws IOException {
    comma();
    quoted(name);
    out.append(':');
    needsComma = false;
    return this;
  }

  JsonOutput text(String text) throws IOException {
    comma();
    quoted(text);
    needsComma = true;
    return this;
  }

  /** A number, or null, as it stands. */
  JsonOutput raw(String literal) throws IOException {
    comma();
    out.append(literal);
    needsComma = true;
    return this;
  }

  /** Begins a text that comes in pieces: of base64, or of characters. */
  JsonOutput openText() throws IOException {
    comma();
    out.append('"');
    return this;
  }

  /** A piece; all but the last have a multiple of three bytes. */
  JsonOutput binary(byte[] bytes) throws IOException {
    out.append(Base64.getEncoder().encodeToString(bytes));
    return this;
  }

  JsonOutput closeText() throws IOException {
    out.append('"');
    needsComma = true;
    return this;
  }

  private void comma() throws IOException {
    if (needsComma) {
      out.append(',');
    }
  }

  private void quoted(String text) throws IOException {
    out.append('"');
    escaped(text);
    out.append('"');
  }

  /** A piece of a text. */
  JsonOutput piece(String text) throws IOException {
    escaped(text);
    return this;
  }

  private void escaped(String text) throws IOException {
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean lone = Character.isSurrogate(c) && !isPaired(text, i);
      if (c >= ' ' && c != '"' && c != '\\' && c != 0x7f && !lone) {
        continue;
      }
      out.append(text, start, i);
      start = i + 1;
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          out.append("\\u").append(HEX[c >> 12]).append(HEX[c >> 8 & 15]);
          out.append(HEX[c >> 4 & 15]).append(HEX[c & 15]);
        }
      }
    }
    out.append(text, start, text.length());
  }

  private static boolean isPaired(String text, int at) {
    return Character.isHighSurrogate(text.charAt(at))
        ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
        : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
  }
}
