package org.ithil.web;

import java.util.ArrayList;
import java.util.List;
import org.ithil.archive.Archive;
import org.ithil.archive.setting.DefaultEncoding;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.web.app.PageRoutes;
import org.ithil.web.content.ContentRoutes;
import org.ithil.web.content.FileRoutes;
import org.ithil.web.route.Route;
import org.ithil.web.slices.SliceRoutes;
import org.ithil.web.tags.TagRoutes;
import org.jspecify.annotations.Nullable;

/** The REST API: the routes of all resources, over one archive. */
public final class RestApi {
  private final Archive archive;
  private final Dictionary dictionary;
  private final DefaultEncoding encoding;
  private final PageRoutes.@Nullable Files pages;

  /**
   * @param archive what is served
   * @param dictionary names the tags
   * @param encoding the character set of data sets that declare none
   * @param pages the browser application; null to serve none
   */
  public RestApi(
      Archive archive,
      Dictionary dictionary,
      DefaultEncoding encoding,
      PageRoutes.@Nullable Files pages) {
    this.archive = archive;
    this.dictionary = dictionary;
    this.encoding = encoding;
    this.pages = pages;
  }

  /** All routes. */
  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    routes.addAll(
        new TagRoutes(archive.index(), archive.retrieval(), dictionary, encoding).routes());
    routes.addAll(new ContentRoutes(archive.retrieval(), dictionary).routes());
    routes.addAll(new FileRoutes(archive.retrieval(), dictionary, encoding).routes());
    routes.addAll(new SliceRoutes(archive.index()).routes());
    if (pages != null) {
      routes.addAll(new PageRoutes(pages).routes());
    }
    return routes;
  }
}
