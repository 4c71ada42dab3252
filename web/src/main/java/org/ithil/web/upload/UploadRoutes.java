package org.ithil.web.upload;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.ithil.archive.Archive;
import org.ithil.archive.blob.Spool;
import org.ithil.archive.blob.SpooledFile;
import org.ithil.archive.ingest.Ingest;
import org.ithil.archive.ingest.IngestException;
import org.ithil.archive.ingest.IngestOutcome;
import org.ithil.archive.ingest.IngestSequence;
import org.ithil.archive.ingest.Origin;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.ithil.web.error.ErrorMapping;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Request;
import org.ithil.web.route.Route;

/**
 * {@code POST /instances}. The body goes to the spool of the archive while it arrives; a ZIP
 * archive is spooled as well and then taken apart file by file.
 */
public final class UploadRoutes {
  private static final int INFLATE_BUFFER = 16 << 10;
  private static final int MAGIC = 4;

  /**
   * Files of an archive that are stored at a time: enough to share the waits for the medium, few
   * enough for the memory (the largest header needs 8 MiB), so no key.
   */
  private static final int MOST_UNDERWAY = 4;

  private final Spool spool;
  private final Ingest ingest;
  private final long maximumFileSize;
  private final long maximumBodySize;

  /**
   * The route over an archive.
   *
   * @param maximumFileSize bytes that one file may have once expanded; 0 for no limit
   * @param maximumBodySize bytes that a body may have, also once its gzip is undone; 0 for no limit
   */
  public UploadRoutes(Archive archive, long maximumFileSize, long maximumBodySize) {
    this.spool = archive.spool();
    this.ingest = archive.ingest();
    this.maximumFileSize = maximumFileSize;
    this.maximumBodySize = maximumBodySize;
  }

  /** All of them. */
  public List<Route> routes() {
    return List.of(Route.post("/instances", this::upload));
  }

  private Answer upload(Request request) throws IOException {
    String user = request.user();
    Origin origin = new Origin.Http(request.remoteAddress(), user == null ? "" : user);
    SpooledFile file;
    try (InputStream body = body(request)) {
      file = spool.spool(body);
    }
    try (file) {
      return isZip(file) ? archive(file, origin) : single(file, origin);
    }
  }

  private Answer single(SpooledFile file, Origin origin) {
    IngestOutcome outcome;
    try {
      outcome = ingest.ingest(file, origin);
    } catch (IngestException e) {
      throw ErrorMapping.of(e);
    }
    return Answer.json(json -> StoredJson.write(json, outcome));
  }

  /** The body, with gzip undone. */
  private InputStream body(Request request) throws IOException {
    String encoding = request.header("content-encoding");
    if (encoding == null || !encoding.strip().toLowerCase(Locale.ROOT).equals("gzip")) {
      return request.body();
    }
    try {
      return new UnpackedBody(request.body(), maximumFileSize, maximumBodySize);
    } catch (EOFException | ZipException e) {
      throw ApiException.of(ErrorCode.BAD_FILE_FORMAT);
    }
  }

  /** A body with gzip undone: what is wrong with it is the client's fault. */
  private static final class UnpackedBody extends LimitedStream {
    private final long maximumBodySize;

    UnpackedBody(InputStream packed, long maximumFileSize, long maximumBodySize)
        throws IOException {
      super(new GZIPInputStream(packed, INFLATE_BUFFER), maximumFileSize);
      this.maximumBodySize = maximumBodySize;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        int n = super.read(buffer, offset, length);
        if (maximumBodySize > 0 && count() > maximumBodySize) {
          throw ApiException.bare(413);
        }
        return n;
      } catch (EOFException | ZipException e) {
        throw ApiException.of(ErrorCode.BAD_FILE_FORMAT);
      }
    }
  }

  /** A ZIP archive starts with a local file header, an empty one with the end record. */
  private static boolean isZip(SpooledFile file) throws IOException {
    if (file.size() < MAGIC) {
      return false;
    }
    byte[] magic = file.read(0, MAGIC);
    return magic[0] == 'P'
        && magic[1] == 'K'
        && (magic[2] == 3 && magic[3] == 4 || magic[2] == 5 && magic[3] == 6);
  }

  /**
   * A file whose deflated bytes are malformed is left out; one whose deflated bytes end too early,
   * or whose CRC-32 is another one, fails the whole archive, as with the reference. Files before
   * that one are stored though nothing in the answer says so.
   */
  private Answer archive(SpooledFile file, Origin origin) throws IOException {
    Outcomes outcomes = new Outcomes();
    try (ZipArchive zip = ZipArchive.open(file.path(), maximumFileSize);
        IngestSequence sequence = new IngestSequence(ingest, origin, MOST_UNDERWAY, outcomes)) {
      while (zip.next()) {
        try (InputStream entry = zip.entry()) {
          sequence.add(spool.spool(entry));
        } catch (ZipException e) {
          // A damaged file of an archive is left out, as one that is no DICOM.
        }
      }
      sequence.finish();
    }
    return Answer.json(json -> {
      json.beginArray();
      for (IngestOutcome outcome : outcomes.taken) {
        StoredJson.write(json, outcome);
      }
      json.endArray();
    });
  }

  /** Of an archive: files that are no instances are left out, what cannot be stored fails it. */
  private static final class Outcomes implements IngestSequence.Sink {
    final List<IngestOutcome> taken = new ArrayList<>();

    @Override
    public void taken(IngestOutcome outcome) {
      taken.add(outcome);
    }

    @Override
    public void refused(IngestException failure) {
      switch (failure.problem()) {
        case EMPTY_FILE, NOT_DICOM, ABSENT_IDENTIFIER, EMPTY_IDENTIFIER, UNFIT_IDENTIFIER -> {}
        case STORAGE_FULL, STORAGE_FAILED -> throw ErrorMapping.of(failure);
      }
    }
  }

  /** A stream that fails beyond a number of bytes. */
  static class LimitedStream extends FilterInputStream {
    private final long limit;
    private long count;

    /**
     * @param limit most bytes; 0 for no limit
     */
    LimitedStream(InputStream in, long limit) {
      super(in);
      this.limit = limit;
    }

    /** Bytes read so far. */
    long count() {
      return count;
    }

    @Override
    public int read() throws IOException {
      byte[] single = new byte[1];
      return read(single, 0, 1) < 0 ? -1 : single[0] & 255;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = in.read(buffer, offset, length);
      count += Math.max(n, 0);
      if (limit > 0 && count > limit) {
        throw ApiException.of(
            ErrorCode.BAD_FILE_FORMAT, "A compressed file is larger than is allowed");
      }
      return n;
    }
  }
}
