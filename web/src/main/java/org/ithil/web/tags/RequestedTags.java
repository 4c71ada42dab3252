package org.ithil.web.tags;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.ithil.archive.index.Index;
import org.ithil.archive.index.IndexReader;
import org.ithil.archive.json.JsonPart;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.MainTags;
import org.ithil.archive.resource.Metadata;
import org.ithil.archive.resource.Resource;
import org.ithil.archive.resource.ResourceId;
import org.ithil.archive.retrieval.Retrieval;
import org.ithil.archive.setting.DefaultCharacterSet;
import org.ithil.archive.statistics.Statistics;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Tags;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.io.DicomFile;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * The tags that a client requests of resources, whatever their level: main tags come from the index
 * (of the resource or of a parent), computed ones from its counters, all others from the file of
 * one instance.
 */
public final class RequestedTags {
  private final Index index;
  private final Retrieval retrieval;
  private final MainTags mainTags;
  private final Dictionary dictionary;
  private final DefaultCharacterSet encoding;

  public RequestedTags(
      Index index,
      Retrieval retrieval,
      MainTags mainTags,
      Dictionary dictionary,
      DefaultCharacterSet encoding) {
    this.index = index;
    this.retrieval = retrieval;
    this.mainTags = mainTags;
    this.dictionary = dictionary;
    this.encoding = encoding;
  }

  /**
   * Takes the argument {@code requested-tags} apart: names or numbers, separated by semicolons.
   *
   * @param argument null or empty for none
   * @param level of the resources that are asked
   * @throws ApiException BAD_REQUEST for an unknown name; PARAMETER_OUT_OF_RANGE for a tag that
   *     cannot be asked at this level
   */
  public List<Integer> parse(@Nullable String argument, Level level) {
    List<Integer> tags = TagArgument.requested(argument, dictionary);
    if (level == Level.INSTANCE && tags.contains(Tag.SOPClassesInStudy)) {
      throw ApiException.of(ErrorCode.PARAMETER_OUT_OF_RANGE);
    }
    return tags;
  }

  /**
   * The object that stands as {@code RequestedTags} in the description of a resource. Reads the
   * index and, if it must, a file: not to be called within {@link Index#read}. Tags that no file
   * has are null; tags of the meta header, and computed tags of other levels, are left out.
   *
   * @param tags as {@link #parse} gives them
   */
  public JsonPart of(Resource resource, List<Integer> tags, TagForm form) throws IOException {
    SortedMap<String, JsonPart> members = new TreeMap<>();
    Sources sources = new Sources(resource);
    TagChoice choice = new TagChoice(form, Set.copyOf(tags));
    TagWriter writer = new TagWriter(dictionary, encoding.get(), choice);
    for (int tag : tags) {
      if (Tags.group(tag) == 2) {
        continue;
      }
      Level computed = Computed.LEVELS.get(tag);
      if (computed != null) {
        if (computed == resource.level()) {
          String text = index.read(reader -> Computed.text(tag, resource, reader));
          members.put(key(tag, null, form), writer.textPart(tag, null, text));
        }
        continue;
      }
      Optional<String> main = sources.main(tag);
      if (main.isPresent()) {
        members.put(key(tag, null, form), writer.textPart(tag, null, main.get()));
      } else {
        fromFile(sources, tag, writer, form, members);
      }
    }
    return json -> {
      try (sources) {
        json.beginObject();
        for (Map.Entry<String, JsonPart> member : members.entrySet()) {
          json.member(member.getKey(), member.getValue());
        }
        json.endObject();
      }
    };
  }

  private void fromFile(
      Sources sources, int tag, TagWriter writer, TagForm form, SortedMap<String, JsonPart> members)
      throws IOException {
    DicomFile file = sources.file();
    String creator = null;
    if (file != null) {
      DataSet dataSet = file.dataSet();
      creator = new Creators(dataSet, dataSet.characterSet(encoding.get())).of(tag);
      if (dataSet.contains(tag)) {
        members.put(key(tag, creator, form), writer.elementPart(dataSet, tag, file.values()));
        return;
      }
    }
    members.put(key(tag, creator, form), writer.textPart(tag, creator, null));
  }

  private String key(int tag, @Nullable String creator, TagForm form) {
    return form == TagForm.SIMPLIFIED ? dictionary.nameOf(tag, creator) : Tags.format(tag);
  }

  /** Where the values of one resource come from; what has been read is kept. */
  private final class Sources implements AutoCloseable {
    private final Resource resource;
    private final Map<Level, Map<Integer, String>> parents = new java.util.EnumMap<>(Level.class);
    private Retrieval.@Nullable OpenInstance file;
    private boolean fileRead;

    Sources(Resource resource) {
      this.resource = resource;
      parents.put(resource.level(), resource.mainTags());
    }

    /** A main tag of the resource or of a parent; empty if the index does not have it. */
    Optional<String> main(int tag) {
      for (Level level = resource.level(); ; level = level.parent().orElseThrow()) {
        if (mainTags.contains(level, tag)) {
          String text = mainTagsOf(level).get(tag);
          if (text != null) {
            return Optional.of(text);
          }
        }
        if (level == Level.PATIENT) {
          return Optional.empty();
        }
      }
    }

    private Map<Integer, String> mainTagsOf(Level level) {
      Map<Integer, String> known = parents.get(level);
      if (known == null) {
        known =
            index.read(reader ->
                reader
                    .ancestor(resource.level(), resource.id(), level)
                    .flatMap(id -> reader.mainTags(level, id))
                    .orElse(Map.of()));
        parents.put(level, known);
      }
      return known;
    }

    /**
     * The header of one of the files; null if there is none any more. Its values are read when the
     * part is written, which lets the file go at the end.
     */
    @Nullable DicomFile file() throws IOException {
      if (!fileRead) {
        fileRead = true;
        Optional<ResourceId> instance =
            index.read(reader -> Instances.first(reader, resource.level(), resource.id()));
        file =
            instance.isEmpty()
                ? null
                : retrieval.header(instance.get()).map(retrieval::hold).orElse(null);
      }
      return file == null ? null : file.file();
    }

    @Override
    public void close() {
      if (file != null) {
        file.close();
      }
    }
  }

  /** Tags that no file has: they are counted in the index. Each exists at one level only. */
  private static final class Computed {
    static final Map<Integer, Level> LEVELS =
        Map.of(
            Tag.NumberOfPatientRelatedStudies, Level.PATIENT,
            Tag.NumberOfPatientRelatedSeries, Level.PATIENT,
            Tag.NumberOfPatientRelatedInstances, Level.PATIENT,
            Tag.NumberOfStudyRelatedSeries, Level.STUDY,
            Tag.NumberOfStudyRelatedInstances, Level.STUDY,
            Tag.ModalitiesInStudy, Level.STUDY,
            Tag.SOPClassesInStudy, Level.STUDY,
            Tag.NumberOfSeriesRelatedInstances, Level.SERIES,
            Tag.InstanceAvailability, Level.INSTANCE);

    private Computed() {}

    static String text(int tag, Resource resource, IndexReader reader) {
      return switch (tag) {
        case Tag.InstanceAvailability -> "ONLINE";
        case Tag.ModalitiesInStudy ->
            joined(resource, reader, Level.SERIES, origins -> origins.mainTags().get(Tag.Modality));
        case Tag.SOPClassesInStudy ->
            joined(
                resource,
                reader,
                Level.INSTANCE,
                origins -> origins.metadata().get(Metadata.SOP_CLASS_UID));
        default -> {
          Statistics counts =
              reader.statistics(resource.level(), resource.id()).orElse(Statistics.NONE);
          yield Long.toString(
              switch (tag) {
                case Tag.NumberOfPatientRelatedStudies -> counts.studies();
                case Tag.NumberOfPatientRelatedSeries, Tag.NumberOfStudyRelatedSeries ->
                    counts.series();
                default -> counts.instances();
              });
        }
      };
    }

    /** All different values, in order; however many resources there are, one is in memory. */
    private static String joined(
        Resource resource,
        IndexReader reader,
        Level level,
        Function<IndexReader.Origins, @Nullable String> value) {
      Set<String> all = new TreeSet<>();
      reader.forEachDescendant(
          resource.level(),
          resource.id(),
          level,
          origins -> {
            String text = value.apply(origins);
            if (text != null && !text.isEmpty()) {
              all.add(text);
            }
          });
      return String.join("\\", all);
    }
  }
}
