package io.tidemark.benchmarks;

import io.tidemark.cluster.ProgramLoop;
import io.tidemark.cluster.ProgramRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.parquet.hadoop.ParquetWriter;

/**
 * The least that a program on the JVM does to bring the orders into a file: a consumer, a streaming
 * parser that knows the fields, and parquet-hadoop, in one thread. It has no framework, no table
 * and no guarantee.
 */
final class ParquetProgram {

  private ParquetProgram() {}

  public static void main(String[] args) throws Exception {
    ProgramLoop.serve(ParquetProgram::run);
  }

  private static String run(ProgramRun run) throws Exception {
    List<TopicPartition> partitions =
        IntStream.range(0, run.partitions())
            .mapToObj(partition -> new TopicPartition(run.topic(), partition))
            .toList();
    OrderParser parser = new OrderParser();
    long records = 0;
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(run.bootstrapServers());
        ParquetWriter<OrderParser> file =
            OrderColumns.file(Path.of(run.directory(), "orders.parquet"))) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (records < run.records()) {
        for (ConsumerRecord<byte[], byte[]> order : consumer.poll(Duration.ofMillis(500))) {
          parser.parse(order.value());
          file.write(parser);
          records++;
        }
      }
    }
    return "";
  }

  private static KafkaConsumer<byte[], byte[]> consumer(String bootstrapServers) {
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "5000"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }
}
