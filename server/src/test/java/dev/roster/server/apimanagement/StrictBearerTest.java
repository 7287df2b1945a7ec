package dev.roster.server.apimanagement;

import static dev.roster.server.apimanagement.ApiManagementErrorAssert.assertGatewayError;
import static dev.roster.server.apimanagement.ApiManagementWorld.VERSION;
import static dev.roster.server.apimanagement.ApiManagementWorld.names;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.apimanagement.ApiManagementWorld.Service;
import dev.roster.server.config.RosterConfig;
import dev.roster.testing.Answer;
import dev.roster.testing.Call;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.FaultyToken;
import dev.roster.testing.LogLines;
import dev.roster.testing.MutableClock;
import dev.roster.testing.StrictMode;
import dev.roster.testing.TokenIssuer;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bearer tokens in the strict mode. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
@WithTestResource(StrictMode.class)
class StrictBearerTest {

  private static final String AUDIENCE = "https://management.azure.com/";

  @Inject ApiManagementWorld world;
  @Inject MutableClock clock;
  @Inject RosterConfig config;

  private Path keys;
  private TokenIssuer issuer;
  private Instant now;

  @BeforeEach
  void stopClock() {
    now = clock.stop();
    keys = Path.of(config.bearer().keys().orElseThrow());
    issuer = StrictMode.issuer(keys);
  }

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  private Call call(String token, String method, String path) {
    return world.anonymous(method, path + "?" + VERSION).header("Authorization", "Bearer " + token);
  }

  private List<String> users(Service service) {
    return names(call(issuer.token(AUDIENCE, now), "GET", service.users()).send());
  }

  private static void assertRefused(Answer answer) {
    assertGatewayError(answer, 401, "InvalidAuthenticationToken", "The access token is invalid.");
    assertThat(answer.headers().get("www-authenticate"))
        .containsExactly(
            "Bearer authorization_uri=\"https://login.windows.net/11111111-2222-3333-4444-555555555555\","
                + " error=\"invalid_token\", error_description=\"The access token is missing or"
                + " invalid.\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://management.azure.com/",
        "https://management.azure.com",
        "https://management.core.windows.net/",
        "https://management.core.windows.net"
      })
  @Covers("apim.common.bearer-strict")
  void goodTokenIsTaken(String audience) {
    Service service = world.newService();
    String token = issuer.token(audience, now);

    assertThat(
            call(token, "PUT", service.user("u"))
                .header("Content-Type", "application/json")
                .body(ApiManagementWorld.user("u@x"))
                .send()
                .status())
        .isEqualTo(201);
    assertThat(names(call(token, "GET", service.users()).send())).containsExactly("1", "u");
    assertThat(call(token, "HEAD", service.user("u")).send().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource(FaultyToken.class)
  @Covers("apim.common.bearer-strict")
  void faultyTokenIsRefused(FaultyToken fault) {
    Service service = world.newService();
    String token = fault.of(issuer, AUDIENCE, now);

    try (LogLines log = new LogLines()) {
      Answer answer =
          call(token, "PUT", service.user("u"))
              .header("Content-Type", "application/json")
              .body(ApiManagementWorld.user("u@x"))
              .send();

      assertRefused(answer);
      assertThat(answer.text()).doesNotContain(token);
      assertThat(answer.headers().toString()).doesNotContain(token);
      assertThat(log.lines()).isNotEmpty().noneMatch(line -> line.contains(token));
    }
    assertThat(users(service)).containsExactly("1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://batch.core.windows.net/",
        "https://management.azure.com//",
        "http://azureservices/AdminSite"
      })
  @Covers("apim.common.bearer-strict")
  void tokenForAnotherApiIsRefused(String audience) {
    Service service = world.newService();

    assertRefused(call(issuer.token(audience, now), "GET", service.users()).send());
  }

  /** ARM asks who calls before it looks where to. */
  @Test
  @Covers("apim.common.bearer-strict")
  void tokenIsCheckedBeforeThePathAndTheVersion() {
    Service service = world.newService();

    for (Call call :
        List.of(
            world.anonymous("GET", service.users()),
            world.anonymous("GET", "/subscriptions"),
            world.anonymous("DELETE", service.path() + "?" + VERSION),
            world.anonymous("OPTIONS", service.users()))) {
      assertRefused(call.header("Authorization", "Bearer anything").send());
    }

    assertThat(users(service)).containsExactly("1");
  }

  @Test
  @Covers("apim.common.bearer-strict")
  void goodTokenAppearsInNoLogLine() {
    Service service = world.newService();
    String token = issuer.token(AUDIENCE, now);
    try (LogLines log = new LogLines()) {
      assertThat(call(token, "GET", service.users()).send().status()).isEqualTo(200);

      assertThat(log.lines())
          .anyMatch(line -> line.startsWith("io.vertx.ext.web."))
          .noneMatch(line -> line.contains(token.substring(token.lastIndexOf('.'))));
    }
  }

  @Test
  @Covers("apim.common.bearer-keys-away")
  void tokenWhoseKeyCannotBeReadIsAnsweredLikeAnUnavailableService() {
    Service service = world.newService();
    String known = issuer.token(AUDIENCE, now);
    String unknown = FaultyToken.UNKNOWN_KEY.of(issuer, AUDIENCE, now);
    assertThat(call(known, "GET", service.users()).send().status()).isEqualTo(200);

    StrictMode.withoutKeys(
        keys,
        () -> {
          for (String path : List.of(service.users(), service.path() + "/no-such-thing")) {
            assertGatewayError(
                call(unknown, "GET", path).send(),
                503,
                "ServiceUnavailable",
                "The service is unavailable at the moment. Please try again.");
          }
          assertThat(call(known, "GET", service.users()).send().status()).isEqualTo(200);
        });

    assertRefused(call(unknown, "GET", service.users()).send());
  }
}
