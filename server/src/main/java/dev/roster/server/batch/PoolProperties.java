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
          .field("id", FieldType.STRING, EQUALITY, EnumSet.of(Function.STARTS_WITH))
          .field("state", FieldType.STRING, EQUALITY)
          .field("allocationState", FieldType.STRING, EQUALITY)
          .field("creationTime", FieldType.DATE_TIME)
          .field("lastModified", FieldType.DATE_TIME)
          .build();

  private PoolProperties() {}

  /** The value of a property for a filter. */
  static Object value(PoolService.Sight sight, String property) {
    Pool pool = sight.pool();
    return switch (property) {
      case "id" -> pool.id;
      case "state" -> PoolMapper.state(pool);
      case "allocationState" -> PoolMapper.allocationState(pool, sight.now());
      case "creationTime" -> pool.createdAt;
      case "lastModified" -> pool.modifiedAt;
      default -> throw new IllegalArgumentException(property + " is not filterable");
    };
  }
}
