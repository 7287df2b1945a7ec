package dev.roster.check;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The reports that both commands write when they are asked to. */
final class Reports {

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "Write the results there as JUnit XML.")
  private Path junit;

  @Option(
      names = "--sarif",
      paramLabel = "FILE",
      description = "Write the faults there as SARIF 2.1.0, for code-scanning services.")
  private Path sarif;

  Optional<Path> junit() {
    return Optional.ofNullable(junit);
  }

  Optional<Path> sarif() {
    return Optional.ofNullable(sarif);
  }
}
