package dev.roster.check.pact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.check.Finding;
import dev.roster.check.pact.PactVerification.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Pacts as a team writes them that reads a few members of an answer and knows nothing of Roster.
 */
class OutsidersPactTest {

  private static final String USER =
      "/subscriptions/sub/resourceGroups/rg/providers/Microsoft.ApiManagement/service/apim/users/u";

  /** As Pact's library for JavaScript writes it. */
  private static final String PORTAL =
      """
      {
        "consumer": {"name": "developer-portal"},
        "provider": {"name": "api-management"},
        "interactions": [
          {
            "description": "a request for a user",
            "providerState": "there is a user",
            "request": {
              "method": "GET",
              "path": "%1$s",
              "query": "api-version=2024-05-01",
              "headers": {"Authorization": "Bearer token"}
            },
            "response": {
              "status": 200,
              "headers": {"Content-Type": "application/json"},
              "body": {"name": "u", "properties": {"email": "u@example.com", "state": "active"}},
              "matchingRules": {"$.body": {"match": "type"}}
            }
          },
          {
            "description": "a request to block a user",
            "request": {
              "method": "PATCH",
              "path": "%1$s",
              "query": "api-version=2024-05-01",
              "headers": {
                "Authorization": "Bearer token",
                "Content-Type": "application/json",
                "If-Match": "*"
              },
              "body": {"properties": {"state": "blocked"}}
            },
            "response": {"status": 200}
          },
          {
            "description": "a request for a user that is gone",
            "request": {
              "method": "GET",
              "path": "%1$s",
              "query": "api-version=2024-05-01",
              "headers": {"Authorization": "Bearer token"}
            },
            "response": {"status": 404, "body": {"error": {"code": "ResourceNotFound"}}}
          }
        ],
        "metadata": {"pactSpecification": {"version": "2.0.0"}}
      }
      """
          .formatted(USER);

  private static final String ROTATION =
      """
      {
        "consumer": {"name": "key-rotation"},
        "provider": {"name": "batch"},
        "interactions": [
          {
            "type": "Synchronous/HTTP",
            "description": "a new password",
            "request": {
              "method": "PUT",
              "path": "/pools/pool/nodes/tvm-1/users/alice",
              "query": {"api-version": ["2019-08-01.10.0"]},
              "headers": {
                "Authorization": ["Bearer token"],
                "Content-Type": ["application/json; odata=minimalmetadata"]
              },
              "body": {"contentType": "application/json", "content": {"password": "new"}}
            },
            "response": {"status": 200}
          }
        ],
        "metadata": {"pactSpecification": {"version": "4.0"}}
      }
      """;

  private static final String ARRAY =
      """
      {
        "consumer": {"name": "audit"},
        "provider": {"name": "nimble"},
        "interactions": [
          {
            "description": "the users",
            "request": {
              "method": "GET",
              "path": "/v1/users/detail",
              "headers": {"X-Auth-Token": "0123456789abcdef0123456789abcdef"}
            },
            "response": {"status": 200, "body": {"data": [{"name": "admin", "role": "guest"}]}}
          }
        ],
        "metadata": {"pactSpecification": {"version": "2.0.0"}}
      }
      """;

  @TempDir Path folder;

  private Path pact;

  @BeforeEach
  void nameTheFile() {
    pact = folder.resolve("theirs.json");
  }

  private Outcome verify(String text) throws IOException {
    return new PactVerification(Optional.empty())
        .verify(Files.writeString(pact, text), "theirs.json");
  }

  private List<Finding> findings(String text) throws IOException {
    Outcome outcome = verify(text);
    assertThat(outcome.unreadable()).isEmpty();
    return outcome.verdicts().stream().flatMap(verdict -> verdict.findings().stream()).toList();
  }

  @Test
  void answerMayLeaveOutHeadersMembersAndTheBody() throws IOException {
    assertThat(verify(PORTAL).verdicts()).hasSize(3);
    assertThat(findings(PORTAL)).isEmpty();
    assertThat(findings(ROTATION)).isEmpty();
    assertThat(findings(ARRAY)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"2021-01-01", "2020-12-01", "2024-05-01-preview", "newest"})
  void versionThatTheContractExcludesIsAFault(String version) throws IOException {
    List<Finding> findings = findings(PORTAL.replace("2024-05-01", version));

    // The request that is answered with 404 may be wrong.
    assertThat(findings).hasSize(2);
    assertThat(findings)
        .extracting(Finding::ruleId)
        .containsOnly("validation.request.parameter.schema.enum");
    assertThat(findings.get(0).message())
        .startsWith("[azure-api-management User_Get] request: ")
        .contains(version);
    assertThat(findings.get(0).line()).isBetween(8, 13);
  }

  @Test
  void retiredVersionIsAFault() throws IOException {
    assertThat(findings(ROTATION.replace("2019-08-01.10.0", "2017-09-01.6.0")))
        .extracting(Finding::ruleId)
        .containsExactly("validation.request.parameter.schema.enum");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"state\": \"active\"|\"state\": \"sleeping\"|validation.response.body.schema.enum",
        "\"email\": \"u@example.com\"|\"email\": 7|validation.response.body.schema.type",
        "\"state\": \"blocked\"|\"state\": \"sleeping\"|validation.request.body.schema.allOf",
        "\"If-Match\": \"*\"|\"If\": \"*\"|validation.request.parameter.header.missing"
      })
  void valueThatTheContractExcludesIsAFault(String sound, String broken, String key)
      throws IOException {
    assertThat(findings(PORTAL.replace(sound, broken)))
        .extracting(Finding::ruleId)
        .containsExactly(key);
  }

  @Test
  void roleThatTheContractExcludesIsAFault() throws IOException {
    assertThat(findings(ARRAY.replace("\"role\": \"guest\"", "\"role\": \"root\"")))
        .extracting(Finding::ruleId)
        .containsExactly("validation.response.body.schema.enum");
  }

  @Test
  void headerThatIsNamedHasItsForm() throws IOException {
    String answer = "\"response\": {\"status\": 200";
    assertThat(
            findings(
                ROTATION.replace(
                    answer, answer + ", \"headers\": {\"request-id\": [\"not-a-uuid\"]}")))
        .extracting(Finding::ruleId)
        .containsExactly("validation.response.header.schema.format.uuid");
  }
}
