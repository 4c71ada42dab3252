/** The DICOM services of PS3.4, where wire meets memory. */
module org.ithil.services {
  requires static transitive org.jspecify;
  requires transitive org.ithil.dimse;
  requires transitive org.ithil.archive;
  requires org.ithil.imaging;
  requires org.slf4j;

  exports org.ithil.services;
  exports org.ithil.services.access;
  exports org.ithil.services.modality;
  exports org.ithil.services.sending;
  exports org.ithil.services.query;
  exports org.ithil.services.retrieval;
  exports org.ithil.services.storage;
  exports org.ithil.services.verification;
}
