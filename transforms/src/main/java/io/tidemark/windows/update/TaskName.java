package io.tidemark.windows.update;

/**
 * A task, as the thread is called that it runs on: Connect tells a transformation nothing else
 * about it.
 */
public record TaskName(String connector, int task) {

  private static final String PREFIX = "task-thread-";

  /**
   * The task of the current thread.
   *
   * @throws io.tidemark.windows.FatalError when it is no thread of a task
   */
  public static TaskName ofThread() {
    String thread = Thread.currentThread().getName();
    int dash = thread.lastIndexOf('-');
    if (thread.startsWith(PREFIX) && dash > PREFIX.length()) {
      try {
        return new TaskName(
            thread.substring(PREFIX.length(), dash), Integer.parseInt(thread.substring(dash + 1)));
      } catch (NumberFormatException e) {
        throw UpdateErrors.noTask(thread);
      }
    }
    throw UpdateErrors.noTask(thread);
  }
}
