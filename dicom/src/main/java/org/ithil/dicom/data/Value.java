package org.ithil.dicom.data;

import java.util.List;

/** What an element holds. Whatever the transfer syntax, bytes in memory are little endian. */
public sealed interface Value {
  /** No bytes, no items. */
  Value EMPTY = new Bytes(new byte[0]);

  /**
   * A value in memory, padding included.
   *
   * @param bytes little endian; nobody may change them
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Bytes(byte[] bytes) implements Value {
    @Override
    public boolean equals(Object other) {
      return other instanceof Bytes(byte[] b) && java.util.Arrays.equals(bytes, b);
    }

    @Override
    public int hashCode() {
      return java.util.Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
      return "Bytes[" + bytes.length + "]";
    }
  }

  /**
   * A value left where it lies, because it is large.
   *
   * @param offset first byte in the source (for a deflated file: in the inflated data set)
   * @param length in bytes, padding included
   * @param bigEndian byte order there
   */
  record Located(long offset, long length, boolean bigEndian) implements Value {}

  /**
   * The items of a sequence, PS3.5 7.5.
   *
   * @param items in order
   */
  record Items(List<DataSet> items) implements Value {
    public Items {
      items = List.copyOf(items);
    }
  }

  /**
   * Encapsulated pixel data, PS3.5 A.4. The first fragment is the Basic Offset Table.
   *
   * @param fragments {@link Bytes} or {@link Located}, offset table included
   */
  record Fragments(List<Value> fragments) implements Value {
    public Fragments {
      fragments = List.copyOf(fragments);
    }
  }

  /**
   * Number of bytes of {@link Bytes} and {@link Located}; of the fragments together; 0 for items.
   */
  default long length() {
    return switch (this) {
      case Bytes(byte[] bytes) -> bytes.length;
      case Located(long _, long length, boolean _) -> length;
      case Items _ -> 0;
      case Fragments(List<Value> fragments) -> fragments.stream().mapToLong(Value::length).sum();
    };
  }
}
