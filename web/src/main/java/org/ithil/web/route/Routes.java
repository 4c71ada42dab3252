package org.ithil.web.route;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The tree of all routes, one level for each segment of a path. Immutable once built. */
final class Routes {
  /** What is at the end of a path. */
  sealed interface Found {}

  /** A route, with the parts of the path that its pattern names. */
  record Match(Route route, Map<String, String> variables, List<String> tail) implements Found {}

  /** Routes, but none for this method. */
  record OtherMethods(Set<Method> allowed) implements Found {}

  /** No route, but the beginning of others: their next segments, sorted. */
  record Folder(SortedSet<String> names) implements Found {}

  /** Nothing at all. */
  record None() implements Found {}

  private static final class Node {
    final Map<String, Node> fixed = new TreeMap<>();
    @Nullable Node variable;
    final Map<Method, Route> routes = new EnumMap<>(Method.class);
    final Map<Method, Route> tails = new EnumMap<>(Method.class);
  }

  private final Node root = new Node();

  Routes(List<Route> routes) {
    routes.forEach(this::add);
  }

  private void add(Route route) {
    Node node = root;
    boolean tail = false;
    for (String segment : route.segments()) {
      if (tail) {
        throw new IllegalArgumentException("something follows the tail of " + route.pattern());
      }
      if (segment.startsWith("{*")) {
        tail = true;
      } else if (segment.startsWith("{")) {
        if (node.variable == null) {
          node.variable = new Node();
        }
        node = node.variable;
      } else {
        node = node.fixed.computeIfAbsent(segment, s -> new Node());
      }
    }
    if ((tail ? node.tails : node.routes).put(route.method(), route) != null) {
      throw new IllegalArgumentException("two routes for " + route.method() + route.pattern());
    }
  }

  Found find(Method method, List<String> path) {
    Set<Method> allowed = EnumSet.noneOf(Method.class);
    Route route = find(root, method, path, 0, allowed);
    if (route != null) {
      return match(route, path);
    }
    if (!allowed.isEmpty()) {
      return new OtherMethods(allowed);
    }
    Node node = folder(root, path, 0);
    if (node == null || node.fixed.isEmpty()) {
      return new None();
    }
    return method == Method.GET
        ? new Folder(new TreeSet<>(node.fixed.keySet()))
        : new OtherMethods(EnumSet.of(Method.GET));
  }

  private static @Nullable Route find(
      Node node, Method method, List<String> path, int at, Set<Method> allowed) {
    if (at == path.size()) {
      Route route = node.routes.get(method);
      if (route != null) {
        return route;
      }
      allowed.addAll(node.routes.keySet());
    } else {
      Node fixed = node.fixed.get(path.get(at));
      if (fixed != null) {
        Route route = find(fixed, method, path, at + 1, allowed);
        if (route != null) {
          return route;
        }
      }
      if (node.variable != null) {
        Route route = find(node.variable, method, path, at + 1, allowed);
        if (route != null) {
          return route;
        }
      }
    }
    // Other methods below a tail are unknown resources (404), not refused (405), as clients know
    // it.
    return node.tails.get(method);
  }

  /** The node of a path that ends inside of the tree; fixed segments win over variables. */
  private static @Nullable Node folder(Node node, List<String> path, int at) {
    if (at == path.size()) {
      return node;
    }
    Node fixed = node.fixed.get(path.get(at));
    Node found = fixed == null ? null : folder(fixed, path, at + 1);
    return found != null || node.variable == null ? found : folder(node.variable, path, at + 1);
  }

  private static Match match(Route route, List<String> path) {
    Map<String, String> variables = new HashMap<>();
    List<String> tail = List.of();
    List<String> segments = route.segments();
    for (int i = 0; i < segments.size(); i++) {
      String segment = segments.get(i);
      if (segment.startsWith("{*")) {
        tail = new ArrayList<>(path.subList(i, path.size()));
      } else if (segment.startsWith("{")) {
        variables.put(segment.substring(1, segment.length() - 1), path.get(i));
      }
    }
    return new Match(route, variables, List.copyOf(tail));
  }
}
