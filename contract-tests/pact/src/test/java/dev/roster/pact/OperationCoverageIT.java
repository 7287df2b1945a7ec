package dev.roster.pact;

import static org.assertj.core.api.Assertions.assertThat;

import au.com.dius.pact.core.model.SynchronousRequestResponse;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No pact leaves an operation of its contract out, nor one of its statuses or errors. */
class OperationCoverageIT {

  /** Stands for any of the operations: what all of them share is shown once. */
  private static final String ANY = "*";

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @EnumSource
  void interactionsReferToEveryOperationAndToNoOther(ProvenApi api) {
    Set<String> referred = new TreeSet<>();
    for (SynchronousRequestResponse interaction : Pacts.interactionsWith(api)) {
      referred.add(Pacts.operationId(interaction));
    }

    assertThat(referred).isEqualTo(operations(contract(api)).keySet());
  }

  /** Both ways: a reason for what is shown, or what nobody documents, is wrong too. */
  @ParameterizedTest
  @EnumSource
  void everythingDocumentedIsShownOrHasReasonWhyNot(ProvenApi api) throws IOException {
    Set<String> notShown = documentedStatuses(api);
    notShown.addAll(documentedErrors(api));
    notShown.removeAll(shownStatuses(api));
    notShown.removeAll(shownErrors(api));

    assertThat(reasons(api).keySet()).isEqualTo(notShown);
  }

  /** The statuses of errors are left to their codes. */
  @ParameterizedTest
  @EnumSource
  void pactShowsNoUndocumentedSuccess(ProvenApi api) {
    Set<String> undocumented = new TreeSet<>();
    for (SynchronousRequestResponse interaction : Pacts.interactionsWith(api)) {
      if (interaction.getResponse().getStatus() < 400) {
        undocumented.add(statusOf(interaction));
      }
    }
    undocumented.removeAll(documentedStatuses(api));

    assertThat(undocumented).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void pactShowsNoUndocumentedError(ProvenApi api) throws IOException {
    Set<String> documented = documentedErrors(api);
    Set<String> undocumented = new TreeSet<>();
    for (String error : shownErrors(api)) {
      if (!error.startsWith(ANY)
          && !documented.contains(error)
          && !documented.contains(ANY + error.substring(error.indexOf(' ')))) {
        undocumented.add(error);
      }
    }

    assertThat(undocumented).isEmpty();
  }

  /** Such as {@code Pool_Exists 304}; the default response has none. */
  private static Set<String> documentedStatuses(ProvenApi api) {
    Set<String> statuses = new TreeSet<>();
    operations(contract(api))
        .forEach(
            (operationId, operation) ->
                operation
                    .get("responses")
                    .fieldNames()
                    .forEachRemaining(
                        status -> {
                          if (!status.equals("default")) {
                            statuses.add(operationId + " " + status);
                          }
                        }));
    return statuses;
  }

  private static Set<String> shownStatuses(ProvenApi api) {
    Set<String> statuses = new TreeSet<>();
    for (SynchronousRequestResponse interaction : Pacts.interactionsWith(api)) {
      statuses.add(statusOf(interaction));
    }
    return statuses;
  }

  private static String statusOf(SynchronousRequestResponse interaction) {
    return Pacts.operationId(interaction) + " " + interaction.getResponse().getStatus();
  }

  /** Such as {@code ComputeNode_AddUser 409 NodeUserExists}. */
  private static Set<String> documentedErrors(ProvenApi api) {
    Set<String> errors = new TreeSet<>();
    JsonNode contract = contract(api);
    addErrors(errors, ANY, contract);
    operations(contract)
        .forEach((operationId, operation) -> addErrors(errors, operationId, operation));
    return errors;
  }

  private static void addErrors(Set<String> errors, String operationId, JsonNode documented) {
    for (JsonNode error : documented.get("x-error-codes")) {
      errors.add(
          operationId + " " + error.get("status").asText() + " " + error.get("code").asText());
    }
  }

  /** An answer to HEAD does not tell its code, and shows whatever has its status. */
  private static Set<String> shownErrors(ProvenApi api) throws IOException {
    Set<String> errors = new TreeSet<>();
    Set<String> documented = documentedErrors(api);
    for (SynchronousRequestResponse interaction : Pacts.interactionsWith(api)) {
      int status = interaction.getResponse().getStatus();
      byte[] body = interaction.getResponse().getBody().orElse(new byte[0]);
      if (interaction.getRequest().getMethod().equals("HEAD")) {
        documented.stream()
            .filter(error -> error.startsWith(statusOf(interaction) + " "))
            .forEach(errors::add);
      } else if (status >= 400) {
        String error = " " + status + " " + api.errorCode(JSON.readTree(body));
        errors.add(Pacts.operationId(interaction) + error);
        errors.add(ANY + error);
      }
    }
    return errors;
  }

  private static Map<String, String> reasons(ProvenApi api) throws IOException {
    Map<String, String> reasons = new TreeMap<>();
    String name = "/unreachable-errors/" + api.provider() + ".txt";
    try (InputStream file = OperationCoverageIT.class.getResourceAsStream(name)) {
      new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .forEach(
              line -> {
                int colon = line.indexOf(": ");
                assertThat(colon).as(line).isPositive();
                reasons.put(line.substring(0, colon), line.substring(colon + 2));
              });
    }
    return reasons;
  }

  private static Map<String, JsonNode> operations(JsonNode contract) {
    Map<String, JsonNode> operations = new TreeMap<>();
    contract
        .get("paths")
        .forEach(
            path ->
                path.forEach(
                    operation -> {
                      if (operation.has("operationId")) {
                        operations.put(operation.get("operationId").asText(), operation);
                      }
                    }));
    return operations;
  }

  private static JsonNode contract(ProvenApi api) {
    try {
      return YAML.readTree(api.contract().file().toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
