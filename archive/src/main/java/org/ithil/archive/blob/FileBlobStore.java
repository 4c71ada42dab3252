package org.ithil.archive.blob;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.ithil.dicom.io.FileByteSource;

/**
 * Blobs as files in two levels of folders, named by the first two bytes of the UUID: {@code
 * 3f/a0/3fa0c1e2-…}. A blob gets its name when all its bytes are written, so no process ever sees
 * half a blob.
 *
 * <p>The name comes before the forcing: file systems with a journal then write data and names with
 * one commit, and the forcing of the folders that follows finds nothing left to do. A power failure
 * between the two may leave a damaged blob, but none that the index names.
 */
public final class FileBlobStore implements BlobStore {
  private static final int NAMES_IN_A_ROW = 256;
  private static final long PLACE = 0xffffL << 48;

  private final Path folder;
  private final boolean sync;
  private final Forcing forcing;
  private final Supplier<UUID> random;
  private long place;
  private int namesLeft;

  /** Folders that may not survive a power failure yet. */
  private final Set<Path> beingMade = ConcurrentHashMap.newKeySet();

  /**
   * @param folder where the folders lie; made if missing
   * @param sync whether files and folders are forced to the medium
   * @param random gives random UUIDs
   */
  public FileBlobStore(Path folder, boolean sync, Supplier<UUID> random) throws IOException {
    this(folder, sync, random, Forcing.TO_MEDIUM);
  }

  FileBlobStore(Path folder, boolean sync, Supplier<UUID> random, Forcing forcing)
      throws IOException {
    this.folder = folder;
    this.sync = sync;
    this.forcing = forcing;
    this.random = random;
    Files.createDirectories(folder);
  }

  /**
   * Random, but for the first two bytes: some names that follow one another have the same, so that
   * the blobs of a series lie in few folders and one forcing of a folder serves many.
   */
  @Override
  public synchronized UUID newName() {
    UUID name = random.get();
    if (namesLeft == 0) {
      namesLeft = NAMES_IN_A_ROW;
      place = name.getMostSignificantBits() & PLACE;
    }
    namesLeft--;
    return new UUID(name.getMostSignificantBits() & ~PLACE | place, name.getLeastSignificantBits());
  }

  private Path path(UUID uuid) {
    String name = uuid.toString();
    return inner(name).resolve(name);
  }

  private Path outer(String name) {
    return folder.resolve(name.substring(0, 2));
  }

  private Path inner(String name) {
    return outer(name).resolve(name.substring(2, 4));
  }

  @Override
  public void put(UUID uuid, SpooledFile file) throws IOException {
    String name = uuid.toString();
    try (file) {
      if (!(file instanceof FileSpool.File spooled)) {
        throw new IllegalArgumentException("not a file of a FileSpool");
      }
      Path inner = inner(name);
      boolean made = false;
      if (!isThere(inner)) {
        made = true;
        beingMade.add(inner);
        makeFolder(outer(name));
        makeFolder(inner);
      }
      spooled.moveTo(inner.resolve(name));
      if (sync) {
        spooled.force(forcing);
        force(inner);
        if (made) {
          force(outer(name));
          force(folder);
        }
      }
      if (made) {
        beingMade.remove(inner);
      }
    }
  }

  private boolean isThere(Path wanted) {
    return Files.isDirectory(wanted) && !beingMade.contains(wanted);
  }

  private void makeFolder(Path wanted) throws IOException {
    try {
      Files.createDirectory(wanted);
    } catch (FileAlreadyExistsException e) {
      // There already, or made by another thread that has not forced it yet.
    } catch (IOException e) {
      throw MediumFull.explain(e, folder);
    }
  }

  /** Forces the names in a folder to the medium. */
  private void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      forcing.force(channel, directory);
    }
  }

  @Override
  public Blob open(UUID uuid) throws IOException {
    return new FileBlob(FileByteSource.open(path(uuid)));
  }

  @Override
  public void delete(UUID uuid) throws IOException {
    Files.deleteIfExists(path(uuid));
  }

  @Override
  public void list(Consumer<UUID> blobs) throws IOException {
    try (DirectoryStream<Path> first = Files.newDirectoryStream(folder, "[0-9a-f][0-9a-f]")) {
      for (Path outer : first) {
        try (DirectoryStream<Path> second = Files.newDirectoryStream(outer, "[0-9a-f][0-9a-f]")) {
          for (Path inner : second) {
            listFiles(inner, blobs);
          }
        }
      }
    }
  }

  private void listFiles(Path inner, Consumer<UUID> blobs) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(inner)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (name.length() != 36) {
          continue;
        }
        try {
          UUID uuid = UUID.fromString(name);
          if (path(uuid).equals(file)) {
            blobs.accept(uuid);
          }
        } catch (IllegalArgumentException e) {
          // Not a blob: somebody else's file.
        }
      }
    }
  }

  private record FileBlob(FileByteSource opened) implements Blob {
    @Override
    public long size() {
      return opened.size();
    }

    @Override
    public void read(long offset, byte[] into, int at, int length) throws IOException {
      opened.read(offset, into, at, length);
    }

    @Override
    public ReadableByteChannel channel(long offset, long length) throws IOException {
      return new PartChannel(opened, offset, length);
    }

    @Override
    public void close() {
      try {
        opened.close();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }
}
