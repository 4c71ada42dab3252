package org.ithil.web.resource;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.ithil.archive.json.JsonWriter;
import org.ithil.archive.resource.Attachment;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.Metadata;
import org.ithil.archive.resource.Resource;
import org.ithil.archive.resource.ResourceId;
import org.ithil.dicom.data.Tags;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.web.tags.RequestedTags;
import org.ithil.web.tags.TagForm;
import org.jspecify.annotations.Nullable;

/** Writes descriptions of resources. */
final class ResourceWriter {
  private static final Set<ResponseContent> USUAL =
      EnumSet.complementOf(EnumSet.of(ResponseContent.METADATA, ResponseContent.ATTACHMENTS));

  private final Dictionary dictionary;
  private final Metadata metadata;
  private final RequestedTags requestedTags;

  /**
   * How descriptions are written.
   *
   * @param parts what is asked for; null for the usual description
   * @param requested tags besides the main ones
   */
  record Form(TagForm tags, @Nullable Set<ResponseContent> parts, List<Integer> requested) {}

  ResourceWriter(Dictionary dictionary, Metadata metadata, RequestedTags requestedTags) {
    this.dictionary = dictionary;
    this.metadata = metadata;
    this.requestedTags = requestedTags;
  }

  /** Writes one description. Reads files if tags are requested that the index has not. */
  void write(JsonWriter json, Described described, Form form) throws IOException {
    Resource resource = described.resource();
    boolean usual = form.parts() == null;
    Set<ResponseContent> parts = form.parts() == null ? USUAL : form.parts();
    boolean series = resource.level() == Level.SERIES;
    boolean instance = resource.level() == Level.INSTANCE;
    json.beginObject();
    if (usual) {
      origin(json, "AnonymizedFrom", resource, Metadata.ANONYMIZED_FROM);
    }
    if (parts.contains(ResponseContent.ATTACHMENTS)) {
      attachments(json, described.attachments());
    }
    if (usual && series) {
      number(json, "ExpectedNumberOfInstances", resource.expectedNumberOfInstances());
    }
    Attachment file = resource.file();
    if (usual && instance && file != null) {
      json.member("FileSize", file.size()).member("FileUuid", file.uuid().toString());
    }
    json.member("ID", resource.id().toString());
    if (usual && instance) {
      number(json, "IndexInSeries", resource.indexInSeries());
    }
    boolean children = parts.contains(ResponseContent.CHILDREN);
    if (children && series) {
      ids(json, "Instances", resource.children());
    }
    if (parts.contains(ResponseContent.IS_PROTECTED) && resource.level() == Level.PATIENT) {
      json.member("IsProtected", resource.isProtected());
    }
    if (parts.contains(ResponseContent.IS_STABLE) && !instance) {
      json.member("IsStable", resource.stable());
    }
    if (parts.contains(ResponseContent.LABELS)) {
      json.member("Labels", resource.labels());
    }
    if (usual && !instance) {
      json.member("LastUpdate", resource.metadata(Metadata.LAST_UPDATE).orElse(""));
    }
    if (parts.contains(ResponseContent.MAIN_DICOM_TAGS)) {
      json.name("MainDicomTags");
      tags(json, resource.mainTags(), form.tags());
    }
    if (parts.contains(ResponseContent.METADATA)) {
      metadata(json, resource);
    }
    if (usual) {
      origin(json, "ModifiedFrom", resource, Metadata.MODIFIED_FROM);
    }
    lower(json, resource, parts, form);
    if (parts.contains(ResponseContent.STATUS) && series) {
      json.member("Status", described.status().label());
    }
    if (children && resource.level() == Level.PATIENT) {
      ids(json, "Studies", resource.children());
    }
    json.member("Type", resource.level().type()).endObject();
  }

  /** The members from "Parent..." on. */
  private void lower(JsonWriter json, Resource resource, Set<ResponseContent> parts, Form form)
      throws IOException {
    ResourceId parent = resource.parent();
    if (parts.contains(ResponseContent.PARENT) && parent != null) {
      json.member("Parent" + resource.level().parent().orElseThrow().type(), parent.toString());
    }
    if (parts.contains(ResponseContent.MAIN_DICOM_TAGS) && resource.level() == Level.STUDY) {
      json.name("PatientMainDicomTags");
      tags(json, resource.patientTags(), form.tags());
    }
    if (!form.requested().isEmpty()) {
      json.member("RequestedTags", requestedTags.of(resource, form.requested(), form.tags()));
    }
    boolean children = parts.contains(ResponseContent.CHILDREN);
    if (children && resource.level() == Level.STUDY) {
      ids(json, "Series", resource.children());
    }
  }

  private static void origin(JsonWriter json, String name, Resource resource, int number)
      throws IOException {
    String text = resource.metadata(number).orElse(null);
    if (text != null) {
      json.member(name, text);
    }
  }

  private static void number(JsonWriter json, String name, OptionalInt number) throws IOException {
    json.name(name);
    if (number.isPresent()) {
      json.value(number.getAsInt());
    } else {
      json.nullValue();
    }
  }

  private static void ids(JsonWriter json, String name, List<ResourceId> ids) throws IOException {
    json.name(name).beginArray();
    for (ResourceId id : ids) {
      json.value(id.toString());
    }
    json.endArray();
  }

  private static void attachments(JsonWriter json, List<Attachment> attachments)
      throws IOException {
    json.name("Attachments").beginArray();
    for (Attachment attachment : attachments) {
      json.beginObject()
          .member("CompressedMD5", attachment.storedMd5().orElse(""))
          .member("CompressedSize", attachment.storedSize())
          .member("ContentType", attachment.contentType())
          .member("UncompressedMD5", attachment.md5().orElse(""))
          .member("UncompressedSize", attachment.size())
          .member("Uuid", attachment.uuid().toString())
          .endObject();
    }
    json.endArray();
  }

  private void metadata(JsonWriter json, Resource resource) throws IOException {
    TreeMap<String, String> named = new TreeMap<>();
    resource.metadata().forEach((number, entry) -> named.put(metadata.name(number), entry.text()));
    json.name("Metadata").beginObject();
    for (Map.Entry<String, String> entry : named.entrySet()) {
      json.member(entry.getKey(), entry.getValue());
    }
    json.endObject();
  }

  private void tags(JsonWriter json, Map<Integer, String> tags, TagForm form) throws IOException {
    json.beginObject();
    switch (form) {
      case SIMPLIFIED -> {
        TreeMap<String, String> named = new TreeMap<>();
        tags.forEach((tag, text) -> named.put(dictionary.nameOf(tag, null), text));
        for (Map.Entry<String, String> entry : named.entrySet()) {
          json.member(entry.getKey(), entry.getValue());
        }
      }
      case SHORT -> {
        for (Map.Entry<Integer, String> entry : tags.entrySet()) {
          json.member(Tags.format(entry.getKey()), entry.getValue());
        }
      }
      case FULL -> {
        for (Map.Entry<Integer, String> entry : tags.entrySet()) {
          json.name(Tags.format(entry.getKey()))
              .beginObject()
              .member("Name", dictionary.nameOf(entry.getKey(), null))
              .member("Type", "String")
              .member("Value", entry.getValue())
              .endObject();
        }
      }
    }
    json.endObject();
  }
}
