package dev.roster.check;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.roster.check.ContractIndex.Rule;
import dev.roster.testing.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The packaged jar against the packaged server, and against something that is no such server. */
class ReplayIT {

  private static final String POOL =
      """
      {"id": "%s", "vmSize": "standard_d2s_v3", "targetDedicatedNodes": 2,
       "virtualMachineConfiguration": {"nodeAgentSKUId": "%s",
         "imageReference": {"publisher": "%s", "offer": "%s", "sku": "%s"}}}
      """;

  @TempDir static Path data;

  @TempDir Path folder;

  private static ServerProcess server;

  @BeforeAll
  static void startServer() throws Exception {
    // As slow as the real service, so that users can be met who are being deleted.
    server = ServerProcess.start(data, Map.of("roster.pack.deleting", "30s"));
    addPool(
        POOL.formatted(
            "linux", "batch.node.ubuntu 24.04", "canonical", "ubuntu-24_04-lts", "server"));
    addPool(
        POOL.formatted(
            "windows",
            "batch.node.windows amd64",
            "MicrosoftWindowsServer",
            "WindowsServer",
            "2022-datacenter"));
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  private static void addPool(String definition) throws IOException, InterruptedException {
    int status =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create(server.endpoint() + "/pools?api-version=2023-11-01.18.0"))
                    .header("Authorization", "Bearer token")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(definition))
                    .build(),
                BodyHandlers.discarding())
            .statusCode();
    assertThat(status).isEqualTo(201);
  }

  /** The rules that the behaviours name count as proved, as those of all other tests do. */
  @ParameterizedTest
  @EnumSource
  void serverHasEveryBehaviour(Api api) throws Exception {
    Path junit = folder.resolve("junit.xml");
    Path sarif = folder.resolve("faults.sarif");

    CheckRun run =
        CheckRun.of(
            Map.of(
                "testing.rule-coverage",
                System.getProperty("testing.rule-coverage") + "-" + api.id()),
            Map.of(
                Setting.BATCH_POOL.variable(), "linux",
                Setting.BATCH_WINDOWS_POOL.variable(), "windows"),
            "replay",
            "--url",
            server.endpoint().toString(),
            "--api",
            api.id(),
            "--junit",
            junit.toString(),
            "--sarif",
            sarif.toString());

    assertThat(run.out()).doesNotContain("FAIL").doesNotContain("SKIP");
    assertThat(run.exitCode()).isZero();
    WrittenReports reports = WrittenReports.read(junit, sarif);
    assertThat(run.out().lines().filter(line -> line.startsWith("PASS  ")))
        .hasSize(reports.tests());
    assertThat(run.out())
        .endsWith(
            "%d passed, 0 failed, 0 skipped: %s at %s%n"
                .formatted(reports.tests(), api.id(), server.endpoint()));
    assertThat(reports.failures() + reports.errors() + reports.skipped()).isZero();
    assertThat(reports.results()).isEmpty();
  }

  @Test
  void arrayIsReachedByItsOwnPortAndAuthority() {
    CheckRun run = replayVersions("--ca", data.resolve("ca.pem").toString());

    assertThat(run.out()).contains("1 passed, 0 failed, 0 skipped");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void anyCertificateIsTakenWhenAskedTo() {
    CheckRun run = replayVersions("--insecure");

    assertThat(run.out()).contains("1 passed, 0 failed, 0 skipped");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void unknownAuthorityIsToldInALine() {
    CheckRun run =
        CheckRun.of("replay", "--api", "nimble", "--url", server.nimbleEndpoint().toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err())
        .startsWith("error: no trust in the certificate of " + server.nimbleEndpoint())
        .contains("--ca");
  }

  @Test
  void refusedCredentialsAreToldInALine() {
    CheckRun run =
        CheckRun.of(
            Map.of(),
            Map.of(Setting.NIMBLE_PASSWORD.variable(), "wrong-password"),
            "replay",
            "--api",
            "nimble",
            "--url",
            server.endpoint().toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines())
        .containsExactly(
            "error: "
                + server.endpoint()
                + " refuses the credentials (401); set CHECK_NIMBLE_USERNAME,"
                + " CHECK_NIMBLE_PASSWORD");
  }

  @Test
  void withoutABearerTokenRequestsAreSigned() {
    CheckRun run =
        CheckRun.of(
            Map.of(),
            Map.of(
                Setting.BATCH_ACCOUNT.variable(), "devbatch",
                Setting.BATCH_KEY.variable(), Setting.BATCH_KEY.in(Map.of()).orElseThrow(),
                Setting.BATCH_POOL.variable(), "linux"),
            "replay",
            "--api",
            "azure-batch",
            "--url",
            server.endpoint().toString(),
            "--filter",
            "batch.update-user.");

    assertThat(run.out())
        .doesNotContain("FAIL")
        .contains("      needs " + Setting.BATCH_BEARER.variable());
    assertThat(run.exitCode()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void serviceThatAnswersAnythingFailsAndIsToldWhy(Api api) throws Exception {
    WireMockServer nonsense =
        new WireMockServer(WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());
    nonsense.stubFor(any(anyUrl()).willReturn(ok()));
    nonsense.start();
    Path junit = folder.resolve("junit.xml");
    Path sarif = folder.resolve("faults.sarif");
    CheckRun run;
    try {
      run =
          CheckRun.of(
              "replay",
              "--api",
              api.id(),
              "--url",
              "http://127.0.0.1:" + nonsense.port(),
              "--junit",
              junit.toString(),
              "--sarif",
              sarif.toString());
    } finally {
      nonsense.stop();
    }

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).isEmpty();
    WrittenReports reports = WrittenReports.read(junit, sarif);
    assertThat(reports.failures() + reports.errors()).isGreaterThan(reports.tests() * 9 / 10);
    assertThat(reports.results()).hasSize(reports.failures() + reports.errors());
    assertThat(run.out().lines().filter(line -> line.startsWith("FAIL  ")))
        .hasSize(reports.results().size());
    assertThat(run.out())
        .contains(
            "      the answer breaks the contract: ", "      the answer was: 200 without body")
        .contains(reports.results().size() + " failed");
    Rule rule = ContractIndex.of(api).rules().get(reports.results().at("/0/ruleId").asText());
    assertThat(reports.results().at("/0/message/text").asText()).startsWith(rule.says());
    assertThat(reports.results().at("/0/locations/0/physicalLocation"))
        .hasToString(
            "{\"artifactLocation\":{\"uri\":\"specs/%s/openapi.yaml\"},\"region\":{\"startLine\":%d}}"
                .formatted(api.id(), rule.line()));
  }

  private static CheckRun replayVersions(String... trust) {
    String[] arguments = {
      "replay",
      "--api",
      "nimble",
      "--url",
      server.nimbleEndpoint().toString(),
      "--filter",
      "nimble.list-versions.answer"
    };
    String[] all = new String[arguments.length + trust.length];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    System.arraycopy(trust, 0, all, arguments.length, trust.length);
    return CheckRun.of(all);
  }
}
