package io.tidemark.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The other side of a {@link ProgramContestant}: reads a run a line as JSON from standard input,
 * does it, and answers with one line. It ends at the end of its input.
 */
final class ProgramLoop {

  static final String READY = "ready";
  static final String DONE = "done ";

  /** What a program does in a run. */
  interface Work {

    /** Returns what else is worth a word. */
    String run(ProgramRun run) throws Exception;
  }

  private ProgramLoop() {}

  static void serve(Work work) throws Exception {
    PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    // Whatever libraries print is not an answer.
    System.setOut(System.err);
    ObjectMapper json = new ObjectMapper();
    BufferedReader runs =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    answers.println(READY);
    for (String line = runs.readLine(); line != null; line = runs.readLine()) {
      answers.println(DONE + work.run(json.readValue(line, ProgramRun.class)));
    }
  }
}
