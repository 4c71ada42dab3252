package org.ithil.web.tags;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.ithil.archive.index.Index;
import org.ithil.archive.index.IndexReader;
import org.ithil.archive.index.IndexWriter;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;
import org.ithil.archive.retrieval.Retrieval;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.io.DicomFile;
import org.ithil.dicom.io.DicomReader;
import org.ithil.dicom.io.ReadOptions;
import org.ithil.web.RunningApi;
import org.junit.jupiter.api.Test;

/** What is read to show tags. */
class InstancesTest {
  private static final ResourceId ID =
      ResourceId.parse("00000000-00000000-00000000-00000000-00000000").orElseThrow();

  @Test
  void a_cached_header_is_enough_for_deflated_files_and_for_pixels_of_any_kind() throws Exception {
    for (String syntax : List.of("1.2.840.10008.1.2.1.99", "1.2.840.10008.1.2.1")) {
      for (int tag : new int[] {Tag.FloatPixelData, Tag.PixelData}) {
        Element pixels = new Element(tag, Vr.OB, new Value.Bytes(new byte[8]));
        byte[] file = RunningApi.dicom(syntax, List.of(pixels));
        List<Integer> tags = new ArrayList<>();
        new Instances(new NoIndex(), new HeaderOnly(file))
            .read(
                ID,
                false,
                (dataSet, values) -> {
                  for (Element element : dataSet) {
                    tags.add(element.tag());
                  }
                });
        assertThat(tags).endsWith(tag);
      }
    }
  }

  /** Has the header of one file. */
  private record HeaderOnly(byte[] file) implements Retrieval {
    @Override
    public void forgetHeaders() {}

    @Override
    public Optional<OpenAttachment> open(Level level, ResourceId id, int contentType) {
      throw new IllegalStateException("opened");
    }

    @Override
    public Optional<DicomFile> header(ResourceId instance) throws IOException {
      ReadOptions options = ReadOptions.DEFAULT.stoppingBeforePixelData();
      return Optional.of(DicomReader.readFile(ByteSource.of(file), options));
    }

    @Override
    public OpenInstance hold(DicomFile header) {
      return new OpenInstance(header, () -> {});
    }

    @Override
    public Optional<OpenInstance> dataSet(ResourceId instance) {
      throw new IllegalStateException("read whole");
    }
  }

  private static final class NoIndex implements Index {
    @Override
    public <T> T read(Function<IndexReader, T> query) {
      throw new IllegalStateException("no index");
    }

    @Override
    public long removalCount() {
      return 0;
    }

    @Override
    public <T> T write(Function<IndexWriter, T> operation) {
      throw new IllegalStateException("no index");
    }

    @Override
    public void close() {}
  }
}
