package org.ithil.server.configuration;

import java.nio.file.Path;
import java.util.Optional;
import org.ithil.archive.ArchiveConfiguration;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.text.SpecificCharacterSet;

/**
 * What a configuration means, checked as a whole: one record for each module that has something to
 * choose.
 *
 * @param name what the server is called
 * @param archive where and how objects are kept
 * @param encoding the character set of data sets that declare none
 * @param dictionary the tags there are
 * @param temporaryFolder where large temporary files go; empty for that of the system
 */
public record ServerConfiguration(
    String name,
    ArchiveConfiguration archive,
    SpecificCharacterSet encoding,
    Dictionary dictionary,
    Optional<Path> temporaryFolder) {

  /**
   * Reads the meaning.
   *
   * @throws ConfigurationException for the first key that is wrong
   */
  public static ServerConfiguration of(Configuration configuration) {
    Section root = configuration.root();
    Dictionary dictionary = DictionaryKeys.dictionary(root);
    return new ServerConfiguration(
        root.text("Name"),
        ArchiveKeys.archive(root, dictionary),
        DictionaryKeys.defaultEncoding(root),
        dictionary,
        root.optionalPath("TemporaryDirectory"));
  }
}
