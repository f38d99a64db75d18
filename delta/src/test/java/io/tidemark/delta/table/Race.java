package io.tidemark.delta.table;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Several threads that start the same thing at once. */
final class Race {

  /** What one thread does. */
  interface Run<T> {
    T run(int contestant) throws Exception;
  }

  private Race() {}

  /** The results in order of the contestants; fails when one of them fails. */
  static <T> List<T> of(int contestants, Run<T> run) throws Exception {
    CyclicBarrier start = new CyclicBarrier(contestants);
    ExecutorService threads = Executors.newFixedThreadPool(contestants);
    try {
      List<Callable<T>> tasks = new ArrayList<>();
      for (int i = 0; i < contestants; i++) {
        int contestant = i;
        tasks.add(
            () -> {
              start.await();
              return run.run(contestant);
            });
      }
      List<T> results = new ArrayList<>();
      for (Future<T> result : threads.invokeAll(tasks)) {
        results.add(result.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
