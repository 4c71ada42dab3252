/** Load generators, printed as ratios against a reference server. */
module org.ithil.bench {
  requires static transitive org.jspecify;
  requires org.ithil.dimse;
  requires tools.jackson.core;
  requires java.net.http;
}
