package dev.roster.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.core.util.Yaml;

/**
 * A contract against which an answer may leave out what the contract promises.
 *
 * <p>Whoever expects an answer names the headers and members that it reads. What it names has to be
 * as the contract says all the same.
 */
final class PartialAnswers {

  private PartialAnswers() {}

  /**
   * Takes the duties of answers out of a contract.
   *
   * @param contract YAML
   * @return JSON, good for answers only
   */
  static String of(String contract) {
    try {
      JsonNode document = Yaml.mapper().readTree(contract);
      relax(document);
      return new ObjectMapper().writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The contract cannot be read", e);
    }
  }

  private static void relax(JsonNode node) {
    if (node instanceof ObjectNode object) {
      // A list belongs to a schema; a parameter or a header says true.
      if (object.path("required").isArray()) {
        object.remove("required");
      }
      object.path("headers").forEach(PartialAnswers::freeHeader);
    }
    node.forEach(PartialAnswers::relax);
  }

  private static void freeHeader(JsonNode header) {
    if (header instanceof ObjectNode object) {
      object.remove("required");
    }
  }
}
