package io.tidemark.connector;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** What no shipped code may call, for the tests of its modules. */
public final class BuildRules {

  private static final Set<String> WALL_CLOCKS =
      Set.of(
          "java.lang.System.currentTimeMillis",
          "java.time.Instant.now",
          "java.time.LocalDate.now",
          "java.time.LocalTime.now",
          "java.time.LocalDateTime.now",
          "java.time.OffsetDateTime.now",
          "java.time.ZonedDateTime.now",
          "java.time.Clock.systemUTC",
          "java.time.Clock.systemDefaultZone");

  /** In another locale they give other digits, or other letters: Turkish has an i of its own. */
  private static final Set<String> LOCALIZED =
      Set.of(
          "java.lang.String.format",
          "java.lang.String.formatted",
          "java.lang.String.toLowerCase",
          "java.lang.String.toUpperCase",
          "java.io.PrintStream.printf",
          "java.io.PrintStream.format",
          "java.io.PrintWriter.printf",
          "java.io.PrintWriter.format",
          "java.util.Formatter.<init>",
          "java.text.DecimalFormat.<init>",
          "java.text.SimpleDateFormat.<init>",
          "java.text.NumberFormat.getInstance",
          "java.time.format.DateTimeFormatter.ofPattern");

  private BuildRules() {}

  /** All time comes from the one clock that never goes back. */
  public static void checkClocks(JavaClasses shipped) {
    check(
        shipped,
        "take the time from ForwardClock, since a wall clock may step back",
        access ->
            WALL_CLOCKS.contains(name(access))
                && !access.getOriginOwner().getSimpleName().equals("ForwardClock"));
  }

  /** No text that the plugin makes depends on where the worker runs. */
  public static void checkLocales(JavaClasses shipped) {
    check(
        shipped,
        "name a locale, such as Locale.ROOT",
        access ->
            LOCALIZED.contains(name(access))
                && access.getTarget() instanceof AccessTarget.CodeUnitAccessTarget called
                && called.getRawParameterTypes().stream()
                    .noneMatch(type -> type.isEquivalentTo(Locale.class)));
  }

  private static String name(JavaAccess<?> access) {
    return access.getTargetOwner().getName() + "." + access.getTarget().getName();
  }

  private static void check(
      JavaClasses shipped, String description, Predicate<JavaAccess<?>> forbidden) {
    ArchRuleDefinition.classes()
        .should(
            new ArchCondition<>(description) {
              @Override
              public void check(JavaClass javaClass, ConditionEvents events) {
                for (JavaAccess<?> access : javaClass.getAccessesFromSelf()) {
                  if (forbidden.test(access)) {
                    events.add(SimpleConditionEvent.violated(access, access.getDescription()));
                  }
                }
              }
            })
        .check(shipped);
  }
}
