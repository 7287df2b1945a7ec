package dev.roster.server.nimble;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a caller wants of the objects of a set.
 *
 * @param members what is written of each
 * @param secrets the secrets that the caller named and therefore knows
 */
record ObjectQuery<R>(
    ObjectSet<R> objects,
    Criterion<R> criterion,
    Comparator<R> order,
    Window window,
    List<Field<R>> members,
    Set<String> secrets) {

  /** The text that a member has of every object that is wanted; empty if there may be several. */
  Optional<String> onlyText(String member) {
    return only(member)
        .filter(String.class::isInstance)
        .map(String.class::cast)
        // The database does not take it, not even to find nothing.
        .filter(text -> text.indexOf('\0') < 0);
  }

  /** As {@link #onlyText}, for a secret. */
  Optional<TokenHash> onlyHash(String member) {
    return only(member).filter(TokenHash.class::isInstance).map(TokenHash.class::cast);
  }

  private Optional<Object> only(String member) {
    return criterion.only(objects.field(member).orElseThrow());
  }

  /**
   * The list that answers the query.
   *
   * @param candidates all objects that may be wanted
   * @throws dev.roster.server.error.ApiException SM_start_row_beyond_total_rows
   */
  ObjectNode answer(List<R> candidates) {
    List<R> rows = candidates.stream().filter(criterion::holds).sorted(order).toList();
    int end = window.endAmong(rows.size());
    ObjectNode list = JsonNodeFactory.instance.objectNode();
    ArrayNode data = list.putArray("data");
    for (int row = (int) window.start(); row < Math.min(end, rows.size()); row++) {
      data.add(ObjectSet.write(rows.get(row), members));
    }
    list.put(Window.START_ROW, window.start());
    list.put(Window.END_ROW, end);
    list.put("totalRows", rows.size());
    return list;
  }
}
