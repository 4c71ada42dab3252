package org.ithil.dimse.scp;

import java.net.InetAddress;
import java.util.Optional;
import org.ithil.dimse.association.Association;
import org.ithil.dimse.association.Rejection;
import org.ithil.dimse.message.Command;
import org.ithil.dimse.pdu.ContextResult;
import org.ithil.dimse.pdu.Pdu;
import org.ithil.dimse.pdu.ProposedContext;
import org.ithil.dimse.pdu.UserInformation.RoleSelection;

/** Decides who may associate, for what. Called by many threads at the same time. */
public interface AssociationPolicy {
  /** Why a request is to be rejected; empty to go on. */
  Optional<Rejection> admit(Pdu.AssociateRq request, InetAddress peer);

  /** The answer to a proposed presentation context. */
  ContextResult negotiate(ProposedContext proposed);

  /** The answer to a proposed role selection; empty for none, which means the default roles. */
  Optional<RoleSelection> role(RoleSelection proposed);

  /** Whether a request may be made in an association; if not, the association is aborted. */
  boolean permits(Association association, Command.Request request);
}
