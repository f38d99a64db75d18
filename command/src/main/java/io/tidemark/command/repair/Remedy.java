package io.tidemark.command.repair;

import io.tidemark.command.location.Damage;
import java.io.IOException;

/**
 * What is to be done about a file.
 *
 * @param why what depends on the file, and what stands in for it
 * @param restoration writes the file anew, after it was moved aside; nothing for other acts
 */
public record Remedy(Damage file, Act act, String why, Restoration restoration) {

  /** What can be done. */
  public enum Act {
    /** Moved aside and written anew: other files say what was in it. */
    RESTORE("restore"),
    /** Moved aside: nothing needs it. */
    SET_ASIDE("set aside"),
    /** Moved aside, and the connector returns to a batch that does not need it. */
    GIVE_UP("give up"),
    /** Left alone: nothing here stands in for it. */
    LEAVE("leave");

    private final String words;

    Act(String words) {
      this.words = words;
    }

    /** As people read it. */
    public String words() {
      return words;
    }
  }

  /** Writes a file. */
  @FunctionalInterface
  public interface Restoration {
    /** Writes it. */
    void run() throws IOException;
  }

  static Remedy restore(Damage file, String why, Restoration restoration) {
    return new Remedy(file, Act.RESTORE, why, restoration);
  }

  static Remedy setAside(Damage file, String why) {
    return new Remedy(file, Act.SET_ASIDE, why, () -> {});
  }

  static Remedy giveUp(Damage file, String why) {
    return new Remedy(file, Act.GIVE_UP, why, () -> {});
  }

  static Remedy leave(Damage file, String why) {
    return new Remedy(file, Act.LEAVE, why, () -> {});
  }
}
