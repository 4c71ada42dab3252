package org.ithil.conformance.guard;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
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
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The rules of the house as functions from compiled classes to sentences, one per violation. What
 * is excepted from a rule is named here and nowhere else.
 */
final class HouseRules {
  /** The table of the design: what each module may use besides itself. */
  static final Map<String, Set<String>> MAY_USE =
      Map.of(
          "dicom", Set.of(),
          "imaging", Set.of("dicom"),
          "dimse", Set.of("dicom"),
          "archive", Set.of("dicom"),
          "services", Set.of("dimse", "archive", "imaging", "dicom"),
          "web", Set.of("services", "archive", "imaging", "dicom"),
          "ui", Set.of(),
          "server", Set.of("dicom", "imaging", "dimse", "archive", "services", "web", "ui"),
          "conformance", Set.of(),
          "bench", Set.of("dicom", "imaging", "dimse", "archive", "services", "web", "server"));

  /** Types that a documented script writes; their first line says so. */
  static final Set<String> GENERATED =
      Set.of("org.ithil.dicom.dictionary.Tag", "org.ithil.dicom.dictionary.Uid");

  /** Where {@code throws Exception} is what the other side's interface says, or a test. */
  private static final List<String> EDGES =
      List.of("org.ithil.web.http", "org.ithil.server", "org.ithil.bench", "org.ithil.conformance");

  static final int TYPES_PER_PACKAGE = 7;
  static final int LINES_PER_FILE = 500;

  private static final Pattern VAGUE =
      Pattern.compile(
          "(Manager|Helper|Util|Utils|Utilities|Utility|Toolbox|Context|Impl|Base|Abstract)s?(?![a-z])");

  /** Words of the standard: PS3.8 7.1.1.2, 7.1.1.13 and 9.3.2, PS3.3 8.6 and 8.8. */
  private static final Pattern STANDARD =
      Pattern.compile(
          "(Presentation|Application|Proposed)Contexts?|Context(Result|Group|Identifier|Id|Uid)");

  private static final List<String> CHANGING =
      List.of(
          "java.util.Collection",
          "java.util.Map",
          "java.util.Random",
          "java.util.Iterator",
          "java.lang.ThreadLocal",
          "java.lang.StringBuilder",
          "java.lang.Thread",
          "java.io.Closeable",
          "java.util.concurrent.Executor",
          "java.util.concurrent.locks.Lock",
          "java.util.concurrent.Semaphore",
          "java.util.concurrent.atomic.LongAdder",
          "com.github.benmanes.caffeine.cache.Cache");

  private HouseRules() {}

  static List<String> packageCycles(JavaClasses classes) {
    return slices()
        .matching("org.ithil.(**)")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .evaluate(classes)
        .getFailureReport()
        .getDetails();
  }

  static List<String> crowdedPackages(JavaClasses classes) {
    Map<String, Set<String>> types = new TreeMap<>();
    for (JavaClass c : classes) {
      boolean counts = c.isTopLevelClass() && c.getModifiers().contains(JavaModifier.PUBLIC);
      if (counts && !GENERATED.contains(c.getName()) && !c.getSimpleName().endsWith("-info")) {
        types.computeIfAbsent(c.getPackageName(), p -> new TreeSet<>()).add(c.getSimpleName());
      }
    }
    types.values().removeIf(t -> t.size() <= TYPES_PER_PACKAGE);
    return types.entrySet().stream()
        .map(e -> e.getKey() + " has " + e.getValue().size() + " public types: " + e.getValue())
        .toList();
  }

  static List<String> engineOutsideItsRoom(JavaClasses classes) {
    return uses(
        classes,
        c -> !within(c, "org.ithil.web.http"),
        t -> t.getName().startsWith("org.eclipse.jetty."));
  }

  static List<String> databaseOutsideItsRoom(JavaClasses classes) {
    return uses(
        classes,
        c -> !within(c, "org.ithil.archive.index.sqlite"),
        t ->
            t.getName().startsWith("java.sql.")
                || t.getName().startsWith("javax.sql.")
                || t.getName().startsWith("org.sqlite."));
  }

  static List<String> socketsInTheArchive(JavaClasses classes) {
    Pattern socket =
        Pattern.compile(
            "java\\.net\\.(.*Socket.*|.*Connection|http\\..*|Inet.*|NetworkInterface)"
                + "|java\\.nio\\.channels\\.(.*Socket.*|Datagram.*|Selector|SelectionKey)"
                + "|javax\\.net\\..*|com\\.sun\\.net\\..*");
    return uses(
        classes, c -> within(c, "org.ithil.archive"), t -> socket.matcher(t.getName()).matches());
  }

  /** An arrow between modules that the table does not draw, or a library inside {@code dicom}. */
  static List<String> arrowsBesideTheTable(JavaClasses classes) {
    Set<String> found = new TreeSet<>();
    for (JavaClass c : classes) {
      String from = module(c);
      for (Dependency d : c.getDirectDependenciesFromSelf()) {
        JavaClass target = d.getTargetClass().getBaseComponentType();
        String to = module(target);
        boolean ours = !to.isEmpty() && !to.equals(from);
        boolean library = from.equals("dicom") && to.isEmpty() && !fromTheJdk(target);
        if ((ours && !MAY_USE.getOrDefault(from, Set.of()).contains(to)) || library) {
          found.add(c.getName() + " uses " + target.getName());
        }
      }
    }
    return List.copyOf(found);
  }

  static List<String> mutableStatics(JavaClasses classes) {
    List<String> found = new ArrayList<>();
    for (JavaClass c : classes) {
      for (JavaField f : c.getFields()) {
        Set<JavaModifier> is = f.getModifiers();
        if (!is.contains(JavaModifier.STATIC) || is.contains(JavaModifier.SYNTHETIC)) {
          continue;
        }
        JavaClass type = f.getRawType();
        if (!is.contains(JavaModifier.FINAL)) {
          found.add(f.getFullName() + " is static and not final");
        } else if (type.isArray() && !is.contains(JavaModifier.PRIVATE)) {
          found.add(f.getFullName() + " is an array that others can write to");
        } else if (changes(type)) {
          found.add(f.getFullName() + " is static and holds a " + type.getName());
        }
      }
    }
    return found;
  }

  static List<String> vagueThrows(JavaClasses classes) {
    List<String> found = new ArrayList<>();
    for (JavaClass c : classes) {
      if (EDGES.stream().anyMatch(e -> within(c, e))) {
        continue;
      }
      for (JavaCodeUnit unit : c.getCodeUnits()) {
        Set<JavaModifier> is = unit.getModifiers();
        boolean vague =
            unit.getExceptionTypes().stream()
                .anyMatch(
                    t -> Set.of("Exception", "Throwable").contains(t.toErasure().getSimpleName()));
        if (vague && !is.contains(JavaModifier.SYNTHETIC) && !is.contains(JavaModifier.BRIDGE)) {
          found.add(unit.getFullName() + " throws no exception in particular");
        }
      }
    }
    return found;
  }

  static List<String> vagueNames(JavaClasses classes) {
    return classes.stream()
        .filter(c -> VAGUE.matcher(STANDARD.matcher(c.getSimpleName()).replaceAll("")).find())
        .map(c -> c.getName() + " has a name that says nothing")
        .sorted()
        .toList();
  }

  static List<String> packagesWithoutNullMarked(JavaClasses classes) {
    Set<String> marked = new TreeSet<>();
    Set<String> all = new TreeSet<>();
    for (JavaClass c : classes) {
      if (c.getSimpleName().equals("package-info")) {
        if (c.isAnnotatedWith("org.jspecify.annotations.NullMarked")) {
          marked.add(c.getPackageName());
        }
      } else if (!c.getPackageName().isEmpty()) {
        all.add(c.getPackageName());
      }
    }
    all.removeAll(marked);
    return all.stream().map(p -> p + " has no package-info with @NullMarked").toList();
  }

  static List<String> longFiles(List<Path> files) {
    return files.stream()
        .filter(p -> lines(p) > LINES_PER_FILE && !generated(p))
        .map(p -> p + " has " + lines(p) + " lines")
        .toList();
  }

  private static boolean generated(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return GENERATED.stream().anyMatch(g -> file.endsWith(g.replace('.', '/') + ".java"))
          && lines.findFirst().orElse("").startsWith("// Generated by ");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> uses(
      JavaClasses classes, Predicate<JavaClass> from, Predicate<JavaClass> to) {
    Set<String> found = new TreeSet<>();
    for (JavaClass c : classes) {
      if (!from.test(c)) {
        continue;
      }
      for (Dependency d : c.getDirectDependenciesFromSelf()) {
        JavaClass target = d.getTargetClass().getBaseComponentType();
        if (to.test(target)) {
          found.add(c.getName() + " uses " + target.getName());
        }
      }
    }
    return List.copyOf(found);
  }

  private static boolean changes(JavaClass type) {
    boolean immutableByContract = type.isInterface() && type.getPackageName().equals("java.util");
    return !immutableByContract
        && (type.getPackageName().equals("java.util.concurrent.atomic")
            || CHANGING.stream().anyMatch(type::isAssignableTo));
  }

  private static boolean within(JavaClass c, String packageName) {
    return c.getPackageName().equals(packageName)
        || c.getPackageName().startsWith(packageName + ".");
  }

  private static boolean fromTheJdk(JavaClass c) {
    return c.isPrimitive()
        || c.getName().startsWith("java.")
        || c.getName().startsWith("javax.")
        || c.getName().startsWith("org.w3c.dom.")
        || c.getName().startsWith("org.xml.sax.")
        || c.getName().startsWith("org.jspecify.");
  }

  /** The module of a class, or nothing for what is not ours. */
  private static String module(JavaClass c) {
    String[] parts = c.getPackageName().split("\\.");
    return parts.length > 2 && parts[0].equals("org") && parts[1].equals("ithil") ? parts[2] : "";
  }
}
