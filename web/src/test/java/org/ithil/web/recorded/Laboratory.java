package org.ithil.web.recorded;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.ithil.archive.Archive;
import org.ithil.archive.ArchiveConfiguration;
import org.ithil.archive.ingest.IngestException;
import org.ithil.archive.ingest.IngestFilter;
import org.ithil.archive.ingest.IngestRules;
import org.ithil.archive.ingest.Origin;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.Lineage;
import org.ithil.archive.resource.MainTags;
import org.ithil.archive.setting.DefaultCharacterSet;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.dictionary.DictionaryEntry;
import org.ithil.dicom.dictionary.DictionaryException;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.io.ReadOptions;
import org.ithil.dicom.text.DefaultEncoding;
import org.ithil.web.content.ContentRoutes;
import org.ithil.web.content.FileRoutes;
import org.ithil.web.route.Route;
import org.ithil.web.slices.SliceRoutes;
import org.ithil.web.tags.RequestedTags;
import org.ithil.web.tags.TagRoutes;

/** An archive configured as the one of the recordings, with the routes over it. */
public final class Laboratory implements AutoCloseable {
  private static final MainTags MAIN_TAGS =
      new MainTags(
          Map.of(
              Level.INSTANCE,
              List.of(Tag.Rows, Tag.Columns, Tag.SliceLocation),
              Level.SERIES,
              List.of(Tag.PatientPosition),
              Level.STUDY,
              List.of(Tag.PatientAge)));

  private final DefaultCharacterSet encoding = new DefaultCharacterSet(DefaultEncoding.LATIN1);
  private final Dictionary dictionary;
  private final Archive archive;

  /**
   * @param folder empty; the archive lies there
   */
  public Laboratory(Path folder) throws IOException {
    try {
      dictionary =
          Dictionary.withPrivateTags()
              .with(
                  List.of(
                      own(0x04050010, Vr.LO, "PrivateCreatorForMyCompany"),
                      own(0x04051001, Vr.ST, "MyPrivateXMLTag"),
                      own(0x04051002, Vr.SQ, "MyPrivateSequence")));
    } catch (DictionaryException e) {
      throw new IllegalStateException(e);
    }
    IngestRules rules =
        new IngestRules(
            MAIN_TAGS, IngestRules.Overwrite.ALWAYS, Duration.ofHours(1), 0, 0, true, true, true);
    archive =
        Archive.open(
            ArchiveConfiguration.in(folder).with(rules),
            new Archive.Surroundings(
                encoding,
                ReadOptions.DEFAULT.withDictionary(dictionary),
                IngestFilter.ALL,
                Clock.systemUTC(),
                UUID::randomUUID));
  }

  private static DictionaryEntry own(int tag, Vr vr, String name) {
    return new DictionaryEntry(tag, vr, name, 1, 1, "My Company");
  }

  public Archive archive() {
    return archive;
  }

  public DefaultCharacterSet encoding() {
    return encoding;
  }

  /** What answers requests for tags. */
  public RequestedTags requestedTags() {
    return new RequestedTags(archive.index(), archive.retrieval(), MAIN_TAGS, dictionary, encoding);
  }

  /** The routes that are tried here. */
  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    routes.addAll(
        new TagRoutes(archive.index(), archive.retrieval(), dictionary, encoding).routes());
    routes.addAll(new ContentRoutes(archive.retrieval(), dictionary).routes());
    routes.addAll(new FileRoutes(archive.retrieval(), dictionary, encoding).routes());
    routes.addAll(new SliceRoutes(archive.index()).routes());
    return routes;
  }

  /** Stores a file. */
  public Lineage store(byte[] file) throws IOException, IngestException {
    return archive
        .ingest()
        .ingest(
            archive.spool().spool(new ByteArrayInputStream(file)), new Origin.Http("127.0.0.1", ""))
        .lineage();
  }

  @Override
  public void close() {
    archive.close();
  }
}
