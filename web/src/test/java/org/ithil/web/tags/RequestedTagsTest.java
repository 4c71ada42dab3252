package org.ithil.web.tags;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.ithil.archive.Archive;
import org.ithil.archive.ArchiveConfiguration;
import org.ithil.archive.index.Index;
import org.ithil.archive.index.IndexReader;
import org.ithil.archive.index.IndexWriter;
import org.ithil.archive.index.Page;
import org.ithil.archive.ingest.IngestRules;
import org.ithil.archive.ingest.Origin;
import org.ithil.archive.json.JsonWriter;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.Resource;
import org.ithil.archive.setting.DefaultCharacterSet;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.text.DefaultEncoding;
import org.ithil.web.RunningApi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read of the index for requested tags. */
class RequestedTagsTest {
  @TempDir Path folder;

  @Test
  void tags_of_a_parent_are_read_without_looking_at_its_other_children() throws Exception {
    DefaultCharacterSet encoding = new DefaultCharacterSet(DefaultEncoding.UTF8);
    ArchiveConfiguration configuration = ArchiveConfiguration.in(folder);
    try (Archive archive = Archive.open(configuration, Archive.Surroundings.usual(encoding))) {
      for (int i = 0; i < 2; i++) {
        archive
            .ingest()
            .ingest(
                archive.spool().spool(new ByteArrayInputStream(RunningApi.dicom("P", 1, 1, i))),
                new Origin.Http("127.0.0.1", ""));
      }
      Watched index = new Watched(archive.index());
      RequestedTags tags =
          new RequestedTags(
              index,
              archive.retrieval(),
              IngestRules.DEFAULT.mainTags(),
              Dictionary.standard(),
              encoding);
      Resource instance =
          archive.index().read(r -> r.resources(Level.INSTANCE, Page.of(0, 1))).getFirst();
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      try (JsonWriter json = new JsonWriter(text)) {
        tags.of(
                instance,
                tags.parse("Modality;PatientName;StudyInstanceUID", Level.INSTANCE),
                TagForm.SIMPLIFIED)
            .write(json);
      }
      assertThat(text.toString()).contains("\"OT\"", "\"Name^P\"", "\"1.2.1\"");
      assertThat(index.asked).doesNotContain("resource", "resources", "descendants");
    }
  }

  /** Notes what is asked. */
  private static final class Watched implements Index {
    private final Index index;
    final Set<String> asked = new TreeSet<>();

    Watched(Index index) {
      this.index = index;
    }

    @Override
    public <T> T read(Function<IndexReader, T> query) {
      return index.read(reader -> query.apply(watched(reader)));
    }

    private IndexReader watched(IndexReader reader) {
      return (IndexReader)
          Proxy.newProxyInstance(
              IndexReader.class.getClassLoader(),
              new Class<?>[] {IndexReader.class},
              (proxy, method, arguments) -> {
                asked.add(method.getName());
                try {
                  return method.invoke(reader, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }

    @Override
    public <T> T write(Function<IndexWriter, T> operation) {
      return index.write(operation);
    }

    @Override
    public long removalCount() {
      return index.removalCount();
    }

    @Override
    public void close() {}
  }
}
