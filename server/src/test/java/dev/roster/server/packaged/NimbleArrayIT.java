package dev.roster.server.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.testing.Answer;
import dev.roster.testing.Call;
import dev.roster.testing.Contract;
import dev.roster.testing.Covers;
import dev.roster.testing.RawHttp;
import dev.roster.testing.ServerProcess;
import dev.roster.testing.Trust;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The port of an array, and what of it outlives a server. */
class NimbleArrayIT {

  private static final String LOG_IN =
      "{\"data\": {\"username\": \"admin\", \"password\": \"admin\"}}";

  @TempDir private Path dataDir;

  @AfterEach
  void stopLeftovers() {
    Processes.stop(dataDir);
  }

  private static Call call(URI origin, SSLContext trust, String method, String target) {
    Call call = Call.of(Contract.NIMBLE, origin.toString(), method, target);
    return trust == null ? call : call.trusting(trust, Version.HTTP_2);
  }

  /** Logs in as the administrator and gives the session. */
  private static JsonNode logIn(URI origin, SSLContext trust) {
    Answer answer = call(origin, trust, "POST", "/v1/tokens").body(LOG_IN).send();
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.json().get("data");
  }

  private static Answer inSession(
      JsonNode session, URI origin, SSLContext trust, String method, String target) {
    return call(origin, trust, method, target)
        .header("X-Auth-Token", session.get("session_token").textValue())
        .send();
  }

  private static void assertError(Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.header("Content-Type").orElse("")).startsWith("application/json");
    assertThat(answer.json().at("/messages/1/code").textValue()).isEqualTo(code);
  }

  @Test
  @Covers("nimble.common.own-port")
  void arrayAnswersAtItsOwnPortAndNothingElseDoes() throws Exception {
    try (ServerProcess server = ServerProcess.start(dataDir, Map.of())) {
      SSLContext trust = Trust.inStore(server.trustStore());
      URI own = server.nimbleEndpoint();
      assertThat(own.getPort())
          .isNotIn(server.endpoint().getPort(), server.httpsEndpoint().getPort());

      JsonNode session = logIn(own, trust);
      String sessionPath = "/v1/tokens/" + session.get("id").textValue();
      assertThat(session.get("source_ip").textValue()).isEqualTo("127.0.0.1");
      assertThat(call(own, trust, "GET", "/versions").send().status()).isEqualTo(200);
      String name = "atItsOwnPort";
      Answer created =
          call(own, trust, "POST", "/v1/users")
              .header("X-Auth-Token", session.get("session_token").textValue())
              .body("{\"data\": {\"name\": \"%s\", \"password\": \"password-91\"}}".formatted(name))
              .send();
      assertThat(created.status()).as(created.text()).isEqualTo(201);
      String userPath = "/v1/users/" + created.json().at("/data/id").textValue();

      // The same session and the same data at all three ports.
      for (Answer answer :
          List.of(
              inSession(session, own, trust, "GET", userPath),
              inSession(session, server.httpsEndpoint(), trust, "GET", userPath),
              inSession(session, server.endpoint(), null, "GET", userPath))) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json()).isEqualTo(created.json());
      }
      assertThat(inSession(session, server.endpoint(), null, "DELETE", userPath).status())
          .isEqualTo(200);
      assertError(inSession(session, own, trust, "GET", userPath), 404, "SM_enoent");

      for (String target :
          List.of(
              "/",
              "/pools?api-version=2023-11-01.18.0",
              "/subscriptions/subid/resourceGroups/rg1/providers/Microsoft.ApiManagement",
              "/q/health",
              "/q/metrics",
              "/q/swagger-ui",
              "/roster/ca.pem",
              "/roster/openapi/nimble.yaml",
              "/roster/coverage",
              "/roster/coverage.json",
              "/v2/users",
              "/v1/volumes",
              "//q/health",
              "/v1/../q/health")) {
        for (String method : List.of("GET", "POST")) {
          assertError(inSession(session, own, trust, method, target), 404, "SM_no_path_found");
        }
      }
      assertError(inSession(session, own, trust, "OPTIONS", "/pools"), 404, "SM_no_path_found");
      for (String target : List.of("/q/health/live", "/roster/ca.pem", "/roster/coverage")) {
        assertThat(call(server.httpsEndpoint(), trust, "GET", target).send().status())
            .as(target)
            .isEqualTo(200);
      }
      assertThat(Accounts.ofSampleNode(server.endpoint()).getPool()).isEqualTo("200");

      assertThat(inSession(session, own, trust, "DELETE", sessionPath).status()).isEqualTo(200);
      assertError(inSession(session, server.endpoint(), null, "GET", "/v1/users"), 401, "SM_auth");
      assertThat(server.log()).doesNotContain("WARN", "ERROR", "Exception");
    }
  }

  @Test
  @Covers("nimble.common.own-port")
  void arrayProvesWhoItIsAndSpeaksNothingButTls() throws Exception {
    try (ServerProcess server = ServerProcess.start(dataDir, Map.of())) {
      URI own = server.nimbleEndpoint();
      SSLContext everybody = SSLContext.getDefault();

      assertThatThrownBy(() -> call(own, everybody, "GET", "/versions").send())
          .hasCauseInstanceOf(SSLHandshakeException.class);
      assertThatThrownBy(
              () ->
                  RawHttp.of(
                          Contract.NIMBLE, "http://localhost:" + own.getPort(), "GET", "/versions")
                      .send())
          .isInstanceOf(AssertionError.class);
      SSLContext trust = Trust.inStore(server.trustStore());
      for (String host : List.of("localhost", "127.0.0.1")) {
        URI origin = URI.create("https://" + host + ":" + own.getPort());
        assertThat(call(origin, trust, "GET", "/versions").send().status()).isEqualTo(200);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"roster.nimble.https.enabled", "roster.https.enabled"})
  @Covers("nimble.common.own-port")
  void portThatIsSwitchedOffIsNotOpenedAndTheMainPortsAnswer(String property) {
    try (ServerProcess server = ServerProcess.start(dataDir, Map.of(property, "false"))) {
      assertThatThrownBy(server::nimbleEndpoint).isInstanceOf(IllegalStateException.class);
      logIn(server.endpoint(), null);
      if (property.equals("roster.nimble.https.enabled")) {
        logIn(server.httpsEndpoint(), Trust.inStore(server.trustStore()));
      } else {
        assertThat(server.log()).doesNotContain("https://");
      }
      assertThat(server.log()).doesNotContain("WARN", "ERROR", "Exception");
    }
  }

  @Test
  @Covers("nimble.create-token.survives-restart")
  void sessionsOutliveAStopAndAKill() {
    JsonNode first;
    JsonNode second;
    JsonNode ended;
    try (ServerProcess server = ServerProcess.start(dataDir, Map.of())) {
      first = logIn(server.endpoint(), null);
      ended = logIn(server.endpoint(), null);
      assertThat(
              inSession(
                      ended,
                      server.endpoint(),
                      null,
                      "DELETE",
                      "/v1/tokens/" + ended.get("id").textValue())
                  .status())
          .isEqualTo(200);
    }
    ServerProcess killed = ServerProcess.start(dataDir, Map.of());
    try {
      assertLives(first, killed);
      second = logIn(killed.endpoint(), null);
    } finally {
      killed.kill();
    }
    try (ServerProcess server = ServerProcess.start(dataDir, Map.of())) {
      Stream.of(first, second).forEach(session -> assertLives(session, server));
      assertError(inSession(ended, server.endpoint(), null, "GET", "/v1/users"), 401, "SM_auth");
      assertThat(logIn(server.endpoint(), null).get("id"))
          .isNotIn(first.get("id"), second.get("id"), ended.get("id"));
    }
  }

  private static void assertLives(JsonNode session, ServerProcess server) {
    Answer answer =
        inSession(
            session, server.endpoint(), null, "GET", "/v1/tokens/" + session.get("id").textValue());
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().at("/data/session_token")).isEqualTo(session.get("session_token"));
  }

  @Test
  void passwordOfTheAdministratorIsThatOfTheFirstStart() {
    String logIn = "{\"data\": {\"username\": \"admin\", \"password\": \"%s\"}}";
    for (String configured : List.of("open sesame", "other-password")) {
      try (ServerProcess server =
          ServerProcess.start(dataDir, Map.of("roster.nimble.admin-password", configured))) {
        for (String password : List.of("open sesame", "admin", "other-password")) {
          Answer answer =
              call(server.endpoint(), null, "POST", "/v1/tokens")
                  .body(logIn.formatted(password))
                  .send();
          assertThat(answer.status())
              .as(password)
              .isEqualTo(password.equals("open sesame") ? 201 : 401);
        }
        assertThat(server.log())
            .contains("    user         admin   password (configured)")
            .doesNotContain(configured);
      }
    }
  }
}
