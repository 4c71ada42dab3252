/** The browser application, served by web as static files. */
module org.ithil.ui {
  requires static transitive org.jspecify;

  exports org.ithil.ui;
}
