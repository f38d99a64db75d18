package io.tidemark.sink.config;

import io.tidemark.connector.KeyGroup;
import io.tidemark.connector.Rule;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** Size and form of the data files, and the memory for those that are open. */
final class FileKeys {

  static final String TARGET_BYTES = "file.target.bytes";
  static final String CODEC = "parquet.codec";
  static final String MAX_OPEN_FILES = "writer.max.open.files";
  static final String BUFFER_MAX_BYTES = "buffer.max.bytes";

  static final String GROUP = "Files";

  private FileKeys() {}

  static void define(ConfigDef definition) {
    new KeyGroup(definition, GROUP)
        .add(
            TARGET_BYTES,
            ConfigDef.Type.LONG,
            128L << 20,
            Rule.atLeast(1),
            Importance.MEDIUM,
            "Size of a file",
            """
            Size at which a data file is closed and the next one is begun. Large files are cheaper
            to read and to list; small files spread better over readers. A commit closes all files,
            whatever their size. Bytes.""")
        .add(
            CODEC,
            ConfigDef.Type.STRING,
            "zstd",
            Rule.oneOf(List.of("zstd", "snappy", "gzip", "lz4_raw", "uncompressed")),
            Importance.MEDIUM,
            "Compression",
            """
            How the pages of the data files are compressed. zstd makes the smallest files for
            moderate CPU time; snappy and lz4_raw save CPU time; gzip is for readers that support
            no other codec.""")
        .add(
            MAX_OPEN_FILES,
            ConfigDef.Type.INT,
            100,
            Rule.atLeast(1),
            Importance.LOW,
            "Open files",
            """
            How many data files a task keeps open. To open one more, the task closes another one
            early. A higher number makes larger files if there are many partition values; a lower
            number needs less memory.""")
        .add(
            BUFFER_MAX_BYTES,
            ConfigDef.Type.LONG,
            0L,
            Rule.atLeast(0),
            Importance.LOW,
            "Memory for open files",
            """
            Memory that the open data files of a task may use. Above it the task closes the largest
            file. More memory makes larger files if there are many partition values; less memory
            leaves room for other connectors in the worker. Bytes per task; 0 means a quarter of
            the heap, divided among the connector's tasks.""");
  }
}
