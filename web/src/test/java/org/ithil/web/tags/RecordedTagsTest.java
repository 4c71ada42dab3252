package org.ithil.web.tags;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.ithil.archive.index.Index;
import org.ithil.archive.index.IndexReader;
import org.ithil.archive.index.IndexWriter;
import org.ithil.archive.setting.DefaultEncoding;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.dictionary.DictionaryEntry;
import org.ithil.dicom.dictionary.DictionaryException;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.text.SpecificCharacterSet;
import org.ithil.web.content.ContentRoutes;
import org.ithil.web.content.FileRoutes;
import org.ithil.web.recorded.FilesInMemory;
import org.ithil.web.recorded.Scenario;
import org.ithil.web.route.Route;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The answers of the reference about tags and contents of single instances. */
class RecordedTagsTest {
  @TestFactory
  List<DynamicTest> shows_tags_in_all_forms() throws Exception {
    return scenario("tags-formats").tests(request -> true);
  }

  @TestFactory
  List<DynamicTest> shows_odd_elements() throws Exception {
    return scenario("tags-special").tests(request -> true);
  }

  @TestFactory
  List<DynamicTest> shows_every_value_representation() throws Exception {
    return scenario("tags-vr").tests(request -> true);
  }

  @TestFactory
  List<DynamicTest> shows_text_of_every_character_set() throws Exception {
    return scenario("tags-charset").tests(request -> request.contains(" /instances/"));
  }

  @TestFactory
  List<DynamicTest> hands_out_raw_contents() throws Exception {
    return scenario("tags-content").tests(request -> true);
  }

  @TestFactory
  List<DynamicTest> hands_out_files() throws Exception {
    return scenario("file").tests(request -> !request.contains("transcode"));
  }

  private static Scenario scenario(String name) throws IOException, DictionaryException {
    Dictionary dictionary =
        Dictionary.withPrivateTags()
            .with(
                List.of(
                    own(0x04050010, Vr.LO, "PrivateCreatorForMyCompany"),
                    own(0x04051001, Vr.ST, "MyPrivateXMLTag"),
                    own(0x04051002, Vr.SQ, "MyPrivateSequence")));
    FilesInMemory files = new FilesInMemory(dictionary);
    DefaultEncoding encoding = new DefaultEncoding(SpecificCharacterSet.of(List.of("ISO_IR 100")));
    List<Route> routes = new ArrayList<>();
    routes.addAll(new TagRoutes(new NoIndex(), files, dictionary, encoding).routes());
    routes.addAll(new ContentRoutes(files, dictionary).routes());
    routes.addAll(new FileRoutes(files).routes());
    return new Scenario(name, files, encoding, routes);
  }

  private static DictionaryEntry own(int tag, Vr vr, String name) {
    return new DictionaryEntry(tag, vr, name, 1, 1, "My Company");
  }

  /** These routes ask no index. */
  private static final class NoIndex implements Index {
    @Override
    public <T> T read(Function<IndexReader, T> query) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <T> T write(Function<IndexWriter, T> operation) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }
}
