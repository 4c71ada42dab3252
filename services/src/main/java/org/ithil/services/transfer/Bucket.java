package org.ithil.services.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ithil.archive.json.JsonValue;

/**
 * What one request carries: parts of files, one behind the other.
 *
 * @param chunks in their order
 */
public record Bucket(List<Chunk> chunks) {
  /** URLs stay below 2000 characters, with room for their arguments. */
  private static final int LONGEST_PATH = 1956;

  private static final int ID_LENGTH = 45;

  /**
   * A part of a file.
   *
   * @param id of the file
   * @param offset where it begins
   * @param size bytes
   */
  public record Chunk(String id, long offset, long size) {
    private JsonValue json() {
      return JsonValue.object(
          Map.of(
              "ID", new JsonValue.Text(id),
              "Offset", new JsonValue.Text(Long.toString(offset)),
              "Size", new JsonValue.Text(Long.toString(size))));
    }
  }

  public Bucket {
    chunks = List.copyOf(chunks);
  }

  /** Bytes of all chunks. */
  public long size() {
    return chunks.stream().mapToLong(Chunk::size).sum();
  }

  /** On the wire: an array of chunks, each {@code ID}, {@code Offset}, {@code Size}, all texts. */
  public JsonValue json() {
    return new JsonValue.Items(chunks.stream().map(Chunk::json).toList());
  }

  /**
   * Reads what {@link #json} gives.
   *
   * @throws TransferException FORM if it is something else
   */
  public static Bucket of(JsonValue json) throws TransferException {
    List<Chunk> chunks = new ArrayList<>();
    for (JsonValue chunk : WireFields.items(json)) {
      chunks.add(
          new Chunk(
              WireFields.text(chunk, "ID"),
              WireFields.number(chunk, "Offset"),
              WireFields.number(chunk, "Size")));
    }
    return new Bucket(chunks);
  }

  /**
   * Divides files as the reference does: large ones are split, middle ones go alone, small ones
   * together, behind the others.
   *
   * @param wanted bytes that a bucket should have
   * @param urlLength characters of the URL that all of it is behind of; 0 if no URL names the files
   */
  static List<Bucket> divide(List<TransferredFile> files, long wanted, int urlLength) {
    List<Bucket> buckets = new ArrayList<>();
    List<Bucket> small = new ArrayList<>();
    List<Chunk> collected = new ArrayList<>();
    long size = 0;
    for (TransferredFile file : files) {
      if (file.size() >= wanted) {
        split(file, file.size() >= 2 * wanted ? ceil(file.size(), 2 * wanted) : 1, buckets);
        continue;
      }
      if (urlLength > 0
          && !collected.isEmpty()
          && urlLength + (collected.size() + 1) * ID_LENGTH > LONGEST_PATH) {
        small.add(new Bucket(collected));
        collected.clear();
        size = 0;
      }
      collected.add(new Chunk(file.id(), 0, file.size()));
      size += file.size();
      if (size >= wanted) {
        small.add(new Bucket(collected));
        collected.clear();
        size = 0;
      }
    }
    if (!collected.isEmpty()) {
      small.add(new Bucket(collected));
    }
    buckets.addAll(small);
    return List.copyOf(buckets);
  }

  private static void split(TransferredFile file, long count, List<Bucket> buckets) {
    long each = file.size() / count;
    for (long i = 0; i < count; i++) {
      long offset = i * each;
      long size = i == count - 1 ? file.size() - offset : each;
      buckets.add(new Bucket(List.of(new Chunk(file.id(), offset, size))));
    }
  }

  private static long ceil(long a, long b) {
    return (a + b - 1) / b;
  }
}
