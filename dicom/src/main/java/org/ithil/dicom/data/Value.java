package org.ithil.dicom.data;

import java.io.IOException;
import java.util.List;
import org.ithil.dicom.encoding.Vr;

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
  record Located(long offset, long length, boolean bigEndian) implements Value {
    /**
     * Some of its bytes, little endian.
     *
     * @param values where the value lies
     * @param vr tells which bytes are swapped together
     * @param from first byte in the value, a multiple of the unit of the VR
     * @throws java.io.EOFException if they are not there
     */
    public byte[] read(ByteSource values, Vr vr, long from, int count) throws IOException {
      byte[] bytes = values.read(offset + from, count);
      if (bigEndian) {
        vr.swap(bytes, 0, count);
      }
      return bytes;
    }

    /**
     * Passes its bytes on, little endian, in pieces. The source is read once, from front to back.
     *
     * @param values where the value lies
     * @param vr tells which bytes are swapped together
     * @param piece bytes in each piece but the last one, a multiple of the unit of the VR
     * @throws java.io.EOFException if they are not there; then the sink got nothing
     */
    public void read(ByteSource values, Vr vr, int piece, Sink sink) throws IOException {
      PieceStream pieces =
          new PieceStream(
              (int) Math.min(piece, length),
              bytes -> {
                if (bigEndian) {
                  vr.swap(bytes, 0, bytes.length);
                }
                sink.accept(bytes);
              });
      values.copyTo(offset, length, pieces);
      pieces.finish();
    }
  }

  /** Takes the bytes of a value piece by piece, in order. */
  @FunctionalInterface
  interface Sink {
    /**
     * Takes a piece.
     *
     * @param piece the sink may keep it
     */
    void accept(byte[] piece) throws IOException;
  }

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
