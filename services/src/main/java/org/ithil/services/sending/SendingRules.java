package org.ithil.services.sending;

import org.ithil.dicom.encoding.TransferSyntax;
import org.ithil.dicom.io.ReadOptions;

/**
 * How instances are sent.
 *
 * @param transcoding whether an instance may be sent in another transfer syntax than its own (key
 *     {@code TranscodeDicomProtocol})
 * @param preferredSyntax the one tried first then (key {@code DicomScuPreferredTransferSyntax})
 * @param windowSize how many instances are opened ahead (key {@code
 *     SequentialDicomReaderWindowSize})
 * @param windowBytes how many bytes of them are read ahead (key {@code
 *     SequentialDicomReaderWindowCapacity})
 * @param readers how many instances one job reads at the same time (key {@code
 *     SequentialDicomReaderThreadsCount})
 * @param reading how files are read
 */
public record SendingRules(
    boolean transcoding,
    String preferredSyntax,
    int windowSize,
    long windowBytes,
    int readers,
    ReadOptions reading) {
  /** Those of the reference. */
  public static final SendingRules DEFAULT =
      new SendingRules(
          true, TransferSyntax.EXPLICIT_LE.uid(), 4, 128L << 20, 4, ReadOptions.DEFAULT);
}
