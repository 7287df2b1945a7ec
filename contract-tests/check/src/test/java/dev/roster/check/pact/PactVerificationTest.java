package dev.roster.check.pact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.check.Api;
import dev.roster.check.Finding;
import dev.roster.check.pact.PactVerification.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PactVerificationTest {

  private static final String VERSION_2 =
      """
      {
        "consumer": {"name": "mine"},
        "provider": {"name": "%s"},
        "interactions": [
          {
            "description": "a user is updated",
            "request": {
              "method": "PUT",
              "path": "%s",
              "query": "api-version=2023-11-01.18.0&timeout=30",
              "headers": {
                "Authorization": "Bearer token",
                "Content-Type": "application/json; odata=minimalmetadata"
              },
              "body": {
                "password": "12345"
              }
            },
            "response": {
              "status": 404,
              "headers": {
                "Content-Type": "application/json;odata=minimalmetadata",
                "request-id": "5289d960-216e-4097-a870-3ee2e52592c5"
              },
              "body": {
                "code": "NodeUserNotFound",
                "message": {
                  "lang": "en-US",
                  "value": "The specified node user does not exist."
                }
              }
            }
          }
        ],
        "metadata": {"pactSpecification": {"version": "2.0.0"}}
      }
      """;

  private static final String VERSION_4 =
      """
      {
        "consumer": {"name": "mine"},
        "provider": {"name": "nimble"},
        "interactions": [
          {
            "type": "Synchronous/HTTP",
            "description": "a user is read",
            "request": {
              "method": "get",
              "path": "/v1/users/1000000000000004d3000000000000000000000003",
              "query": {"fields": ["id,role"]},
              "headers": {"X-Auth-Token": ["0123456789abcdef0123456789abcdef"]}
            },
            "response": {
              "status": 200,
              "body": {
                "contentType": "application/json",
                "encoded": %s,
                "content": %s
              }
            }
          }
        ],
        "metadata": {"pactSpecification": {"version": "4.0"}}
      }
      """;

  private static final String BATCH_USER = "/pools/poolId/nodes/node/users/userName";

  @TempDir Path folder;

  @Test
  void interactionThatTheContractAllowsHasNoFault() throws IOException {
    Outcome outcome = verify(VERSION_2.formatted("azure-batch", BATCH_USER));

    assertThat(outcome.unreadable()).isEmpty();
    assertThat(outcome.verdicts()).hasSize(1);
    assertThat(outcome.verdicts().get(0).description()).isEqualTo("a user is updated");
    assertThat(outcome.verdicts().get(0).findings()).isEmpty();
  }

  @Test
  void memberAtFaultIsNamedByItsLine() throws IOException {
    Finding finding =
        onlyFinding(
            verify(
                VERSION_2
                    .formatted("azure-batch", BATCH_USER)
                    .replace("\"lang\": \"en-US\"", "\"lang\": 7")));

    assertThat(finding.ruleId()).isEqualTo("validation.response.body.schema.type");
    assertThat(finding.line()).isEqualTo(28);
    assertThat(finding)
        .asString()
        .startsWith("mine.json:28: error: [azure-batch ComputeNode_UpdateUser] response 404: ")
        .contains("integer", "string")
        .endsWith("(interaction \"a user is updated\")");
  }

  @Test
  void wrongMediaTypeIsAFault() throws IOException {
    Finding finding =
        onlyFinding(
            verify(
                VERSION_2
                    .formatted("azure-batch", BATCH_USER)
                    .replace("application/json;odata=minimalmetadata", "text/html")));

    assertThat(finding.ruleId()).isEqualTo("validation.response.contentType.notAllowed");
  }

  @Test
  void brokenRequestIsAFaultUnlessItIsRefused() throws IOException {
    String broken =
        VERSION_2
            .formatted("azure-batch", BATCH_USER)
            .replace("\"password\": \"12345\"", "\"password\": 12345");
    String accepted =
        broken.replaceFirst("(?s)\"response\": \\{.*?\"metadata\"", ACCEPTED + "\"metadata\"");

    assertThat(verify(broken).verdicts().get(0).findings()).isEmpty();
    Finding finding = onlyFinding(verify(accepted));
    assertThat(finding.ruleId()).isEqualTo("validation.request.body.schema.type");
    assertThat(finding.line()).isEqualTo(16);
    assertThat(finding.message()).startsWith("[azure-batch ComputeNode_UpdateUser] request: ");
  }

  private static final String ACCEPTED =
      """
      "response": {"status": 200, "headers": {"request-id": "5289d960-216e-4097-a870-3ee2e52592c5"}}
      }
      ],
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "false|{\"data\": {\"role\": \"guest\"}}",
        "\"JSON\"|{\"data\": {\"role\": \"guest\"}}",
        "\"base64\"|\"eyJkYXRhIjogeyJyb2xlIjogImd1ZXN0In19\""
      })
  void bodiesOfVersion4AreReadInEachOfTheirForms(String encoded, String content)
      throws IOException {
    assertThat(verify(VERSION_4.formatted(encoded, content)).verdicts().get(0).findings())
        .isEmpty();
  }

  @Test
  void memberInABodyOfVersion4IsNamedByItsLine() throws IOException {
    Finding finding =
        onlyFinding(
            verify(VERSION_4.formatted("false", "{\n\"data\": {\n\"role\": \"root\"\n}\n}")));

    assertThat(finding.ruleId()).isEqualTo("validation.response.body.schema.enum");
    assertThat(finding.line()).isEqualTo(21);
    assertThat(finding.message()).startsWith("[nimble Users_Read] response 200: ");
  }

  @Test
  void pathTellsTheApiOfAnotherProvider() throws IOException {
    assertThat(verify(VERSION_2.formatted("batch", BATCH_USER)).verdicts().get(0).findings())
        .isEmpty();
  }

  @Test
  void chosenApiGoesBeforeThePath() throws IOException {
    Finding finding =
        onlyFinding(
            new PactVerification(Optional.of(Api.NIMBLE))
                .verify(
                    write(
                        VERSION_2
                            .formatted("batch", BATCH_USER)
                            .replace("\"status\": 404", "\"status\": 500")),
                    "mine.json"));

    assertThat(finding.ruleId()).isEqualTo("validation.request.path.missing");
    assertThat(finding.message()).startsWith("[nimble PUT " + BATCH_USER + "] request: ");
  }

  @Test
  void interactionWithoutAContractIsAFault() throws IOException {
    Finding finding = onlyFinding(verify(VERSION_2.formatted("other", "/orders/1")));

    assertThat(finding)
        .hasToString(
            "mine.json:5: error: \"a user is updated\": no contract has PUT /orders/1; name the API"
                + " with --api, or the provider after it: azure-batch, azure-api-management,"
                + " nimble, azure-pack");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"consumer\":\\n{|mine.json:2: error: not JSON: ",
        "[]|mine.json:1: error: not a pact: it names no consumer and provider",
        "''|mine.json:1: error: the file is empty",
        "{\"consumer\": {}, \"provider\": {},\\n\"messages\": [{}]}|mine.json:2: error: a message pact;",
        "{\"consumer\": {}, \"provider\": {},\\n\"interactions\": []}|mine.json:2: error: the pact has no interactions",
        "{\"consumer\": {}, \"provider\": {}}|mine.json:1: error: the pact has no interactions",
        "{\"consumer\": {}, \"provider\": {}, \"interactions\": [\\n{\"description\": \"d\"}]}|mine.json:2: error: \"d\" is no HTTP interaction",
        "{\"consumer\": {}, \"provider\": {},\\n\"metadata\": {\"pactSpecification\": {\"version\": \"1.0.0\"}}}|mine.json:2: error: pact specification 1.0.0 is not known"
      })
  void whatCannotBeCheckedIsTold(String pact, String line) throws IOException {
    Outcome outcome = verify(pact.replace("\\n", "\n"));

    assertThat(outcome.verdicts()).isEmpty();
    assertThat(outcome.unreadable()).hasSize(1);
    assertThat(outcome.unreadable().get(0)).startsWith(line);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Asynchronous/Messages", "Synchronous/Messages"})
  void messagesOfVersion4AreToldByTheirLine(String type) throws IOException {
    Outcome outcome = verify(VERSION_4.formatted("false", "{}").replace("Synchronous/HTTP", type));

    assertThat(outcome.unreadable())
        .containsExactly(
            "mine.json:5: error: \"a user is read\" is a message (%s); only HTTP interactions can be checked"
                .formatted(type));
  }

  private Outcome verify(String pact) throws IOException {
    return new PactVerification(Optional.empty()).verify(write(pact), "mine.json");
  }

  private Path write(String pact) throws IOException {
    return Files.writeString(folder.resolve("mine.json"), pact);
  }

  private static Finding onlyFinding(Outcome outcome) {
    List<Finding> findings = outcome.verdicts().get(0).findings();
    assertThat(findings).hasSize(1);
    return findings.get(0);
  }
}
