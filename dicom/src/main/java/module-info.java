/** The DICOM data model: data sets, dictionary, encodings, files, JSON and XML. */
module org.ithil.dicom {
  requires java.xml;
  requires static transitive org.jspecify;

  exports org.ithil.dicom.data;
  exports org.ithil.dicom.deidentification;
  exports org.ithil.dicom.dictionary;
  exports org.ithil.dicom.directory;
  exports org.ithil.dicom.edit;
  exports org.ithil.dicom.encoding;
  exports org.ithil.dicom.io;
  exports org.ithil.dicom.json;
  exports org.ithil.dicom.text;
  exports org.ithil.dicom.uid;
  exports org.ithil.dicom.xml;
}
