package org.ithil.web.system;

import java.util.List;

/** What the DICOM server takes, which clients may read and change while it runs. Thread-safe. */
public interface StorageAcceptance {
  /** UIDs of all transfer syntaxes that it could take, in the order in which they are listed. */
  List<String> knownTransferSyntaxes();

  /** UIDs of those that it takes now. */
  List<String> transferSyntaxes();

  /** Changes what it takes; counts for associations from now on. */
  void setTransferSyntaxes(List<String> uids);

  /** UIDs of the storage SOP classes that it takes. */
  List<String> sopClasses();

  /** Whether it takes SOP classes that it does not know. */
  boolean unknownSopClass();

  /** Changes whether it takes SOP classes that it does not know. */
  void setUnknownSopClass(boolean accepted);
}
