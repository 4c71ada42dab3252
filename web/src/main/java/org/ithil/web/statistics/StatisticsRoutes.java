package org.ithil.web.statistics;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.ithil.archive.index.Index;
import org.ithil.archive.json.JsonWriter;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;
import org.ithil.archive.statistics.Statistics;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Request;
import org.ithil.web.route.Route;

/** {@code /statistics} and {@code /studies/{id}/statistics} and its like. */
public final class StatisticsRoutes {
  private final Index index;

  public StatisticsRoutes(Index index) {
    this.index = index;
  }

  /** All of them. */
  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    routes.add(Route.get("/statistics", this::all));
    for (Level level : Level.values()) {
      routes.add(
          Route.get("/" + level.plural() + "/{id}/statistics", request -> single(request, level)));
    }
    return routes;
  }

  private Answer all(Request request) {
    Statistics all = index.read(reader -> reader.statistics());
    return Answer.json(json -> {
      json.beginObject()
          .member("CountInstances", all.instances())
          .member("CountPatients", all.patients())
          .member("CountSeries", all.series())
          .member("CountStudies", all.studies());
      size(json, "TotalDiskSize", all.diskSize());
      size(json, "TotalUncompressedSize", all.uncompressedSize());
      json.endObject();
    });
  }

  /** An unknown resource has nothing, which is no error. */
  private Answer single(Request request, Level level) {
    Statistics one =
        ResourceId.parse(request.variable("id"))
            .flatMap(id -> index.read(reader -> reader.statistics(level, id)))
            .orElse(Statistics.NONE);
    return Answer.json(json -> {
      json.beginObject();
      if (level.isAbove(Level.INSTANCE)) {
        json.member("CountInstances", one.instances());
      }
      if (level.isAbove(Level.SERIES)) {
        json.member("CountSeries", one.series());
      }
      if (level.isAbove(Level.STUDY)) {
        json.member("CountStudies", one.studies());
      }
      size(json, "DicomDiskSize", one.dicomDiskSize());
      size(json, "DicomUncompressedSize", one.dicomUncompressedSize());
      size(json, "DiskSize", one.diskSize());
      size(json, "UncompressedSize", one.uncompressedSize());
      json.endObject();
    });
  }

  private static void size(JsonWriter json, String name, long bytes) throws IOException {
    json.member(name, Long.toString(bytes)).member(name + "MB", bytes >> 20);
  }
}
