/** Codecs, transcoding, rendering. */
module org.ithil.imaging {
  requires static transitive org.jspecify;
  requires transitive org.ithil.dicom;
  // For ImageIO alone: PNG and JPEG files.
  requires java.desktop;

  exports org.ithil.imaging.picture;
  exports org.ithil.imaging.video;
}
