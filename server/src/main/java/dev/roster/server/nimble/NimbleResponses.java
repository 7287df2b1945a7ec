package dev.roster.server.nimble;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.Status;

/** Answers in the array's form. */
final class NimbleResponses {

  private NimbleResponses() {}

  /** A list, which is its own envelope. */
  static RestResponse<ObjectNode> list(ObjectNode list) {
    return RestResponse.ok(list);
  }

  /** One object. */
  static RestResponse<ObjectNode> object(ObjectNode object) {
    return RestResponse.ok(envelope(object));
  }

  /** One object that is new. */
  static RestResponse<ObjectNode> created(ObjectNode object) {
    return RestResponse.status(Status.CREATED, envelope(object));
  }

  /** The answer to a DELETE, which clients read as JSON. */
  static RestResponse<ObjectNode> nothing() {
    return RestResponse.ok(JsonNodeFactory.instance.objectNode());
  }

  private static ObjectNode envelope(ObjectNode object) {
    ObjectNode envelope = JsonNodeFactory.instance.objectNode();
    envelope.set("data", object);
    return envelope;
  }
}
