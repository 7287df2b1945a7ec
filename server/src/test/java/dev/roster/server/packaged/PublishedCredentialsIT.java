package dev.roster.server.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.batch.DevelopmentKey;
import dev.roster.server.http.HttpDate;
import dev.roster.testing.Answer;
import dev.roster.testing.Call;
import dev.roster.testing.Contract;
import dev.roster.testing.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documentation publishes opens nothing where other machines reach the server. */
class PublishedCredentialsIT {

  private static final Map<String, String> OFF_LOOPBACK =
      Map.of(
          "roster.http.host",
          "0.0.0.0",
          "roster.auth",
          "strict",
          "roster.nimble.admin-password",
          "own-password");

  @TempDir private Path dataDir;

  @AfterEach
  void stopLeftovers() {
    Processes.stop(dataDir);
  }

  private static int signed(ServerProcess server) throws IOException {
    String date = HttpDate.format(Instant.now());
    return Call.of(
            Contract.AZURE_BATCH,
            server.endpoint().toString(),
            "GET",
            "/pools?api-version=2023-11-01.18.0")
        .header("ocp-date", date)
        .header("Authorization", DevelopmentKey.sign("GET", "/pools", "", "", date))
        .attempt()
        .status();
  }

  private static int logIn(ServerProcess server, String user, String password) throws IOException {
    Answer answer =
        Call.of(Contract.NIMBLE, server.endpoint().toString(), "POST", "/v1/tokens")
            .header("Content-Type", "application/json")
            .body(
                "{\"data\": {\"username\": \"%s\", \"password\": \"%s\"}}"
                    .formatted(user, password))
            .attempt();
    return answer.status();
  }

  private static void assertWork(ServerProcess server, boolean work) throws IOException {
    assertThat(signed(server)).isEqualTo(work ? 200 : 403);
    assertThat(logIn(server, "user729060021", "password-91")).isEqualTo(work ? 201 : 401);
    assertThat(logIn(server, "admin", "admin")).isEqualTo(work ? 201 : 401);
  }

  @Test
  void newDatabaseOffLoopbackHasNone() throws Exception {
    try (ServerProcess server = ServerProcess.start(dataDir, OFF_LOOPBACK)) {
      assertWork(server, false);
      assertThat(logIn(server, "admin", "own-password")).isEqualTo(201);
      assertThat(server.log()).contains("no account   devbatch");
    }
  }

  @Test
  void databaseOfLoopbackHasNoneAnyMore() throws Exception {
    try (ServerProcess server = ServerProcess.start(dataDir, Map.of())) {
      assertWork(server, true);
    }
    try (ServerProcess server = ServerProcess.start(dataDir, OFF_LOOPBACK)) {
      assertWork(server, false);
      assertThat(server.log()).contains("A log-in was refused, because the password is one that");
    }
  }

  @Test
  void containerHasThemIfItAsksForTheSampleWorld() throws Exception {
    Map<String, String> container = new HashMap<>();
    container.put("roster.http.host", "0.0.0.0");
    container.put("roster.lenient-off-loopback", "i-am-in-a-container");
    container.put("roster.sample-world", "true");
    try (ServerProcess server = ServerProcess.start(dataDir, container)) {
      assertWork(server, true);
      assertThat(server.log())
          .containsOnlyOnce("roster.lenient-off-loopback is set: whoever reaches 0.0.0.0");
    }
  }
}
