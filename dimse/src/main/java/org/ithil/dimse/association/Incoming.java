package org.ithil.dimse.association;

import java.io.InputStream;
import org.ithil.dimse.message.Command;

/**
 * A message as it arrives: the command is read, the data set still comes.
 *
 * @param context the presentation context that it came in
 * @param hasDataSet whether a data set follows
 * @param dataSet its bytes as they come; at its end at once if there is none. What is not read is
 *     skipped when the next message is received. An unforeseen end throws {@link
 *     org.ithil.dimse.pdu.DimseException}.
 */
public record Incoming(
    PresentationContext context, Command command, boolean hasDataSet, InputStream dataSet) {}
