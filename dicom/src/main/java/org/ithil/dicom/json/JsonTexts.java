package org.ithil.dicom.json;

import java.io.IOException;
import java.util.List;
import org.ithil.dicom.data.TextValues;
import org.ithil.dicom.encoding.Vr;
import org.jspecify.annotations.Nullable;

/** Writes the member Value of a text element, from values whole or in pieces. */
final class JsonTexts implements TextValues.Sink {
  private static final List<String> GROUPS = List.of("Alphabetic", "Ideographic", "Phonetic");

  /** A number is not longer than this; what is longer is written as text. */
  private static final int LONGEST_NUMBER = 16 << 10;

  private final Vr vr;
  private final JsonOutput json;
  private boolean opened;

  /** True behind the first character of a value that is written while it comes. */
  private boolean inside;

  /** The number that has come so far; null if numbers of this kind are written as they come. */
  private @Nullable StringBuilder number;

  /** The group of a name that is written. */
  private int group;

  JsonTexts(Vr vr, JsonOutput json) {
    this.vr = vr;
    this.json = json;
  }

  @Override
  public void text(String piece) throws IOException {
    openArray();
    if (vr == Vr.PN) {
      name(piece);
      return;
    }
    if (!inside && (vr == Vr.IS || vr == Vr.DS)) {
      StringBuilder all = number == null ? new StringBuilder() : number;
      number = all.append(piece);
      if (all.length() <= LONGEST_NUMBER) {
        return;
      }
      number = null;
      json.openText().piece(all.toString());
    } else {
      if (!inside) {
        json.openText();
      }
      json.piece(piece);
    }
    inside = true;
  }

  private void name(String piece) throws IOException {
    if (!inside) {
      inside = true;
      group = 0;
      json.open('{').name(GROUPS.getFirst()).openText();
    }
    int start = 0;
    while (group < GROUPS.size()) {
      int border = piece.indexOf('=', start);
      json.piece(piece.substring(start, border < 0 ? piece.length() : border));
      if (border < 0) {
        return;
      }
      json.closeText();
      if (++group < GROUPS.size()) {
        json.name(GROUPS.get(group)).openText();
      }
      start = border + 1;
    }
  }

  @Override
  public void end() throws IOException {
    openArray();
    if (number != null) {
      number(number.toString());
    } else if (!inside) {
      json.raw("null");
    } else if (vr != Vr.PN) {
      json.closeText();
    } else {
      if (group < GROUPS.size()) {
        json.closeText();
      }
      json.close('}');
    }
    number = null;
    inside = false;
  }

  private void number(String text) throws IOException {
    if (vr == Vr.IS && text.strip().matches("[+-]?[0-9]{1,18}")) {
      json.raw(Long.toString(Long.parseLong(text.strip())));
    } else {
      json.text(vr == Vr.DS ? text.strip() : text);
    }
  }

  private void openArray() throws IOException {
    if (!opened) {
      opened = true;
      json.name("Value").open('[');
    }
  }

  /** Ends the member if there was a value. */
  void close() throws IOException {
    if (opened) {
      json.close(']');
    }
  }
}
