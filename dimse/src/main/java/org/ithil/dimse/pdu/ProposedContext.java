package org.ithil.dimse.pdu;

import java.util.List;

/**
 * A presentation context of an association request, PS3.8 9.3.2.2.
 *
 * @param id 1 to 255; should be odd
 * @param abstractSyntax UID of a SOP class or meta SOP class
 * @param transferSyntaxes UIDs in the order of the requestor's preference
 */
public record ProposedContext(int id, String abstractSyntax, List<String> transferSyntaxes) {
  public ProposedContext {
    transferSyntaxes = List.copyOf(transferSyntaxes);
  }
}
