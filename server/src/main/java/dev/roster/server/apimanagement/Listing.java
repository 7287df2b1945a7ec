package dev.roster.server.apimanagement;

import dev.roster.server.odata.FilterSql.Condition;
import java.util.Optional;

/**
 * Which part of which entries a listing shall give.
 *
 * @param condition what the entries meet; empty for all
 * @param top most entries of this page
 * @param skip entries to leave out before it
 */
record Listing(Optional<Condition> condition, int top, int skip) {

  /** The condition as a further term of a where clause. */
  String andCondition() {
    return condition.map(filter -> " and " + filter.sql()).orElse("");
  }
}
