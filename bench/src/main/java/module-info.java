/** Load generators, printed as ratios against a reference server. */
module org.ithil.bench {
  requires static transitive org.jspecify;
}
