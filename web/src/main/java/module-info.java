/** The REST API. */
module org.ithil.web {
  requires static transitive org.jspecify;
  requires transitive org.ithil.services;
  requires transitive org.ithil.archive;
  requires org.ithil.imaging;
  requires org.eclipse.jetty.server;
  requires org.slf4j;

  exports org.ithil.web;
  exports org.ithil.web.application;
  exports org.ithil.web.error;
  exports org.ithil.web.http;
  exports org.ithil.web.system;
}
