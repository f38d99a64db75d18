package io.tidemark.faults;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;

/**
 * {@link FaultyFileSystem} for {@code fs.AbstractFileSystem.hdfs.impl}, by which {@code
 * FileContext} finds it: Delta's log store for HDFS commits through that.
 */
public final class FaultyHdfs extends DelegateToFileSystem {

  /** Called by Hadoop. */
  public FaultyHdfs(URI uri, Configuration conf) throws IOException, URISyntaxException {
    // To require an authority would be to have a default port, which these names do without.
    super(uri, new FaultyFileSystem(), conf, "hdfs", false);
  }
}
