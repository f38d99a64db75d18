package io.tidemark.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * A {@linkplain JavaCommand#talking() talking} program that works when it is asked: it prints
 * {@value #READY}, reads a {@link ProgramRun} a line as JSON, does it, and prints {@value #DONE}
 * with a remark. It ends at the end of its input, and when a run fails, with the reason in its log.
 */
public final class ProgramLoop {

  /** Its first line. */
  public static final String READY = "ready";

  /** How the line after each run begins. */
  public static final String DONE = "done ";

  /** What a program does in a run. */
  public interface Work {

    /** Returns a remark in one line, which may be empty. */
    String run(ProgramRun run) throws Exception;
  }

  private ProgramLoop() {}

  /** Works until the input ends. */
  public static void serve(Work work) throws Exception {
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
