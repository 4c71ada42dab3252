package org.ithil.conformance.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shows of each rule of the house that it can fail, and what it lets pass. */
class HouseRulesTest {
  private static final String ENGINE = "package org.eclipse.jetty.server; public class Server {}";

  @TempDir Path folder;
  private Planted planted;

  @BeforeEach
  void plant() {
    planted = new Planted(folder);
  }

  @Test
  void finds_a_cycle_of_packages() {
    JavaClasses classes =
        planted.classes(
            "package org.ithil.web.a; public class A { org.ithil.web.b.B b; }",
            "package org.ithil.web.b; public class B { org.ithil.web.c.C c; }",
            "package org.ithil.web.c; public class C { org.ithil.web.a.A a; }");
    assertThat(HouseRules.packageCycles(classes)).hasSize(1);
  }

  @Test
  void finds_no_cycle_in_a_chain() {
    JavaClasses classes =
        planted.classes(
            "package org.ithil.web.a; public class A { org.ithil.web.b.B b; }",
            "package org.ithil.web.b; public class B { org.ithil.web.a.c.C c; }",
            "package org.ithil.web.a.c; public class C {}");
    assertThat(HouseRules.packageCycles(classes)).isEmpty();
  }

  @Test
  void finds_the_eighth_public_type() {
    List<String> sources = new ArrayList<>();
    for (int i = 0; i < HouseRules.TYPES_PER_PACKAGE; i++) {
      sources.add(
          "package org.ithil.dicom.crowd; public record R" + i + "() { public class N {} }");
    }
    sources.add("package org.ithil.dicom.crowd; class Hidden {}");
    assertThat(HouseRules.crowdedPackages(compile(sources))).isEmpty();
    sources.add("package org.ithil.dicom.crowd; public enum Eighth {}");
    assertThat(HouseRules.crowdedPackages(compile(sources)))
        .singleElement()
        .asString()
        .contains("org.ithil.dicom.crowd has 8");
  }

  private JavaClasses compile(List<String> sources) {
    return planted.classes(sources.toArray(String[]::new));
  }

  @Test
  void finds_the_engine_outside_its_room() {
    JavaClasses classes =
        planted.classes(
            ENGINE,
            "package org.ithil.web.http; class Good { org.eclipse.jetty.server.Server s; }",
            "package org.ithil.web.httpx; class Near { org.eclipse.jetty.server.Server[] s; }",
            "package org.ithil.server; class Bad { void f(org.eclipse.jetty.server.Server s) {} }");
    assertThat(HouseRules.engineOutsideItsRoom(classes))
        .containsExactly(
            "org.ithil.server.Bad uses org.eclipse.jetty.server.Server",
            "org.ithil.web.httpx.Near uses org.eclipse.jetty.server.Server");
  }

  @Test
  void finds_the_database_outside_its_room() {
    JavaClasses classes =
        planted.classes(
            "package org.ithil.archive.index.sqlite; class Good { java.sql.Connection c; }",
            "package org.ithil.archive.index; class Bad { Object o = java.sql.Types.BLOB;"
                + " void f() throws java.sql.SQLException {} }",
            "package org.ithil.web.find; class Worse { void f(Object o) {"
                + " if (o instanceof javax.sql.DataSource) throw new Error(); } }");
    assertThat(HouseRules.databaseOutsideItsRoom(classes))
        .containsExactly(
            "org.ithil.archive.index.Bad uses java.sql.SQLException",
            "org.ithil.web.find.Worse uses javax.sql.DataSource");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.net.Socket",
        "java.net.ServerSocket",
        "java.net.HttpURLConnection",
        "java.net.InetAddress",
        "java.net.http.HttpClient",
        "java.nio.channels.SocketChannel",
        "java.nio.channels.AsynchronousServerSocketChannel",
        "javax.net.ssl.SSLContext"
      })
  void finds_a_socket_in_the_archive(String type) {
    JavaClasses classes =
        planted.classes(
            "package org.ithil.archive.blob; class Bad { " + type + " s; java.net.URI u; }",
            "package org.ithil.dimse; class Good { " + type + " s; }");
    assertThat(HouseRules.socketsInTheArchive(classes))
        .containsExactly("org.ithil.archive.blob.Bad uses " + type);
  }

  @Test
  void finds_an_arrow_beside_the_table() {
    JavaClasses classes =
        planted.classes(
            "package org.ithil.dicom.data; public class Data { java.util.List<String> l; }",
            "package org.ithil.dimse.pdu; public class Pdu { org.ithil.dicom.data.Data d; }",
            "package org.ithil.archive.ingest; class Up { org.ithil.web.route.Route r; }",
            "package org.ithil.web.route; public class Route { org.ithil.dimse.pdu.Pdu[] p; }");
    assertThat(HouseRules.arrowsBesideTheTable(classes))
        .containsExactly(
            "org.ithil.archive.ingest.Up uses org.ithil.web.route.Route",
            "org.ithil.web.route.Route uses org.ithil.dimse.pdu.Pdu");
  }

  @Test
  void finds_a_library_in_the_data_model() {
    JavaClasses classes =
        planted.classes(
            ENGINE,
            "package org.ithil.dicom.data; class Data { org.eclipse.jetty.server.Server s; int i;"
                + " }");
    assertThat(HouseRules.arrowsBesideTheTable(classes)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "static int n;",
        "static final int[] TABLE = {1};",
        "private static final java.util.HashMap<String, String> M = null;",
        "private static final java.util.concurrent.ConcurrentMap<String, String> M = null;",
        "private static final java.util.concurrent.atomic.AtomicLong N = null;",
        "private static final ThreadLocal<String> T = null;",
        "private static final java.util.concurrent.ExecutorService E = null;"
      })
  void finds_a_static_that_changes(String field) {
    assertThat(HouseRules.mutableStatics(field(field))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "int n;",
        "static final int N = 1;",
        "private static final int[] TABLE = {1};",
        "static final java.util.Map<String, String> M = java.util.Map.of();",
        "static final java.util.regex.Pattern P = null;"
      })
  void lets_constants_pass(String field) {
    assertThat(HouseRules.mutableStatics(field(field))).isEmpty();
  }

  private JavaClasses field(String field) {
    return planted.classes("package org.ithil.web.a; class A { enum E {X} " + field + " }");
  }

  @Test
  void finds_a_method_that_throws_just_anything() {
    JavaClasses classes =
        planted.classes(
            "package org.ithil.web.a; class A { A() throws Throwable {} void f() throws Exception"
                + " {} void g() throws java.io.IOException {} Object c ="
                + " (java.util.concurrent.Callable<String>) () -> { throw new"
                + " java.io.IOException(); }; }",
            "package org.ithil.web.http; class Edge { void handle() throws Exception {} }");
    assertThat(HouseRules.vagueThrows(classes)).hasSize(2).allMatch(v -> v.contains("web.a.A."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "JobManager",
        "StringUtils",
        "TagHelper",
        "AbstractCodec",
        "IndexImpl",
        "RequestContext",
        "BaseHandler",
        "Toolbox",
        "ContextHolder",
        "ManagerOfJobs",
        "PresentationContextManager"
      })
  void finds_a_name_that_says_nothing(String name) {
    JavaClasses classes =
        planted.classes("package org.ithil.web.a; class A { interface " + name + " {} }");
    assertThat(HouseRules.vagueNames(classes)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PresentationContext", "Database", "Baseline", "ContextGroup", "Simple"})
  void lets_words_of_the_field_pass(String name) {
    JavaClasses classes = planted.classes("package org.ithil.web.a; class " + name + " {}");
    assertThat(HouseRules.vagueNames(classes)).isEmpty();
  }

  @Test
  void finds_a_package_that_is_not_null_marked() {
    JavaClasses classes =
        planted.classes(
            "@org.jspecify.annotations.NullMarked package org.ithil.web.a;",
            "package org.ithil.web.a; class A {}",
            "package org.ithil.web.b; class B {}");
    assertThat(HouseRules.packagesWithoutNullMarked(classes))
        .containsExactly("org.ithil.web.b has no package-info with @NullMarked");
  }

  @Test
  void finds_a_long_file() throws IOException {
    Path fits = write("Fits.java", HouseRules.LINES_PER_FILE, "//");
    Path tooLong = write("Long.java", HouseRules.LINES_PER_FILE + 1, "//");
    assertThat(HouseRules.longFiles(List.of(fits, tooLong)))
        .containsExactly(tooLong + " has 501 lines");
  }

  @Test
  void lets_a_generated_file_be_long_if_it_says_so() throws IOException {
    String name = HouseRules.GENERATED.iterator().next().replace('.', '/') + ".java";
    Path generated = write(name, 10_000, "// Generated by a script");
    assertThat(HouseRules.longFiles(List.of(generated))).isEmpty();
    assertThat(HouseRules.longFiles(List.of(write(name, 10_000, "// By hand")))).hasSize(1);
    assertThat(HouseRules.longFiles(List.of(write("Tag.java", 501, "// Generated by me"))))
        .hasSize(1);
  }

  private Path write(String name, int lines, String line) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, Collections.nCopies(lines, line));
  }

  @Test
  void sees_a_module_that_is_missing_from_the_table() throws IOException {
    Files.writeString(
        folder.resolve("pom.xml"),
        "<project><modules><module>dicom</module><module>shed</module></modules></project>");
    House house = House.at(folder);
    assertThat(house.modules()).containsExactly("dicom", "shed");
    assertThat(HouseRules.MAY_USE).doesNotContainKey("shed");
  }
}
