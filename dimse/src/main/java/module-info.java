/** The DICOM network protocol: PDUs, associations, messages. */
module org.ithil.dimse {
  requires static transitive org.jspecify;
  requires transitive org.ithil.dicom;
  requires jdk.net;
  requires org.slf4j;

  exports org.ithil.dimse.association;
  exports org.ithil.dimse.message;
  exports org.ithil.dimse.pdu;
  exports org.ithil.dimse.scp;
  exports org.ithil.dimse.scu;
}
