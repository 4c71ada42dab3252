package org.ithil.archive.editing;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.resource.Level;
import org.ithil.archive.setting.DefaultCharacterSet;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Tags;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.edit.Edit;
import org.ithil.dicom.edit.ElementText;
import org.ithil.dicom.edit.ElementText.DataUri;
import org.ithil.dicom.edit.Recoding;
import org.ithil.dicom.edit.TagPath;
import org.ithil.dicom.edit.UidMapping;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.io.DicomFile;
import org.ithil.dicom.text.SpecificCharacterSet;

/**
 * A modification, in this order: references to what gets new UIDs; private tags; Remove; the
 * character set; Replace; identifiers; and then what is removed from and replaced in items.
 */
final class Modification implements Edit {
  /** A tag that tells resources of a level apart. */
  private record Identifier(int tag, Level level) {}

  private static final List<Identifier> UIDS =
      List.of(
          new Identifier(Tag.SOPInstanceUID, Level.INSTANCE),
          new Identifier(Tag.SeriesInstanceUID, Level.SERIES),
          new Identifier(Tag.StudyInstanceUID, Level.STUDY));

  private static final String PICTURE = "image/";

  /** What all modifications have around them. */
  record Surroundings(
      Dictionary dictionary, DefaultCharacterSet encoding, Pictures pictures, Covered covered) {}

  private final EditRequest request;
  private final Surroundings around;
  private final Level level;
  private final UidMapping uids;

  Modification(EditRequest request, Surroundings around, Level level, UidMapping uids) {
    this.request = request;
    this.around = around;
    this.level = level;
    this.uids = uids;
  }

  @Override
  public Edited apply(DicomFile file) {
    DataSet source = file.dataSet();
    SpecificCharacterSet fallback = around.encoding.get();
    SpecificCharacterSet before = source.characterSet(fallback);
    DataSet.Builder kept = followed(source).toBuilder();
    if (request.removePrivateTags()) {
      source.forEach(element -> removeIfPrivate(kept, element.tag()));
    }
    for (TagPath path : request.remove()) {
      if (path.isOutermost()) {
        kept.remove(path.tag());
      }
    }
    DataSet edited = kept.build();
    Optional<SpecificCharacterSet> wanted = wantedCharacterSet();
    if (request.convertText() && wanted.isPresent()) {
      edited = Recoding.recode(edited, file.values(), before, wanted.get());
    }
    Replacement replacement =
        new Replacement(
            new TagsJson(around.dictionary, request.options(isSigned(source))),
            wanted.orElse(before));
    edited = replacement.outermost(edited);
    edited = withIdentifiers(edited, source);
    for (TagPath path : request.remove()) {
      if (!path.isOutermost()) {
        edited = path.change(edited, item -> item.toBuilder().remove(path.tag()).build());
      }
    }
    return new Edited(replacement.inItems(edited), file.values());
  }

  private static void removeIfPrivate(DataSet.Builder builder, int tag) {
    if (Tags.isPrivate(tag)) {
      builder.remove(tag);
    }
  }

  /** Pixel Representation (0028,0103) of the data set as it will be. */
  private boolean isSigned(DataSet source) {
    String replaced = request.replacement(Tag.PixelRepresentation);
    return replaced == null
        ? source.integer(Tag.PixelRepresentation).orElse(0) == 1
        : replaced.strip().equals("1");
  }

  /** The set in which new text is to be written; empty if none is asked for, or it is not known. */
  private Optional<SpecificCharacterSet> wantedCharacterSet() {
    String text = request.replacement(Tag.SpecificCharacterSet);
    if (text == null || text.isBlank()) {
      return Optional.empty();
    }
    List<String> terms = Stream.of(text.split("\\\\", -1)).map(String::strip).toList();
    boolean known =
        terms.stream().skip(1).allMatch(SpecificCharacterSet::isKnown)
            && (SpecificCharacterSet.isKnown(terms.getFirst())
                || terms.size() > 1 && terms.getFirst().isEmpty());
    return known ? Optional.of(SpecificCharacterSet.of(terms)) : Optional.empty();
  }

  private final class Replacement {
    private final TagsJson tags;
    private final SpecificCharacterSet characterSet;

    Replacement(TagsJson tags, SpecificCharacterSet characterSet) {
      this.tags = tags;
      this.characterSet = characterSet;
    }

    DataSet outermost(DataSet dataSet) {
      DataSet.Builder builder = dataSet.toBuilder();
      request
          .replace()
          .forEach((path, value) -> {
            if (path.isOutermost()) {
              replace(builder, path.tag(), value);
            }
          });
      return builder.build();
    }

    private void replace(DataSet.Builder builder, int tag, JsonValue value) {
      if (tag == Tag.PixelData
          && value instanceof JsonValue.Text(String text)
          && DataUri.parse(text).orElse(null) instanceof DataUri uri) {
        replacePixels(builder, uri);
        return;
      }
      Element element = tags.element(tag, value, characterSet);
      if (TagsJson.isOfDataSet(tag)) {
        builder.put(element);
      }
    }

    /** Raw pixels, or those of a picture, which brings its description with it. */
    private void replacePixels(DataSet.Builder builder, DataUri uri) {
      builder.remove(Tag.ExtendedOffsetTable).remove(Tag.ExtendedOffsetTableLengths);
      if (uri.type().startsWith(PICTURE)) {
        for (Element element : around.pictures.pixels(uri.type(), uri.bytes())) {
          builder.put(element);
        }
        if (builder.get(Tag.NumberOfFrames) != null) {
          builder.put(
              new ElementText(around.dictionary)
                  .of(Tag.NumberOfFrames, Vr.IS, "1", SpecificCharacterSet.ASCII));
        }
        return;
      }
      int allocated = builder.build().integer(Tag.BitsAllocated).orElse(8);
      byte[] bytes = uri.bytes();
      byte[] even = bytes.length % 2 == 0 ? bytes : Arrays.copyOf(bytes, bytes.length + 1);
      builder.put(new Element(Tag.PixelData, allocated > 8 ? Vr.OW : Vr.OB, new Value.Bytes(even)));
    }

    DataSet inItems(DataSet dataSet) {
      DataSet edited = dataSet;
      for (Map.Entry<TagPath, JsonValue> replaced : request.replace().entrySet()) {
        TagPath path = replaced.getKey();
        if (!path.isOutermost() && TagsJson.isOfDataSet(path.tag())) {
          JsonValue value = replaced.getValue();
          edited =
              path.change(
                  edited,
                  item ->
                      item.with(tags.element(path.tag(), value, item.characterSet(characterSet))));
        }
      }
      return edited;
    }
  }

  private DataSet withIdentifiers(DataSet edited, DataSet source) {
    DataSet.Builder builder = edited.toBuilder();
    for (Identifier own : UIDS) {
      if (isRenamed(own)) {
        builder.put(References.uids(own.tag, uids.map(uid(source, own.tag))));
      }
    }
    return builder.build();
  }

  /** Whether the UIDs of a level are made anew. */
  private boolean isRenamed(Identifier of) {
    return !of.level.isAbove(level) && !request.replaces(of.tag) && !request.keeps(of.tag);
  }

  private static String uid(DataSet dataSet, int tag) {
    return dataSet.ascii(tag).map(String::strip).orElse("");
  }

  private DataSet followed(DataSet source) {
    References references = new References(around.covered, this::renamed);
    Set<String> frames = framesToFollow(source, references);
    DataSet followed = references.follow(source);
    String frame = request.replacement(Tag.FrameOfReferenceUID);
    return frame == null || frame.isBlank()
        ? followed
        : References.followFrames(followed, frames, frame);
  }

  private String renamed(Level ofLevel, String uid) {
    for (Identifier each : UIDS) {
      if (each.level == ofLevel) {
        String replaced = request.replacement(each.tag);
        if (replaced != null) {
          return replaced.isBlank() ? uid : replaced.replace(" ", "");
        }
        return isRenamed(each) ? uids.map(uid) : uid;
      }
    }
    return uid;
  }

  private Set<String> framesToFollow(DataSet source, References references) {
    if (request.replacement(Tag.FrameOfReferenceUID) == null) {
      return Set.of();
    }
    Set<String> frames = new HashSet<>(references.frames(source));
    frames.add(uid(source, Tag.FrameOfReferenceUID));
    frames.remove("");
    return frames;
  }
}
