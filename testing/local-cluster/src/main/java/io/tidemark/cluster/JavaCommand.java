package io.tidemark.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a Java process is to run.
 *
 * @param name what people call the process: {@code broker}, {@code worker}
 * @param mainClass of the program
 * @param classPath entries joined by the platform's separator, {@code dir/*} allowed
 * @param jvmOptions for example {@code -Xmx256m}
 * @param arguments of the program
 * @param environment added to the environment of this process
 * @param log standard output and error are appended to it
 * @param conversation true when this process talks to the other over its standard input and output;
 *     then only its standard error goes to the log, and the program itself has to end at the end of
 *     its input
 */
public record JavaCommand(
    String name,
    String mainClass,
    String classPath,
    List<String> jvmOptions,
    List<String> arguments,
    Map<String, String> environment,
    Path log,
    boolean conversation) {

  public JavaCommand {
    jvmOptions = List.copyOf(jvmOptions);
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }

  /** A program without options and arguments, which takes no input. */
  public static JavaCommand of(String name, String mainClass, String classPath, Path log) {
    return new JavaCommand(name, mainClass, classPath, List.of(), List.of(), Map.of(), log, false);
  }

  /** With these JVM options after those it has. */
  public JavaCommand jvm(String... options) {
    List<String> all = joined(jvmOptions, options);
    return new JavaCommand(
        name, mainClass, classPath, all, arguments, environment, log, conversation);
  }

  /** With these arguments after those it has. */
  public JavaCommand args(String... more) {
    List<String> all = joined(arguments, more);
    return new JavaCommand(
        name, mainClass, classPath, jvmOptions, all, environment, log, conversation);
  }

  /** With this variable in its environment. */
  public JavaCommand environment(String variable, String value) {
    Map<String, String> all = new TreeMap<>(environment);
    all.put(variable, value);
    return new JavaCommand(
        name, mainClass, classPath, jvmOptions, arguments, all, log, conversation);
  }

  /** Connected to this process by standard input and output. */
  public JavaCommand talking() {
    return new JavaCommand(
        name, mainClass, classPath, jvmOptions, arguments, environment, log, true);
  }

  private static List<String> joined(List<String> first, String... second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(List.of(second));
    return all;
  }
}
