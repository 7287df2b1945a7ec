package dev.roster.check.pact;

import dev.roster.check.Api;
import dev.roster.check.ContractIndex;
import dev.roster.check.Finding;
import dev.roster.testing.Contract.Fault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares pact files with the contracts. */
public final class PactVerification {

  /** The kind of finding that an interaction without a contract is. */
  public static final String NO_CONTRACT = "pact.no-contract";

  /**
   * What an interaction came to.
   *
   * @param findings empty if its request is as the contract says and its answer expects nothing
   *     that the contract excludes; an expected answer may be incomplete
   */
  public record Verdict(String description, List<Finding> findings) {}

  /**
   * What a file came to.
   *
   * @param name as findings name it
   * @param verdicts one for each HTTP interaction
   * @param unreadable a line for each thing that could not be checked
   */
  public record Outcome(String name, List<Verdict> verdicts, List<String> unreadable) {}

  private final Optional<Api> chosen;
  private final Map<Api, ContractIndex> indexes = new EnumMap<>(Api.class);

  /**
   * Begins to verify.
   *
   * @param chosen the API of interactions whose provider's name says nothing; else their paths do
   */
  public PactVerification(Optional<Api> chosen) {
    this.chosen = chosen;
  }

  /**
   * Verifies a file.
   *
   * @param name what findings call it
   */
  public Outcome verify(Path file, String name) {
    List<Verdict> verdicts = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    try {
      PactFile pact = PactFile.read(file);
      for (Interaction interaction :
          pact.interactions((message, line) -> unreadable.add(unreadable(name, line, message)))) {
        verdicts.add(new Verdict(interaction.description(), findings(pact, interaction, name)));
      }
    } catch (UnreadablePactException e) {
      unreadable.add(unreadable(name, e.line(), e.getMessage()));
    }
    return new Outcome(name, verdicts, unreadable);
  }

  private static String unreadable(String name, int line, String message) {
    return "%s:%d: error: %s".formatted(name, line, message);
  }

  private List<Finding> findings(PactFile pact, Interaction interaction, String name) {
    Optional<Api> api =
        Api.of(pact.provider()).or(() -> chosen).or(() -> Api.atPath(interaction.path()));
    if (api.isEmpty()) {
      return List.of(
          new Finding(
              NO_CONTRACT,
              "\"%s\": no contract has %s %s; name the API with --api, or the provider after it: %s"
                  .formatted(
                      interaction.description(),
                      interaction.method(),
                      interaction.path(),
                      Api.ids()),
              name,
              interaction.line()));
    }
    List<Finding> findings = new ArrayList<>();
    String operation = operation(api.get(), interaction);
    // A request may break the contract only to be refused for it.
    if (interaction.status() / 100 != 4) {
      HttpPart request = interaction.request();
      api.get()
          .contract()
          .checkRequest(
              interaction.method(),
              interaction.path(),
              interaction.query(),
              request.headers(),
              request.body())
          .forEach(
              fault ->
                  findings.add(
                      finding(pact, interaction, request, name, operation + " request", fault)));
    }
    HttpPart response = interaction.response();
    api.get()
        .contract()
        .checkExpectedResponse(
            interaction.method(),
            interaction.path(),
            interaction.status(),
            response.headers(),
            response.body())
        .forEach(
            fault ->
                findings.add(
                    finding(
                        pact,
                        interaction,
                        response,
                        name,
                        operation + " response " + interaction.status(),
                        fault)));
    return findings;
  }

  private String operation(Api api, Interaction interaction) {
    return "[%s %s]"
        .formatted(
            api.id(),
            indexes
                .computeIfAbsent(api, ContractIndex::of)
                .operationId(interaction.method(), interaction.path())
                .orElse(interaction.method() + " " + interaction.path()));
  }

  private static Finding finding(
      PactFile pact,
      Interaction interaction,
      HttpPart part,
      String name,
      String where,
      Fault fault) {
    String pointer =
        fault
            .pointer()
            .filter(LinedJson::isPointer)
            .map(member -> part.bodyPointer() + member)
            .orElse(part.pointer());
    return new Finding(
        fault.key(),
        "%s: %s (interaction \"%s\")"
            .formatted(where, fault.message().strip(), interaction.description()),
        name,
        pact.line(pointer));
  }
}
