package org.ithil.conformance.guard;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;

/** The source tree: the root folder and the modules that its pom names. */
record House(Path root, List<String> modules) {
  private static final Set<String> SOURCES =
      Set.of("java", "js", "mjs", "ts", "tsx", "css", "html", "py", "sh", "sql");
  private static final Set<String> NOT_OURS = Set.of("target", "node_modules", "dist");

  /** The tree around the working directory. */
  static House find() {
    for (Path p = Path.of("").toAbsolutePath(); p != null; p = p.getParent()) {
      if (Files.exists(p.resolve("mvnw")) && Files.exists(p.resolve("pom.xml"))) {
        return at(p);
      }
    }
    throw new IllegalStateException("no folder with mvnw and pom.xml above the working directory");
  }

  static House at(Path root) {
    return new House(root, texts(root.resolve("pom.xml"), "module"));
  }

  /** Where the classes of a module lie; the tests of {@code conformance} are its substance. */
  Path classes(String module) {
    String folder = module.equals("conformance") ? "test-classes" : "classes";
    return root.resolve(module).resolve("target").resolve(folder);
  }

  /** Where the sources of {@link #classes} lie. */
  Path sources(String module) {
    String set = module.equals("conformance") ? "test" : "main";
    return root.resolve(module).resolve("src").resolve(set).resolve("java");
  }

  JavaClasses imported() {
    return new ClassFileImporter().importPaths(modules.stream().map(this::classes).toList());
  }

  /** Each module's own modules, as its pom names them for anything but tests. */
  Map<String, Set<String>> arrows() {
    Map<String, Set<String>> arrows = new TreeMap<>();
    for (String module : modules) {
      Set<String> uses = new TreeSet<>();
      for (Element d : elements(root.resolve(module).resolve("pom.xml"), "dependency")) {
        String name = text(d, "artifactId");
        if (text(d, "groupId").equals("org.ithil") && !text(d, "scope").equals("test")) {
          uses.add(name.substring("ithil-".length()));
        }
      }
      arrows.put(module, uses);
    }
    return arrows;
  }

  /** All source files written by hand or by a script, tests too, without what a build makes. */
  List<Path> sourceFiles() {
    List<Path> found = new ArrayList<>();
    for (String module : modules) {
      found.addAll(files(root.resolve(module)));
    }
    return found;
  }

  private List<Path> files(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(p -> SOURCES.contains(extension(p)) && Files.isRegularFile(p))
          .filter(p -> folderNames(p).noneMatch(NOT_OURS::contains))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Stream<String> folderNames(Path file) {
    return Stream.of(root.relativize(file).toString().split(Pattern.quote("/")));
  }

  private static String extension(Path file) {
    String name = file.getFileName().toString();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static List<String> texts(Path pom, String tag) {
    return elements(pom, tag).stream().map(e -> e.getTextContent().strip()).toList();
  }

  private static List<Element> elements(Path pom, String tag) {
    try {
      var document =
          DocumentBuilderFactory.newNSInstance().newDocumentBuilder().parse(pom.toFile());
      var nodes = document.getElementsByTagNameNS("*", tag);
      List<Element> found = new ArrayList<>();
      for (int i = 0; i < nodes.getLength(); i++) {
        found.add((Element) nodes.item(i));
      }
      return found;
    } catch (Exception e) {
      throw new IllegalStateException("cannot read " + pom, e);
    }
  }

  private static String text(Element parent, String tag) {
    var nodes = parent.getElementsByTagNameNS("*", tag);
    return nodes.getLength() == 0 ? "" : nodes.item(0).getTextContent().strip();
  }

  /** Names of the top-level types that the sources of a module declare, one a file. */
  Set<String> declaredTypes(String module) {
    Path sources = sources(module);
    if (!Files.isDirectory(sources)) {
      return Set.of();
    }
    return files(sources).stream()
        .map(p -> sources.relativize(p).toString())
        .filter(n -> n.endsWith(".java") && !n.endsWith("-info.java"))
        .map(n -> n.substring(0, n.length() - ".java".length()).replace('/', '.'))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
