package org.ithil.web.query;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ithil.archive.json.JsonFormatException;
import org.ithil.archive.json.JsonReader;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.json.JsonWriter;
import org.ithil.archive.resource.Level;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.text.SpecificCharacterSet;
import org.ithil.services.modality.Modality;
import org.ithil.services.modality.ModalityClient.Call;
import org.ithil.services.modality.ModalityException;
import org.ithil.services.query.Finder;
import org.ithil.services.query.QueryClient;
import org.ithil.services.query.QueryKeys;
import org.ithil.web.body.JsonBody;
import org.ithil.web.error.ApiException;
import org.ithil.web.modality.KnownModalities;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Request;
import org.ithil.web.route.Route;
import org.ithil.web.tags.TagChoice;
import org.ithil.web.tags.TagForm;
import org.ithil.web.tags.TagWriter;

/**
 * The older routes that ask a modality, {@code /modalities/{id}/find-...}: they answer at once, and
 * remember nothing. Each asks for a fixed set of keys. Failures of the network are 400 without a
 * word.
 */
public final class FindRoutes {
  private static final ByteSource NOTHING = ByteSource.of(new byte[0]);
  private static final long ANSWER_LIMIT = 64L << 20;

  private final KnownModalities modalities;
  private final QueryClient client;
  private final KeysJson keys;
  private final TagWriter writer;

  public FindRoutes(KnownModalities modalities, QueryClient client, Dictionary dictionary) {
    this.modalities = modalities;
    this.client = client;
    this.keys = new KeysJson(dictionary, client.identifier());
    this.writer =
        new TagWriter(dictionary, SpecificCharacterSet.UTF_8, TagChoice.of(TagForm.SIMPLIFIED));
  }

  /** All of them. */
  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    for (Level level : Level.values()) {
      String name = level.type().toLowerCase(java.util.Locale.ROOT);
      routes.add(Route.post("/modalities/{id}/find-" + name, r -> find(r, level)));
    }
    routes.add(Route.post("/modalities/{id}/find", this::all));
    return List.copyOf(routes);
  }

  /** What is asked for at a level. */
  private static Set<Integer> template(Level level) {
    return switch (level) {
      case PATIENT ->
          Set.of(
              Tag.PatientID,
              Tag.PatientName,
              Tag.PatientBirthDate,
              Tag.PatientSex,
              Tag.OtherPatientIDs);
      case STUDY ->
          Set.of(
              Tag.PatientID,
              Tag.StudyInstanceUID,
              Tag.AccessionNumber,
              Tag.StudyDate,
              Tag.StudyTime,
              Tag.StudyID,
              Tag.StudyDescription,
              Tag.ReferringPhysicianName);
      case SERIES ->
          Set.of(
              Tag.PatientID,
              Tag.StudyInstanceUID,
              Tag.AccessionNumber,
              Tag.SeriesInstanceUID,
              Tag.SeriesNumber,
              Tag.SeriesDate,
              Tag.SeriesTime,
              Tag.SeriesDescription,
              Tag.Modality,
              Tag.BodyPartExamined,
              Tag.ProtocolName,
              Tag.OperatorsName,
              Tag.PerformedProcedureStepDescription);
      case INSTANCE ->
          Set.of(
              Tag.PatientID,
              Tag.StudyInstanceUID,
              Tag.AccessionNumber,
              Tag.SeriesInstanceUID,
              Tag.SOPInstanceUID,
              Tag.InstanceNumber,
              Tag.InstanceCreationDate,
              Tag.InstanceCreationTime);
    };
  }

  /** The keys of a level, with those values that were given. */
  private static QueryKeys completed(Level level, QueryKeys given) {
    SortedMap<Integer, String> texts = new TreeMap<>(Integer::compareUnsigned);
    Set<Integer> template = template(level);
    template.forEach(tag -> texts.put(tag, ""));
    QueryKeys fit = new QueryKeys(level, given.texts()).keepingComputedAnd(template);
    texts.putAll(fit.texts());
    return new QueryKeys(level, texts).withFileNames();
  }

  private Answer find(Request request, Level level) throws IOException {
    Modality modality = modalities.of(request);
    QueryKeys wanted = completed(level, given(request, level));
    if (!isNarrow(wanted)) {
      throw ApiException.bare(400);
    }
    List<DataSet> answers = new ArrayList<>();
    try (Finder finder = client.open(modality, Call.USUAL)) {
      answers.addAll(finder.find(wanted.adapted(modality.manufacturer())));
      finder.release();
    } catch (ModalityException e) {
      throw ApiException.bare(400);
    }
    return Answer.json(json -> {
      json.beginArray();
      for (DataSet answer : answers) {
        writer.write(answer, NOTHING, json);
      }
      json.endArray();
    });
  }

  /** What is below patients is not asked for without saying whose it is. */
  private static boolean isNarrow(QueryKeys wanted) {
    return switch (wanted.level()) {
      case PATIENT -> true;
      case STUDY -> names(wanted, Tag.PatientID) || names(wanted, Tag.AccessionNumber);
      case SERIES ->
          (names(wanted, Tag.PatientID) || names(wanted, Tag.AccessionNumber))
              && names(wanted, Tag.StudyInstanceUID);
      case INSTANCE ->
          (names(wanted, Tag.PatientID) || names(wanted, Tag.AccessionNumber))
              && names(wanted, Tag.StudyInstanceUID)
              && names(wanted, Tag.SeriesInstanceUID);
    };
  }

  private static boolean names(QueryKeys wanted, int tag) {
    return !wanted.texts().getOrDefault(tag, "").replace("*", "").isBlank();
  }

  private QueryKeys given(Request request, Level level) throws IOException {
    try {
      if (JsonBody.value(request) instanceof JsonValue.Members object) {
        return keys.resource(level, object);
      }
    } catch (JsonFormatException e) {
      // As below.
    }
    throw ApiException.bare(400);
  }

  /** Patients, in each its studies, in each its series. */
  private Answer all(Request request) throws IOException {
    Modality modality = modalities.of(request);
    QueryKeys given = given(request, Level.PATIENT);
    try (Finder finder = client.open(modality, Call.USUAL)) {
      JsonValue patients = below(finder, modality, Level.PATIENT, given);
      finder.release();
      return Answer.json(patients);
    } catch (ModalityException e) {
      throw ApiException.bare(400);
    }
  }

  private JsonValue below(Finder finder, Modality modality, Level level, QueryKeys given)
      throws IOException {
    List<JsonValue> found = new ArrayList<>();
    QueryKeys wanted = completed(level, given).adapted(modality.manufacturer());
    for (DataSet answer : finder.find(wanted)) {
      JsonValue.Members json = json(answer);
      if (level == Level.PATIENT || level == Level.STUDY) {
        QueryKeys narrower = given;
        for (int tag : QueryKeys.unique(level)) {
          String value = answer.text(tag, SpecificCharacterSet.UTF_8).orElse("");
          narrower = narrower.with(tag, value);
        }
        Level next = level == Level.PATIENT ? Level.STUDY : Level.SERIES;
        Map<String, JsonValue> members = new TreeMap<>(json.members());
        members.put(
            next == Level.STUDY ? "Studies" : "Series", below(finder, modality, next, narrower));
        json = JsonValue.object(members);
      }
      found.add(json);
    }
    return new JsonValue.Items(found);
  }

  private JsonValue.Members json(DataSet answer) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonWriter json = new JsonWriter(bytes)) {
      writer.write(answer, NOTHING, json);
    }
    ByteArrayInputStream in = new ByteArrayInputStream(bytes.toByteArray());
    return (JsonValue.Members) new JsonReader(ANSWER_LIMIT).read(in);
  }
}
