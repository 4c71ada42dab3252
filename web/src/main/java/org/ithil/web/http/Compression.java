package org.ithil.web.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** The compression of answers: gzip if the client takes it, else deflate (RFC 9110 8.4.1). */
enum Compression {
  NONE,
  GZIP,
  DEFLATE;

  /** Shorter bodies are not worth it. */
  static final int MINIMUM = 2048;

  /** What fits a client: {@code q=0} and {@code *} count as none. */
  static Compression of(@Nullable String acceptEncoding, @Nullable String contentType) {
    if (acceptEncoding == null || contentType == null || !isCompressible(contentType)) {
      return NONE;
    }
    Compression best = NONE;
    for (String part : acceptEncoding.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] pieces = part.strip().split(";", -1);
      boolean wanted = true;
      for (int i = 1; i < pieces.length; i++) {
        wanted &= !pieces[i].strip().matches("q\\s*=\\s*0(\\.0*)?");
      }
      if (wanted && pieces[0].strip().equals("gzip")) {
        return GZIP;
      }
      if (wanted && pieces[0].strip().equals("deflate")) {
        best = DEFLATE;
      }
    }
    return best;
  }

  private static boolean isCompressible(String type) {
    return type.startsWith("application/json")
        || type.startsWith("application/javascript")
        || type.startsWith("application/xml")
        || type.startsWith("text/")
        || type.startsWith("image/svg");
  }

  /** The value of {@code Content-Encoding}. */
  String token() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** A stream that compresses into another one. */
  OutputStream over(OutputStream out) throws IOException {
    return switch (this) {
      case NONE -> out;
      case GZIP -> new Gzip(out);
      case DEFLATE -> new DeflaterOutputStream(out, new Deflater(Deflater.BEST_SPEED), 8192, false);
    };
  }

  private static final class Gzip extends GZIPOutputStream {
    Gzip(OutputStream out) throws IOException {
      super(out, 8192);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
