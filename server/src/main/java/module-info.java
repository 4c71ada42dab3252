/** Configuration, wiring, the only main. */
module org.ithil.server {
  requires static transitive org.jspecify;
  requires org.ithil.web;
  requires org.ithil.ui;
  requires org.ithil.services;
  requires org.ithil.dimse;
  requires org.ithil.archive;
  requires org.ithil.imaging;
  requires tools.jackson.core;
  requires info.picocli;
  requires org.slf4j;
  requires jdk.unsupported;
  requires ch.qos.logback.classic;
  requires ch.qos.logback.core;

  provides ch.qos.logback.classic.spi.Configurator with
      org.ithil.server.logging.NoSetupFromOutside;
}
