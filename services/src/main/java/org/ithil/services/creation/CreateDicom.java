package org.ithil.services.creation;

import java.io.IOException;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.ithil.archive.Archive;
import org.ithil.archive.blob.Spool;
import org.ithil.archive.blob.SpooledFile;
import org.ithil.archive.editing.TagsJson;
import org.ithil.archive.ingest.IngestException;
import org.ithil.archive.ingest.IngestOutcome;
import org.ithil.archive.ingest.Origin;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.resource.Level;
import org.ithil.archive.setting.DefaultCharacterSet;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.edit.Edit;
import org.ithil.dicom.edit.EditException;
import org.ithil.dicom.edit.Recoding;
import org.ithil.dicom.edit.TagPath;
import org.ithil.dicom.encoding.TransferSyntax;
import org.ithil.dicom.text.SpecificCharacterSet;
import org.ithil.dicom.uid.UidGenerator;
import org.ithil.imaging.picture.PictureReader;
import org.ithil.services.creation.CreationException.Problem;
import org.ithil.services.creation.CreationRequest.Part;
import org.jspecify.annotations.Nullable;

/**
 * Makes instances and stores them. All files of a request are made before the first one is stored.
 * Safe for concurrent use.
 *
 * <pre>
 * what every instance has → what the parent gives → tags of the request
 *   → for each content: its tags → what it gives itself → what its definition demands → file
 * </pre>
 */
public final class CreateDicom {
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss.SSSSSS");

  /** Terms for (0008,0005) that stand alone, PS3.3 C.12.1.1.2. */
  private static final Pattern TERM =
      Pattern.compile("ISO_IR \\d{1,3}|ISO 2022 IR \\d{1,3}|GB18030|GBK");

  /** What may be replaced without force though it is there already. */
  private static final Set<Integer> FREE =
      Set.of(
          Tag.PatientID,
          Tag.StudyDate,
          Tag.StudyTime,
          Tag.SeriesDate,
          Tag.SeriesTime,
          Tag.AcquisitionDate,
          Tag.AcquisitionTime,
          Tag.ContentDate,
          Tag.ContentTime,
          Tag.InstanceCreationDate,
          Tag.InstanceCreationTime);

  /**
   * What the client says of these counts, if it fits; all other tags of pixels are the content's.
   */
  private static final Set<String> GRAY = Set.of("MONOCHROME1", "MONOCHROME2", "PALETTE COLOR");

  private static final ByteSource NOTHING = ByteSource.of(new byte[0]);

  private final Archive archive;
  private final Surroundings around;
  private final Inheritance inheritance;
  private final Contents contents;
  private final UidGenerator uids;

  /**
   * What it uses.
   *
   * @param dictionary with private tags of the configuration
   * @param encoding the character set of instances for which the client chooses none
   * @param clock its zone is that of local time
   * @param uuids for Patient IDs
   * @param uids for all else
   */
  public record Surroundings(
      Dictionary dictionary,
      DefaultCharacterSet encoding,
      PictureReader pictures,
      Clock clock,
      Supplier<UUID> uuids,
      UidGenerator uids) {}

  public CreateDicom(Archive archive, Surroundings around) {
    this.archive = archive;
    this.around = around;
    this.inheritance = new Inheritance(archive.index(), archive.retrieval());
    this.contents = new Contents(new Pixels(around.pictures()));
    this.uids = around.uids();
  }

  /**
   * Makes the instances of a request and stores them.
   *
   * @throws CreationException if that cannot be done
   * @throws EditException for a tag or a value that is none
   * @throws IngestException if one cannot be stored; then those before it are deleted again
   */
  public Created create(CreationRequest request, Origin origin)
      throws IOException, IngestException {
    Draft common = common(request);
    List<SpooledFile> files = new ArrayList<>();
    try {
      for (Part part : request.parts()) {
        files.add(file(request, common, part, files.size()));
      }
      List<IngestOutcome> outcomes = store(files, origin);
      return request.several()
          ? new Created.Series(outcomes.getFirst().lineage().series())
          : new Created.Instance(outcomes.getFirst());
    } finally {
      files.forEach(SpooledFile::close);
    }
  }

  private List<IngestOutcome> store(List<SpooledFile> files, Origin origin) throws IngestException {
    List<IngestOutcome> outcomes = new ArrayList<>();
    boolean done = false;
    try {
      for (SpooledFile file : files) {
        outcomes.add(archive.ingest().ingest(file, origin));
      }
      done = true;
      return outcomes;
    } finally {
      if (!done) {
        outcomes.forEach(this::undo);
      }
    }
  }

  private void undo(IngestOutcome outcome) {
    if (outcome instanceof IngestOutcome.Stored stored && !stored.replaced()) {
      archive.deletion().delete(Level.INSTANCE, stored.lineage().instance());
    }
  }

  /** A data set in the making, and the character set of its text. */
  private record Draft(DataSet dataSet, SpecificCharacterSet characterSet) {}

  private Draft common(CreationRequest request) throws IOException {
    JsonValue parent = request.parent();
    Inheritance.@Nullable Inherited inherited = parent == null ? null : inheritance.from(parent);
    DataSet own = inherited == null ? DataSet.EMPTY : inherited.elements();
    SpecificCharacterSet before =
        own.contains(Tag.SpecificCharacterSet)
            ? own.characterSet(SpecificCharacterSet.ASCII)
            : around.encoding().encoding().declared();
    SpecificCharacterSet chosen = chosen(request, before);
    if (!chosen.terms().equals(before.terms())
        || !own.contains(Tag.SpecificCharacterSet) && inherited != null) {
      own = Recoding.recode(own, NOTHING, around.encoding().get(), chosen);
    }
    DataSet.Builder builder = own.toBuilder();
    builder.put(Elements.text(Tag.SpecificCharacterSet, String.join("\\", chosen.terms())));
    addUsual(builder, inherited == null ? null : inherited.level());
    return applied(request, new Draft(builder.build(), chosen), request.tags());
  }

  private void addUsual(DataSet.Builder builder, @Nullable Level parent) {
    ZonedDateTime now = ZonedDateTime.now(around.clock());
    String date = DATE.format(now);
    String time = TIME.format(now);
    put(builder, Tag.InstanceCreationDate, date, Tag.InstanceCreationTime, time);
    put(builder, Tag.AcquisitionDate, date, Tag.AcquisitionTime, time);
    put(builder, Tag.ContentDate, date, Tag.ContentTime, time);
    if (parent == null || parent.isAbove(Level.SERIES)) {
      put(builder, Tag.SeriesDate, date, Tag.SeriesTime, time);
      builder.addIfAbsent(Elements.text(Tag.SeriesInstanceUID, uids.next()));
    }
    if (parent == null || parent.isAbove(Level.STUDY)) {
      put(builder, Tag.StudyDate, date, Tag.StudyTime, time);
      builder.addIfAbsent(Elements.text(Tag.StudyInstanceUID, uids.next()));
    }
    if (parent == null) {
      builder.addIfAbsent(Elements.text(Tag.PatientID, around.uuids().get().toString()));
    }
    builder.put(Elements.text(Tag.SOPInstanceUID, uids.next()));
  }

  private static void put(
      DataSet.Builder builder, int dateTag, String date, int timeTag, String time) {
    builder.put(Elements.text(dateTag, date));
    builder.put(Elements.text(timeTag, time));
  }

  private SpecificCharacterSet chosen(CreationRequest request, SpecificCharacterSet otherwise) {
    SpecificCharacterSet chosen = otherwise;
    for (Map.Entry<String, JsonValue> entry : request.tags().members().entrySet()) {
      if (tag(entry.getKey()) == Tag.SpecificCharacterSet) {
        String term =
            switch (entry.getValue()) {
              case JsonValue.Text(String text) -> text.strip();
              case JsonValue.Null _ -> "";
              default ->
                  throw new EditException(
                      EditException.Problem.BAD_TYPE, "Bad Parameter type for tag 0008,0005");
            };
        if (!TERM.matcher(term).matches() || !SpecificCharacterSet.isKnown(term)) {
          throw new CreationException(
              Problem.OUT_OF_RANGE, "Unknown specific character set: " + term);
        }
        chosen = SpecificCharacterSet.of(List.of(term));
      }
    }
    return chosen;
  }

  private int tag(String name) {
    TagPath path = TagPath.parse(name, around.dictionary());
    if (!path.isOutermost()) {
      throw new EditException(EditException.Problem.UNKNOWN_TAG, name);
    }
    return path.tag();
  }

  /** The same with tags of the request, in the order of their names. */
  private Draft applied(CreationRequest request, Draft draft, JsonValue.Members tags) {
    TagsJson json =
        new TagsJson(
            around.dictionary(), new TagsJson.Options(request.privateCreator(), request.binary()));
    DataSet.Builder builder = draft.dataSet().toBuilder();
    for (Map.Entry<String, JsonValue> entry : tags.members().entrySet()) {
      if (request.isOld() && !(entry.getValue() instanceof JsonValue.Text)) {
        throw new CreationException(Problem.NOT_TEXT, "");
      }
      int tag = tag(entry.getKey());
      if (tag == Tag.SpecificCharacterSet || isOfTheFile(tag)) {
        continue;
      }
      if (tag == Tag.PixelData) {
        throw new CreationException(Problem.PIXELS_IN_TAGS, "");
      }
      if (builder.get(tag) != null && !request.force() && !FREE.contains(tag)) {
        throw new CreationException(
            Problem.OVERRIDE, around.dictionary().nameOf(tag, request.privateCreator()));
      }
      builder.put(json.element(tag, entry.getValue(), draft.characterSet()));
    }
    return new Draft(builder.build(), draft.characterSet());
  }

  /** Group lengths, and elements that only exist outside of data sets. */
  private static boolean isOfTheFile(int tag) {
    return (tag & 0xffff) == 0 || tag >>> 16 <= 0x0002;
  }

  private SpooledFile file(CreationRequest request, Draft common, Part part, int number)
      throws IOException {
    try {
      if (part.problem() != null) {
        throw part.problem();
      }
      return file(request, common, part, number, part.content());
    } catch (CreationException | EditException e) {
      // What clients are used to: a series whose first instance fails is one that is not found.
      if (request.several() && number == 0 && !isOfLimit(e)) {
        throw new CreationException(Problem.NO_SERIES, "");
      }
      throw e;
    }
  }

  private static boolean isOfLimit(RuntimeException e) {
    return e instanceof CreationException known && known.problem() == Problem.TOO_LARGE;
  }

  private SpooledFile file(
      CreationRequest request, Draft common, Part part, int number, @Nullable Content content)
      throws IOException {
    DataSet.Builder builder = common.dataSet().toBuilder();
    if (request.several() && number > 0) {
      builder.put(Elements.text(Tag.SOPInstanceUID, uids.next()));
    }
    Draft draft = applied(request, new Draft(builder.build(), common.characterSet()), part.tags());
    builder = draft.dataSet().toBuilder();
    String syntax = TransferSyntax.EXPLICIT_LE.uid();
    ByteSource values = NOTHING;
    boolean typed = draft.dataSet().contains(Tag.SOPClassUID);
    if (content != null && content.file() != null) {
      Payload payload =
          contents.payload(
              content.type(), content.file(), request.encapsulate(), draft.characterSet());
      payload.usual().forEach(builder::addIfAbsent);
      for (Element element : payload.elements()) {
        if (!staysAsGiven(element, draft.dataSet())) {
          builder.put(element);
        }
      }
      syntax = payload.syntax();
      values = payload.values();
    }
    if (request.several()) {
      number(builder, number, request.parts().size());
    }
    Completion.of(
            request,
            content == null ? "" : content.type(),
            content == null || content.file() == null ? 0 : content.file().size(),
            typed)
        .complete(builder, uids);
    try (Spool.Writer out = archive.spool().open()) {
      new Edit.Edited(builder.build(), values).write(TransferSyntax.of(syntax), out);
      return out.finish();
    }
  }

  /** Gray pixels may be meant the other way round. */
  private static boolean staysAsGiven(Element element, DataSet given) {
    return element.tag() == Tag.PhotometricInterpretation
        && GRAY.contains(element.text(SpecificCharacterSet.ASCII))
        && given
            .ascii(Tag.PhotometricInterpretation)
            .map(String::strip)
            .filter(GRAY::contains)
            .isPresent();
  }

  private static void number(DataSet.Builder builder, int number, int count) {
    builder.put(Elements.text(Tag.InstanceNumber, Integer.toString(number + 1)));
    builder.put(Elements.unsigned(Tag.ImageIndex, number + 1));
    builder.put(Elements.text(Tag.ImagesInAcquisition, Integer.toString(count)));
    builder.put(Elements.text(Tag.NumberOfTemporalPositions, "1"));
  }
}
