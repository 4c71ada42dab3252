/** The REST API. */
module org.ithil.web {
  requires static transitive org.jspecify;
  requires transitive org.ithil.services;
  requires transitive org.ithil.archive;
  requires org.ithil.imaging;
  requires org.eclipse.jetty.server;
  requires tools.jackson.core;
  requires org.slf4j;

  exports org.ithil.web;
  exports org.ithil.web.application;
  exports org.ithil.web.error;
  exports org.ithil.web.http;
  // The configuration is the same kind of JSON: the server reads it into the same values.
  exports org.ithil.web.json;
  exports org.ithil.web.system;
}
