package io.tidemark.cluster;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the tests of {@link JavaProcess} start: does what its first argument says. */
final class Program {

  private Program() {}

  public static void main(String[] args) throws Exception {
    System.err.println("standard error");
    switch (args[0]) {
      case "exit" -> {
        System.out.println("started with exit " + args[1]);
        System.exit(Integer.parseInt(args[1]));
      }
      case "environment" -> System.out.println("COLOUR=" + System.getenv("COLOUR"));
      case "echo" -> echo();
      case "tidy" -> {
        Runtime.getRuntime().addShutdownHook(new Thread(Program::tidyUp));
        count();
      }
      case "parent" -> startChild(Path.of(args[1]));
      default -> count();
    }
  }

  private static void echo() throws Exception {
    System.out.println("started with echo ");
    var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      System.out.println(line);
    }
  }

  private static void tidyUp() {
    try {
      Thread.sleep(500);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    System.out.println("tidied up");
  }

  private static void startChild(Path directory) throws Exception {
    JavaProcess child =
        JavaProcess.start(
            JavaCommand.of(
                    "child",
                    Program.class.getName(),
                    System.getProperty("java.class.path"),
                    directory.resolve("child.log"))
                .args("count"));
    Files.writeString(directory.resolve("child.pid"), Long.toString(child.pid()));
    count();
  }

  @SuppressWarnings("InfiniteLoop")
  private static void count() throws InterruptedException {
    for (long number = 0; ; number++) {
      System.out.println(number);
      Thread.sleep(5);
    }
  }
}
