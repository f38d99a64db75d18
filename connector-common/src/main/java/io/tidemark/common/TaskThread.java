package io.tidemark.common;

import java.util.Map;
import org.slf4j.MDC;

/** Makes threads whose log lines name the connector and the task of the thread that makes them. */
public final class TaskThread {

  private TaskThread() {}

  /** A daemon thread, not started, with the logging context of this thread. */
  public static Thread daemon(String name, Runnable work) {
    Map<String, String> context = MDC.getCopyOfContextMap();
    Thread thread =
        new Thread(
            () -> {
              if (context != null) {
                MDC.setContextMap(context);
              }
              work.run();
            },
            name);
    thread.setDaemon(true);
    return thread;
  }
}
