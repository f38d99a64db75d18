package io.tidemark.chaos;

/** What happens to the broker and its topics. */
final class BrokerActs {

  private static final int LONGEST_DOWN_SECONDS = 10;
  private static final int MOST_PARTITIONS = 12;

  private BrokerActs() {}

  static String kill(Scene scene, Dice dice) {
    scene.broker.process().kill();
    return startAgain(scene, dice);
  }

  static String restart(Scene scene, Dice dice) {
    scene.broker.stop();
    return startAgain(scene, dice);
  }

  static String addPartition(Scene scene, Dice dice) {
    String topic = dice.pick(Scene.TOPICS);
    int partition = scene.topics.endOffsets(topic).size();
    if (partition == MOST_PARTITIONS) {
      return topic + " has enough";
    }
    scene.topics.grow(topic, partition + 1);
    scene.writer.include(topic, partition);
    return topic + "-" + partition;
  }

  private static String startAgain(Scene scene, Dice dice) {
    int seconds = dice.between(0, LONGEST_DOWN_SECONDS);
    Hold.seconds(seconds);
    Start.patiently(scene.broker::start);
    return "started again after " + seconds + " s";
  }
}
