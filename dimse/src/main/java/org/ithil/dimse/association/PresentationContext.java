package org.ithil.dimse.association;

import org.ithil.dicom.encoding.TransferSyntax;

/**
 * An accepted presentation context.
 *
 * @param id its number in the association
 * @param abstractSyntax UID of a SOP class
 * @param transferSyntax how data sets are encoded
 * @param requestorIsScu whether the requestor may ask
 * @param requestorIsScp whether the requestor may be asked
 */
public record PresentationContext(
    int id,
    String abstractSyntax,
    TransferSyntax transferSyntax,
    boolean requestorIsScu,
    boolean requestorIsScp) {}
