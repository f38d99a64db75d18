package io.tidemark.command.repair;

import io.tidemark.storage.MaintainedStorage;
import java.io.IOException;

/**
 * Carries remedies out. Damaged files are moved, never deleted:
 *
 * <pre>
 *   damaged/20261126-163000/offsets/17
 *           time of repair  original path
 * </pre>
 */
public final class Repair {

  /** Where files are moved to. */
  public static final String DIRECTORY = "damaged";

  private final MaintainedStorage storage;
  private final String moment;

  /**
   * @param moment names the run of the command, as digits and hyphens
   */
  public Repair(MaintainedStorage storage, String moment) {
    this.storage = storage;
    this.moment = moment;
  }

  /**
   * Carries out the remedy.
   *
   * @return whether there was a file to move
   */
  public boolean carryOut(Remedy remedy) throws IOException {
    if (remedy.act() == Remedy.Act.LEAVE) {
      return false;
    }
    boolean there =
        storage.files(remedy.file().directory()).stream()
            .anyMatch(file -> file.name().equals(remedy.file().name()));
    if (there) {
      storage.move(remedy.file().path(), target(remedy));
    }
    remedy.restoration().run();
    return there;
  }

  /** The path in the location to which the file is moved. */
  public String target(Remedy remedy) {
    return DIRECTORY + "/" + moment + "/" + remedy.file().path();
  }
}
