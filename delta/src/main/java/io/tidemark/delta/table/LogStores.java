package io.tidemark.delta.table;

import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Which log store commits to which file system: the rule that no commit may overwrite another. */
final class LogStores {

  /** Kernel's own stores for these check and then write, which loses commits of two workers. */
  private static final Set<String> UNSAFE_BY_DEFAULT = Set.of("s3", "s3a", "s3n");

  private LogStores() {}

  /** Names our store for local files, unless the user named one. */
  static void configure(Configuration conf) {
    if (conf.get(key("file")) == null) {
      conf.set(key("file"), LinkLogStore.class.getName());
    }
  }

  /** Refuses locations to which two workers could not commit safely. */
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
