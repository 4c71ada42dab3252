package org.ithil.archive.blob;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.ithil.dicom.io.FileByteSource;

/**
 * Blobs as files in two levels of folders, named by the first two bytes of the UUID: {@code
 * 3f/a0/3fa0c1e2-…}. A blob gets its name when all its bytes are there, so a file in these folders
 * is never half.
 */
public final class FileBlobStore implements BlobStore {
  private final Path folder;
  private final boolean sync;

  /** Folders that may not survive a power failure yet. */
  private final Set<Path> beingMade = ConcurrentHashMap.newKeySet();

  /**
   * @param folder where the folders lie; made if missing
   * @param sync whether files and folders are forced to the medium
   */
  public FileBlobStore(Path folder, boolean sync) throws IOException {
    this.folder = folder;
    this.sync = sync;
    Files.createDirectories(folder);
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
      if (sync) {
        spooled.force();
      }
      Path inner = inner(name);
      if (!Files.isDirectory(inner) || beingMade.contains(inner)) {
        makeFolder(outer(name), folder);
        makeFolder(inner, outer(name));
      }
      spooled.moveTo(inner.resolve(name));
      if (sync) {
        force(inner);
      }
    }
  }

  private void makeFolder(Path wanted, Path parent) throws IOException {
    beingMade.add(wanted);
    try {
      Files.createDirectory(wanted);
    } catch (FileAlreadyExistsException e) {
      // There already, or made by another thread that has not forced it yet.
    } catch (IOException e) {
      throw MediumFull.explain(e, folder);
    }
    if (sync) {
      force(parent);
    }
    beingMade.remove(wanted);
  }

  /** Forces the names in a folder to the medium. */
  private static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public Blob open(UUID uuid) throws IOException {
    Path path = path(uuid);
    return new FileBlob(path, FileByteSource.open(path));
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

  static ReadableByteChannel channel(Path file, long offset, long length) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      channel.position(offset);
      return length == channel.size() - offset
          ? channel
          : Channels.newChannel(new Part(channel, length));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private record FileBlob(Path file, FileByteSource opened) implements Blob {
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
      return FileBlobStore.channel(file, offset, length);
    }

    @Override
    public Optional<Path> path() {
      return Optional.of(file);
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

  /** A part of a file as a stream. */
  private static final class Part extends InputStream {
    private final InputStream in;
    private long left;

    Part(FileChannel channel, long length) {
      in = Channels.newInputStream(channel);
      left = length;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int count = in.read(bytes, offset, (int) Math.min(length, left));
      left -= Math.max(count, 0);
      return count;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
