package io.tidemark.command;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import io.tidemark.connector.BuildRules;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What looks knows nothing of what changes, and neither knows arguments. */
class ArchitectureTest {

  private static final List<String> ORDER =
      List.of(
          "io.tidemark.command.error",
          "io.tidemark.command.text",
          "io.tidemark.command.location",
          "io.tidemark.command.inspect",
          "io.tidemark.command.page",
          "io.tidemark.command.verify",
          "io.tidemark.command.repair",
          "io.tidemark.command.adopt",
          "io.tidemark.command.reset",
          "io.tidemark.command");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.tidemark.command");

  @Test
  void packagesImportOnlyWhatStandsBeforeThem() {
    for (String name : ORDER) {
      String[] later = ORDER.subList(ORDER.indexOf(name) + 1, ORDER.size()).toArray(String[]::new);
      if (later.length > 0) {
        ArchRuleDefinition.noClasses()
            .that()
            .resideInAPackage(name)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(later)
            .check(CLASSES);
      }
    }
  }

  @Test
  void everyPackageHasItsPlaceInTheOrder() {
    ArchRuleDefinition.classes()
        .should()
        .resideInAnyPackage(ORDER.toArray(String[]::new))
        .check(CLASSES);
  }

  @Test
  void nothingReadsAWallClock() {
    BuildRules.checkClocks(CLASSES);
  }

  @Test
  void noTextDependsOnTheDefaultLocale() {
    BuildRules.checkLocales(CLASSES);
  }
}
