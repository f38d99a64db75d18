package io.tidemark.command.repair;

import io.tidemark.command.location.Damage;
import java.io.IOException;

/**
 * The remedy for a file.
 *
 * @param why what depends on the file, and what replaces it
 * @param restoration writes the file again after it was moved aside; does nothing for other acts
 */
public record Remedy(Damage file, Act act, String why, Restoration restoration) {

  /** The kinds of remedies. */
  public enum Act {
    /** Moved aside and written again: its content follows from other files. */
    RESTORE("restore"),
    /** Moved aside: nothing needs it. */
    SET_ASIDE("set aside"),
    /** Moved aside, and the connector returns to a batch that does not need it. */
    GIVE_UP("give up"),
    /** Not touched: nothing in the location can replace it. */
    LEAVE("leave");

    private final String words;

    Act(String words) {
      this.words = words;
    }

    /** The description for people. */
    public String words() {
      return words;
    }
  }

  /** Writes a file. */
  @FunctionalInterface
  public interface Restoration {
    /** Writes the file. */
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
