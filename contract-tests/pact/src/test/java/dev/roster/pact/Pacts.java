package dev.roster.pact;

import au.com.dius.pact.core.model.DefaultPactReader;
import au.com.dius.pact.core.model.SynchronousRequestResponse;
import au.com.dius.pact.core.support.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The pacts that the consumer tests of this build wrote, one for each API. */
final class Pacts {

  private Pacts() {}

  /** Where the pact of an API lies. */
  private static Path file(ProvenApi api) {
    return Path.of(
        System.getProperty("testing.pacts"), Expectation.CONSUMER + "-" + api.provider() + ".json");
  }

  /**
   * Removes the pact of an earlier build, which a new one would be merged with.
   *
   * <p>Only that of one API, as the tests of the others may have been here before.
   */
  static void forget(ProvenApi api) throws IOException {
    Files.deleteIfExists(file(api));
  }

  /** The interactions with an API; at least one. */
  static List<SynchronousRequestResponse> interactionsWith(ProvenApi api) {
    List<SynchronousRequestResponse> interactions =
        DefaultPactReader.INSTANCE.loadPact(file(api).toFile()).getInteractions().stream()
            .map(interaction -> interaction.asSynchronousRequestResponse())
            .toList();
    if (interactions.isEmpty()) {
      throw new AssertionError(file(api) + " has no interactions");
    }
    return interactions;
  }

  /** The operation of the contract that an interaction is about. */
  static String operationId(SynchronousRequestResponse interaction) {
    JsonValue references = interaction.getComments().get("references");
    if (references == null) {
      throw new AssertionError(interaction.getDescription() + " refers to no operation");
    }
    return references.get("openapi").get("operationId").asString();
  }
}
