package org.ithil.services.transfer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ithil.archive.blob.Spool;
import org.ithil.archive.blob.SpooledFile;
import org.ithil.services.transfer.TransferException.Problem;

/**
 * Buckets that have come, in the spool, and the files that they are put together to. Buckets may
 * come from several threads, in any order, and again.
 */
final class Assembly implements AutoCloseable {
  private static final int PIECE = 64 << 10;

  private final Spool spool;
  private final Map<String, TransferredFile> files = new LinkedHashMap<>();
  private final List<Bucket> buckets;
  private final Map<Integer, SpooledFile> arrived = new ConcurrentHashMap<>();

  Assembly(Spool spool, List<TransferredFile> files, List<Bucket> buckets) {
    this.spool = spool;
    this.buckets = List.copyOf(buckets);
    files.forEach(file -> this.files.put(file.id(), file));
  }

  List<TransferredFile> files() {
    return List.copyOf(files.values());
  }

  List<Bucket> buckets() {
    return buckets;
  }

  /**
   * Checks what is announced of a bucket.
   *
   * @throws TransferException if it does not exist, or fits no file
   */
  Bucket bucket(int number) throws TransferException {
    if (number < 0 || number >= buckets.size()) {
      throw TransferException.of(Problem.OUT_OF_RANGE);
    }
    Bucket bucket = buckets.get(number);
    for (Bucket.Chunk chunk : bucket.chunks()) {
      TransferredFile file = files.get(chunk.id());
      if (file == null) {
        throw TransferException.of(Problem.UNKNOWN, "Unknown instance");
      }
      if (chunk.offset() + chunk.size() > file.size()) {
        throw TransferException.of(Problem.OUT_OF_RANGE, "WriteChunk out of bounds");
      }
    }
    return bucket;
  }

  /** Takes the bytes of a bucket, in the place of earlier ones. */
  void put(int number, SpooledFile bytes) {
    SpooledFile earlier = arrived.put(number, bytes);
    if (earlier != null) {
      earlier.close();
    }
  }

  /** How many buckets have come. */
  int arrived() {
    return arrived.size();
  }

  boolean has(int number) {
    return arrived.containsKey(number);
  }

  /** Where a part of a file lies in a bucket. */
  private record Place(long offset, long size, SpooledFile bytes, long at) {}

  /** All files, as far as their buckets have come; no bucket may come meanwhile. */
  final class Files {
    private final Map<String, List<Place>> places = new HashMap<>();

    private Files() {
      arrived.forEach((number, bytes) -> {
        long at = 0;
        for (Bucket.Chunk chunk : buckets.get(number).chunks()) {
          places
              .computeIfAbsent(chunk.id(), id -> new ArrayList<>())
              .add(new Place(chunk.offset(), chunk.size(), bytes, at));
          at += chunk.size();
        }
      });
      places.values().forEach(list -> list.sort(Comparator.comparingLong(Place::offset)));
    }

    /**
     * Puts a file together.
     *
     * @throws TransferException CORRUPTED if a part is missing, or the MD5 is another one
     */
    SpooledFile assemble(TransferredFile file) throws IOException {
      try (Spool.Writer out = spool.open()) {
        long end = 0;
        for (Place place : places.getOrDefault(file.id(), List.of())) {
          if (place.offset() > end) {
            break;
          }
          long skipped = end - place.offset();
          if (skipped < place.size()) {
            copy(place.bytes(), place.at() + skipped, place.size() - skipped, out);
            end = place.offset() + place.size();
          }
        }
        SpooledFile whole = out.finish();
        if (!whole.md5().equalsIgnoreCase(file.md5())) {
          whole.close();
          throw TransferException.of(
              Problem.CORRUPTED, "Bad MD5 sum in a transfered DICOM instance: " + file.id());
        }
        return whole;
      }
    }
  }

  Files whole() {
    return new Files();
  }

  private static void copy(SpooledFile from, long offset, long size, Spool.Writer out)
      throws IOException {
    byte[] piece = new byte[(int) Math.min(PIECE, size)];
    for (long done = 0; done < size; ) {
      int n = (int) Math.min(piece.length, size - done);
      from.read(offset + done, piece, 0, n);
      out.write(piece, 0, n);
      done += n;
    }
  }

  /** Lets all buckets go. */
  @Override
  public void close() {
    arrived.values().forEach(SpooledFile::close);
    arrived.clear();
  }
}
