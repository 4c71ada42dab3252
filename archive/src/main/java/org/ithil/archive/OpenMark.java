package org.ithil.archive;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ithil.archive.blob.BlobStore;
import org.ithil.archive.index.Index;
import org.ithil.archive.ingest.Ingest;
import org.ithil.archive.job.JobOutput;
import org.ithil.archive.resource.Attachment;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file beside the blobs that is there while an archive is open. It names the blobs that are kept
 * and that nobody has been told of yet:
 *
 * <pre>
 * line 1   which file in which run of the machine, blanks
 * others   blob, blank, instance; or blob, blank, "output of a job", blanks; or "-";
 *          each 81 characters
 * </pre>
 *
 * If it is there at the start, the last process was killed. A blob that it names and the index does
 * not was never acknowledged, and is removed. So whatever index is there (a new one, or one put
 * back from an older copy), no file goes that somebody relies on. What the file says is not forced
 * to the medium: after a failure of the machine it may be out of date, so it is believed only
 * within the same run of the machine, and what was left is left.
 */
final class OpenMark implements Ingest.Journal, JobOutput.Journal, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OpenMark.class);
  private static final String FILE = ".ithil-open";
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final int WIDTH = 36 + 1 + 44;
  private static final String EMPTY = "-".repeat(WIDTH);

  private static final Pattern ENTRY =
      Pattern.compile("([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}) ([0-9a-f-]{44})");

  /** In the place of the instance. */
  private static final String OUTPUT = "output of a job";

  private static final Pattern OUTPUT_ENTRY =
      Pattern.compile("([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}) " + OUTPUT + " *");

  /** Room for as many is made at once, so that a full medium rarely matters later. */
  private static final int LINES = 64;

  private final Path file;

  /**
   * Not a channel: that one ends with the first thread that is interrupted. Null if the file cannot
   * be written: then a kill may leave files that nobody needs.
   */
  private @Nullable RandomAccessFile out;

  private final BitSet taken = new BitSet();
  private final Map<UUID, Integer> lines = new HashMap<>();

  /** What the last process left, by the blob. */
  private final Map<UUID, ResourceId> left = new HashMap<>();

  private final Set<UUID> leftOutputs = new HashSet<>();

  /** Outputs that the index does not name yet, also if the file cannot be written. */
  private final Set<UUID> outputs = ConcurrentHashMap.newKeySet();

  private boolean afterCrash;

  private volatile BooleanSupplier keeping = () -> true;

  OpenMark(Path folder) throws IOException {
    file = folder.resolve(FILE);
    readLeft();
    try {
      out = new RandomAccessFile(file.toFile(), "rw");
      out.setLength(0);
      StringBuilder text = new StringBuilder(line(identity().orElse("")));
      text.repeat(EMPTY + '\n', LINES);
      out.write(text.toString().getBytes(StandardCharsets.ISO_8859_1));
      taken.set(0);
      left.forEach(this::begin);
      leftOutputs.forEach(this::begin);
    } catch (IOException e) {
      LOG.warn("Cannot write {}, which is done without: {}", file, e.toString());
      if (out != null) {
        out.close();
        out = null;
      }
    }
  }

  /**
   * Tells this file in this run of the machine from copies of it and from other runs: what a copy
   * says is out of date. Empty where the system does not tell.
   */
  private Optional<String> identity() {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      String text =
          Files.readString(BOOT).strip()
              + attributes.fileKey()
              + attributes.creationTime().to(TimeUnit.NANOSECONDS);
      return Optional.of(UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private void readLeft() {
    List<String> all;
    try {
      all = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      return;
    } catch (IOException e) {
      LOG.warn("Cannot read {}: {}", file, e.toString());
      return;
    }
    afterCrash = true;
    Optional<String> identity = identity();
    if (all.isEmpty() || identity.isEmpty() || !all.getFirst().strip().equals(identity.get())) {
      LOG.warn(
          "The last process did not end, and the machine did not go on or this is a copy: files"
              + " that were not acknowledged may be left in {}",
          file.toAbsolutePath().getParent());
      return;
    }
    for (String line : all.subList(1, all.size())) {
      Matcher match = ENTRY.matcher(line);
      if (match.matches()) {
        ResourceId.parse(match.group(2))
            .ifPresent(instance -> left.put(UUID.fromString(match.group(1)), instance));
      }
      Matcher output = OUTPUT_ENTRY.matcher(line);
      if (output.matches()) {
        leftOutputs.add(UUID.fromString(output.group(1)));
      }
    }
  }

  /** Whether the last process was killed, or the machine failed. */
  boolean isAfterCrash() {
    return afterCrash;
  }

  /** Removes what the last process left and the index does not name. */
  void sweep(Index index, BlobStore blobs) {
    Set<UUID> unnamed = new LinkedHashSet<>();
    left.forEach((blob, instance) -> {
      boolean named =
          index
              .read(reader -> reader.attachment(Level.INSTANCE, instance, Attachment.DICOM))
              .filter(attachment -> attachment.uuid().equals(blob))
              .isPresent();
      settle(blob, named, unnamed);
    });
    for (UUID blob : leftOutputs) {
      settle(blob, index.read(reader -> reader.jobs().isOutput(blob)), unnamed);
    }
    int removed = 0;
    for (UUID blob : unnamed) {
      try {
        blobs.delete(blob);
        removed++;
        end(blob);
      } catch (IOException e) {
        LOG.warn("{} could not be removed; tried again at the next start: {}", blob, e.toString());
      }
    }
    if (removed > 0) {
      LOG.info("The last process was killed: {} files not acknowledged were removed", removed);
    }
    left.clear();
    leftOutputs.clear();
  }

  private void settle(UUID blob, boolean named, Set<UUID> unnamed) {
    if (named) {
      end(blob);
    } else {
      unnamed.add(blob);
    }
  }

  @Override
  public void begin(UUID blob, ResourceId instance) {
    note(blob, instance.toString());
  }

  @Override
  public void begin(UUID blob) {
    outputs.add(blob);
    note(blob, OUTPUT);
  }

  /** True while an output is kept that the index does not name yet. */
  boolean isOutputUnderway(UUID blob) {
    return outputs.contains(blob);
  }

  private synchronized void note(UUID blob, String owner) {
    int line = taken.nextClearBit(0);
    if (write(line, blob + " " + owner)) {
      taken.set(line);
      lines.put(blob, line);
    }
  }

  @Override
  public synchronized void end(UUID blob) {
    outputs.remove(blob);
    Integer line = lines.get(blob);
    if (line != null && write(line, EMPTY)) {
      lines.remove(blob);
      taken.clear(line);
    }
  }

  private boolean write(int line, String text) {
    if (out == null) {
      return false;
    }
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

  /**
   * Asked at the end: whether the file has to stay though it names nothing, so that the next start
   * looks at the index as after a kill. Until this is called, it has to.
   */
  void keepIf(BooleanSupplier condition) {
    keeping = condition;
  }

  /** Removes the file, if it names nothing and need not be kept. */
  @Override
  public synchronized void close() throws IOException {
    if (out != null) {
      out.close();
    }
    if (out != null && lines.isEmpty() && !keeping.getAsBoolean()) {
      Files.deleteIfExists(file);
    }
  }
}
