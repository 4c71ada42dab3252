package org.ithil.server.configuration;

import java.nio.file.Files;
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
 * @param web what the HTTP side offers
 * @param temporaryFolder where files wait that come in pieces
 */
public record ServerConfiguration(
    String name,
    ArchiveConfiguration archive,
    SpecificCharacterSet encoding,
    Dictionary dictionary,
    WebSettings web,
    Path temporaryFolder) {

  /**
   * Reads the meaning.
   *
   * @throws ConfigurationException for the first key that is wrong
   */
  public static ServerConfiguration of(Configuration configuration) {
    Section root = configuration.root();
    Dictionary dictionary = DictionaryKeys.dictionary(root);
    ArchiveConfiguration archive = ArchiveKeys.archive(root, dictionary);
    return new ServerConfiguration(
        root.text("Name"),
        archive,
        DictionaryKeys.defaultEncoding(root),
        dictionary,
        WebKeys.web(root),
        temporaryFolder(root).orElse(archive.storageFolder().resolve(".forms")));
  }

  private static Optional<Path> temporaryFolder(Section root) {
    Optional<Path> folder = root.optionalPath("TemporaryDirectory");
    if (folder.isPresent() && !Files.isDirectory(folder.get())) {
      throw root.error("TemporaryDirectory", "there is no folder " + folder.get());
    }
    return folder;
  }
}
