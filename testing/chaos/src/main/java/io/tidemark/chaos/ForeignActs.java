package io.tidemark.chaos;

/** What another writer does to the table. */
final class ForeignActs {

  private static final int MOST_ROWS = 500;

  private ForeignActs() {}

  static String insert(Scene scene, Dice dice) {
    int rows = dice.between(1, MOST_ROWS);
    scene.foreign.insert(rows);
    return rows + " rows";
  }

  static String optimize(Scene scene, Dice dice) {
    scene.foreign.optimize();
    return "by Spark";
  }

  static String addColumn(Scene scene, Dice dice) {
    scene.foreign.addColumn();
    return "by Spark";
  }
}
