package dev.roster.server.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoverageReportsTest {

  private static final String OTHER_CONTRACTS = "0".repeat(64);

  @TempDir private Path folder;

  private CoverageReport untested() throws IOException {
    return CoverageReport.ofPackage();
  }

  private CoverageReport current() {
    return new CoverageReports(Optional.of(folder)).current();
  }

  private void writePage(String contracts) throws IOException {
    Files.writeString(
        folder.resolve("index.html"), "<html data-contracts=\"" + contracts + "\">tested</html>");
  }

  private void writeData(String contracts) throws IOException {
    Files.writeString(
        folder.resolve("rule-coverage.json"), "{\"contracts\": \"" + contracts + "\"}");
  }

  private void assertUntestedIsShown() throws IOException {
    assertThat(current().page()).isEqualTo(untested().page());
    assertThat(current().data()).isEqualTo(untested().data());
  }

  @Test
  void reportOfTheSameContractsIsShown() throws IOException {
    String contracts = untested().contracts();
    writePage(contracts);
    writeData(contracts);

    assertThat(new String(current().page(), StandardCharsets.UTF_8)).contains(">tested<");
    assertThat(new String(current().data(), StandardCharsets.UTF_8))
        .isEqualTo("{\"contracts\": \"" + contracts + "\"}");
  }

  @Test
  void reportOfOtherContractsIsNotShown() throws IOException {
    writePage(OTHER_CONTRACTS);
    writeData(OTHER_CONTRACTS);

    assertUntestedIsShown();
  }

  @Test
  void pageAndDataOfDifferentReportsAreNotShown() throws IOException {
    writePage(OTHER_CONTRACTS);
    writeData(untested().contracts());

    assertUntestedIsShown();
  }

  @Test
  void halfReportIsNotShown() throws IOException {
    writeData(untested().contracts());

    assertUntestedIsShown();
  }

  @Test
  void dataThatIsNoJsonIsNotShown() throws IOException {
    writePage(untested().contracts());
    Files.writeString(folder.resolve("rule-coverage.json"), "{");

    assertUntestedIsShown();
  }

  @Test
  void missingFolderLeavesTheReportOfThePackage() throws IOException {
    Files.delete(folder);

    assertUntestedIsShown();
  }

  @Test
  void reportLiesBesideTheJarThatTheServerWasStartedWith() {
    assertThat(CoverageReports.besideTheJar("/srv/roster/quarkus-run.jar"))
        .contains(Path.of("/srv/roster/coverage"));
    assertThat(CoverageReports.besideTheJar("quarkus-run.jar"))
        .contains(Path.of("coverage").toAbsolutePath());
  }

  @Test
  void otherClassPathsHaveNoReportBesideThem() {
    assertThat(CoverageReports.besideTheJar("")).isEmpty();
    assertThat(CoverageReports.besideTheJar("/srv/roster/classes")).isEmpty();
    assertThat(CoverageReports.besideTheJar("a.jar" + File.pathSeparator + "quarkus-run.jar"))
        .isEmpty();
  }
}
