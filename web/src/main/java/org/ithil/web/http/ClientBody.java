package org.ithil.web.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.ithil.web.error.ApiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The body of a request as routes read it: that a client falls silent or goes away is no failure of
 * the server and leaves one quiet line in the log; that the server stops is no fault of the client.
 */
final class ClientBody extends InputStream {
  private static final Logger LOG = LoggerFactory.getLogger(ClientBody.class);
  private static final int CUT = 400;
  private static final int STOPPING = 503;

  private final BodyStream in;
  private final Stopping stopping;

  ClientBody(BodyStream in, Stopping stopping) {
    this.in = in;
    this.stopping = stopping;
  }

  @Override
  public int read() throws IOException {
    byte[] single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : single[0] & 255;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    refuseWhenOver();
    try {
      return in.read(buffer, offset, length);
    } catch (IOException e) {
      throw told(e);
    }
  }

  @Override
  public long transferTo(OutputStream out) throws IOException {
    try {
      return in.transferTo(
          new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
              write(new byte[] {(byte) octet}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
              refuseWhenOver();
              out.write(bytes, offset, length);
            }
          });
    } catch (IOException e) {
      throw told(e);
    }
  }

  @Override
  public int available() throws IOException {
    return in.available();
  }

  private void refuseWhenOver() {
    if (stopping.over()) {
      LOG.info("the body is not whole and the server stops: refused");
      throw ApiException.bare(STOPPING);
    }
  }

  /** What to throw for a failure: that of the target of a transfer is not the client's. */
  private IOException told(IOException failure) {
    if (!in.broken()) {
      return failure;
    }
    if (stopping.begun()) {
      LOG.info("the body did not come to its end while the server stops: {}", failure.toString());
      throw ApiException.bare(STOPPING);
    }
    LOG.info("the client did not send the whole body: {}", failure.toString());
    throw ApiException.bare(CUT);
  }
}
