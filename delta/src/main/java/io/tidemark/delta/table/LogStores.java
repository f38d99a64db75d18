package io.tidemark.delta.table;

import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Chooses the log store of a file system, so that no commit can overwrite another one. */
final class LogStores {

  /** Kernel's log stores for these check first and then write: two workers can lose commits. */
  private static final Set<String> UNSAFE_BY_DEFAULT = Set.of("s3", "s3a", "s3n");

  private LogStores() {}

  /** Configures our log store for local files, unless the user has configured one. */
  static void configure(Configuration conf) {
    if (conf.get(key("file")) == null) {
      conf.set(key("file"), LinkLogStore.class.getName());
    }
  }

  /** Refuses locations to which two workers cannot safely commit. */
  static void requireSafe(String location, Configuration conf) {
    String scheme = new Path(location).toUri().getScheme();
    if (scheme == null) {
      scheme = FileSystem.getDefaultUri(conf).getScheme();
    }
    if (UNSAFE_BY_DEFAULT.contains(scheme) && conf.get(key(scheme)) == null) {
      throw TableErrors.unsafeLogStore(location, scheme);
    }
  }

  private static String key(String scheme) {
    return "io.delta.kernel.logStore." + scheme + ".impl";
  }
}
