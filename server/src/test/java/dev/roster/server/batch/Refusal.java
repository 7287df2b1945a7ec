package dev.roster.server.batch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.testing.Answer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An error of the Batch service, as tests compare it.
 *
 * @param values the details by their keys
 */
record Refusal(int status, String code, Map<String, String> values) {

  static Refusal of(Answer answer) {
    JsonNode body = answer.json();
    Map<String, String> values = new LinkedHashMap<>();
    for (JsonNode detail : body.path("values")) {
      values.put(detail.path("key").asText(), detail.path("value").asText());
    }
    return new Refusal(answer.status(), body.path("code").asText(), values);
  }

  static Refusal of(int status, String code) {
    return new Refusal(status, code, Map.of());
  }

  static Refusal of(int status, String code, String key, String value) {
    return new Refusal(status, code, Map.of(key, value));
  }
}
