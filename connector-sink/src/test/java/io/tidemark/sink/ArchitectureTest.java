package io.tidemark.sink;

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
          "io.tidemark.common",
          "io.tidemark.connector",
          "io.tidemark.metrics",
          "io.tidemark.converters.json",
          "io.tidemark.converters",
          "io.tidemark.storage",
          "io.tidemark.checkpoint",
          "io.tidemark.checkpoint.log",
          "io.tidemark.delta.schema",
          "io.tidemark.delta.value",
          "io.tidemark.delta.kernel",
          "io.tidemark.delta.table",
          "io.tidemark.delta.parquet",
          "io.tidemark.delta.read",
          "io.tidemark.expressions.type",
          "io.tidemark.expressions.syntax",
          "io.tidemark.expressions.function",
          "io.tidemark.expressions",
          "io.tidemark.windows",
          "io.tidemark.windows.bytes",
          "io.tidemark.windows.function",
          "io.tidemark.windows.config",
          "io.tidemark.windows.run",
          "io.tidemark.windows.field",
          "io.tidemark.windows.fold",
          "io.tidemark.windows.close",
          "io.tidemark.windows.state",
          "io.tidemark.windows.update",
          "io.tidemark.transforms",
          "io.tidemark.sink.record",
          "io.tidemark.sink.file",
          "io.tidemark.sink.segment",
          "io.tidemark.sink.batch",
          "io.tidemark.sink.window",
          "io.tidemark.sink.audit",
          "io.tidemark.sink.commit",
          "io.tidemark.sink.recovery",
          "io.tidemark.sink.driver",
          "io.tidemark.sink.kafka",
          "io.tidemark.sink.task",
          "io.tidemark.sink.config",
          "io.tidemark.sink");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("io.tidemark");

  @Test
  void packagesImportOnlyWhatStandsBeforeThem() {
    for (String name : ORDER) {
      List<String> later = ORDER.subList(ORDER.indexOf(name) + 1, ORDER.size());
      ArchRuleDefinition.noClasses()
          .that()
          .resideInAPackage(name)
          .should()
          .dependOnClassesThat(in(later))
          .because("data flows " + String.join(" > ", ORDER))
          .check(CLASSES);
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
  void onlyThePackagesOfTablesKnowDeltaKernel() {
    ArchRuleDefinition.noClasses()
        .that()
        .resideOutsideOfPackages(
            "io.tidemark.delta.kernel", "io.tidemark.delta.table", "io.tidemark.delta.read")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.delta..")
        .check(CLASSES);
  }

  @Test
  void internalsOfDeltaKernelStayInThePackageForThem() {
    ArchRuleDefinition.noClasses()
        .that()
        .resideOutsideOfPackage("io.tidemark.delta.kernel")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.delta.kernel.internal..")
        .because("they may change with each release")
        .check(CLASSES);
  }

  @Test
  void clientsOfObjectStoresStayInTheModuleForThem() {
    ArchRuleDefinition.noClasses()
        .that()
        .resideOutsideOfPackage("io.tidemark.storage")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.hadoop.fs.s3a..", "org.apache.hadoop.fs.azurebfs..", "software.amazon..")
        .check(CLASSES);
  }

  @Test
  void protocolHasNeitherClockNorThread() {
    ArchRuleDefinition.noClasses()
        .that(
            in(
                List.of(
                    "io.tidemark.sink.segment",
                    "io.tidemark.sink.batch",
                    "io.tidemark.sink.window",
                    "io.tidemark.sink.audit",
                    "io.tidemark.sink.commit",
                    "io.tidemark.sink.recovery",
                    "io.tidemark.sink.kafka",
                    "io.tidemark.sink.task")))
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

  private static DescribedPredicate<JavaClass> in(List<String> packages) {
    return DescribedPredicate.describe(
        "reside in " + packages, javaClass -> packages.contains(javaClass.getPackageName()));
  }
}
