package io.tidemark.command;

import io.tidemark.checkpoint.storage.MaintainedStorage;
import io.tidemark.checkpoint.storage.Storages;
import io.tidemark.command.error.CommandErrors;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which checkpoint location, and how its file system is reached. */
final class LocationOptions {

  @ArgGroup(multiplicity = "1")
  private Place place;

  private static final class Place {
    @Parameters(
        paramLabel = "LOCATION",
        description =
            "The connector's checkpoint.location, a path or URI; by default that is"
                + " _tidemark/<connector> inside table.path.")
    private String location;

    @Option(names = "--checkpoint", paramLabel = "LOCATION", description = "The same.")
    private String checkpoint;
  }

  @Option(
      names = "--hadoop",
      paramLabel = "KEY=VALUE",
      description = "An entry for Hadoop's configuration, as the connector's hadoop.KEY=VALUE.")
  private Map<String, String> hadoop = new TreeMap<>();

  MaintainedStorage storage() {
    String location = place.location == null ? place.checkpoint : place.location;
    try {
      return Storages.open(location, hadoop);
    } catch (IllegalArgumentException e) {
      // What Hadoop's file systems throw for text that is no path, and hosts that nobody knows.
      throw CommandErrors.locationUnusable(location, e);
    }
  }

  Map<String, String> hadoop() {
    return hadoop;
  }
}
