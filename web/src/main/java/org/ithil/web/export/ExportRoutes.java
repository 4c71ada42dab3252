package org.ithil.web.export;

import java.io.IOException;
import java.util.List;
import org.ithil.archive.export.Export;
import org.ithil.archive.export.ExportPage;
import org.ithil.archive.index.Index;
import org.ithil.archive.json.JsonWriter;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Request;
import org.ithil.web.route.Route;
import org.ithil.web.system.Timestamps;

/** {@code /exports}: the log, with GET, and its clearing, with DELETE. */
public final class ExportRoutes {
  private static final int DEFAULT_LIMIT = 100;

  private final Index index;

  public ExportRoutes(Index index) {
    this.index = index;
  }

  /** All of them. */
  public List<Route> routes() {
    return List.of(Route.get("/exports", this::list), Route.delete("/exports", request -> clear()));
  }

  private Answer clear() {
    index.write(writer -> {
      writer.clearExports();
      return true;
    });
    return Answer.done();
  }

  private Answer list(Request request) {
    if (request.arguments().given("last")) {
      return answer(index.read(reader -> reader.lastExport()), 0);
    }
    long since = request.arguments().number("since").orElse(0);
    int limit =
        (int)
            Math.min(Integer.MAX_VALUE, request.arguments().number("limit").orElse(DEFAULT_LIMIT));
    return answer(index.read(reader -> reader.exports(since, limit)), since);
  }

  /**
   * The answer with a page.
   *
   * @param since what stands as {@code Last} if there is nothing
   */
  private static Answer answer(ExportPage page, long since) {
    return Answer.json(json -> {
      json.beginObject().member("Done", page.done()).name("Exports").beginArray();
      for (Export export : page.exports()) {
        write(json, export);
      }
      json.endArray();
      if (!page.exports().isEmpty()) {
        json.member("First", page.exports().getFirst().sequence());
      }
      json.member("Last", page.exports().isEmpty() ? since : page.last()).endObject();
    });
  }

  private static void write(JsonWriter json, Export export) throws IOException {
    json.beginObject()
        .member("Date", Timestamps.utc(export.date()))
        .member("ID", export.resource().toString())
        .member("Path", "/" + export.level().plural() + "/" + export.resource());
    identifier(json, "PatientID", export, Tag.PatientID);
    json.member("RemoteModality", export.remote()).member("ResourceType", export.level().type());
    identifier(json, "SOPInstanceUID", export, Tag.SOPInstanceUID);
    json.member("Seq", export.sequence());
    identifier(json, "SeriesInstanceUID", export, Tag.SeriesInstanceUID);
    identifier(json, "StudyInstanceUID", export, Tag.StudyInstanceUID);
    json.endObject();
  }

  private static void identifier(JsonWriter json, String name, Export export, int tag)
      throws IOException {
    String text = export.identifiers().get(tag);
    if (text != null) {
      json.member(name, text);
    }
  }
}
