package dev.roster.check;

import dev.roster.check.replay.Behaviour;
import dev.roster.check.replay.Replay;
import dev.roster.check.replay.ReplayListener;
import dev.roster.check.replay.Target;
import dev.roster.testing.Answer;
import dev.roster.testing.Trust;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Replays the documented behaviours against a service. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    versionProvider = ContractCheck.Version.class,
    description = {
      "Replays documented behaviours against whatever speaks the API at a URL: the stand-in, your"
          + " own fake, or the real service.",
      "",
      "Only behaviours that a documentation page, a recorded answer or a published client shows are"
          + " tested, and each answer is compared with the contract. Every test makes its own users"
          + " and pools (check...) and removes what it made, also when it fails. Beyond that, only the"
          + " scheduling of the Batch node is disabled for a moment. Still, use an account that is"
          + " for tests.",
      ""
    })
final class ReplayCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Where the service is, such as http://localhost:8080.")
  private String url;

  @Option(
      names = "--api",
      required = true,
      paramLabel = "NAME",
      description = "azure-batch, azure-api-management, nimble or azure-pack.")
  private Api api;

  @Mixin private Reports reports;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "Trust the certificate authorities in this PEM file, and nobody else.")
  private Path ca;

  @Option(names = "--insecure", description = "Trust any certificate.")
  private boolean insecure;

  @Option(
      names = "--filter",
      paramLabel = "TEXT",
      description =
          "Run only tests whose rule, sentence or name has this text; case does not count.")
  private String filter;

  @Option(names = "--list", description = "Tell the tests and run none.")
  private boolean list;

  /** What help says of credentials. */
  static String[] footer() {
    return Stream.concat(
            Stream.of(
                "",
                "Credentials, and what tests may use, come from environment variables. The defaults"
                    + " fit the stand-in's sample world. Once one of the credentials for Batch is"
                    + " set, the defaults of its others are not used.",
                ""),
            Stream.concat(
                Stream.of(Api.values())
                    .flatMap(api -> Stream.concat(Stream.of(api.id()), Setting.help(api))),
                Stream.of(
                    "",
                    "Exit codes: 0 all tests passed; 1 some failed; 2 wrong use, no service there,"
                        + " or no test.",
                    "",
                    "Example: java -jar contract-check.jar replay --url https://localhost:5392 --api"
                        + " nimble --ca ~/.roster/ca.pem --junit results.xml")))
        .toArray(String[]::new);
  }

  @Override
  public Integer call() {
    ContractIndex index = ContractIndex.of(api);
    Replay replay = new Replay(api.suite(), index, Optional.ofNullable(filter));
    List<Behaviour> behaviours = replay.behaviours();
    if (behaviours.isEmpty()) {
      throw new CheckException(
          "no test of " + api + (filter == null ? "" : " mentions '" + filter + "'"));
    }
    PrintWriter out = spec.commandLine().getOut();
    if (list) {
      behaviours.forEach(
          behaviour ->
              out.printf(
                  "%s%n      %s [%s]%n",
                  behaviour.test(), behaviour.says(), String.join(", ", behaviour.ruleIds())));
      out.println(Counted.of(behaviours.size(), "test"));
      out.flush();
      return ContractCheck.FINE;
    }
    Target target = new Target(api, origin(), System.getenv(), trust());
    requireAccess(target);
    target.use();
    ReplayListener listener = new ReplayListener(index, out, Ansi.AUTO);
    replay.run(listener, reports.junit(), spec.commandLine().getErr());
    report(listener, index);
    out.printf(
        "%d passed, %d failed, %d skipped: %s at %s%n",
        listener.passed(), listener.failures().size(), listener.skipped(), api, target.origin());
    out.flush();
    if (listener.passed() + listener.failures().size() == 0) {
      return ContractCheck.UNUSABLE;
    }
    return listener.failures().isEmpty() ? ContractCheck.FINE : ContractCheck.FAULTS;
  }

  private String origin() {
    if (url == null) {
      throw new ParameterException(spec.commandLine(), "Missing required option: '--url=URL'");
    }
    String origin = url.replaceFirst("/+$", "");
    try {
      URI uri = URI.create(origin);
      if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
        return origin;
      }
    } catch (IllegalArgumentException e) {
      // Told below, as for what is a URL of something else.
    }
    throw new ParameterException(spec.commandLine(), "'" + url + "' is no http or https URL");
  }

  private SSLContext trust() {
    if (insecure) {
      return AnyCertificate.trusted();
    }
    if (ca == null) {
      return null;
    }
    try {
      return Trust.inPem(Files.readAllBytes(ca));
    } catch (IOException | IllegalStateException e) {
      throw new CheckException("no certificates in " + ca + ": " + e, e);
    }
  }

  /** Eighty tests that all fail for the same reason would only hide it. */
  private void requireAccess(Target target) {
    Answer answer = api.firstAnswer(target);
    if (answer.status() == 401 || answer.status() == 403) {
      throw new CheckException(
          "%s refuses the credentials (%d); set %s"
              .formatted(
                  target.origin(),
                  answer.status(),
                  Stream.of(Setting.values())
                      .filter(setting -> setting.api() == api)
                      .map(Setting::variable)
                      .collect(Collectors.joining(", "))));
    }
  }

  private void report(ReplayListener listener, ContractIndex index) {
    reports
        .sarif()
        .ifPresent(
            file ->
                SarifLog.write(
                    file,
                    listener.failures().stream()
                        .map(
                            failure ->
                                new Finding(
                                    failure.behaviour().ruleIds().get(0),
                                    failure.behaviour().says() + "\n" + failure.reason(),
                                    api.contractFile(),
                                    failure.behaviour().rules().get(0).line()))
                        .toList(),
                    index.rules().entrySet().stream()
                        .collect(
                            Collectors.toMap(Map.Entry::getKey, rule -> rule.getValue().says()))));
  }
}
