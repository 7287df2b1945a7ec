package dev.roster.server.batch;

import dev.roster.server.odata.FieldType;
import dev.roster.server.odata.FilterExpression.Operator;
import dev.roster.server.odata.FilterFields;
import java.util.EnumSet;
import java.util.Set;

/** The properties of nodes that queries may name. */
final class NodeProperties {

  /** For {@code $select}. */
  static final Set<String> SELECTABLE =
      Set.of(
          "id",
          "url",
          "state",
          "schedulingState",
          "stateTransitionTime",
          "lastBootTime",
          "allocationTime",
          "ipAddress",
          "affinityId",
          "vmSize",
          "totalTasksRun",
          "runningTasksCount",
          "runningTaskSlotsCount",
          "totalTasksSucceeded",
          "recentTasks",
          "startTask",
          "startTaskInfo",
          "certificateReferences",
          "errors",
          "isDedicated",
          "endpointConfiguration",
          "nodeAgentInfo",
          "virtualMachineInfo");

  private static final Set<Operator> EQUALITY = EnumSet.of(Operator.EQUAL, Operator.NOT_EQUAL);

  /** For {@code $filter}, as the documentation page on OData filters lists them. */
  static final FilterFields FILTERABLE =
      FilterFields.builder()
          .field("state", FieldType.STRING, EQUALITY)
          .field("stateTransitionTime", FieldType.DATE_TIME)
          .field("lastBootTime", FieldType.DATE_TIME)
          .field("allocationTime", FieldType.DATE_TIME)
          .field("startTaskInfo/state", FieldType.STRING, EnumSet.of(Operator.EQUAL))
          .field("startTaskInfo/result", FieldType.STRING, EQUALITY)
          .field("startTaskInfo/exitCode", FieldType.NUMBER)
          .field("startTaskInfo/startTime", FieldType.DATE_TIME)
          .field("startTaskInfo/endTime", FieldType.DATE_TIME)
          .build();

  private NodeProperties() {}

  /** The value of a property for a filter; null where the node has none. */
  static Object value(ComputeNodeService.Sight sight, String property) {
    return switch (property) {
      case "state" -> sight.node().stateAt(sight.now()).wireValue();
      case "stateTransitionTime" -> sight.node().stateSince(sight.now());
      case "lastBootTime" -> sight.node().lastBootAt(sight.now()).orElse(null);
      case "allocationTime" -> sight.node().createdAt;
      // Nodes run no start tasks.
      default -> null;
    };
  }
}
