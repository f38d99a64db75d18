package io.tidemark.windows.update;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.windows.state.RocksStateStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Date;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.sink.SinkRecord;

/** Rows of random records against a list of all records; tasks die, move and read again. */
class UpdatePropertyTest {

  private static final int PARTITIONS = 2;
  private static final long SIZE = 100;
  private static final long DELAY = 100;

  private record Order(long at, String product, long amount) {
    private long window() {
      return Math.floorDiv(at, SIZE) * SIZE;
    }
  }

  /** One partition: what was sent, and what is right for it. */
  private static final class Partition {
    private final List<Order> orders = new ArrayList<>();
    private final List<Boolean> late = new ArrayList<>();
    private long maxAt = Long.MIN_VALUE;
    private int next;

    /** Where the partition was at the last ticks of the clock. */
    private final Deque<Integer> ticks = new ArrayDeque<>();

    private int committed;

    private void commit() {
      ticks.add(next);
      if (ticks.size() >= 3) {
        committed = ticks.removeFirst();
      }
    }

    /** Where records are read again; nothing after it is committed until time has passed again. */
    private int rewind(int records) {
      ticks.clear();
      return Math.max(committed, next - records);
    }

    private void send(Random random) {
      long at = orders.size() * 7L + random.nextInt(500) - 400;
      orders.add(new Order(at, "p" + random.nextInt(3), random.nextInt(100) - 50L));
    }

    /** The row after the records below {@code next}, as text; empty when there is none. */
    private Optional<String> row(int index) {
      if (late.get(index)) {
        return Optional.empty();
      }
      Order wanted = orders.get(index);
      long sum = 0;
      long count = 0;
      for (int i = 0; i < next; i++) {
        Order order = orders.get(i);
        if (!late.get(i)
            && order.window() == wanted.window()
            && order.product().equals(wanted.product())) {
          sum += order.amount();
          count++;
        }
      }
      return Optional.of(text(wanted.window(), wanted.product(), sum, count));
    }

    private void pass() {
      Order order = orders.get(next);
      late.add(maxAt != Long.MIN_VALUE && order.window() + SIZE <= maxAt - DELAY);
      maxAt = Math.max(maxAt, order.at());
      next++;
    }
  }

  private static String text(Object start, Object product, Object sum, Object count) {
    return start + " " + product + " " + sum + " " + count;
  }

  @Property(tries = 200)
  void everyRowIsThatOfTheRecordsSoFar(@ForAll long seed, @ForAll boolean schema) {
    World world = new World(Path.of("/state"));
    run(seed, schema, 120, world, world::restart);
  }

  @Property(tries = 4)
  void aStateOnDiskSurvivesThatItsProcessIsKilled(@ForAll long seed, @ForAll boolean schema)
      throws IOException {
    Path directory = Files.createTempDirectory("update");
    Disk disk = new Disk(directory);
    try {
      World world = new World(directory.resolve("0"), RocksStateStore::open);
      run(seed, schema, 60, world, () -> disk.kill(world));
    } finally {
      Disk.delete(directory);
    }
  }

  private static void run(long seed, boolean schema, int steps, World world, Runnable kill) {
    Random random = new Random(seed);
    world.config.put("state.retention.ms", "1000");
    Partition[] partitions = {new Partition(), new Partition()};
    UpdateOperator[] tasks = {world.task(0), world.task(1)};
    for (int step = 0; step < steps; step++) {
      int number = random.nextInt(PARTITIONS);
      Partition partition = partitions[number];
      switch (random.nextInt(20)) {
        case 0 -> {
          kill.run();
          tasks = new UpdateOperator[] {world.task(0), world.task(1)};
        }
        case 1 -> {
          int task = random.nextInt(tasks.length);
          tasks[task].close();
          tasks[task] = world.task(task);
        }
        case 2 -> {
          Arrays.stream(partitions).forEach(Partition::commit);
          world.pass(400);
        }
        case 3 -> {
          int from = partition.rewind(random.nextInt(40));
          for (int offset = from; offset < partition.next; offset++) {
            assertRow(tasks[random.nextInt(2)], partition, number, offset, schema);
          }
        }
        default -> {
          partition.send(random);
          int offset = partition.next;
          partition.pass();
          assertRow(tasks[random.nextInt(2)], partition, number, offset, schema);
        }
      }
    }
    Arrays.stream(tasks).forEach(UpdateOperator::close);
  }

  private static void assertRow(
      UpdateOperator task, Partition partition, int number, int offset, boolean schema) {
    Order order = partition.orders.get(offset);
    SinkRecord record =
        schema
            ? World.struct(number, offset, order.at(), order.product(), order.amount())
            : World.order(number, offset, order.at(), order.product(), order.amount());
    assertThat(task.add(record).map(UpdatePropertyTest::text)).isEqualTo(partition.row(offset));
  }

  private static String text(UpdateRow row) {
    Map<String, Object> cells = new HashMap<>();
    if (row.value() instanceof Struct struct) {
      struct.schema().fields().forEach(field -> cells.put(field.name(), struct.get(field)));
      Object date = struct.getStruct("window").get("start");
      long start = Timestamp.fromLogical(Timestamp.SCHEMA, (Date) date);
      return text(start, cells.get("product"), cells.get("total"), cells.get("n"));
    }
    Map<?, ?> value = (Map<?, ?>) row.value();
    Object start = ((Map<?, ?>) value.get("window")).get("start");
    return text(start, value.get("product"), value.get("total"), value.get("n"));
  }

  /** Directories that are copied as they are, open databases and all. */
  private static final class Disk {
    private final Path directory;
    private int lives;

    private Disk(Path directory) {
      this.directory = directory;
    }

    private void kill(World world) {
      Path before = directory.resolve(Integer.toString(lives));
      Path after = directory.resolve(Integer.toString(lives + 1));
      if (!Files.exists(before)) {
        return;
      }
      try {
        // Flushes and compactions run on their own: only a copy at rest is what a death leaves.
        while (!copied(before, after)) {
          delete(after);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      lives++;
      world.config.put("state.dir", after.toString());
      world.restart();
    }

    /** False when a file came or went meanwhile. */
    private static boolean copied(Path from, Path to) throws IOException {
      try {
        Map<Path, Long> files = sizes(from);
        for (Path file : files.keySet()) {
          Files.copy(file, to.resolve(from.relativize(file).toString()));
        }
        return sizes(from).equals(files);
      } catch (NoSuchFileException e) {
        return false;
      }
    }

    private static Map<Path, Long> sizes(Path directory) throws IOException {
      Map<Path, Long> sizes = new TreeMap<>();
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.toList()) {
          sizes.put(file, Files.size(file));
        }
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
      return sizes;
    }

    private static void delete(Path directory) throws IOException {
      if (!Files.exists(directory)) {
        return;
      }
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
