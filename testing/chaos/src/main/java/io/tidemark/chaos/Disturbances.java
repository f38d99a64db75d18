package io.tidemark.chaos;

import io.tidemark.chaos.Disturbance.Group;
import java.util.List;
import java.util.stream.Stream;

/** Every kind of event there is. */
public final class Disturbances {

  public static final Disturbance KILL_WORKER =
      new Disturbance("worker kill -9", Group.KILL, WorkerActs::killOne);
  public static final Disturbance KILL_TWO_WORKERS =
      new Disturbance("two workers kill -9", Group.KILL, WorkerActs::killTwo);
  public static final Disturbance KILL_BROKER =
      new Disturbance("broker kill -9", Group.KILL, BrokerActs::kill);
  public static final Disturbance SUSPEND_WORKER =
      new Disturbance("worker suspended", Group.OUTAGE, WorkerActs::suspend);
  public static final Disturbance RESTART_WORKER =
      new Disturbance("worker restarted", Group.OUTAGE, WorkerActs::restart);
  public static final Disturbance RESTART_BROKER =
      new Disturbance("broker restarted", Group.OUTAGE, BrokerActs::restart);
  public static final Disturbance PAUSE_CONNECTOR =
      new Disturbance("connector paused", Group.OPERATION, ConnectorActs::pause);
  public static final Disturbance RESTART_CONNECTOR =
      new Disturbance("connector restarted", Group.OPERATION, ConnectorActs::restart);
  public static final Disturbance RESTART_TASK =
      new Disturbance("task restarted", Group.OPERATION, ConnectorActs::restartTask);
  public static final Disturbance CHANGE_TASKS =
      new Disturbance("tasks.max changed", Group.OPERATION, ConnectorActs::changeTasks);
  public static final Disturbance CHANGE_INTERVAL =
      new Disturbance("commit.interval.ms changed", Group.OPERATION, ConnectorActs::changeInterval);
  public static final Disturbance ADD_PARTITION =
      new Disturbance("partition added", Group.OPERATION, BrokerActs::addPartition);
  public static final Disturbance INSERT =
      new Disturbance("foreign INSERT", Group.FOREIGN, ForeignActs::insert);
  public static final Disturbance OPTIMIZE =
      new Disturbance("foreign OPTIMIZE", Group.FOREIGN, ForeignActs::optimize);
  public static final Disturbance ADD_COLUMN =
      new Disturbance("foreign ADD COLUMN", Group.FOREIGN, ForeignActs::addColumn);

  public static final Disturbance FAULTY_STORE =
      new Disturbance("store faulty", Group.STORE, StoreActs::fail);
  public static final Disturbance SUSPEND_STORE =
      new Disturbance("store suspended", Group.STORE, StoreActs::suspend);

  /** Those that need no object store. */
  public static final List<Disturbance> ALL =
      List.of(
          KILL_WORKER,
          KILL_TWO_WORKERS,
          KILL_BROKER,
          SUSPEND_WORKER,
          RESTART_WORKER,
          RESTART_BROKER,
          PAUSE_CONNECTOR,
          RESTART_CONNECTOR,
          RESTART_TASK,
          CHANGE_TASKS,
          CHANGE_INTERVAL,
          ADD_PARTITION,
          INSERT,
          OPTIMIZE,
          ADD_COLUMN);

  /** All of them, for tables and checkpoint locations on S3. */
  public static final List<Disturbance> ON_S3 =
      Stream.concat(ALL.stream(), Stream.of(FAULTY_STORE, SUSPEND_STORE)).toList();

  private Disturbances() {}
}
