package org.ithil.archive.verification;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.ithil.archive.blob.Blob;
import org.ithil.archive.blob.BlobStore;
import org.ithil.archive.index.Index;
import org.ithil.archive.index.IndexReader;
import org.ithil.archive.index.IndexReader.NamedBlob;

/**
 * Compares the index with the blobs. Runs while the archive is used; what changes meanwhile is
 * never reported.
 */
public final class Verification {
  private static final int AT_ONCE = 1000;
  private static final long MOST_IN_MEMORY = 1_000_000;

  private final Index index;
  private final BlobStore blobs;
  private final Predicate<UUID> underway;

  /** Something that is not as it should be. */
  public sealed interface Finding {
    UUID blob();

    /** A blob that the index does not name: what a crash may leave. */
    record Orphan(UUID blob) implements Finding {}

    /** A blob that the index names, and that is not there. */
    record Missing(UUID blob) implements Finding {}

    /** A blob with other bytes than were stored. */
    record Corrupt(UUID blob) implements Finding {}
  }

  /**
   * @param underway tells blobs that are kept already and that the index will name soon
   */
  public Verification(Index index, BlobStore blobs, Predicate<UUID> underway) {
    this.index = index;
    this.blobs = blobs;
    this.underway = underway;
  }

  /**
   * Finds blobs that nobody names. Goes through all of them once for each million, so that it needs
   * little memory.
   */
  public void findOrphans(Consumer<Finding.Orphan> findings) throws IOException {
    long named = index.read(IndexReader::statistics).instances();
    int slices = (int) Math.min(256, 1 + named / MOST_IN_MEMORY);
    for (int slice = 0; slice < slices; slice++) {
      Set<UUID> unnamed = new HashSet<>();
      int current = slice;
      blobs.list(blob -> {
        if (slice(blob, slices) == current) {
          unnamed.add(blob);
        }
      });
      // What was not named yet when it was listed is underway still, or named by now.
      unnamed.removeIf(underway);
      forEachNamed(blob -> unnamed.remove(blob.blob()));
      unnamed.forEach(blob -> findings.accept(new Finding.Orphan(blob)));
    }
  }

  private static int slice(UUID blob, int slices) {
    return (int) (blob.getMostSignificantBits() >>> 56) * slices / 256;
  }

  private interface Visit {
    void accept(NamedBlob blob) throws IOException;
  }

  private void forEachNamed(Visit visit) throws IOException {
    Optional<NamedBlob> last = Optional.empty();
    while (true) {
      Optional<NamedBlob> after = last;
      List<NamedBlob> page = index.read(reader -> reader.namedBlobs(after, AT_ONCE));
      for (NamedBlob named : page) {
        visit.accept(named);
      }
      if (page.isEmpty()) {
        return;
      }
      last = Optional.of(page.getLast());
    }
  }

  /**
   * Finds blobs that are missing or corrupt.
   *
   * @param readAll whether bytes are compared with the MD5 that was stored, not only sizes
   */
  public void findDamage(boolean readAll, Consumer<Finding> findings) throws IOException {
    forEachNamed(named -> check(named, readAll, findings));
  }

  private void check(NamedBlob named, boolean readAll, Consumer<Finding> findings)
      throws IOException {
    UUID uuid = named.blob();
    try (Blob blob = blobs.open(uuid)) {
      boolean whole = blob.size() == named.storedSize();
      if (whole && readAll && named.storedMd5().isPresent()) {
        whole = md5(blob).equals(named.storedMd5().get());
      }
      if (!whole) {
        findings.accept(new Finding.Corrupt(uuid));
      }
    } catch (NoSuchFileException e) {
      if (index.read(reader -> reader.isNamed(named))) {
        findings.accept(new Finding.Missing(uuid));
      }
    }
  }

  private static String md5(Blob blob) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
        blob.copyTo(0, blob.size(), out);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
