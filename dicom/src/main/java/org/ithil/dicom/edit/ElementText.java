package org.ithil.dicom.edit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Tags;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.dictionary.DictionaryEntry;
import org.ithil.dicom.edit.EditException.Problem;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.text.SpecificCharacterSet;
import org.jspecify.annotations.Nullable;

/** Makes elements of text. Immutable. */
public final class ElementText {
  private final Dictionary dictionary;

  /**
   * @param dictionary gives value representations, and tags for names in values of AT
   */
  public ElementText(Dictionary dictionary) {
    this.dictionary = dictionary;
  }

  /**
   * Bytes in text, RFC 2397.
   *
   * @param type media type in lower case, such as "image/png", without parameters
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record DataUri(String type, byte[] bytes) {
    private static final String START = "data:";
    private static final String BASE64 = ";base64";

    /**
     * Reads "data:TYPE;base64,..."; empty for any other text: without type, or if what follows is
     * no base64.
     */
    public static Optional<DataUri> parse(String text) {
      int comma = text.startsWith(START) ? text.indexOf(',') : -1;
      if (comma < 0) {
        return Optional.empty();
      }
      String head = text.substring(START.length(), comma);
      int type = head.indexOf(';');
      if (type < 1 || !head.endsWith(BASE64)) {
        return Optional.empty();
      }
      try {
        return Optional.of(
            new DataUri(
                head.substring(0, type).toLowerCase(Locale.ROOT),
                Base64.getMimeDecoder().decode(text.substring(comma + 1))));
      } catch (IllegalArgumentException _) {
        return Optional.empty();
      }
    }
  }

  /**
   * The value representation that a new element gets: UN if it is not known.
   *
   * @param creator by which private tags are looked up, or null
   */
  public Vr vrOf(int tag, @Nullable String creator) {
    if (!Tags.isPrivate(tag)) {
      return dictionary.vrOf(tag, null);
    }
    DictionaryEntry entry = creator == null ? null : dictionary.entry(tag, creator);
    return entry == null || entry.creator() == null ? Vr.UN : entry.vr();
  }

  /**
   * An element. Text is not checked for form or length; numbers are parsed, several are joined by
   * backslashes; AT takes names and hexadecimal numbers; OB and UN take the bytes of the text.
   *
   * @param text empty for an element without value
   * @param characterSet of the data set it goes to; characters that it lacks are dropped
   * @throws EditException BAD_VALUE if it is no value of that representation; sequences take none
   */
  public Element of(int tag, Vr vr, String text, SpecificCharacterSet characterSet) {
    byte[] bytes = text.isEmpty() ? new byte[0] : padded(bytes(tag, vr, text, characterSet), vr);
    return new Element(tag, vr, vr == Vr.SQ ? new Value.Items(List.of()) : bytes(bytes));
  }

  private static Value bytes(byte[] bytes) {
    return bytes.length == 0 ? Value.EMPTY : new Value.Bytes(bytes);
  }

  private byte[] bytes(int tag, Vr vr, String text, SpecificCharacterSet characterSet) {
    if (vr == Vr.UI) {
      return text.replace(" ", "").replace("\0", "").getBytes(StandardCharsets.US_ASCII);
    }
    if (vr.isText()) {
      return characterSet.encode(text.replace("\0", ""), vr);
    }
    try {
      return switch (vr) {
        case OB, UN -> text.getBytes(StandardCharsets.UTF_8);
        case AT -> tags(text);
        case SQ -> throw new NumberFormatException(text);
        default -> NumberValues.encode(text, vr, !Dictionary.dependsOnPixelRepresentation(tag));
      };
    } catch (NumberFormatException _) {
      throw outOfRange(tag, text);
    }
  }

  /** The recorded text, in which a NUL ends the value and all that follows it. */
  static EditException outOfRange(int tag, String value) {
    String message =
        "While creating a DICOM instance, tag ("
            + Tags.format(tag)
            + ") has out-of-range value: \""
            + value
            + '"';
    int nul = message.indexOf('\0');
    return new EditException(Problem.BAD_VALUE, nul < 0 ? message : message.substring(0, nul));
  }

  /** An element of bytes; a representation that wants numbers refuses them, as recorded. */
  public Element of(int tag, Vr vr, byte[] bytes) {
    if (NumberValues.isNumber(vr) || vr == Vr.AT || vr == Vr.SQ) {
      throw outOfRange(tag, new String(bytes, StandardCharsets.UTF_8));
    }
    return new Element(tag, vr, bytes(padded(bytes, vr)));
  }

  private byte[] tags(String text) {
    String[] names = text.split("\\\\", -1);
    ByteBuffer bytes = ByteBuffer.allocate(names.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (String name : names) {
      OptionalInt number = Tags.parse(name.strip());
      int tag =
          (number.isPresent() ? number : dictionary.tagOf(name.strip()))
              .orElseThrow(() -> new NumberFormatException(name));
      bytes.putShort((short) Tags.group(tag)).putShort((short) Tags.element(tag));
    }
    return bytes.array();
  }

  /** The same with a byte of padding behind it if its length is odd. */
  static byte[] padded(byte[] bytes, Vr vr) {
    if (bytes.length % 2 == 0) {
      return bytes;
    }
    byte[] even = Arrays.copyOf(bytes, bytes.length + 1);
    even[bytes.length] = vr.padding();
    return even;
  }
}
