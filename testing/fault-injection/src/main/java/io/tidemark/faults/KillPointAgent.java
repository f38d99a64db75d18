package io.tidemark.faults;

import static net.bytebuddy.matcher.ElementMatchers.named;

import java.lang.instrument.Instrumentation;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;

/**
 * Java agent that puts a {@link KillSwitch} around the method of one step: {@code
 * -javaagent:tidemark-fault-injection.jar=SEGMENT:after:2}.
 */
public final class KillPointAgent {

  private KillPointAgent() {}

  /** Called by the JVM before {@code main}. */
  public static void premain(String argument, Instrumentation instrumentation) {
    KillPoint point = KillPoint.parse(argument);
    KillSwitch.arm(point);
    new AgentBuilder.Default()
        // Else a class that cannot be changed would be left alone in silence.
        .with(AgentBuilder.Listener.StreamWriting.toSystemError().withErrorsOnly())
        .type(named(point.step().declaringClass()))
        .transform(
            (builder, type, loader, module, domain) ->
                builder.visit(Advice.to(Passing.class).on(named(point.step().method()))))
        .installOn(instrumentation);
  }

  /** Copied into the method, not called from it. */
  static final class Passing {

    private Passing() {}

    @Advice.OnMethodEnter
    static void enter(@Advice.This Object receiver) {
      KillSwitch.before(receiver);
    }

    @Advice.OnMethodExit
    static void exit(@Advice.This Object receiver) {
      KillSwitch.after(receiver);
    }
  }
}
