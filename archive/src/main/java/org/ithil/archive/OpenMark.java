package org.ithil.archive;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.ithil.archive.index.Index;
import org.ithil.archive.index.IndexException;
import org.ithil.archive.index.IndexReader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file beside the blobs that is there while an archive is open: if it is there at the start, the
 * last process was killed, and blobs may lie there that no one names.
 *
 * <p>An index that was lost, exchanged or put back from a copy does not name blobs that are wanted.
 * So the file has a token that the index has too, and now and then notes how far the log of changes
 * has come: only an index with that token, and not behind that number, is believed.
 */
final class OpenMark implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OpenMark.class);
  private static final String FILE = ".ithil-open";
  private static final String SETTING = "open-token";
  private static final int INSTANCES_FOR_A_NOTE = 32;

  private final Path file;

  /** Not a channel: that one ends with the first thread that is interrupted. */
  private final RandomAccessFile notes;

  private final Index index;
  private final String token;
  private final boolean afterCrash;
  private final Instant since;
  private final AtomicInteger instances = new AtomicInteger();
  private volatile boolean untidy;
  private volatile BooleanSupplier settled = () -> true;

  private record Content(String token, long change) {}

  OpenMark(Path folder, Index index, UUID fresh) throws IOException {
    this.file = folder.resolve(FILE);
    this.index = index;
    @Nullable Content left = left();
    Optional<String> known = index.read(reader -> reader.setting(SETTING));
    long change = index.read(OpenMark::lastChange);
    afterCrash = left != null && known.equals(Optional.of(left.token())) && change >= left.change();
    untidy = afterCrash;
    if (afterCrash) {
      token = known.orElseThrow();
    } else {
      if (left != null) {
        LOG.warn(
            "The last process was killed, and this is not the index that it used, or an older copy"
                + " of it: files that the index does not name are left in {}",
            folder);
      }
      token = fresh.toString();
      index.write(writer -> {
        writer.setSetting(SETTING, token);
        return true;
      });
    }
    notes = new RandomAccessFile(file.toFile(), "rw");
    try {
      note(change);
      notes.getFD().sync();
      since = Files.getLastModifiedTime(file).toInstant();
    } catch (IOException e) {
      notes.close();
      throw e;
    }
  }

  private @Nullable Content left() throws IOException {
    try {
      String[] words = Files.readString(file, StandardCharsets.ISO_8859_1).strip().split(" ");
      return words.length == 2 && words[1].matches("[0-9]{1,18}")
          ? new Content(words[0], Long.parseLong(words[1]))
          : new Content("", 0); // cut off by a power failure: believes no index
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static long lastChange(IndexReader reader) {
    return reader.lastChange().last();
  }

  private synchronized void note(long change) throws IOException {
    String text = String.format("%s %018d\n", token, change);
    notes.seek(0);
    notes.write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Tells that an instance was added. */
  void added() {
    if (instances.incrementAndGet() % INSTANCES_FOR_A_NOTE == 0) {
      try {
        note(index.read(OpenMark::lastChange));
      } catch (IOException | IndexException e) {
        LOG.warn("Cannot write {}: {}", file, e.toString());
      }
    }
  }

  /** Whether the last process was killed and the index is the one that it used. */
  boolean isAfterCrash() {
    return afterCrash;
  }

  /** When the archive was opened, by the clock of its file system. */
  Instant since() {
    return since;
  }

  /** What the last process left is tidied up. */
  void tidy() {
    untidy = false;
  }

  /** Asked at the end: whether this process leaves nothing that no one names. */
  void settledIf(BooleanSupplier condition) {
    settled = condition;
  }

  @Override
  public void close() throws IOException {
    notes.close();
    if (!untidy && settled.getAsBoolean()) {
      Files.deleteIfExists(file);
    }
  }
}
