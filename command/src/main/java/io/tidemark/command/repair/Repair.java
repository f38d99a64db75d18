package io.tidemark.command.repair;

import io.tidemark.checkpoint.storage.MaintainedStorage;
import java.io.IOException;

/**
 * Carries remedies out. What was in the way is moved, never deleted:
 *
 * <pre>
 *   damaged/20261126-163000/offsets/17
 *           when it was     where it was
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

  /** Does what the remedy says. */
  public void carryOut(Remedy remedy) throws IOException {
    if (remedy.act() == Remedy.Act.LEAVE) {
      return;
    }
    storage.move(remedy.file().path(), target(remedy));
    remedy.restoration().run();
  }

  /** Where its file goes, in the location. */
  public String target(Remedy remedy) {
    return DIRECTORY + "/" + moment + "/" + remedy.file().path();
  }
}
