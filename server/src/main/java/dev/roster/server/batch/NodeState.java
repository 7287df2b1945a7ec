package dev.roster.server.batch;

import java.util.Locale;

/** The states of a compute node in api-version 2023-11-01.18.0. */
enum NodeState {
  IDLE,
  REBOOTING,
  REIMAGING,
  RUNNING,
  UNUSABLE,
  CREATING,
  STARTING,
  WAITING_FOR_START_TASK,
  START_TASK_FAILED,
  UNKNOWN,
  LEAVING_POOL,
  OFFLINE,
  PREEMPTED;

  /** The name on the wire: lower case, without separators. */
  String wireValue() {
    return name().replace("_", "").toLowerCase(Locale.ROOT);
  }

  /** Whether the documentation allows user accounts to change, and reboots, in this state. */
  boolean isOperational() {
    return this == IDLE || this == RUNNING;
  }
}
