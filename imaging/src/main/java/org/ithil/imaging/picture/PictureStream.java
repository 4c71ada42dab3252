package org.ithil.imaging.picture;

import java.io.IOException;
import javax.imageio.stream.ImageInputStreamImpl;
import org.ithil.dicom.data.ByteSource;

/** The bytes of a source as ImageIO reads them; nothing is copied to a cache. */
final class PictureStream extends ImageInputStreamImpl {
  private final ByteSource source;

  PictureStream(ByteSource source) {
    this.source = source;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    checkClosed();
    bitOffset = 0;
    int n = (int) Math.min(length, source.size() - streamPos);
    if (n <= 0) {
      return length == 0 ? 0 : -1;
    }
    source.read(streamPos, into, offset, n);
    streamPos += n;
    return n;
  }

  @Override
  public long length() {
    return source.size();
  }
}
