package org.ithil.dicom.data;

import java.io.IOException;
import org.ithil.dicom.text.SpecificCharacterSet;
import org.ithil.dicom.text.TextDecoder;

/**
 * Reads a text value that lies in a file, without holding it in memory: gives in pieces what {@link
 * Element#texts} and {@link Element#text} give of a value in memory. Only of blanks in a row, of
 * more than a thousand runs of different kinds, those at the end of a value may be left.
 */
public final class TextValues {
  /** Takes the characters of values; an empty value has none. */
  public interface Sink {
    /** Some characters of the value; a surrogate pair is never divided. */
    void text(String piece) throws IOException;

    /** The value ends here, and another one may follow. */
    void end() throws IOException;
  }

  private static final int PIECE = 48 << 10;

  private final boolean divided;
  private final Sink sink;
  private final Blanks blanks = new Blanks();
  private boolean anything;
  private boolean closed;

  private TextValues(boolean divided, Sink sink) {
    this.divided = divided;
    this.sink = sink;
  }

  /**
   * Reads each value of an element. The sink is not called at all if there is none.
   *
   * @param element its value must be located
   * @param characterSet that of the data set which the element is in
   * @param values where the value lies
   */
  public static void read(
      Element element, SpecificCharacterSet characterSet, ByteSource values, Sink sink)
      throws IOException {
    new TextValues(element.vr().isMultiValuedText(), sink).read(element, characterSet, values);
  }

  /** Reads all values as one, backslashes included. */
  public static void readWhole(
      Element element, SpecificCharacterSet characterSet, ByteSource values, Sink sink)
      throws IOException {
    new TextValues(false, sink).read(element, characterSet, values);
  }

  private void read(Element element, SpecificCharacterSet characterSet, ByteSource values)
      throws IOException {
    if (!(element.value() instanceof Value.Located located)) {
      throw new IllegalArgumentException("not located: " + Tags.format(element.tag()));
    }
    TextDecoder decoder = characterSet.decoder(element.vr());
    located.read(values, element.vr(), PIECE, piece -> take(decoder.next(piece)));
    take(decoder.end());
    if (anything) {
      sink.end();
    }
  }

  private void take(String text) throws IOException {
    if (closed) {
      return;
    }
    int nul = text.indexOf('\0');
    int end = nul < 0 ? text.length() : nul;
    closed = nul >= 0;
    int start = 0;
    while (divided) {
      int border = text.indexOf('\\', start);
      if (border < 0 || border >= end) {
        break;
      }
      part(text, start, border);
      blanks.clear();
      anything = true;
      sink.end();
      start = border + 1;
    }
    part(text, start, end);
  }

  /** Characters of one value: the blanks at their end wait for what follows. */
  private void part(String text, int start, int end) throws IOException {
    int kept = end;
    while (kept > start && isBlank(text.charAt(kept - 1))) {
      kept--;
    }
    if (kept > start) {
      anything = true;
      blanks.passTo(sink);
      sink.text(text.substring(start, kept));
    }
    for (int i = kept; i < end; i++) {
      char blank = text.charAt(i);
      anything |= blank != ' ';
      if (!blanks.add(blank)) {
        blanks.passTo(sink);
        blanks.add(blank);
      }
    }
  }

  private boolean isBlank(char c) {
    return divided ? Character.isWhitespace(c) : c == ' ';
  }

  /** Blanks of which it is not known yet whether they stand at the end; counted, not kept. */
  private static final class Blanks {
    private static final int MOST_RUNS = 1000;
    private static final int PIECE = 8 << 10;

    private final StringBuilder kinds = new StringBuilder();
    private final long[] counts = new long[MOST_RUNS];

    /** False if it has no place for one more run. */
    boolean add(char blank) {
      int runs = kinds.length();
      if (runs > 0 && kinds.charAt(runs - 1) == blank) {
        counts[runs - 1]++;
        return true;
      }
      if (runs == MOST_RUNS) {
        return false;
      }
      kinds.append(blank);
      counts[runs] = 1;
      return true;
    }

    void clear() {
      kinds.setLength(0);
    }

    void passTo(Sink sink) throws IOException {
      for (int i = 0; i < kinds.length(); i++) {
        String kind = String.valueOf(kinds.charAt(i));
        for (long left = counts[i]; left > 0; left -= PIECE) {
          sink.text(kind.repeat((int) Math.min(left, PIECE)));
        }
      }
      clear();
    }
  }
}
