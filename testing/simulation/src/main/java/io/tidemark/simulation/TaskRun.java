package io.tidemark.simulation;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.common.TidemarkException;
import io.tidemark.sink.batch.OffsetReset;
import io.tidemark.sink.driver.Driver;
import io.tidemark.sink.segment.Delivery;
import io.tidemark.sink.segment.Retries;
import io.tidemark.sink.task.TaskPort;
import io.tidemark.sink.task.TaskSession;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * One incarnation of a task on a worker: the shipped session in a loop like that of Connect's
 * worker, the shipped driver on a thread beside it.
 */
final class TaskRun implements Consumer, TaskPort {

  private static final int FLUSH_MS = 2_000;
  private static final int TICK_MS = 700;

  private final World world;
  private final Machine machine;
  private final int task;
  private final String name;
  private final ShippedParts parts;
  private final Queue<Batch> committed = new ArrayDeque<>();
  private final Assignment assignment;
  private final Actor driverActor;
  private Runnable owner = () -> {};
  private TaskSession session;
  private Driver driver;
  private RuntimeException driverFailure;
  private RuntimeException failure;
  private boolean commitRequested;
  private boolean stopping;
  private boolean over;
  private long flushMs;
  private long heartbeatMs;
  private long pollMs;
  private int generation;

  /**
   * @param incarnation tells runs of the same task apart
   */
  TaskRun(World world, Machine machine, int task, int tasks, int incarnation) {
    this.world = world;
    this.machine = machine;
    this.task = task;
    this.name = "task %d.%d %s".formatted(task, incarnation, machine.name());
    this.parts = new ShippedParts(world, task, tasks);
    this.assignment = new Assignment(world, name);
    this.heartbeatMs = world.schedule.nowMs();
    this.pollMs = heartbeatMs;
    new Actor(name, machine, world.schedule, this::runTask);
    this.driverActor =
        new Actor(
            "driver %d.%d %s".formatted(task, incarnation, machine.name()),
            machine,
            world.schedule,
            this::runDriver);
  }

  int task() {
    return task;
  }

  /** Whether nothing of it runs any more. */
  boolean isOver() {
    return over || machine.isDead();
  }

  /** What ended it, null when nothing did. */
  RuntimeException failure() {
    return failure;
  }

  /** Asks it to end, as the worker does. */
  void stop() {
    stopping = true;
  }

  boolean isStopping() {
    return stopping;
  }

  /** The runtime loses the partitions and learns of it too late. */
  void lose() {
    world.group.leave(this);
  }

  private void runTask(Actor actor) {
    Io io = new Io(world, actor);
    try {
      owner = parts.join(io, actor::sleep);
    } catch (RuntimeException e) {
      fail(actor, e);
      over = true;
      return;
    }
    session = parts.session(io, actor::sleep, committed, this);
    world.group.join(this);
    try {
      while (!stopping) {
        iterate();
        actor.sleep(world.dice.between(1, TICK_MS));
      }
    } catch (RuntimeException e) {
      fail(actor, e);
    }
    closeAll(actor);
    session.stop();
    world.group.leave(this);
    over = true;
    world.trace.add(name, () -> "is over");
  }

  /**
   * A failing task must give a reason that its user understands; on a dead machine it reports
   * nothing.
   */
  private void fail(Actor actor, RuntimeException e) {
    actor.requireAlive();
    if (!(e instanceof TidemarkException named)) {
      throw new Violation(name + " ended with " + e, e);
    }
    failure = e;
    world.trace.add(name, () -> "fails: " + e.getMessage());
    boolean known =
        (named.code().equals("TM-168") && parts.isOfFormerConnector())
            || (named.code().equals("TM-169") && machine.disk() != world.files);
    if (!known) {
      world.invariants.failed(named);
    }
  }

  private void closeAll(Actor actor) {
    try {
      revoke(assignment.partitions(), true);
    } catch (RuntimeException e) {
      fail(actor, e);
    }
  }

  /** One turn of Connect's loop: commit, rewind, poll with rebalances inside, put. */
  private void iterate() {
    if (commitRequested || world.schedule.nowMs() >= flushMs) {
      commit(assignment.positions());
      flushMs = world.schedule.nowMs() + FLUSH_MS;
      commitRequested = false;
    }
    assignment.rewind();
    pollMs = world.schedule.nowMs();
    follow();
    if (driverFailure != null) {
      throw driverFailure;
    }
    List<SinkRecord> fetched = assignment.fetch();
    session.put(
        new Delivery(world.windowing.landed(fetched), world.windowing.absorbed(fetched)),
        world.schedule.nowMs());
  }

  private void commit(Map<TopicPartition, Long> positions) {
    Map<TopicPartition, Long> safe =
        session.preCommit(new HashMap<>(positions), world.schedule.nowMs());
    world.invariants.returned(name, safe);
    world.group.commit(this, safe);
  }

  private void follow() {
    if (!world.group.isMember(this)) {
      Set<TopicPartition> lost = assignment.partitions();
      if (!lost.isEmpty()) {
        world.trace.add(name, () -> "has lost " + lost);
        session.close(lost, world.schedule.nowMs());
        assignment.drop(lost);
      }
      world.group.join(this);
    }
    if (generation != world.group.generation()) {
      int joined = world.group.generation();
      Set<TopicPartition> revoked = new HashSet<>(assignment.partitions());
      if (world.scenario.cooperative()) {
        revoked.removeAll(world.group.target(this));
      }
      revoke(revoked, false);
      generation = joined;
    }
    Set<TopicPartition> opened = world.group.acquire(this);
    if (!opened.isEmpty()) {
      assignment.take(opened);
      world.trace.add(name, () -> "opens " + opened);
      session.open(opened, world.schedule.nowMs());
      assignment.rewind();
    }
  }

  private void revoke(Set<TopicPartition> partitions, boolean everything) {
    if (partitions.isEmpty()) {
      return;
    }
    world.trace.add(name, () -> "gives up " + partitions);
    Map<TopicPartition, Long> positions = new HashMap<>(assignment.positions());
    if (everything || world.dice.chance(0.5)) {
      positions.keySet().retainAll(partitions);
    }
    commit(positions);
    session.close(partitions, world.schedule.nowMs());
    assignment.drop(partitions);
    world.group.release(this, partitions);
  }

  private void runDriver(Actor actor) {
    Io io = new Io(world, actor);
    Retries retries = new Retries(ShippedParts.MAX_FAILURES, actor::sleep);
    try {
      while (!stopping && !over) {
        try {
          if (session == null && parts.hasConnector()) {
            // As in a worker's task, which has its session before its driver starts.
            actor.sleep(TICK_MS);
            continue;
          }
          if (driver == null) {
            driver = parts.driver(io, committed);
          }
          long wakeMs = driver.step(world.schedule.nowMs());
          retries.succeeded();
          actor.doze(Math.max(0, wakeMs - world.schedule.nowMs()));
        } catch (IOException e) {
          retries.failed("commit", e);
        }
      }
    } catch (RuntimeException e) {
      world.trace.add(actor.name(), () -> "ends: " + e);
      driverFailure = e;
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Machine machine() {
    return machine;
  }

  @Override
  public int generation() {
    return generation;
  }

  @Override
  public long heartbeatMs() {
    return heartbeatMs;
  }

  @Override
  public void heartbeat(long nowMs) {
    heartbeatMs = nowMs;
  }

  @Override
  public long pollMs() {
    return pollMs;
  }

  @Override
  public void seek(Map<TopicPartition, Long> offsets) {
    assignment.seek(offsets);
  }

  @Override
  public void requestCommit() {
    commitRequested = true;
  }

  @Override
  public void pause(Collection<TopicPartition> partitions) {
    assignment.pause(partitions);
  }

  @Override
  public void resume(Collection<TopicPartition> partitions) {
    assignment.resume(partitions);
  }

  @Override
  public void beginning() {
    owner.run();
  }

  @Override
  public void wakeDriver() {
    if (driver != null) {
      driver.wake();
    }
    driverActor.wake();
  }

  @Override
  public void reset(OffsetReset reset) {
    if (driver != null) {
      driver.reset(reset);
      wakeDriver();
    }
  }
}
