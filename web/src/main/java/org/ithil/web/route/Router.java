package org.ithil.web.route;

import java.util.List;

/** Finds the route of a request and answers by it; failures become error answers here. */
public final class Router {
  /** A router over those routes. */
  public Router(List<Route> routes) {
    this.routes = List.copyOf(routes);
  }

  private final List<Route> routes;

  /** The routes, in the order in which they were given. */
  public List<Route> routes() {
    return routes;
  }
}
