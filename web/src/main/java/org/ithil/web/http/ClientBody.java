package org.ithil.web.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.ithil.web.error.ApiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The body of a request as routes read it: that a client falls silent or goes away is no failure of
 * the server and leaves one quiet line in the log; that the server stops is no fault of the client.
 */
final class ClientBody extends FilterInputStream {
  private static final Logger LOG = LoggerFactory.getLogger(ClientBody.class);
  private static final int CUT = 400;
  private static final int STOPPING = 503;

  private final Stopping stopping;

  ClientBody(InputStream in, Stopping stopping) {
    super(in);
    this.stopping = stopping;
  }

  @Override
  public int read() throws IOException {
    byte[] single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : single[0] & 255;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (stopping.over()) {
      LOG.info("the body is not whole and the server stops: refused");
      throw ApiException.bare(STOPPING);
    }
    try {
      return in.read(buffer, offset, length);
    } catch (IOException e) {
      if (stopping.begun()) {
        LOG.info("the body did not come to its end while the server stops: {}", e.toString());
        throw ApiException.bare(STOPPING);
      }
      LOG.info("the client did not send the whole body: {}", e.toString());
      throw ApiException.bare(CUT);
    }
  }
}
