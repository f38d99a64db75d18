package io.tidemark.command;

import io.tidemark.command.error.CommandErrors;
import io.tidemark.storage.HadoopFileSystems;
import io.tidemark.storage.MaintainedStorage;
import io.tidemark.storage.Storages;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The checkpoint location, and how to reach its file system. */
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

  private HadoopFileSystems fileSystems;

  MaintainedStorage storage() {
    String location = place.location == null ? place.checkpoint : place.location;
    try {
      return Storages.open(location, fileSystems());
    } catch (IllegalArgumentException e) {
      // Hadoop's file systems throw this for text that is not a path, and for unknown hosts.
      throw CommandErrors.locationUnusable(location, e);
    }
  }

  /** Those of the command; {@link #close} closes them. */
  HadoopFileSystems fileSystems() {
    if (fileSystems == null) {
      fileSystems = new HadoopFileSystems(hadoop);
    }
    return fileSystems;
  }

  /** The command has ended. */
  void close() {
    if (fileSystems != null) {
      fileSystems.close();
      fileSystems = null;
    }
  }
}
