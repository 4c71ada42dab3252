/** Codecs, transcoding, rendering. */
module org.ithil.imaging {
  requires static transitive org.jspecify;
  requires transitive org.ithil.dicom;
}
