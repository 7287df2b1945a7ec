package dev.roster.server.nimble;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.testing.Answer;
import java.util.LinkedHashMap;
import java.util.Map;

/** What errors of the array have to look like. */
final class NimbleErrorAssert {

  private static final Map<Integer, String> STATUS_CODES =
      Map.of(
          400, "SM_http_bad_request",
          401, "SM_http_unauthorized",
          403, "SM_http_forbidden",
          404, "SM_http_not_found",
          409, "SM_http_conflict",
          500, "SM_http_internal_server_error",
          503, "SM_http_service_unavailable");

  private NimbleErrorAssert() {}

  /**
   * Checks an error: two messages, the first for the status.
   *
   * @param code of the second message
   * @param argumentsByTurns all names and values of the second message's arguments
   */
  static void assertError(Answer answer, int status, String code, String... argumentsByTurns) {
    JsonNode specific = specific(answer, status, code);
    Map<String, String> expected = new LinkedHashMap<>();
    for (int i = 0; i < argumentsByTurns.length; i += 2) {
      expected.put(argumentsByTurns[i], argumentsByTurns[i + 1]);
    }
    Map<String, String> actual = new LinkedHashMap<>();
    specific
        .path("arguments")
        .fields()
        .forEachRemaining(
            argument -> actual.put(argument.getKey(), argument.getValue().textValue()));
    assertThat(actual).as(answer.text()).isEqualTo(expected);
  }

  /** Checks an error whatever its arguments are. */
  static JsonNode assertCode(Answer answer, int status, String code) {
    return specific(answer, status, code);
  }

  private static JsonNode specific(Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.header("Content-Type").orElse("")).startsWith("application/json");
    assertThat(answer.json().fieldNames()).toIterable().containsExactly("messages");
    JsonNode messages = answer.json().get("messages");
    assertThat(messages).hasSize(2);
    for (JsonNode message : messages) {
      assertThat(message.get("severity").asText()).isEqualTo("error");
      assertThat(message.get("text").asText()).isNotBlank();
    }
    assertThat(messages.get(0).fieldNames())
        .toIterable()
        .containsExactly("code", "severity", "text");
    assertThat(messages.get(0).get("code").asText()).isEqualTo(STATUS_CODES.get(status));
    assertThat(messages.get(1).get("code").asText()).as(answer.text()).isEqualTo(code);
    if (status != 401) {
      // Clients take this text anywhere for a dead session, and some then never stop asking.
      assertThat(answer.text()).doesNotContain("SM_http_unauthorized");
    }
    return messages.get(1);
  }
}
