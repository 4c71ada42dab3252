/** Resources, ingest, index and blobs. */
module org.ithil.archive {
  requires static transitive org.jspecify;
  requires transitive org.ithil.dicom;
  requires java.sql;
  requires org.xerial.sqlitejdbc;
  requires com.github.benmanes.caffeine;
  requires org.slf4j;
}
