package dev.roster.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our own pacts, which the module before this one wrote, are what users have. */
class VerifyIT {

  private static final Path PACTS = Path.of(System.getProperty("testing.pacts"));

  @TempDir Path folder;

  @Test
  void ourOwnPactsAreAsTheContractsSay() throws Exception {
    Path junit = folder.resolve("junit.xml");
    Path sarif = folder.resolve("faults.sarif");

    CheckRun run =
        CheckRun.of(
            "verify",
            "--pacts",
            PACTS.toString(),
            "--junit",
            junit.toString(),
            "--sarif",
            sarif.toString());

    WrittenReports reports = WrittenReports.read(junit, sarif);
    assertThat(run.out().strip())
        .isEqualTo(
            "%1$d interactions in 4 pact files: %1$d as the contract says, 0 with 0 faults"
                .formatted(reports.tests()));
    assertThat(run.exitCode()).isZero();
    assertThat(reports.tests()).isGreaterThan(100);
    assertThat(reports.failures() + reports.errors() + reports.skipped()).isZero();
    assertThat(reports.results()).isEmpty();
  }

  @Test
  void brokenCopyIsRejectedByFileAndLine() throws Exception {
    List<String> lines = Files.readAllLines(PACTS.resolve("roster-client-azure-batch.json"));
    int line =
        IntStream.range(0, lines.size())
            .filter(i -> lines.get(i).contains("\"lang\": \"en-US\""))
            .findFirst()
            .orElseThrow();
    lines.set(line, lines.get(line).replace("\"en-US\"", "7"));
    Path broken = folder.resolve("broken.json");
    Files.write(broken, lines);
    Path junit = folder.resolve("junit.xml");
    Path sarif = folder.resolve("faults.sarif");

    CheckRun run =
        CheckRun.of(
            "verify",
            "--pacts",
            folder.toString(),
            "--junit",
            junit.toString(),
            "--sarif",
            sarif.toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out().lines().findFirst().orElseThrow())
        .startsWith(broken + ":" + (line + 1) + ": error: [azure-batch ")
        .contains("] response 4", "integer");
    WrittenReports reports = WrittenReports.read(junit, sarif);
    assertThat(reports.failures()).isEqualTo(1);
    assertThat(reports.errors()).isZero();
    assertThat(reports.results()).hasSize(1);
    assertThat(reports.results().at("/0/ruleId").asText())
        .isEqualTo("validation.response.body.schema.type");
    assertThat(reports.results().at("/0/locations/0/physicalLocation/region/startLine").asInt())
        .isEqualTo(line + 1);
    assertThat(
            reports.results().at("/0/locations/0/physicalLocation/artifactLocation/uri").asText())
        .isEqualTo(broken.toString());
  }

  @Test
  void folderWithoutPactsIsTold() {
    CheckRun run = CheckRun.of("verify", "--pacts", folder.toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().lines()).containsExactly("error: no pact files (*.json) in " + folder);
  }

  @Test
  void missingFolderIsTold() {
    Path missing = folder.resolve("missing");

    CheckRun run = CheckRun.of("verify", "--pacts", missing.toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().lines()).containsExactly("error: " + missing + " is no folder");
  }

  @Test
  void unreadableFileDoesNotHideTheOthers() throws IOException {
    try (Stream<Path> pacts = Files.list(PACTS)) {
      for (Path pact : pacts.toList()) {
        Files.copy(pact, folder.resolve(pact.getFileName()));
      }
    }
    Path cut = folder.resolve("cut.json");
    Files.writeString(cut, "{\"consumer\": {\"name\": \"x\"},\n");

    CheckRun run = CheckRun.of("verify", "--pacts", folder.toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out())
        .contains(cut + ":2: error: not JSON: ", " in 5 pact files: ", ", 1 not checked");
  }
}
