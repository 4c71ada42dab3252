package org.ithil.web.tags;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.ithil.archive.index.Index;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;
import org.ithil.archive.retrieval.Retrieval;
import org.ithil.archive.setting.DefaultCharacterSet;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.io.DicomFile;
import org.ithil.dicom.text.SpecificCharacterSet;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Request;
import org.ithil.web.route.Route;

/**
 * The routes that show tags: {@code /instances/{id}/tags}, {@code simplified-tags} and {@code
 * header}; at all levels {@code instances-tags}, {@code shared-tags} and {@code module}. Answers
 * are written while files are read, one at a time.
 */
public final class TagRoutes {
  private final Instances instances;
  private final Dictionary dictionary;
  private final DefaultCharacterSet encoding;

  public TagRoutes(
      Index index, Retrieval retrieval, Dictionary dictionary, DefaultCharacterSet encoding) {
    this.instances = new Instances(index, retrieval);
    this.dictionary = dictionary;
    this.encoding = encoding;
  }

  /** All of them. */
  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    routes.add(Route.get("/instances/{id}/tags", this::tags));
    routes.add(Route.get("/instances/{id}/simplified-tags", this::simplifiedTags));
    routes.add(Route.get("/instances/{id}/header", this::header));
    for (Level level : Level.values()) {
      String path = "/" + level.plural() + "/{id}/";
      routes.add(Route.get(path + "module", request -> module(request, level, level)));
      if (level != Level.INSTANCE) {
        routes.add(Route.get(path + "instances-tags", request -> instancesTags(request, level)));
        routes.add(Route.get(path + "shared-tags", request -> sharedTags(request, level)));
      }
    }
    routes.add(
        Route.get(
            "/studies/{id}/module-patient",
            request -> module(request, Level.STUDY, Level.PATIENT)));
    return routes;
  }

  private Answer tags(Request request) throws IOException {
    return tags(request, TagForm.of(request.arguments(), TagForm.FULL));
  }

  private Answer simplifiedTags(Request request) throws IOException {
    return tags(request, TagForm.SIMPLIFIED);
  }

  private Answer tags(Request request, TagForm form) throws IOException {
    ResourceId id = request.resource();
    DicomFile header = instances.header(id);
    boolean whole = request.arguments().flag("whole", false);
    TagWriter writer = writer(request, form);
    return Answer.json(json ->
        instances.read(
            id, header, whole, (dataSet, values) -> writer.write(dataSet, values, json)));
  }

  private Answer header(Request request) throws IOException {
    DataSet meta = instances.header(request.resource()).meta();
    TagForm form = TagForm.of(request.arguments(), TagForm.FULL);
    TagWriter writer = new TagWriter(dictionary, encoding.get(), TagChoice.of(form));
    DataSet.Builder texts = new DataSet.Builder();
    for (Element element : meta) {
      if (ElementText.of(element, SpecificCharacterSet.ASCII) != null) {
        texts.put(element);
      }
    }
    DataSet shown = texts.build();
    return Answer.json(json -> writer.write(shown, ByteSource.of(new byte[0]), json));
  }

  private Answer module(Request request, Level level, Level module) throws IOException {
    ResourceId id = instances.first(level, request.resource());
    DicomFile header = instances.header(id);
    TagWriter writer = writer(request, TagForm.of(request.arguments(), TagForm.FULL));
    return Answer.json(json ->
        instances.read(
            id,
            header,
            false,
            (dataSet, values) ->
                writer.write(
                    Modules.of(module, dataSet),
                    dataSet.characterSet(encoding.get()),
                    values,
                    json)));
  }

  private Answer instancesTags(Request request, Level level) {
    List<ResourceId> ids = instances.below(level, request.resource());
    TagWriter writer = writer(request, TagForm.of(request.arguments(), TagForm.FULL));
    return Answer.json(json -> {
      json.beginObject();
      for (ResourceId id : ids) {
        instances.readIfThere(
            id,
            (dataSet, values) -> {
              json.name(id.toString());
              writer.write(dataSet, values, json);
            });
      }
      json.endObject();
    });
  }

  private Answer sharedTags(Request request, Level level) throws IOException {
    List<ResourceId> ids = instances.below(level, request.resource());
    TagForm form = TagForm.of(request.arguments(), TagForm.FULL);
    SharedTags shared = new SharedTags(encoding.get());
    for (ResourceId id : ids) {
      instances.readIfThere(id, (dataSet, values) -> shared.add(dataSet));
    }
    TagWriter writer = new TagWriter(dictionary, encoding.get(), TagChoice.of(form));
    return Answer.json(shared.part(writer, dictionary, form));
  }

  private TagWriter writer(Request request, TagForm form) {
    TagChoice choice =
        new TagChoice(form, TagArgument.ignoreLength(request.arguments(), dictionary));
    return new TagWriter(dictionary, encoding.get(), choice);
  }
}
