package dev.roster.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CommandLineIT {

  @Test
  void helpNamesTheCommandsAndExitCodes() {
    CheckRun run = CheckRun.of("--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .startsWith("Usage: contract-check ")
        .contains("  verify  ", "  replay  ", "Exit codes: 0 ")
        .doesNotContain("\u001B");
  }

  @Test
  void helpOfReplayNamesEveryVariable() {
    CheckRun run = CheckRun.of("replay", "--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains(Stream.of(Setting.values()).map(Setting::variable).toArray(String[]::new))
        .contains("--url=URL", "--api=NAME", "--ca=FILE", "--insecure", "--filter=TEXT", "--list");
  }

  @Test
  void helpOfVerifyTellsHowTheApiIsFound() {
    CheckRun run = CheckRun.of("verify", "--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("--pacts=DIR", "--junit=FILE", "--sarif=FILE", "/pools", "/subscriptions");
  }

  @Test
  void versionIsThatOfTheBuild() {
    CheckRun run = CheckRun.of("--version");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out().strip())
        .isEqualTo("contract-check " + System.getProperty("testing.version"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|error: Missing required subcommand|contract-check --help",
        "check|error: Unmatched argument at index 0: 'check'|contract-check --help",
        "verify|error: Missing required option: '--pacts=DIR'|contract-check verify --help",
        "replay --url http://localhost|error: Missing required option: '--api=NAME'|contract-check replay --help",
        "replay --api nimble|error: Missing required option: '--url=URL'|contract-check replay --help",
        "replay --api nimble --url localhost:80|error: 'localhost:80' is no http or https URL|contract-check replay --help",
        "replay --api batch --url http://localhost|error: Invalid value for option '--api': 'batch' is none of azure-batch, azure-api-management, nimble, azure-pack|contract-check replay --help"
      })
  void wrongUseIsToldInALine(String arguments, String error, String help) {
    CheckRun run = CheckRun.of(arguments.isEmpty() ? new String[0] : arguments.split(" "));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).containsExactly(error, "See: " + help);
  }

  @ParameterizedTest
  @EnumSource
  void listTellsTheTestsAndNeedsNoService(Api api) {
    CheckRun run = CheckRun.of("replay", "--api", api.id(), "--list");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines().filter(line -> line.startsWith("      ")))
        .hasSizeGreaterThan(40)
        .allMatch(line -> line.matches("      .+ \\[[a-z0-9., -]+]"));
  }

  @Test
  void filterThatNothingMentionsIsTold() {
    CheckRun run = CheckRun.of("replay", "--api", "nimble", "--list", "--filter", "no such thing");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().lines())
        .containsExactly("error: no test of nimble mentions 'no such thing'");
  }

  @Test
  void nobodyListeningIsToldInALine() throws IOException {
    String url;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      url = "http://localhost:" + socket.getLocalPort();
    }

    CheckRun run = CheckRun.of("replay", "--api", "nimble", "--url", url);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines())
        .containsExactly("error: cannot connect to " + url + ": nothing listens there");
  }

  @Test
  void unreadableAuthorityIsToldInALine() {
    CheckRun run =
        CheckRun.of(
            "replay", "--api", "nimble", "--url", "https://localhost", "--ca", "nowhere.pem");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).startsWith("error: no certificates in nowhere.pem: ");
  }
}
