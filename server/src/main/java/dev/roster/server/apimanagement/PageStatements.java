package dev.roster.server.apimanagement;

import dev.roster.server.database.SpaceSql;
import dev.roster.server.database.SpaceStatements;
import dev.roster.server.database.SpaceStatements.RowReader;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs statements that give a page together with the number of all entries, so that both are of the
 * same moment.
 *
 * <p>Such a statement has the parameters {@code :top} and {@code :skip}, and a row for each entry
 * with the number in {@code count} and the entry's id in {@code id}; a page without entries has one
 * row, without an id.
 */
@Singleton
class PageStatements {

  private final SpaceStatements statements;

  private record Row<T>(long count, Optional<T> entry) {}

  @Inject
  PageStatements(SpaceStatements statements) {
    this.statements = statements;
  }

  <T> Page<T> select(
      String sql, Listing listing, Map<String, Object> parameters, RowReader<T> reader) {
    Map<String, Object> all = new HashMap<>(parameters);
    all.put("top", (long) listing.top());
    all.put("skip", (long) listing.skip());
    listing.condition().ifPresent(condition -> all.putAll(condition.parameters()));
    List<Row<T>> rows =
        statements.select(
            SpaceSql.of(sql),
            all,
            row ->
                new Row<>(
                    row.getLong("count"),
                    row.getString("id") == null
                        ? Optional.empty()
                        : Optional.of(reader.read(row))));
    return new Page<>(
        rows.stream().flatMap(row -> row.entry().stream()).toList(), rows.get(0).count());
  }
}
