package dev.roster.pact;

import au.com.dius.pact.core.model.DefaultPactReader;
import au.com.dius.pact.core.model.SynchronousRequestResponse;
import au.com.dius.pact.core.support.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The pacts that the consumer tests of this build wrote. */
final class Pacts {

  private Pacts() {}

  /** The folder that they lie in. */
  static Path folder() {
    return Path.of(System.getProperty("testing.pacts"));
  }

  /** Removes those of an earlier build, which a new one would be merged with. */
  static void forget() throws IOException {
    if (Files.exists(folder())) {
      try (Stream<Path> files = Files.list(folder())) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** The interactions with a provider; at least one. */
  static List<SynchronousRequestResponse> interactionsWith(String provider) {
    Path file = folder().resolve(Expectation.CONSUMER + "-" + provider + ".json");
    List<SynchronousRequestResponse> interactions =
        DefaultPactReader.INSTANCE.loadPact(file.toFile()).getInteractions().stream()
            .map(interaction -> interaction.asSynchronousRequestResponse())
            .toList();
    if (interactions.isEmpty()) {
      throw new AssertionError(file + " has no interactions");
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

  /** The whole pact, for a look at what must not be in it. */
  static String text(String provider) {
    try {
      return Files.readString(folder().resolve(Expectation.CONSUMER + "-" + provider + ".json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
