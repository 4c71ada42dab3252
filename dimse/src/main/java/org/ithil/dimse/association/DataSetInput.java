package org.ithil.dimse.association;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.ithil.dimse.pdu.DimseException;
import org.ithil.dimse.pdu.DimseException.Problem;

/** The fragments of one data set, read while they arrive. */
final class DataSetInput extends InputStream {
  /**
   * Fragments without content that may follow one another. They may stand anywhere, but no peer has
   * a reason for many: without a limit they could go on for ever, at any speed. No key, as it
   * limits nothing that anybody needs.
   */
  private static final int MOST_EMPTY = 1024;

  private final UpperLayer layer;
  private final int context;
  private boolean finished;
  private int empty;

  DataSetInput(UpperLayer layer, int context, boolean none) {
    this.layer = layer;
    this.context = context;
    this.finished = none;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!advance()) {
      return -1;
    }
    try {
      int count = layer.wire.read(target, offset, Math.min(length, layer.pdvRemaining));
      layer.pdvRemaining -= count;
      return count;
    } catch (WireException e) {
      throw layer.lost(e);
    }
  }

  @Override
  public long transferTo(OutputStream out) throws IOException {
    long total = 0;
    while (advance()) {
      int count;
      try {
        count = Math.min(layer.wire.await(), layer.pdvRemaining);
      } catch (WireException e) {
        throw layer.lost(e);
      }
      layer.wire.pass(out, count);
      layer.pdvRemaining -= count;
      total += count;
    }
    return total;
  }

  void skipRest() throws DimseException {
    while (advance()) {
      layer.pdvRemaining -= layer.skipSome(layer.pdvRemaining);
    }
  }

  /** Whether there are bytes left in a fragment of this data set. */
  private boolean advance() throws DimseException {
    while (!finished && layer.pdvRemaining == 0) {
      if (layer.pdvLast && !layer.pdvCommand) {
        finished = true;
        layer.wire.endSet();
      } else {
        layer.nextPdv(false);
        if (layer.pdvCommand || layer.pdvContext != context) {
          throw layer.fail(Problem.UNEXPECTED, "fragment of another message inside a data set");
        }
        empty = layer.pdvRemaining == 0 ? empty + 1 : 0;
        if (empty > MOST_EMPTY) {
          throw layer.fail(Problem.MALFORMED, "fragments without end that hold nothing");
        }
      }
    }
    return !finished;
  }
}
