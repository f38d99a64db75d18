package io.tidemark.benchmarks;

import java.util.Optional;

/**
 * Something that takes all records of a topic or table and makes a result of them that can be seen.
 */
interface Contestant {

  /** As in tables and charts. */
  String name();

  /** Settings that a reader of its figures has to know, in one sentence. */
  String note();

  /** Why it cannot take part in this run; empty when it can. */
  Optional<String> absence();

  /**
   * Starts its process and returns when it is ready.
   *
   * @param name of the process's directory, unique in the run
   */
  Session start(String name);

  /** A process of it. Its first run is cold, later ones are warm. */
  interface Session extends AutoCloseable {

    /**
     * Takes all records once.
     *
     * @param name of this run, unique in the run of the program
     */
    Outcome run(String name);

    @Override
    void close();
  }
}
