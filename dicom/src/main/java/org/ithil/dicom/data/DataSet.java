package org.ithil.dicom.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.ithil.dicom.text.SpecificCharacterSet;
import org.jspecify.annotations.Nullable;

/** An immutable data set of PS3.5 7: elements in ascending order of their tags, each tag once. */
public final class DataSet implements Iterable<Element> {
  /** A data set without elements. */
  public static final DataSet EMPTY = new DataSet(new int[0], new Element[0]);

  private static final int SPECIFIC_CHARACTER_SET = 0x00080005;

  private final int[] tags;
  private final Element[] elements;

  private DataSet(int[] tags, Element[] elements) {
    this.tags = tags;
    this.elements = elements;
  }

  /** Elements in any order; of several with one tag the first counts. */
  public static DataSet of(Iterable<Element> elements) {
    Builder builder = new Builder();
    elements.forEach(builder::addIfAbsent);
    return builder.build();
  }

  /** Number of elements, those inside of items not counted. */
  public int size() {
    return elements.length;
  }

  public boolean isEmpty() {
    return elements.length == 0;
  }

  /** The element with a tag, or null. */
  public @Nullable Element get(int tag) {
    int at = find(tag);
    return at < 0 ? null : elements[at];
  }

  public boolean contains(int tag) {
    return find(tag) >= 0;
  }

  /** In ascending order of unsigned tags. */
  @Override
  public Iterator<Element> iterator() {
    return Arrays.asList(elements).iterator();
  }

  /** The character set declared here, or the one inherited from the data set around. */
  public SpecificCharacterSet characterSet(SpecificCharacterSet inherited) {
    Element declared = get(SPECIFIC_CHARACTER_SET);
    if (declared == null || declared.isEmpty()) {
      return inherited;
    }
    return SpecificCharacterSet.of(declared.texts(SpecificCharacterSet.ASCII));
  }

  /** A text value as {@link Element#text}; empty if the element is absent. */
  public Optional<String> text(int tag, SpecificCharacterSet inherited) {
    Element element = get(tag);
    return element == null ? Optional.empty() : Optional.of(element.text(characterSet(inherited)));
  }

  /**
   * Text in the default repertoire: identifiers, codes, numbers as text. Empty if the element is
   * absent.
   */
  public Optional<String> ascii(int tag) {
    return text(tag, SpecificCharacterSet.ASCII);
  }

  /** First value of a US, SS, UL, SL or IS element; empty if absent or no number of 32 bits. */
  public OptionalInt integer(int tag) {
    Element element = get(tag);
    if (element == null || element.isEmpty()) {
      return OptionalInt.empty();
    }
    try {
      if (element.vr().isText()) {
        List<String> values = element.texts(SpecificCharacterSet.ASCII);
        return values.isEmpty()
            ? OptionalInt.empty()
            : OptionalInt.of(Integer.parseInt(values.getFirst().strip()));
      }
      return switch (element.vr()) {
        case US -> OptionalInt.of(element.buffer().getShort() & 0xffff);
        case SS -> OptionalInt.of(element.buffer().getShort());
        case UL, SL -> OptionalInt.of(element.buffer().getInt());
        default -> OptionalInt.empty();
      };
    } catch (NumberFormatException | java.nio.BufferUnderflowException e) {
      return OptionalInt.empty();
    }
  }

  /** The creator of the block that a private element lies in, or null if it is not named. */
  public @Nullable String privateCreator(int privateTag) {
    Element creator = get(Tags.creatorOf(privateTag));
    return creator == null ? null : creator.text(characterSet(SpecificCharacterSet.ASCII)).strip();
  }

  private int find(int tag) {
    int low = 0;
    int high = tags.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = Integer.compareUnsigned(tags[middle], tag);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -(low + 1);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DataSet d && Arrays.equals(elements, d.elements);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(elements);
  }

  @Override
  public String toString() {
    return "DataSet[" + elements.length + "]";
  }

  /** The same with one more element, or with this one in the place of that with its tag. */
  public DataSet with(Element element) {
    int found = find(element.tag());
    int at = found < 0 ? -(found + 1) : found;
    int behind = found < 0 ? at : at + 1;
    int rest = elements.length - behind;
    int[] newTags = Arrays.copyOf(tags, at + 1 + rest);
    Element[] newElements = Arrays.copyOf(elements, at + 1 + rest);
    newTags[at] = element.tag();
    newElements[at] = element;
    System.arraycopy(tags, behind, newTags, at + 1, rest);
    System.arraycopy(elements, behind, newElements, at + 1, rest);
    return new DataSet(newTags, newElements);
  }

  /** A builder that holds this data set's elements. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    for (Element element : elements) {
      builder.addIfAbsent(element);
    }
    return builder;
  }

  /** Collects elements; in order is fastest. Not safe for concurrent use. */
  public static final class Builder {
    private final List<Element> elements = new ArrayList<>();

    /** Adds an element, in the place of an earlier one with its tag. */
    public Builder put(Element element) {
      int at = position(element.tag());
      if (at >= 0) {
        elements.set(at, element);
      } else {
        elements.add(-(at + 1), element);
      }
      return this;
    }

    /** Adds an element unless there is one with its tag; returns whether it did. */
    public boolean addIfAbsent(Element element) {
      int at = position(element.tag());
      if (at >= 0) {
        return false;
      }
      elements.add(-(at + 1), element);
      return true;
    }

    /** Removes the element with a tag, if any. */
    public Builder remove(int tag) {
      int at = position(tag);
      if (at >= 0) {
        elements.remove(at);
      }
      return this;
    }

    /** Number of elements so far. */
    public int size() {
      return elements.size();
    }

    /** The element with a tag, or null. */
    public @Nullable Element get(int tag) {
      int at = position(tag);
      return at < 0 ? null : elements.get(at);
    }

    /** Whether a tag comes behind those of all elements collected. */
    public boolean isBehindAll(int tag) {
      return elements.isEmpty() || Integer.compareUnsigned(elements.getLast().tag(), tag) < 0;
    }

    public DataSet build() {
      Element[] all = elements.toArray(Element[]::new);
      int[] tags = new int[all.length];
      for (int i = 0; i < all.length; i++) {
        tags[i] = all[i].tag();
      }
      return new DataSet(tags, all);
    }

    private int position(int tag) {
      int high = elements.size() - 1;
      if (high < 0 || Integer.compareUnsigned(elements.get(high).tag(), tag) < 0) {
        return -(high + 2);
      }
      int low = 0;
      while (low <= high) {
        int middle = (low + high) >>> 1;
        int order = Integer.compareUnsigned(elements.get(middle).tag(), tag);
        if (order == 0) {
          return middle;
        }
        if (order < 0) {
          low = middle + 1;
        } else {
          high = middle - 1;
        }
      }
      return -(low + 1);
    }
  }
}
