/** Resources, ingest, index and blobs: memory without a socket. */
module org.ithil.archive {
  requires static transitive org.jspecify;
  requires transitive org.ithil.dicom;
  requires java.sql;
  requires org.xerial.sqlitejdbc;
  requires com.github.benmanes.caffeine;
  requires org.slf4j;
  requires tools.jackson.core;

  exports org.ithil.archive;
  exports org.ithil.archive.blob;
  exports org.ithil.archive.change;
  exports org.ithil.archive.deletion;
  exports org.ithil.archive.editing;
  exports org.ithil.archive.export;
  exports org.ithil.archive.index;
  exports org.ithil.archive.ingest;
  exports org.ithil.archive.job;
  exports org.ithil.archive.job.engine;
  // The API, jobs and the configuration use the same kind of JSON.
  exports org.ithil.archive.json;
  exports org.ithil.archive.modification;
  exports org.ithil.archive.module;
  exports org.ithil.archive.packing;
  exports org.ithil.archive.reconstruction;
  exports org.ithil.archive.resource;
  exports org.ithil.archive.retrieval;
  exports org.ithil.archive.setting;
  exports org.ithil.archive.statistics;
  exports org.ithil.archive.verification;
}
