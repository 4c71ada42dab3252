package org.ithil.conformance.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Holds the rules of the house against every class and source file of every module. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {
  private final House house = House.find();
  private JavaClasses classes;

  @BeforeAll
  void saw_every_module_of_the_root_pom() throws IOException {
    classes = house.imported();
    assertThat(house.modules()).containsExactlyInAnyOrderElementsOf(HouseRules.MAY_USE.keySet());
    for (String module : house.modules()) {
      try (Stream<java.nio.file.Path> files = Files.walk(house.classes(module))) {
        assertThat(files.filter(f -> f.toString().endsWith(".class")).toList())
            .as("compiled classes of %s", module)
            .isNotEmpty();
      }
      for (String type : house.declaredTypes(module)) {
        assertThat(classes.contain(type)).as("%s of module %s was seen", type, module).isTrue();
      }
    }
  }

  @Test
  void packages_form_no_cycles() {
    assertThat(HouseRules.packageCycles(classes)).isEmpty();
  }

  @Test
  void no_package_has_more_than_seven_public_types() {
    assertThat(HouseRules.crowdedPackages(classes)).isEmpty();
  }

  @Test
  void only_one_package_knows_the_http_engine() {
    assertThat(HouseRules.engineOutsideItsRoom(classes)).isEmpty();
  }

  @Test
  void only_one_package_knows_the_database() {
    assertThat(HouseRules.databaseOutsideItsRoom(classes)).isEmpty();
  }

  @Test
  void the_archive_opens_no_socket() {
    assertThat(HouseRules.socketsInTheArchive(classes)).isEmpty();
  }

  @Test
  void modules_use_only_what_the_table_allows() {
    assertThat(HouseRules.arrowsBesideTheTable(classes)).isEmpty();
  }

  @Test
  void poms_name_only_what_the_table_allows() {
    house
        .arrows()
        .forEach((module, uses) ->
            assertThat(HouseRules.MAY_USE.getOrDefault(module, Set.of()))
                .as("the table's row of %s", module)
                .containsAll(uses));
  }

  @Test
  void statics_do_not_change() {
    assertThat(HouseRules.mutableStatics(classes)).isEmpty();
  }

  @Test
  void methods_say_what_they_throw() {
    assertThat(HouseRules.vagueThrows(classes)).isEmpty();
  }

  @Test
  void names_say_something() {
    assertThat(HouseRules.vagueNames(classes)).isEmpty();
  }

  @Test
  void packages_are_null_marked() {
    assertThat(HouseRules.packagesWithoutNullMarked(classes)).isEmpty();
  }

  @Test
  void files_stay_below_the_limit() {
    assertThat(HouseRules.longFiles(house.sourceFiles())).isEmpty();
  }
}
