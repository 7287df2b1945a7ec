package dev.roster.server.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.testing.Answer;
import java.util.ArrayList;
import java.util.List;

/** What refusals have to look like. */
final class Refusals {

  private Refusals() {}

  /**
   * Checks status, code and details of a refusal.
   *
   * @param details names and values by turns, all that there are
   */
  static void assertRefused(Answer answer, int status, String code, String... details) {
    assertThat(answer.text()).contains("\"code\":\"" + code + "\"");
    assertThat(answer.status()).isEqualTo(status);
    JsonNode body = answer.json();
    assertThat(body.get("code").asText()).isEqualTo(code);
    assertThat(body.at("/message/lang").asText()).isEqualTo("en-US");
    assertThat(body.at("/message/value").asText())
        .contains("\nRequestId:" + answer.header("request-id").orElseThrow() + "\nTime:");
    List<String> actual = new ArrayList<>();
    for (JsonNode detail : body.path("values")) {
      actual.add(detail.get("key").asText());
      actual.add(detail.get("value").asText());
    }
    assertThat(actual).containsExactly(details);
  }
}
