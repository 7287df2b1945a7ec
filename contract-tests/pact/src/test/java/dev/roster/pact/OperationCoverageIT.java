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
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No pact leaves an operation of its contract out, nor an error of the operations on users. */
class OperationCoverageIT {

  /** Stands for any of the operations on users: what all of them share is shown once. */
  private static final String ANY = "*";

  @ParameterizedTest
  @EnumSource
  void interactionsReferToEveryOperationAndToNoOther(ProvenApi api) {
    Set<String> referred = new TreeSet<>();
    for (SynchronousRequestResponse interaction : Pacts.interactionsWith(api)) {
      referred.add(Pacts.operationId(interaction));
    }

    assertThat(referred).isEqualTo(operations(contract(api)).keySet());
  }

  @ParameterizedTest
  @EnumSource
  void everyDocumentedSuccessIsShown(ProvenApi api) {
    Set<String> shown = new TreeSet<>();
    for (SynchronousRequestResponse interaction : Pacts.interactionsWith(api)) {
      if (interaction.getResponse().getStatus() / 100 == 2) {
        shown.add(Pacts.operationId(interaction) + " " + interaction.getResponse().getStatus());
      }
    }
    Set<String> documented = new TreeSet<>();
    operations(contract(api))
        .forEach(
            (operationId, operation) ->
                operation
                    .get("responses")
                    .fieldNames()
                    .forEachRemaining(
                        status -> {
                          if (status.startsWith("2")) {
                            documented.add(operationId + " " + status);
                          }
                        }));

    assertThat(shown).isEqualTo(documented);
  }

  /** Both ways: a reason for an error that is shown, or that nobody documents, is wrong too. */
  @ParameterizedTest
  @EnumSource
  void everyErrorOfUserOperationsIsShownOrHasReasonWhyNot(ProvenApi api) throws IOException {
    Set<String> notShown = documentedErrors(api);
    notShown.removeAll(shownErrors(api));

    assertThat(reasons(api).keySet()).isEqualTo(notShown);
  }

  @ParameterizedTest
  @EnumSource
  void pactShowsNoUndocumentedErrorOfUserOperations(ProvenApi api) throws IOException {
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

  /** Such as {@code ComputeNode_AddUser 409 NodeUserExists}. */
  private static Set<String> documentedErrors(ProvenApi api) {
    Set<String> errors = new TreeSet<>();
    Function<JsonNode, String> statusAndCode =
        error -> " " + error.get("status").asText() + " " + error.get("code").asText();
    JsonNode contract = contract(api);
    contract.get("x-error-codes").forEach(error -> errors.add(ANY + statusAndCode.apply(error)));
    operations(contract)
        .forEach(
            (operationId, operation) -> {
              if (api.userOperations().contains(operationId)) {
                operation
                    .get("x-error-codes")
                    .forEach(error -> errors.add(operationId + statusAndCode.apply(error)));
              }
            });
    return errors;
  }

  /** Those with a body: an answer to HEAD does not tell its code. */
  private static Set<String> shownErrors(ProvenApi api) throws IOException {
    Set<String> errors = new TreeSet<>();
    for (SynchronousRequestResponse interaction : Pacts.interactionsWith(api)) {
      String operationId = Pacts.operationId(interaction);
      int status = interaction.getResponse().getStatus();
      byte[] body = interaction.getResponse().getBody().orElse(new byte[0]);
      if (api.userOperations().contains(operationId) && status >= 400 && body.length > 0) {
        String error = " " + status + " " + api.errorCode(new ObjectMapper().readTree(body));
        errors.add(operationId + error);
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
      return new ObjectMapper(new YAMLFactory()).readTree(api.contract().file().toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
