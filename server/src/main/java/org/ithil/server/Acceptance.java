package org.ithil.server;

import java.util.List;
import org.ithil.web.system.StorageAcceptance;

/** Shows the REST API what the DICOM server takes for storage. */
record Acceptance(org.ithil.services.storage.StorageAcceptance storage)
    implements StorageAcceptance {
  @Override
  public List<String> knownTransferSyntaxes() {
    return storage.knownTransferSyntaxes();
  }

  @Override
  public List<String> transferSyntaxes() {
    return storage.transferSyntaxes();
  }

  @Override
  public void setTransferSyntaxes(List<String> uids) {
    storage.acceptTransferSyntaxes(uids);
  }

  @Override
  public List<String> sopClasses() {
    return storage.sopClasses();
  }

  @Override
  public boolean unknownSopClass() {
    return storage.acceptsUnknownSopClass();
  }

  @Override
  public void setUnknownSopClass(boolean accepted) {
    storage.acceptUnknownSopClass(accepted);
  }
}
