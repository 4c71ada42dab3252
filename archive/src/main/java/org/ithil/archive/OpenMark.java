package org.ithil.archive;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ithil.archive.blob.BlobStore;
import org.ithil.archive.index.Index;
import org.ithil.archive.ingest.Ingest;
import org.ithil.archive.resource.Attachment;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file beside the blobs that is there while an archive is open. It names the blobs that are kept
 * and that nobody has been told of yet:
 *
 * <pre>
 * line 1   boot_id of the machine, blanks
 * others   blob, blank, instance; or "-"; each 81 characters
 * </pre>
 *
 * If it is there at the start, the last process was killed. A blob that it names and the index does
 * not was never acknowledged, and is removed. So whatever index is there (a new one, or one put
 * back from an older copy), no file goes that somebody relies on. What the file says is not forced
 * to the medium: after a failure of the machine it may be out of date, so it is believed only
 * within the same run of the machine, and what was left is left.
 */
final class OpenMark implements Ingest.Journal, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OpenMark.class);
  private static final String FILE = ".ithil-open";
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final int WIDTH = 36 + 1 + 44;
  private static final String EMPTY = "-".repeat(WIDTH);

  private static final Pattern ENTRY =
      Pattern.compile("([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}) ([0-9a-f-]{44})");

  /** Room for as many is made at once, so that a full medium rarely matters later. */
  private static final int LINES = 64;

  private final Path file;

  /** Not a channel: that one ends with the first thread that is interrupted. */
  private final RandomAccessFile out;

  private final BitSet taken = new BitSet();
  private final Map<UUID, Integer> lines = new HashMap<>();

  /** What the last process left, by the blob. */
  private final Map<UUID, ResourceId> left = new HashMap<>();

  private boolean afterCrash;

  OpenMark(Path folder) throws IOException {
    file = folder.resolve(FILE);
    Optional<String> boot = boot();
    readLeft(boot);
    out = new RandomAccessFile(file.toFile(), "rw");
    try {
      out.setLength(0);
      StringBuilder text = new StringBuilder(line(boot.orElse("")));
      text.repeat(EMPTY + '\n', LINES);
      out.write(text.toString().getBytes(StandardCharsets.ISO_8859_1));
      taken.set(0);
      left.forEach(this::begin);
    } catch (IOException e) {
      out.close();
      throw e;
    }
  }

  /** Tells this run of the machine from others; empty where the system has no such thing. */
  private static Optional<String> boot() {
    try {
      return Optional.of(Files.readString(BOOT).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private void readLeft(Optional<String> boot) throws IOException {
    List<String> all;
    try {
      all = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      return;
    }
    afterCrash = true;
    if (all.isEmpty() || boot.isEmpty() || !all.getFirst().strip().equals(boot.get())) {
      LOG.warn(
          "The last process did not end, nor did this machine go on: files that it had not"
              + " acknowledged may be left in {}",
          file.toAbsolutePath().getParent());
      return;
    }
    for (String line : all.subList(1, all.size())) {
      Matcher match = ENTRY.matcher(line);
      if (match.matches()) {
        ResourceId.parse(match.group(2))
            .ifPresent(instance -> left.put(UUID.fromString(match.group(1)), instance));
      }
    }
  }

  /** Whether the last process was killed, or the machine failed. */
  boolean isAfterCrash() {
    return afterCrash;
  }

  /** Removes what the last process left and the index does not name. */
  void sweep(Index index, BlobStore blobs) {
    int removed = 0;
    for (Map.Entry<UUID, ResourceId> each : left.entrySet()) {
      UUID blob = each.getKey();
      boolean named =
          index
              .read(reader -> reader.attachment(Level.INSTANCE, each.getValue(), Attachment.DICOM))
              .filter(attachment -> attachment.uuid().equals(blob))
              .isPresent();
      try {
        if (!named) {
          blobs.delete(blob);
          removed++;
        }
        end(blob);
      } catch (IOException e) {
        LOG.warn("{} could not be removed; tried again at the next start: {}", blob, e.toString());
      }
    }
    if (removed > 0) {
      LOG.info("The last process was killed: {} files not acknowledged were removed", removed);
    }
    left.clear();
  }

  @Override
  public synchronized void begin(UUID blob, ResourceId instance) {
    int line = taken.nextClearBit(0);
    if (write(line, blob + " " + instance)) {
      taken.set(line);
      lines.put(blob, line);
    }
  }

  @Override
  public synchronized void end(UUID blob) {
    Integer line = lines.get(blob);
    if (line != null && write(line, EMPTY)) {
      lines.remove(blob);
      taken.clear(line);
    }
  }

  private boolean write(int line, String text) {
    try {
      out.seek((long) line * (WIDTH + 1));
      out.write(line(text).getBytes(StandardCharsets.ISO_8859_1));
      return true;
    } catch (IOException e) {
      // Worst of all, a file that nobody needs is not found after a kill.
      LOG.warn("Cannot write {}: {}", file, e.toString());
      return false;
    }
  }

  private static String line(String text) {
    return text + " ".repeat(WIDTH - text.length()) + '\n';
  }

  /** Removes the file, if it names nothing. */
  @Override
  public synchronized void close() throws IOException {
    out.close();
    if (lines.isEmpty()) {
      Files.deleteIfExists(file);
    }
  }
}
