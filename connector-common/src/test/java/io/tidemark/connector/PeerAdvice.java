package io.tidemark.connector;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which keys are recommended in place of those of other connectors. */
public final class PeerAdvice {

  private static final Pattern OURS = Pattern.compile(": use ([a-z]+(?:\\.[a-z*]+)+)");

  private PeerAdvice() {}

  /** Keys that are recommended, each with a key that is to be replaced by it. */
  public static Map<String, String> recommended(PeerKeys peers) {
    Map<String, String> recommended = new TreeMap<>();
    for (String name : peers.names()) {
      key(peers.of(name)).ifPresent(key -> recommended.put(key, name));
    }
    return recommended;
  }

  private static Optional<String> key(String advice) {
    Matcher ours = OURS.matcher(advice);
    return ours.find() ? Optional.of(ours.group(1).replace("*", "delta.x")) : Optional.empty();
  }
}
