package io.tidemark.simulation;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** Everything there is, wired together. */
final class World {

  final Scenario scenario;
  final Dice dice;
  final Schedule schedule;
  final Trace trace;
  final Faults faults;
  final StoredFiles files = new StoredFiles();
  final DataFolder folder = new DataFolder();
  final List<Machine> machines = new ArrayList<>();
  final SimulatedKafka kafka;
  final Lakehouse lakehouse;
  final History history;
  final Invariants invariants;
  final Group group;
  final Connectors connectors;
  final Connect connect;
  final Windowing windowing;
  final Misbehaviour misbehaviour;
  final Mishaps mishaps;
  final LetterQueue letters;
  final Decay decay;
  final Scratch scratch = new Scratch();
  private int dataFiles;

  World(Scenario scenario, boolean traced) {
    this.scenario = scenario;
    this.dice = new Dice(~scenario.seed());
    this.windowing = Windowing.of(scenario.seed(), scenario.partitions().size());
    this.schedule = new Schedule(dice);
    this.trace = new Trace(traced, schedule);
    this.misbehaviour = scenario.misbehaviour();
    this.letters = new LetterQueue(this);
    this.faults = new Faults(scenario.disturbances());
    this.kafka = new SimulatedKafka(dice);
    for (int topic = 0; topic < scenario.partitions().size(); topic++) {
      for (int partition = 0; partition < scenario.partitions().get(topic); partition++) {
        kafka.addPartition(new TopicPartition("topic" + topic, partition));
      }
    }
    this.lakehouse = new Lakehouse(folder, scenario.tables());
    this.history = new History(this);
    this.invariants = new Invariants(this);
    this.group = new Group(this);
    this.connectors = new Connectors(this);
    this.connect = new Connect(this);
    this.decay = new Decay(this);
    this.mishaps = new Mishaps(this);
  }

  /** The table that a topic's records go to. */
  String tableOf(String topic) {
    if (topic.equals(Windowing.TOPIC)) {
      return "table0";
    }
    return mishaps.nameOf(
        topic, "table" + Integer.parseInt(topic.substring("topic".length())) % scenario.tables());
  }

  int nextFile() {
    return dataFiles++;
  }

  /** Whether the record cannot become a row. Of duplicates the oracle expects that all can. */
  boolean isPoison(TopicPartition partition, long offset) {
    return misbehaviour.isPoison(partition, offset) && !windowing.mayDrop(partition.topic());
  }
}
