/** The DICOM network protocol: PDUs, associations, messages. */
module org.ithil.dimse {
  requires static transitive org.jspecify;
  requires transitive org.ithil.dicom;
  requires org.slf4j;
}
