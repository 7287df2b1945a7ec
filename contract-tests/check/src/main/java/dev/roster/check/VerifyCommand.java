package dev.roster.check;

import dev.roster.check.pact.PactVerification;
import dev.roster.check.pact.PactVerification.Outcome;
import dev.roster.check.pact.PactVerification.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks pact files against the contracts. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    versionProvider = ContractCheck.Version.class,
    description = {
      "Checks your pacts against the contracts, without any server.",
      "",
      "Each request has to be one that the contract allows, unless the pact expects it to be refused"
          + " with a 4xx; each response has to have a status, headers, a media type and a body that"
          + " the contract allows. Of matching rules the example values count.",
      ""
    },
    footer = {
      "",
      "Pacts are read in the specification's versions 2, 3 and 4. The API of an interaction is the"
          + " provider's name in the pact if it is one of azure-batch, azure-api-management, nimble"
          + " and azure-pack; else what --api says; else the one whose paths begin alike: /pools,"
          + " /subscriptions, /v1 and /versions, /users and /invalidusertokens.",
      "",
      "Faults are told as  file:line: error: [api operation] request|response: what is wrong",
      "",
      "Exit codes: 0 all is well; 1 faults; 2 nothing to check, a file that is no pact, or messages"
          + " instead of HTTP interactions.",
      "",
      "Example: java -jar contract-check.jar verify --pacts build/pacts --sarif faults.sarif"
    })
final class VerifyCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--pacts",
      required = true,
      paramLabel = "DIR",
      description = "Folder with the pact files, *.json.")
  private Path folder;

  @Option(
      names = "--api",
      paramLabel = "NAME",
      description = "The API of interactions whose provider is none of the four.")
  private Api api;

  @Mixin private Reports reports;

  @Override
  public Integer call() {
    PactVerification verification = new PactVerification(Optional.ofNullable(api));
    List<Outcome> outcomes = new ArrayList<>();
    for (Path file : pactFiles()) {
      outcomes.add(verification.verify(file, file.toString()));
    }
    List<Finding> findings =
        outcomes.stream()
            .flatMap(outcome -> outcome.verdicts().stream())
            .flatMap(verdict -> verdict.findings().stream())
            .toList();
    List<String> unreadable =
        outcomes.stream().flatMap(outcome -> outcome.unreadable().stream()).toList();
    reports.junit().ifPresent(file -> JunitXml.write(file, outcomes));
    reports.sarif().ifPresent(file -> SarifLog.write(file, findings, Map.of()));
    tell(outcomes, findings, unreadable);
    if (!unreadable.isEmpty()) {
      return ContractCheck.UNUSABLE;
    }
    return findings.isEmpty() ? ContractCheck.FINE : ContractCheck.FAULTS;
  }

  private List<Path> pactFiles() {
    if (!Files.isDirectory(folder)) {
      throw new CheckException(folder + " is no folder");
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> pacts =
          files
              .filter(file -> file.getFileName().toString().endsWith(".json"))
              .filter(Files::isRegularFile)
              .sorted()
              .toList();
      if (pacts.isEmpty()) {
        throw new CheckException("no pact files (*.json) in " + folder);
      }
      return pacts;
    } catch (IOException e) {
      throw new CheckException("cannot read " + folder + ": " + e, e);
    }
  }

  private void tell(List<Outcome> outcomes, List<Finding> findings, List<String> unreadable) {
    PrintWriter out = spec.commandLine().getOut();
    findings.forEach(out::println);
    unreadable.forEach(out::println);
    List<Verdict> verdicts =
        outcomes.stream().flatMap(outcome -> outcome.verdicts().stream()).toList();
    long faulty = verdicts.stream().filter(verdict -> !verdict.findings().isEmpty()).count();
    out.printf(
        "%s in %s: %d as the contract says, %d with %s%s%n",
        Counted.of(verdicts.size(), "interaction"),
        Counted.of(outcomes.size(), "pact file"),
        verdicts.size() - faulty,
        faulty,
        Counted.of(findings.size(), "fault"),
        unreadable.isEmpty() ? "" : ", " + unreadable.size() + " not checked");
    out.flush();
  }
}
