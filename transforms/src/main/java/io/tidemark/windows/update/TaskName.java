package io.tidemark.windows.update;

/**
 * The task's name, taken from the name of its thread: Connect gives a transformation no other
 * information about its task.
 */
public record TaskName(String connector, int task) {

  private static final String PREFIX = "task-thread-";

  /**
   * The task of the current thread.
   *
   * @throws io.tidemark.windows.FatalError when the thread does not belong to a task
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
