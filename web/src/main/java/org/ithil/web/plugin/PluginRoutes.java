package org.ithil.web.plugin;

import java.util.List;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Request;
import org.ithil.web.route.Route;

/**
 * {@code /plugins}. What is a plugin of the reference is a part of this server; clients, and other
 * servers, look here whether it is there.
 */
public final class PluginRoutes {
  private final List<Plugin> plugins;
  private final String version;

  /**
   * A capability.
   *
   * @param id by which clients look for it
   * @param description one line for people
   */
  public record Plugin(String id, String description) {
    /** Transfers between servers. */
    public static final Plugin TRANSFERS =
        new Plugin(
            "transfers",
            "Accelerates transfers and provides storage commitment between Orthanc peers");
  }

  /**
   * Routes that list capabilities.
   *
   * @param version of this server
   */
  public PluginRoutes(List<Plugin> plugins, String version) {
    this.plugins = List.copyOf(plugins);
    this.version = version;
  }

  /** All of them. */
  public List<Route> routes() {
    return List.of(Route.get("/plugins", this::list), Route.get("/plugins/{id}", this::describe));
  }

  private Answer list(Request request) {
    List<String> ids = plugins.stream().map(Plugin::id).toList();
    return Answer.json(json -> json.texts(ids));
  }

  private Answer describe(Request request) {
    for (Plugin plugin : plugins) {
      if (plugin.id().equals(request.variable("id"))) {
        return Answer.json(json ->
            json.beginObject()
                .member("Description", plugin.description())
                .member("ExtendsOrthancExplorer", false)
                .member("ID", plugin.id())
                .member("Version", version)
                .endObject());
      }
    }
    return Answer.empty(404);
  }
}
