package dev.roster.server.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.testing.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What holds for every error of the Batch service, whatever went wrong. */
final class BatchErrorAssert {

  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private BatchErrorAssert() {}

  /**
   * Checks that an answer is this error and no other.
   *
   * @param details keys and values in turn, all that the error has, in its order
   */
  static void assertError(Answer answer, int status, String code, String... details) {
    Map<String, String> expected = new LinkedHashMap<>();
    for (int i = 0; i < details.length; i += 2) {
      expected.put(details[i], details[i + 1]);
    }
    assertThat(details(answer, status, code)).isEqualTo(expected);
    assertThat(details(answer, status, code).keySet()).containsExactlyElementsOf(expected.keySet());
  }

  /** Checks status, code and form of an error, and gives its details for a closer look. */
  static Map<String, String> details(Answer answer, int status, String code) {
    String text = answer.text();
    assertThat(answer.status()).as(text).isEqualTo(status);
    assertThat(answer.header("Content-Type")).contains("application/json;odata=minimalmetadata");
    assertThat(answer.header("DataServiceVersion")).contains("3.0");
    String requestId = answer.header("request-id").orElseThrow();
    assertThat(requestId).matches(UUID);

    JsonNode body = answer.json();
    assertThat(body.path("code").asText()).as(text).isEqualTo(code);
    List<String> members = new ArrayList<>(List.of("odata.metadata", "code", "message"));
    if (body.has("values")) {
      members.add("values");
      assertThat(body.get("values")).as(text).isNotEmpty();
    }
    assertThat(body.fieldNames()).toIterable().containsExactlyElementsOf(members);
    assertThat(body.get("odata.metadata").asText())
        .matches(
            "http://[^/]+/\\$metadata"
                + "#Microsoft\\.Azure\\.Batch\\.Protocol\\.Entities\\.Container\\.errors/@Element");
    JsonNode message = body.get("message");
    assertThat(message.fieldNames()).toIterable().containsExactly("lang", "value");
    assertThat(message.get("lang").asText()).isEqualTo("en-US");
    assertThat(message.get("value").asText())
        .matches(
            "[^\\n]+\\nRequestId:"
                + requestId
                + "\\nTime:\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{7}Z");

    Map<String, String> details = new LinkedHashMap<>();
    body.path("values")
        .forEach(
            value -> {
              assertThat(value.fieldNames()).toIterable().containsExactly("key", "value");
              details.put(value.get("key").asText(), value.get("value").asText());
            });
    return details;
  }
}
