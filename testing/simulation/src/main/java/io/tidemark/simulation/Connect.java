package io.tidemark.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The Connect cluster: keeps every task running somewhere, as far as it knows. */
final class Connect {

  private static final int WORKER_TIMEOUT_MS = 4_000;
  private static final int TICK_MS = 500;

  private final World world;
  private final List<Machine> machines = new ArrayList<>();
  private final Map<Integer, TaskRun> runs = new HashMap<>();

  /** Runs that the cluster has given up; the tasks may not know it yet. */
  private final List<TaskRun> zombies = new ArrayList<>();

  private int tasks;
  private int incarnations;
  private int machineNames;

  Connect(World world) {
    this.world = world;
    this.tasks = world.scenario.tasks();
    for (int worker = 0; worker < world.scenario.workers(); worker++) {
      machines.add(newMachine());
    }
    world.schedule.after(1, this::tick);
  }

  void died(Machine machine) {
    world.trace.add(machine.name(), () -> "dies");
    machine.kill();
  }

  /** Whether every task runs, and nothing else does. */
  boolean isCalm() {
    zombies.removeIf(TaskRun::isOver);
    return world.connectors.isCalm()
        && zombies.isEmpty()
        && runs.size() == tasks
        && runs.values().stream().noneMatch(run -> run.isOver() || run.isStopping())
        && machines.stream().noneMatch(machine -> machine.isFrozen(world.schedule.nowMs()));
  }

  /**
   * Another connector owns the location: its tasks start, and the earlier tasks may not know it
   * yet.
   */
  void renamed() {
    List.copyOf(runs.values()).forEach(this::giveUp);
  }

  /** The operator stops everything at once. */
  void killAll() {
    machines.forEach(this::died);
  }

  void disturb(Disturbance disturbance) {
    Machine machine = machines.get(disturbance.amount() % machines.size());
    TaskRun run = runs.get(disturbance.amount() % tasks);
    switch (disturbance.kind()) {
      case KILL_WORKER -> died(machine);
      case FREEZE_WORKER -> machine.freeze(world.schedule.nowMs() + disturbance.amount());
      case RESTART_TASK -> {
        if (run != null && !run.isOver()) {
          replace(run, run.machine());
        }
      }
      case LOSE_PARTITIONS -> {
        if (run != null && !run.isOver()) {
          run.lose();
        }
      }
      case RENAME_CONNECTOR, DOUBLE_CONNECTOR -> world.connectors.disturb(disturbance, sharing());
      case OTHER_DISK -> {
        died(machine);
        Machine other = newMachine(new StoredFiles());
        machines.set(machines.indexOf(machine), other);
        world.schedule.after(disturbance.amount(), () -> died(other));
      }
      case CHANGE_TASKS -> {
        tasks = disturbance.amount() % 8 + 1;
        List.copyOf(runs.values()).forEach(this::giveUp);
      }
      default -> throw new IllegalArgumentException(disturbance.toString());
    }
  }

  private void tick() {
    machines.replaceAll(
        machine -> machine.isDead() && world.dice.chance(0.3) ? newMachine() : machine);
    for (TaskRun zombie : zombies) {
      if (world.dice.chance(0.3)) {
        zombie.stop();
      }
    }
    world.connectors.keepStarting(sharing());
    for (int task = 0; task < tasks && world.connectors.hasStarted(); task++) {
      TaskRun run = runs.get(task);
      if (run == null || run.isOver()) {
        startSomewhere(task);
      } else if (run.machine().frozenUntilMs() > world.schedule.nowMs()
          && world.schedule.nowMs() - run.heartbeatMs() > WORKER_TIMEOUT_MS) {
        giveUp(run);
      }
    }
    world.group.watch();
    world.schedule.after(TICK_MS, this::tick);
  }

  private void startSomewhere(int task) {
    List<Machine> up = up();
    if (!up.isEmpty() && world.dice.chance(0.5)) {
      start(task, world.dice.pick(up));
    }
  }

  private List<Machine> up() {
    return machines.stream()
        .filter(machine -> !machine.isDead() && !machine.isFrozen(world.schedule.nowMs()))
        .toList();
  }

  /** The machines that are up and see the same checkpoint location as the others. */
  private List<Machine> sharing() {
    return up().stream().filter(machine -> machine.disk() == world.files).toList();
  }

  private void start(int task, Machine machine) {
    runs.put(task, new TaskRun(world, machine, task, tasks, incarnations++));
  }

  private void giveUp(TaskRun run) {
    runs.remove(run.task());
    zombies.add(run);
  }

  /** A new incarnation in a process in which the old one has not ended yet. */
  private void replace(TaskRun run, Machine machine) {
    giveUp(run);
    if (!machine.isDead() && !machine.isFrozen(world.schedule.nowMs())) {
      start(run.task(), machine);
    }
  }

  private Machine newMachine() {
    return newMachine(world.files);
  }

  private Machine newMachine(StoredFiles disk) {
    Machine machine = new Machine("worker" + machineNames++, disk);
    world.machines.add(machine);
    return machine;
  }
}
