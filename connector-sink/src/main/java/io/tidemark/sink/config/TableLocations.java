package io.tidemark.sink.config;

/** Which table takes the records of a topic. */
public sealed interface TableLocations {

  /**
   * Location of the table of a topic.
   *
   * @throws org.apache.kafka.common.config.ConfigException when {@code table.name.format} has no
   *     name for this topic
   */
  String of(String topic);

  /** All topics go into one table. */
  record OneTable(String path) implements TableLocations {

    @Override
    public String of(String topic) {
      return path;
    }
  }

  /** Tables below one directory, named after their topics. */
  record Named(String basePath, TableNameFormat format) implements TableLocations {

    @Override
    public String of(String topic) {
      return (basePath.endsWith("/") ? basePath : basePath + "/") + format.nameOf(topic);
    }
  }
}
