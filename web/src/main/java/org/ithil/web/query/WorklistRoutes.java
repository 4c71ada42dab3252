package org.ithil.web.query;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ithil.archive.json.JsonFormatException;
import org.ithil.archive.json.JsonValue;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Tags;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.text.SpecificCharacterSet;
import org.ithil.services.modality.Modality;
import org.ithil.services.modality.ModalityClient.Call;
import org.ithil.services.query.Finder;
import org.ithil.services.query.Identifier;
import org.ithil.services.query.QueryClient;
import org.ithil.web.body.JsonBody;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.ithil.web.modality.KnownModalities;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Request;
import org.ithil.web.route.Route;
import org.ithil.web.tags.TagArgument;
import org.ithil.web.tags.TagChoice;
import org.ithil.web.tags.TagForm;
import org.ithil.web.tags.TagWriter;

/** {@code /modalities/{id}/find-worklist}: asks a modality for items of its worklist. */
public final class WorklistRoutes {
  private static final ByteSource NOTHING = ByteSource.of(new byte[0]);

  private final KnownModalities modalities;
  private final QueryClient client;
  private final Dictionary dictionary;

  public WorklistRoutes(KnownModalities modalities, QueryClient client, Dictionary dictionary) {
    this.modalities = modalities;
    this.client = client;
    this.dictionary = dictionary;
  }

  /** All of them. */
  public List<Route> routes() {
    return List.of(Route.post("/modalities/{id}/find-worklist", this::find));
  }

  private Answer find(Request request) throws IOException {
    JsonBody body = JsonBody.of(object(request));
    JsonValue.Members query = body.object();
    TagForm form = TagForm.SIMPLIFIED;
    if (body.get("Query") instanceof JsonValue.Members given) {
      query = given;
      form =
          body.flag("Short", false)
              ? TagForm.SHORT
              : body.flag("Full", false) ? TagForm.FULL : TagForm.SIMPLIFIED;
    }
    Modality modality = modalities.of(request);
    DataSet identifier = identifier(query);
    List<DataSet> answers;
    try (Finder finder = client.openWorklist(modality, Call.USUAL)) {
      answers = finder.findWorklist(identifier);
      finder.release();
    }
    TagWriter writer = new TagWriter(dictionary, SpecificCharacterSet.UTF_8, TagChoice.of(form));
    return Answer.json(json -> {
      json.beginArray();
      for (DataSet answer : answers) {
        writer.write(answer, NOTHING, json);
      }
      json.endArray();
    });
  }

  private static JsonValue.Members object(Request request) throws IOException {
    try {
      if (JsonBody.value(request) instanceof JsonValue.Members object) {
        return object;
      }
    } catch (JsonFormatException e) {
      throw ApiException.of(ErrorCode.BAD_FILE_FORMAT);
    }
    throw ApiException.of(
        ErrorCode.INTERNAL_ERROR, "An unhandled exception was generated inside the HTTP server");
  }

  private DataSet identifier(JsonValue.Members query) {
    Map<Integer, String> declared = new java.util.HashMap<>();
    query
        .members()
        .forEach((name, value) -> {
          if (value instanceof JsonValue.Text(String text)
              && TagArgument.parse(name, dictionary) == Tag.SpecificCharacterSet) {
            declared.put(Tag.SpecificCharacterSet, text);
          }
        });
    SpecificCharacterSet set = client.identifier().characterSet(declared);
    return dataSet(query, set).toBuilder().put(Identifier.declaration(set)).build();
  }

  private DataSet dataSet(JsonValue.Members object, SpecificCharacterSet set) {
    DataSet.Builder dataSet = new DataSet.Builder();
    object
        .members()
        .forEach(
            (name, value) -> dataSet.put(element(TagArgument.parse(name, dictionary), value, set)));
    return dataSet.build();
  }

  private Element element(int tag, JsonValue value, SpecificCharacterSet set) {
    switch (value) {
      case JsonValue.Text(String text) -> {
        try {
          return client.identifier().element(tag, text, set);
        } catch (IllegalArgumentException e) {
          throw ApiException.of(
              ErrorCode.BAD_FILE_FORMAT, "No value of the tag " + Tags.format(tag) + ": " + text);
        }
      }
      case JsonValue.Items(List<JsonValue> items) -> {
        List<DataSet> sets = new ArrayList<>();
        for (JsonValue item : items) {
          if (!(item instanceof JsonValue.Members object)) {
            throw badType(tag);
          }
          sets.add(dataSet(object, set));
        }
        return new Element(tag, Vr.SQ, new Value.Items(sets));
      }
      case JsonValue.Members _,
          JsonValue.Whole _,
          JsonValue.Real _,
          JsonValue.Flag _,
          JsonValue.Null _ ->
          throw badType(tag);
    }
  }

  private static ApiException badType(int tag) {
    return ApiException.of(
        ErrorCode.BAD_PARAMETER_TYPE, "Bad Parameter type for tag " + Tags.format(tag));
  }
}
