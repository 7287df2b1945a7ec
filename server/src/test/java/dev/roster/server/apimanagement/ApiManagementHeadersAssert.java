package dev.roster.server.apimanagement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.testing.Answer;

/** What every answer of API Management carries. */
final class ApiManagementHeadersAssert {

  private static final String GUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

  private ApiManagementHeadersAssert() {}

  /** Checks the headers of an answer to a caller without a correlation id that can come back. */
  static void assertHeaders(Answer answer) {
    String id = single(answer, "x-ms-request-id");
    assertThat(id).matches(GUID);
    assertHeaders(answer, id);
  }

  /** Checks the headers of an answer to a caller with this correlation id. */
  static void assertHeaders(Answer answer, String correlationId) {
    assertThat(single(answer, "x-ms-request-id")).matches(GUID);
    assertThat(single(answer, "x-ms-correlation-request-id")).isEqualTo(correlationId);
    String routing = single(answer, "x-ms-routing-request-id");
    assertThat(routing).matches("ROSTER:\\d{8}T\\d{6}Z:.*").endsWith(":" + correlationId);
    assertThat(routing).hasSize("ROSTER:20170602T175850Z:".length() + correlationId.length());
    assertThat(single(answer, "Cache-Control")).isEqualTo("no-cache");
    assertThat(single(answer, "Pragma")).isEqualTo("no-cache");
    assertThat(single(answer, "Expires")).isEqualTo("-1");
    assertThat(single(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
  }

  private static String single(Answer answer, String name) {
    assertThat(answer.headers().get(name.toLowerCase(java.util.Locale.ROOT)))
        .as("%s in %s", name, answer.headers())
        .hasSize(1);
    return answer.header(name).orElseThrow();
  }
}
