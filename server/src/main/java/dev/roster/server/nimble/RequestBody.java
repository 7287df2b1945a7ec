package dev.roster.server.nimble;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;

/**
 * The envelope of a body.
 *
 * @param fetch whether it asks for a query
 */
record RequestBody(ObjectNode envelope, ObjectNode data, boolean fetch) {

  private static final String DATA = "data";
  private static final String OPERATION_TYPE = "operationType";
  private static final String FETCH = "fetch";

  private static final Set<String> BESIDE_DATA =
      Set.of(DATA, OPERATION_TYPE, Window.START_ROW, Window.END_ROW, Window.PAGE_SIZE);

  /**
   * Reads a body that has to be there.
   *
   * @throws dev.roster.server.error.ApiException SM_invalid_arg, SM_unexpected_child,
   *     SM_no_operation_found, SM_missing_arg
   */
  static RequestBody required(ObjectNode envelope) {
    if (envelope == null) {
      throw NimbleErrors.unreadableBody("The body is missing or is no JSON object.");
    }
    for (Iterator<String> names = envelope.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!BESIDE_DATA.contains(name)) {
        throw NimbleErrors.unexpectedChild(name);
      }
    }
    JsonNode operationType = envelope.path(OPERATION_TYPE);
    boolean fetch = operationType.asText().equals(FETCH);
    if (!fetch && !operationType.isMissingNode() && !operationType.isNull()) {
      throw NimbleErrors.noOperation(operationType.asText());
    }
    if (!(envelope.get(DATA) instanceof ObjectNode data)) {
      throw NimbleErrors.missingArgument(DATA);
    }
    return new RequestBody(envelope, data, fetch);
  }

  /** Reads a body that may be missing, and then holds nothing. */
  static RequestBody optional(ObjectNode envelope) {
    ObjectNode empty = JsonNodeFactory.instance.objectNode();
    return envelope == null ? new RequestBody(empty, empty, false) : required(envelope);
  }

  /**
   * Refuses a query, for operations that are none.
   *
   * @throws dev.roster.server.error.ApiException SM_no_operation_found
   */
  RequestBody notFetch() {
    if (fetch) {
      throw NimbleErrors.noOperation(FETCH);
    }
    return this;
  }

  /**
   * Demands a query.
   *
   * @throws dev.roster.server.error.ApiException SM_no_operation_found
   */
  RequestBody onlyFetch() {
    if (!fetch) {
      throw NimbleErrors.noOperation(envelope.path(OPERATION_TYPE).asText());
    }
    return this;
  }

  /** What stands beside the data, as a text; empty if it is absent. */
  Optional<String> beside(String name) {
    return Optional.ofNullable(envelope.get(name))
        .filter(node -> !node.isNull())
        .map(JsonNode::asText);
  }
}
