package org.ithil.archive.packing;

import java.io.IOException;
import org.ithil.archive.resource.ResourceId;

/** An instance cannot be brought into the transfer syntax that was asked for. */
public final class TranscodingException extends IOException {
  private static final long serialVersionUID = 1;

  TranscodingException(ResourceId instance, String from, String to) {
    super(
        "instance "
            + instance
            + " has transfer syntax "
            + from
            + ", which cannot be changed into "
            + to
            + " without a codec");
  }
}
