package org.ithil.web.change;

import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.ithil.archive.change.Change;
import org.ithil.archive.change.ChangePage;
import org.ithil.archive.change.ChangeQuery;
import org.ithil.archive.change.ChangeType;
import org.ithil.archive.index.Index;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Request;
import org.ithil.web.route.Route;
import org.ithil.web.system.Timestamps;

/** {@code /changes}: the log, with GET, and its clearing, with DELETE. */
public final class ChangeRoutes {
  private static final int DEFAULT_LIMIT = 100;

  /** Types that clients may ask for, but that are never logged. */
  private static final Set<String> NEVER_LOGGED = Set.of("Deleted", "NewChildInstance");

  private final Index index;
  private final int mostAtOnce;

  /**
   * The routes.
   *
   * @param mostAtOnce what a client that asks for more is given; it goes on as after every answer
   */
  public ChangeRoutes(Index index, int mostAtOnce) {
    this.index = index;
    this.mostAtOnce = mostAtOnce;
  }

  /** All of them. */
  public List<Route> routes() {
    return List.of(Route.get("/changes", this::list), Route.delete("/changes", request -> clear()));
  }

  private Answer clear() {
    index.write(writer -> {
      writer.clearChanges();
      return true;
    });
    return Answer.done();
  }

  private Answer list(Request request) {
    if (request.arguments().given("last")) {
      return answer(index.read(reader -> reader.lastChange()));
    }
    Set<ChangeType> types = EnumSet.noneOf(ChangeType.class);
    boolean nothing = false;
    String wanted = request.arguments().get("type");
    if (wanted != null) {
      for (String name : wanted.split(";", -1)) {
        if (NEVER_LOGGED.contains(name)) {
          nothing = true;
        } else if (!name.isEmpty()) {
          types.add(
              ChangeType.of(name)
                  .orElseThrow(() ->
                      ApiException.of(
                          ErrorCode.PARAMETER_OUT_OF_RANGE,
                          "Invalid value for a change: " + name)));
        }
      }
    }
    // Of types that are never logged there is nothing, wherever one looks.
    OptionalLong since =
        nothing && types.isEmpty()
            ? OptionalLong.of(Long.MAX_VALUE)
            : request.arguments().number("since");
    ChangeQuery query =
        new ChangeQuery(
            since,
            nothing && types.isEmpty() ? OptionalLong.empty() : request.arguments().number("to"),
            (int) Math.min(mostAtOnce, request.arguments().number("limit").orElse(DEFAULT_LIMIT)),
            types);
    return answer(index.read(reader -> reader.changes(query)));
  }

  private static Answer answer(ChangePage page) {
    return Answer.json(json -> {
      json.beginObject().name("Changes").beginArray();
      for (Change change : page.changes()) {
        json.beginObject()
            .member("ChangeType", change.type().label())
            .member("Date", Timestamps.utc(change.date()))
            .member("ID", change.resource().toString())
            .member("Path", "/" + change.level().plural() + "/" + change.resource())
            .member("ResourceType", change.level().type())
            .member("Seq", change.sequence())
            .endObject();
      }
      json.endArray().member("Done", page.done());
      if (!page.changes().isEmpty()) {
        json.member("First", page.changes().getFirst().sequence());
      }
      json.member("Last", page.last()).endObject();
    });
  }
}
