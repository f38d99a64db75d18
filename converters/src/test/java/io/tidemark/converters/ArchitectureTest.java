package io.tidemark.converters;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import io.tidemark.connector.BuildRules;
import org.junit.jupiter.api.Test;

/** Tokens know nothing of Connect, and nothing here makes trees. */
class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.tidemark.converters");

  @Test
  void tokensKnowNeitherConnectNorJackson() {
    ArchRuleDefinition.noClasses()
        .that()
        .resideInAPackage("io.tidemark.converters.json")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.tidemark.converters", "org.apache.kafka..", "com.fasterxml..")
        .check(CLASSES);
  }

  @Test
  void nothingMakesTrees() {
    ArchRuleDefinition.noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.fasterxml.jackson.databind..")
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
