package org.ithil.dimse.association;

import java.io.IOException;
import java.io.OutputStream;

/** The bytes of a data set to be sent, in the transfer syntax of its presentation context. */
@FunctionalInterface
public interface DataSetBody {
  /** Writes all of it; the stream is not to be closed. */
  void writeTo(OutputStream out) throws IOException;
}
