/** The DICOM services of PS3.4, where wire meets memory. */
module org.ithil.services {
  requires static transitive org.jspecify;
  requires transitive org.ithil.dimse;
  requires transitive org.ithil.archive;
  requires org.ithil.imaging;
  requires java.net.http;
  requires java.xml;
  requires org.slf4j;

  exports org.ithil.services.access;
  exports org.ithil.services.certificate;
  exports org.ithil.services.creation;
  exports org.ithil.services.modality;
  exports org.ithil.services.peer;
  exports org.ithil.services.selection;
  exports org.ithil.services.sending;
  exports org.ithil.services.query;
  exports org.ithil.services.retrieval;
  exports org.ithil.services.storage;
  exports org.ithil.services.transcoding;
  exports org.ithil.services.transfer;
  exports org.ithil.services.verification;
  exports org.ithil.services;
}
