package dev.roster.pact;

import static org.assertj.core.api.Assertions.assertThat;

import au.com.dius.pact.core.model.SynchronousRequestResponse;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.roster.testing.Contract;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The pact leaves no operation of the contract out, and no error of the operations on users. */
class OperationCoverageIT {

  private static final Set<String> USER_OPERATIONS =
      Set.of("ComputeNode_AddUser", "ComputeNode_UpdateUser", "ComputeNode_DeleteUser");

  /** Stands for any of the operations on users: what all of them share is shown once. */
  private static final String ANY = "*";

  private static final JsonNode CONTRACT = read();

  @Test
  void interactionsReferToEveryOperationAndToNoOther() {
    Set<String> referred = new TreeSet<>();
    for (SynchronousRequestResponse interaction : Pacts.interactionsWith(Expectation.PROVIDER)) {
      referred.add(Pacts.operationId(interaction));
    }

    assertThat(referred).isEqualTo(new TreeSet<>(operations().keySet()));
  }

  @Test
  void everyOperationIsShownToSucceed() {
    Set<String> succeeding = new TreeSet<>();
    for (SynchronousRequestResponse interaction : Pacts.interactionsWith(Expectation.PROVIDER)) {
      if (interaction.getResponse().getStatus() / 100 == 2) {
        succeeding.add(Pacts.operationId(interaction));
      }
    }

    assertThat(succeeding).isEqualTo(new TreeSet<>(operations().keySet()));
  }

  /** Both ways: a reason for an error that is shown, or that nobody documents, is wrong too. */
  @Test
  void everyErrorOfUserOperationsIsShownOrHasReasonWhyNot() throws IOException {
    Set<String> notShown = documentedErrors();
    notShown.removeAll(shownErrors());

    assertThat(reasons().keySet()).isEqualTo(notShown);
  }

  @Test
  void pactShowsNoUndocumentedErrorOfUserOperations() throws IOException {
    Set<String> undocumented = new TreeSet<>();
    for (String error : shownErrors()) {
      if (!error.startsWith(ANY)
          && !documentedErrors().contains(error)
          && !documentedErrors().contains(ANY + error.substring(error.indexOf(' ')))) {
        undocumented.add(error);
      }
    }

    assertThat(undocumented).isEmpty();
  }

  /** Such as {@code ComputeNode_AddUser 409 NodeUserExists}. */
  private static Set<String> documentedErrors() {
    Set<String> errors = new TreeSet<>();
    Function<JsonNode, String> statusAndCode =
        error -> " " + error.get("status").asText() + " " + error.get("code").asText();
    CONTRACT.get("x-error-codes").forEach(error -> errors.add(ANY + statusAndCode.apply(error)));
    operations()
        .forEach(
            (operationId, operation) -> {
              if (USER_OPERATIONS.contains(operationId)) {
                operation
                    .get("x-error-codes")
                    .forEach(error -> errors.add(operationId + statusAndCode.apply(error)));
              }
            });
    return errors;
  }

  private static Set<String> shownErrors() throws IOException {
    Set<String> errors = new TreeSet<>();
    for (SynchronousRequestResponse interaction : Pacts.interactionsWith(Expectation.PROVIDER)) {
      String operationId = Pacts.operationId(interaction);
      int status = interaction.getResponse().getStatus();
      if (USER_OPERATIONS.contains(operationId) && status >= 400) {
        JsonNode body =
            new ObjectMapper().readTree(interaction.getResponse().getBody().orElse(new byte[0]));
        errors.add(operationId + " " + status + " " + body.get("code").asText());
        errors.add(ANY + " " + status + " " + body.get("code").asText());
      }
    }
    return errors;
  }

  private static Map<String, String> reasons() throws IOException {
    Map<String, String> reasons = new TreeMap<>();
    try (InputStream file =
        OperationCoverageIT.class.getResourceAsStream("/unreachable-errors.txt")) {
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

  private static Map<String, JsonNode> operations() {
    Map<String, JsonNode> operations = new TreeMap<>();
    CONTRACT
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

  private static JsonNode read() {
    try {
      return new ObjectMapper(new YAMLFactory()).readTree(Contract.AZURE_BATCH.file().toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
