package org.ithil.server.configuration;

import java.util.List;
import org.ithil.archive.ArchiveConfiguration;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.text.SpecificCharacterSet;
import org.ithil.web.WebConfiguration;

/**
 * What a configuration means, checked as a whole: one record for each module that has something to
 * choose.
 *
 * @param archive where and how objects are kept
 * @param encoding the character set of data sets that declare none
 * @param dictionary the tags there are
 * @param http whether there is an HTTP server
 * @param web how the REST API behaves
 * @param pages whether the browser application is served
 */
public record ServerConfiguration(
    ArchiveConfiguration archive,
    SpecificCharacterSet encoding,
    Dictionary dictionary,
    boolean http,
    WebConfiguration web,
    boolean pages) {
  /** The version of the reference server whose REST API this is. */
  public static final String REFERENCE_VERSION = "1.13.0";

  /** Keys that close a door which this version cannot close: a warning would not do. */
  private static final List<String> DOORS = List.of("SslEnabled", "DicomTlsEnabled", "ReadOnly");

  /**
   * Reads the meaning.
   *
   * @throws ConfigurationException for the first key that is wrong
   */
  public static ServerConfiguration of(Configuration configuration) {
    Section root = configuration.root();
    for (String door : DOORS) {
      if (root.flag(door)) {
        throw root.error(
            door, "is not supported by this version, which would leave open what this key closes");
      }
    }
    Dictionary dictionary = DictionaryKeys.dictionary(root);
    ArchiveConfiguration archive = ArchiveKeys.archive(root, dictionary);
    return new ServerConfiguration(
        archive,
        DictionaryKeys.defaultEncoding(root),
        dictionary,
        root.flag("HttpServerEnabled"),
        WebKeys.web(root, archive),
        root.flag("OrthancExplorerEnabled"));
  }
}
