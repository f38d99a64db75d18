package io.tidemark.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidemark.faults.KillPoint.Moment;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProtocolStepTest {

  @ParameterizedTest
  @EnumSource
  void namesOneMethodOfTheShippedCode(ProtocolStep step) throws ClassNotFoundException {
    Class<?> declaring = load(step.declaringClass());
    List<Method> methods =
        Stream.of(declaring.getDeclaredMethods())
            .filter(method -> method.getName().equals(step.method()) && !method.isSynthetic())
            .toList();
    assertThat(methods).hasSize(1);
    assertThat(methods.get(0).getModifiers())
        .matches(modifiers -> !Modifier.isStatic(modifiers) && !Modifier.isAbstract(modifiers));
  }

  @ParameterizedTest
  @EnumSource
  void namesAClassThatHasTheMethodAsItIs(ProtocolStep step) throws ClassNotFoundException {
    Class<?> receiver = load(step.receiver());
    assertThat(receiver.getModifiers()).matches(modifiers -> !Modifier.isAbstract(modifiers));
    Class<?> overriding = receiver;
    while (Stream.of(overriding.getDeclaredMethods())
        .noneMatch(method -> method.getName().equals(step.method()))) {
      overriding = overriding.getSuperclass();
    }
    assertThat(overriding.getName()).isEqualTo(step.declaringClass());
  }

  @Test
  void readsTheArgumentThatItWrites() {
    KillPoint point = new KillPoint(ProtocolStep.SEGMENT, Moment.AFTER, 2);
    assertThat(point).hasToString("SEGMENT:after:2");
    assertThat(KillPoint.parse(point.toString())).isEqualTo(point);
  }

  @Test
  void refusesAnArgumentThatIsNoKillPoint() {
    for (String text : List.of("SEGMENT", "SEGMENT:after:0", "SEGMENT:now:1", "LUNCH:before:1")) {
      assertThatIllegalArgumentException().isThrownBy(() -> KillPoint.parse(text));
    }
  }

  private static Class<?> load(String name) throws ClassNotFoundException {
    return Class.forName(name, false, ProtocolStepTest.class.getClassLoader());
  }
}
