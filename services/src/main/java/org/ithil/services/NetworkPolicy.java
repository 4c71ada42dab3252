package org.ithil.services;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ithil.dicom.dictionary.Uid;
import org.ithil.dimse.association.Association;
import org.ithil.dimse.association.Rejection;
import org.ithil.dimse.message.Command;
import org.ithil.dimse.pdu.ContextResult;
import org.ithil.dimse.pdu.Pdu;
import org.ithil.dimse.pdu.ProposedContext;
import org.ithil.dimse.pdu.UserInformation.RoleSelection;
import org.ithil.dimse.scp.AssociationPolicy;
import org.ithil.services.access.Access;
import org.ithil.services.modality.Operation;
import org.ithil.services.storage.StorageAcceptance;

/** What is agreed on with those who ask for an association. */
final class NetworkPolicy implements AssociationPolicy {
  /** For all classes but storage; in the order of our preference. */
  private static final List<String> PLAIN_SYNTAXES =
      List.of(Uid.ExplicitVRLittleEndian, Uid.ExplicitVRBigEndian, Uid.ImplicitVRLittleEndian);

  private static final Set<String> SERVED_CLASSES =
      Set.of(
          Uid.Verification,
          Uid.StorageCommitmentPushModel,
          Uid.PatientRootQueryRetrieveInformationModelFind,
          Uid.PatientRootQueryRetrieveInformationModelMove,
          Uid.PatientRootQueryRetrieveInformationModelGet,
          Uid.StudyRootQueryRetrieveInformationModelFind,
          Uid.StudyRootQueryRetrieveInformationModelMove,
          Uid.StudyRootQueryRetrieveInformationModelGet);

  private final Access access;
  private final StorageAcceptance storage;
  private final Set<String> served;

  NetworkPolicy(Access access, StorageAcceptance storage, boolean worklist) {
    this.access = access;
    this.storage = storage;
    this.served = new HashSet<>(SERVED_CLASSES);
    if (worklist) {
      served.add(Uid.ModalityWorklistInformationModelFind);
    }
  }

  @Override
  public Optional<Rejection> admit(Pdu.AssociateRq request, InetAddress peer) {
    return access.admit(request.calledAet(), request.callingAet(), peer);
  }

  @Override
  public ContextResult negotiate(ProposedContext proposed) {
    if (served.contains(proposed.abstractSyntax())) {
      Optional<String> chosen =
          PLAIN_SYNTAXES.stream().filter(proposed.transferSyntaxes()::contains).findFirst();
      return answer(proposed, chosen, ContextResult.TRANSFER_SYNTAXES_NOT_SUPPORTED);
    }
    Optional<String> chosen =
        storage.acceptsSopClass(proposed.abstractSyntax())
            ? storage.chooseTransferSyntax(proposed)
            : Optional.empty();
    // As the reference: what is not stored in any syntax proposed is not stored at all.
    return answer(proposed, chosen, ContextResult.ABSTRACT_SYNTAX_NOT_SUPPORTED);
  }

  /** The requestor's choice; roles are for those classes where the reference negotiates them. */
  @Override
  public Optional<RoleSelection> role(RoleSelection proposed) {
    if (proposed.sopClass().equals(Uid.StorageCommitmentPushModel)) {
      return Optional.of(proposed);
    }
    if (!storage.acceptsSopClass(proposed.sopClass())) {
      return Optional.empty();
    }
    boolean none = !proposed.scu() && !proposed.scp();
    return Optional.of(none ? new RoleSelection(proposed.sopClass(), true, true) : proposed);
  }

  @Override
  public boolean permits(Association association, Command.Request request) {
    return Operation.of(request)
        .map(operation ->
            access.permits(operation, association.callingAet(), association.peerAddress()))
        .orElse(true);
  }

  private static ContextResult answer(
      ProposedContext proposed, Optional<String> chosen, int otherwise) {
    return chosen
        .map(syntax -> new ContextResult(proposed.id(), ContextResult.ACCEPTANCE, syntax))
        .orElseGet(() -> new ContextResult(proposed.id(), otherwise, Uid.ImplicitVRLittleEndian));
  }
}
