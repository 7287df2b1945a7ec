package dev.roster.server.apimanagement;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.testing.Answer;
import java.util.ArrayList;
import java.util.List;

/** What errors of API Management have to look like. */
final class ApiManagementErrorAssert {

  private ApiManagementErrorAssert() {}

  /** Checks an error of ARM, in front of the service. */
  static void assertGatewayError(Answer answer, int status, String code, String message) {
    JsonNode error = error(answer, status);
    assertThat(answer.header("x-ms-failure-cause")).contains("gateway");
    assertThat(error.fieldNames()).toIterable().containsExactly("code", "message");
    assertThat(error.get("code").asText()).as(answer.text()).isEqualTo(code);
    assertThat(error.get("message").asText()).isEqualTo(message);
  }

  /** Checks an error of the service that names no fields. */
  static void assertServiceError(Answer answer, int status, String code, String message) {
    JsonNode error = error(answer, status);
    assertThat(answer.header("x-ms-failure-cause")).isEmpty();
    assertThat(error.fieldNames()).toIterable().containsExactly("code", "message", "details");
    assertThat(error.get("code").asText()).as(answer.text()).isEqualTo(code);
    assertThat(error.get("message").asText()).isEqualTo(message);
    assertThat(error.get("details").isNull()).isTrue();
  }

  /**
   * Checks a ValidationError.
   *
   * @param targetsAndMessages of all its details, by turns
   */
  static void assertValidationError(Answer answer, String... targetsAndMessages) {
    JsonNode error = error(answer, 400);
    assertThat(answer.header("x-ms-failure-cause")).isEmpty();
    assertThat(error.fieldNames()).toIterable().containsExactly("code", "message", "details");
    assertThat(error.get("code").asText()).as(answer.text()).isEqualTo("ValidationError");
    assertThat(error.get("message").asText())
        .isEqualTo("One or more fields contain incorrect values:");
    List<String> details = new ArrayList<>();
    for (JsonNode detail : error.get("details")) {
      assertThat(detail.fieldNames()).toIterable().containsExactly("code", "target", "message");
      assertThat(detail.get("code").asText()).isEqualTo("ValidationError");
      details.add(detail.get("target").asText());
      details.add(detail.get("message").asText());
    }
    assertThat(details).containsExactly(targetsAndMessages);
  }

  private static JsonNode error(Answer answer, int status) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).contains("application/json; charset=utf-8");
    assertThat(answer.header("ETag")).isEmpty();
    assertThat(answer.json().fieldNames()).toIterable().containsExactly("error");
    return answer.json().get("error");
  }
}
