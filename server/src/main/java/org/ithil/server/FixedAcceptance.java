package org.ithil.server;

import java.util.List;
import org.ithil.web.system.StorageAcceptance;

final class FixedAcceptance implements StorageAcceptance {
  public List<String> knownTransferSyntaxes() {
    return List.of();
  }

  public List<String> transferSyntaxes() {
    return List.of();
  }

  public void setTransferSyntaxes(List<String> uids) {}

  public List<String> sopClasses() {
    return List.of();
  }

  public boolean unknownSopClass() {
    return false;
  }

  public void setUnknownSopClass(boolean accepted) {}
}
