package io.tidemark.command.location;

/**
 * A damaged or missing file of the checkpoint location.
 *
 * @param directory one of the logs, empty for the root
 * @param why in a few words
 */
public record Damage(String directory, String name, long bytes, String why) {

  /** Why, of a file that has to be there. */
  public static final String MISSING = "it is missing";

  /** Path in the location. */
  public String path() {
    return directory.isEmpty() ? name : directory + "/" + name;
  }
}
