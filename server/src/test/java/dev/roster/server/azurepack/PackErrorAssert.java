package dev.roster.server.azurepack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.testing.Answer;
import java.util.ArrayList;
import java.util.List;

/** What errors of Azure Pack have to look like, in JSON. */
final class PackErrorAssert {

  private PackErrorAssert() {}

  /** Checks an error without details. */
  static void assertError(Answer answer, int status, String code, String message) {
    JsonNode error = error(answer, status, code);
    assertThat(error.get("Message").asText()).isEqualTo(message);
    assertThat(error.get("Details").isNull()).as(answer.text()).isTrue();
  }

  /**
   * Checks an InvalidInput that names members.
   *
   * @param sourcesAndMessages of all its details, by turns
   */
  static void assertInvalid(Answer answer, String... sourcesAndMessages) {
    JsonNode error = error(answer, 400, "InvalidInput");
    assertThat(error.get("Message").asText()).isEqualTo("One or more values are not valid.");
    List<String> details = new ArrayList<>();
    for (JsonNode detail : error.get("Details")) {
      assertThat(detail.fieldNames()).toIterable().containsExactly("Code", "Source", "Message");
      assertThat(detail.get("Code").asText()).isEqualTo("InvalidInput");
      details.add(detail.get("Source").asText());
      details.add(detail.get("Message").asText());
    }
    assertThat(details).containsExactly(sourcesAndMessages);
  }

  private static JsonNode error(Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).contains("application/json; charset=utf-8");
    assertThat(answer.json().fieldNames())
        .toIterable()
        .containsExactly("Code", "Message", "Details");
    assertThat(answer.json().get("Code").asText()).as(answer.text()).isEqualTo(code);
    return answer.json();
  }

  /**
   * Checks an error without details that is XML.
   *
   * @param path of the request, without query
   */
  static void assertXmlError(
      Answer answer, String method, String path, int status, String code, String message) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    JsonNode error = PackXml.read(method, path, answer);
    assertThat(error.get("Code").asText()).isEqualTo(code);
    assertThat(error.get("Message").asText()).isEqualTo(message);
    assertThat(error.get("Details").isNull()).as(answer.text()).isTrue();
  }
}
