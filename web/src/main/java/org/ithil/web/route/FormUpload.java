package org.ithil.web.route;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forms (multipart/form-data, RFC 7578): each part is posted to the route on its own. A large file
 * may also come in pieces, one form after the other, named and measured by {@code X-File-Name} and
 * {@code X-File-Size}; it is posted when it is whole. Thread-safe.
 */
final class FormUpload implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FormUpload.class);
  private static final String PREFIX = "form-";
  private static final String SUFFIX = ".part";
  private static final int MAXIMUM_BOUNDARY = 200;
  private static final int SWEEPS = 6;

  private final Path folder;
  private final long maximumSize;
  private final int maximumPending;
  private final Duration patience;
  private final InstantSource clock;
  private final Map<String, Pending> pending = new LinkedHashMap<>();
  private @Nullable Thread sweeper;

  /** A file that is not whole yet. */
  private static final class Pending {
    final Path file;
    final long size;
    long received;
    Instant touched;

    Pending(Path file, long size, Instant now) {
      this.file = file;
      this.size = size;
      this.touched = now;
    }
  }

  /**
   * Collects forms.
   *
   * @param limits what earlier processes have left in their folder is removed
   */
  FormUpload(Router.Forms limits, InstantSource clock) {
    this.folder = limits.folder();
    this.maximumSize = limits.maximumSize();
    this.maximumPending = limits.pending();
    this.patience = limits.patience();
    this.clock = clock;
    removeLeftovers();
  }

  private void removeLeftovers() {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, PREFIX + '*' + SUFFIX)) {
      for (Path file : left) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      LOG.warn("Pieces of uploads in {} could not be removed: {}", folder, e.toString());
    }
  }

  static boolean isForm(Request request) {
    return boundary(request) != null;
  }

  /** The boundary of a form; null if the body is none. */
  private static @Nullable String boundary(Request request) {
    String type = request.header("content-type");
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
      return null;
    }
    for (String parameter : type.split(";", -1)) {
      String text = parameter.strip();
      if (text.regionMatches(true, 0, "boundary=", 0, 9)) {
        String value = text.substring(9).strip();
        if (value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")) {
          value = value.substring(1, value.length() - 1);
        }
        return value.isEmpty() || value.length() > MAXIMUM_BOUNDARY ? null : value;
      }
    }
    return null;
  }

  /** Posts every part to the route; the answer of the first that fails, or an empty one. */
  Answer run(Request request, Route.Handler handler) throws IOException {
    String name = request.header("x-file-name");
    String size = request.header("x-file-size");
    String with = request.header("x-requested-with");
    if (with != null && !with.equals("XMLHttpRequest")) {
      throw ApiException.of(
          ErrorCode.NETWORK_PROTOCOL,
          "HTTP header \"X-Requested-With\" should be \"XMLHttpRequest\" in multipart uploads");
    }
    boolean pieces = name != null || size != null;
    MultipartReader reader = new MultipartReader(request.body(), String.valueOf(boundary(request)));
    for (var part = reader.next(); part != null; part = reader.next()) {
      Answer answer =
          pieces
              ? piece(request, name, size, part.bytes(), handler)
              : handler.answer(request.withBody(part.bytes(), headers(request, part.headers())));
      if (answer.held() != null) {
        answer.held().close();
      }
      if (answer.status() >= 400) {
        return answer;
      }
    }
    return Answer.empty(200);
  }

  private static Headers headers(Request request, Headers part) {
    Map<String, String> fields = new LinkedHashMap<>(request.headers().all());
    fields.remove("content-type");
    fields.remove("content-length");
    fields.remove("content-encoding");
    fields.putAll(part.all());
    return Headers.of(fields);
  }

  private Answer piece(
      Request request,
      @Nullable String name,
      @Nullable String size,
      InputStream bytes,
      Route.Handler handler)
      throws IOException {
    if (name == null) {
      throw ApiException.of(ErrorCode.NETWORK_PROTOCOL, "HTTP header \"X-File-Name\" is missing");
    }
    if (size == null) {
      throw ApiException.of(ErrorCode.NETWORK_PROTOCOL, "HTTP header \"X-File-Size\" is missing");
    }
    if (!size.strip().matches("[0-9]{1,18}")) {
      throw ApiException.of(
          ErrorCode.NETWORK_PROTOCOL, "HTTP header \"X-File-Size\" is not an integer");
    }
    long expected = Long.parseLong(size.strip());
    if (maximumSize > 0 && expected > maximumSize) {
      throw ApiException.bare(413);
    }
    String key = request.remoteAddress() + ' ' + request.user() + ' ' + request.uri() + ' ' + name;
    Pending file = take(key, expected);
    boolean kept = false;
    try {
      try (OutputStream out = Files.newOutputStream(file.file, StandardOpenOption.APPEND)) {
        byte[] buffer = new byte[8192];
        for (int n = bytes.read(buffer); n >= 0; n = bytes.read(buffer)) {
          file.received += n;
          if (file.received > file.size) {
            throw ApiException.of(
                ErrorCode.NETWORK_PROTOCOL, "The file is longer than \"X-File-Size\" says");
          }
          out.write(buffer, 0, n);
        }
      }
      if (file.received < file.size) {
        kept = keep(key, file);
        return Answer.empty(200);
      }
      try (InputStream whole = Files.newInputStream(file.file)) {
        return handler.answer(request.withBody(whole, headers(request, Headers.NONE)));
      }
    } finally {
      if (!kept) {
        Files.deleteIfExists(file.file);
      }
    }
  }

  /** The file that a piece continues, or a new one; it is nobody else's until it is kept again. */
  private synchronized Pending take(String key, long size) throws IOException {
    sweep();
    Pending file = pending.remove(key);
    if (file != null && file.size == size) {
      return file;
    }
    if (file != null) {
      Files.deleteIfExists(file.file);
    }
    if (pending.size() >= maximumPending) {
      throw ApiException.bare(503);
    }
    Files.createDirectories(folder);
    return new Pending(Files.createTempFile(folder, PREFIX, SUFFIX), size, clock.instant());
  }

  private synchronized boolean keep(String key, Pending file) throws IOException {
    file.touched = clock.instant();
    Pending other = pending.put(key, file);
    if (other != null) {
      Files.deleteIfExists(other.file);
    }
    if (sweeper == null) {
      sweeper = Thread.ofVirtual().name("form-sweep").start(this::sweepOn);
    }
    return true;
  }

  /** Looks after the files as long as there are any. */
  private void sweepOn() {
    try {
      while (sweeping()) {
        Thread.sleep(patience.dividedBy(SWEEPS));
        sweep();
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  private synchronized boolean sweeping() {
    if (pending.isEmpty()) {
      sweeper = null;
    }
    return sweeper != null;
  }

  /** Removes files for which no piece has come for long. */
  synchronized void sweep() {
    Instant now = clock.instant();
    for (Iterator<Pending> all = pending.values().iterator(); all.hasNext(); ) {
      Pending old = all.next();
      if (old.touched.plus(patience).isBefore(now)) {
        all.remove();
        try {
          Files.deleteIfExists(old.file);
        } catch (IOException e) {
          LOG.warn("A piece of an upload could not be removed: {}", e.toString());
        }
      }
    }
  }

  /** Removes what is not whole. */
  @Override
  public synchronized void close() {
    if (sweeper != null) {
      sweeper.interrupt();
    }
    try {
      for (Pending file : pending.values()) {
        Files.deleteIfExists(file.file);
      }
      pending.clear();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
