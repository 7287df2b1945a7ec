package dev.roster.server.batch;

import dev.roster.server.odata.FieldType;
import dev.roster.server.odata.FilterExpression.Function;
import dev.roster.server.odata.FilterExpression.Operator;
import dev.roster.server.odata.FilterFields;
import java.util.EnumSet;
import java.util.Set;

/** The properties of pools that queries may name. */
final class PoolProperties {

  private static final Set<Operator> EQUALITY = EnumSet.of(Operator.EQUAL, Operator.NOT_EQUAL);

  /** For {@code $filter}. */
  static final FilterFields FILTERABLE =
      FilterFields.builder()
          .field(
              "id",
              FieldType.STRING,
              EnumSet.allOf(Operator.class),
              EnumSet.of(Function.STARTS_WITH))
          .field("state", FieldType.STRING, EQUALITY)
          .field("allocationState", FieldType.STRING, EQUALITY)
          .field("stateTransitionTime", FieldType.DATE_TIME)
          .field("allocationStateTransitionTime", FieldType.DATE_TIME)
          .field("creationTime", FieldType.DATE_TIME)
          .field("lastModified", FieldType.DATE_TIME)
          .field("vmSize", FieldType.STRING, EQUALITY)
          .field("enableAutoScale", FieldType.BOOLEAN)
          .field("enableInterNodeCommunication", FieldType.BOOLEAN)
          .build();

  private PoolProperties() {}

  /** The value of a property for a filter. */
  static Object value(PoolService.Sight sight, String property, PoolMapper mapper) {
    Pool pool = sight.pool();
    return switch (property) {
      case "id" -> pool.id;
      case "state" -> PoolMapper.state(pool);
      case "allocationState" -> PoolMapper.allocationState(pool, sight.now());
      case "stateTransitionTime" -> PoolMapper.stateSince(pool);
      case "allocationStateTransitionTime" -> PoolMapper.allocationStateSince(pool, sight.now());
      case "vmSize" -> mapper.definition(pool).path(property).textValue();
      case "enableAutoScale", "enableInterNodeCommunication" ->
          mapper.definition(pool).path(property).booleanValue();
      case "creationTime" -> pool.createdAt;
      case "lastModified" -> pool.modifiedAt;
      default -> throw new IllegalArgumentException(property + " is not filterable");
    };
  }
}
