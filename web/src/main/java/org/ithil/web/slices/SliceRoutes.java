package org.ithil.web.slices;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.ithil.archive.index.Index;
import org.ithil.archive.index.IndexReader;
import org.ithil.archive.json.JsonWriter;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Request;
import org.ithil.web.route.Route;

/**
 * The route {@code /series/{id}/ordered-slices}. An order needs all of its slices: some 200 bytes
 * of memory for each instance of the series, whose tags are read one after the other.
 */
public final class SliceRoutes {
  private final Index index;

  public SliceRoutes(Index index) {
    this.index = index;
  }

  public List<Route> routes() {
    return List.of(Route.get("/series/{id}/ordered-slices", this::orderedSlices));
  }

  private Answer orderedSlices(Request request) {
    String text = request.variable("id");
    ResourceId id = request.resource();
    List<Slice> slices = index.read(reader -> slices(reader, id));
    SliceOrder order =
        SliceOrder.of(slices)
            .orElseThrow(() ->
                ApiException.of(
                    ErrorCode.CANNOT_ORDER_SLICES, "Unable to order the slices of series " + text));
    return Answer.json(json -> write(order, json));
  }

  /** Those of a series, by identifier: a small record for each of its instances. */
  private static List<Slice> slices(IndexReader reader, ResourceId series) {
    if (!reader.exists(Level.SERIES, series)) {
      throw ApiException.unknownResource();
    }
    List<Slice> slices = new ArrayList<>();
    reader.forEachDescendant(
        Level.SERIES,
        series,
        Level.INSTANCE,
        instance -> slices.add(Slice.of(instance.id(), instance.mainTags())));
    slices.sort(Comparator.comparing(Slice::id));
    return slices;
  }

  private static void write(SliceOrder order, JsonWriter json) throws IOException {
    json.beginObject().name("Dicom").beginArray();
    for (Slice slice : order.slices()) {
      json.value("/instances/" + slice.id() + "/file");
    }
    json.endArray().name("Slices").beginArray();
    for (Slice slice : order.slices()) {
      for (long frame = 0; frame < slice.frames(); frame++) {
        json.value("/instances/" + slice.id() + "/frames/" + frame);
      }
    }
    json.endArray().name("SlicesShort").beginArray();
    for (Slice slice : order.slices()) {
      json.beginArray().value(slice.id().toString()).value(0).value(slice.frames()).endArray();
    }
    json.endArray().member("Type", order.volume() ? "Volume" : "Sequence").endObject();
  }
}
