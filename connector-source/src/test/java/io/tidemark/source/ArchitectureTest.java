package io.tidemark.source;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import io.tidemark.common.ForwardClock;
import io.tidemark.connector.BuildRules;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The order of the packages is the way that data takes: each may know only what stands before. */
class ArchitectureTest {

  private static final List<String> ORDER =
      List.of(
          "io.tidemark.source.error",
          "io.tidemark.source.offset",
          "io.tidemark.source.plan",
          "io.tidemark.source.read",
          "io.tidemark.source.record",
          "io.tidemark.source.task",
          "io.tidemark.source.config",
          "io.tidemark.source");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.tidemark.source");

  @Test
  void packagesImportOnlyWhatStandsBeforeThem() {
    for (String name : ORDER) {
      List<String> later = ORDER.subList(ORDER.indexOf(name) + 1, ORDER.size());
      ArchRuleDefinition.noClasses()
          .that()
          .resideInAPackage(name)
          .should()
          .dependOnClassesThat(
              DescribedPredicate.describe(
                  "reside in " + later,
                  (JavaClass javaClass) -> later.contains(javaClass.getPackageName())))
          .because("data flows " + String.join(" > ", ORDER))
          .allowEmptyShould(true)
          .check(CLASSES);
    }
  }

  @Test
  void theSourceKnowsNothingOfTheSink() {
    ArchRuleDefinition.noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.tidemark.checkpoint..", "io.tidemark.windows..", "io.tidemark.sink..")
        .check(CLASSES);
  }

  @Test
  void everyPackageHasItsPlaceInTheOrder() {
    ArchRuleDefinition.classes()
        .should()
        .resideInAnyPackage(ORDER.toArray(String[]::new))
        .check(CLASSES);
  }

  @Test
  void everythingButTheRuntimeHasNeitherClockNorThread() {
    ArchRuleDefinition.noClasses()
        .that()
        .resideInAnyPackage(ORDER.subList(0, ORDER.size() - 1).toArray(String[]::new))
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Thread.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(ForwardClock.class)
        .because("it runs in a deterministic simulation")
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
