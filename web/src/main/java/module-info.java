/** The REST API. */
module org.ithil.web {
  requires static transitive org.jspecify;
  requires transitive org.ithil.services;
  requires transitive org.ithil.archive;
  requires org.ithil.imaging;
  requires org.eclipse.jetty.server;
  requires tools.jackson.core;
  requires org.slf4j;
}
