package dev.roster.server.azurepack;

import static dev.roster.server.azurepack.PackErrorAssert.assertError;
import static dev.roster.server.azurepack.PackWorld.USERS;
import static dev.roster.server.azurepack.PackWorld.body;
import static dev.roster.server.azurepack.PackWorld.newName;
import static dev.roster.server.azurepack.PackWorld.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.config.RosterConfig;
import dev.roster.server.http.ApiListeners;
import dev.roster.testing.Answer;
import dev.roster.testing.Call;
import dev.roster.testing.Contract;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.FaultyToken;
import dev.roster.testing.LogLines;
import dev.roster.testing.MutableClock;
import dev.roster.testing.StrictMode;
import dev.roster.testing.TokenIssuer;
import dev.roster.testing.Trust;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpClient.Version;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bearer tokens in the strict mode, at both interfaces. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
@WithTestResource(StrictMode.class)
class StrictBearerTest {

  private static final String ADMIN = "http://azureservices/AdminSite";
  private static final String TENANT = "http://azureservices/TenantSite";
  private static final String ADMIN_PORT = "roster.pack.admin";
  private static final String TENANT_PORT = "roster.pack.tenant";
  private static final String INVALID_TOKENS = "/invalidusertokens";

  @Inject PackWorld world;
  @Inject ApiListeners listeners;
  @Inject RosterConfig config;
  @Inject MutableClock clock;

  private Path keys;
  private TokenIssuer issuer;
  private Instant now;

  @BeforeEach
  void stopClock() {
    now = clock.stop();
    keys = Path.of(config.bearer().keys().orElseThrow());
    issuer = StrictMode.issuer(keys);
  }

  /** Quarkus does not open them by itself in tests. */
  @BeforeEach
  void openPorts() {
    if (listeners.openPort(ADMIN_PORT).isEmpty()) {
      listeners.open();
    }
  }

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  private Call call(String token, String method, String target) {
    return world.anonymous(method, target).header("Authorization", "Bearer " + token);
  }

  private Call call(String token, String method, String target, String json) {
    return call(token, method, target).header("Content-Type", "application/json").body(json);
  }

  /** A call at one of the interfaces' own ports. */
  private Call at(String port, String token, String method, String target) {
    return Call.of(
            Contract.AZURE_PACK,
            "https://localhost:" + listeners.openPort(port).getAsInt(),
            method,
            target)
        .trusting(Trust.inStore(config.dataDir().resolve("truststore.p12")), Version.HTTP_1_1)
        .header("Authorization", "Bearer " + token);
  }

  private String admin() {
    return issuer.token(ADMIN, now);
  }

  /** A token of a user that ends so many seconds from now. */
  private String token(String user, long seconds) {
    return issuer.sign(
        TokenIssuer.claims(ADMIN, now)
            .claim("upn", user)
            .expirationTime(Date.from(now.plusSeconds(seconds)))
            .build());
  }

  private String newUser() {
    String name = newName();
    assertThat(call(admin(), "POST", USERS, body(name)).send().status()).isEqualTo(201);
    return name;
  }

  private void invalidate(String name, Instant end) {
    Answer answer =
        call(
                admin(),
                "POST",
                INVALID_TOKENS,
                "{\"Username\": \"%s\", \"TokenExpiryTime\": \"%s\"}".formatted(name, end))
            .send();
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  private static void assertRefused(Answer answer) {
    assertError(answer, 401, "AuthenticationFailed", "The bearer token is not valid.");
    assertThat(answer.headers().get("www-authenticate")).containsExactly("Bearer");
  }

  private static void assertForbidden(Answer answer) {
    assertError(
        answer,
        403,
        "AuthorizationFailed",
        "The token is of a tenant; the administrator interface needs that of an administrator.");
    assertThat(answer.header("WWW-Authenticate")).isEmpty();
  }

  @Test
  @Covers("pack.common.bearer-strict")
  void goodTokenIsTaken() {
    String name = newUser();

    assertThat(call(admin(), "GET", user(name)).send().status()).isEqualTo(200);
    assertThat(call(admin(), "PUT", user(name), body(name, 2)).send().status()).isEqualTo(200);
    assertThat(
            world
                .anonymous("GET", user(name))
                .header("Authorization", "bEARER  " + admin())
                .send()
                .json()
                .get("State")
                .asInt())
        .isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(FaultyToken.class)
  @Covers("pack.common.bearer-strict")
  void faultyTokenIsRefused(FaultyToken fault) {
    String name = newName();
    for (String audience : List.of(ADMIN, TENANT)) {
      String token = fault.of(issuer, audience, now);
      try (LogLines log = new LogLines()) {
        Answer answer = call(token, "POST", USERS, body(name)).send();

        assertRefused(answer);
        assertThat(answer.text()).doesNotContain(token);
        assertThat(log.lines()).isNotEmpty().noneMatch(line -> line.contains(token));
      }
      assertRefused(at(TENANT_PORT, token, "GET", user(name)).send());
    }
    assertThat(call(admin(), "GET", user(name)).send().status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://batch.core.windows.net/",
        "https://management.azure.com/",
        "http://azureservices/adminsite"
      })
  @Covers("pack.common.bearer-strict")
  void tokenForAnotherApiIsRefused(String audience) {
    assertRefused(call(issuer.token(audience, now), "GET", USERS).send());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer", "bearer  ", "Basic YTpi"})
  @Covers("pack.common.authorization-missing")
  void requestWithoutATokenIsRefused(String authorization) {
    Answer answer = world.anonymous("GET", USERS).header("Authorization", authorization).send();

    assertError(
        answer, 401, "AuthenticationFailed", "The request needs a bearer token in Authorization.");
    assertThat(answer.headers().get("www-authenticate")).containsExactly("Bearer");
  }

  @Test
  @Covers("pack.common.bearer-strict")
  void goodTokenAppearsInNoLogLine() {
    String token = admin();
    try (LogLines log = new LogLines()) {
      assertThat(call(token, "GET", USERS + "?take=1").send().status()).isEqualTo(200);

      assertThat(log.lines())
          .anyMatch(line -> line.startsWith("io.vertx.ext.web."))
          .noneMatch(line -> line.contains(token.substring(token.lastIndexOf('.'))));
    }
  }

  // ---- interfaces

  @Test
  @Covers("pack.common.bearer-tenant")
  void tokenOfATenantIsGoodForTheTenantInterfaceAlone() {
    String name = newUser();
    String tenant = issuer.token(TENANT, now);

    assertForbidden(call(tenant, "GET", user(name)).send());
    assertForbidden(call(tenant, "PUT", user(name), body(name, 2)).send());
    assertForbidden(call(tenant, "GET", USERS).send());
    assertForbidden(call(tenant, "GET", user("no-such-user")).send());
    assertForbidden(at(ADMIN_PORT, tenant, "GET", user(name)).send());

    Answer answer = at(TENANT_PORT, tenant, "GET", user(name)).send();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("State").asInt()).isEqualTo(1);
  }

  @Test
  @Covers("pack.common.bearer-tenant")
  void tokenOfAnAdministratorIsGoodForBothInterfaces() {
    String name = newUser();
    String both =
        issuer.sign(TokenIssuer.claims(ADMIN, now).audience(List.of(TENANT, ADMIN)).build());

    for (String token : List.of(admin(), both)) {
      assertThat(call(token, "GET", user(name)).send().status()).isEqualTo(200);
      assertThat(at(ADMIN_PORT, token, "GET", user(name)).send().status()).isEqualTo(200);
      assertThat(at(TENANT_PORT, token, "GET", user(name)).send().status()).isEqualTo(200);
    }
  }

  // ---- invalid tokens

  @Test
  @Covers("pack.invalidate-tokens.refused")
  void tokensThatEndByTheGivenTimeAreRefusedFromThenOn() {
    String name = newName();
    String other = newName();
    assertThat(call(token(name, 600), "GET", USERS + "?take=1").send().status()).isEqualTo(200);

    invalidate(name.toUpperCase(Locale.ROOT), now.plusSeconds(600));

    assertRefused(call(token(name, 599), "GET", USERS + "?take=1").send());
    assertRefused(call(token(name, 600), "GET", USERS + "?take=1").send());
    assertRefused(at(TENANT_PORT, token(name, 600), "GET", user(other)).send());
    assertThat(call(token(name, 601), "GET", USERS + "?take=1").send().status()).isEqualTo(200);
    assertThat(call(token(other, 600), "GET", USERS + "?take=1").send().status()).isEqualTo(200);
  }

  private Call invalidation(String token, String name) {
    return at(TENANT_PORT, token, "POST", INVALID_TOKENS)
        .header("Content-Type", "application/json")
        .body(
            "{\"Username\": \"%s\", \"TokenExpiryTime\": \"2099-01-01T00:00:00\"}".formatted(name));
  }

  private String tenant(String claim, String user) {
    return issuer.sign(TokenIssuer.claims(TENANT, now).claim(claim, user).build());
  }

  @Test
  @Covers("pack.invalidate-tokens.own-user")
  void tenantInvalidatesNoTokensOfOthers() {
    String administrator = newName();
    String name = newName();

    for (String token :
        List.of(tenant("upn", name), tenant("unique_name", name), tenant("x", administrator))) {
      assertError(
          invalidation(token, administrator).send(),
          403,
          "AuthorizationFailed",
          "The token is of a tenant, who can invalidate only the tokens of its own user.");
    }

    assertThat(call(token(administrator, 600), "GET", USERS + "?take=1").send().status())
        .isEqualTo(200);
  }

  @Test
  @Covers({"pack.invalidate-tokens.own-user", "pack.invalidate-tokens.refused"})
  void tenantInvalidatesItsOwnTokensAndAnAdministratorThoseOfAnybody() {
    for (boolean own : new boolean[] {true, false}) {
      String name = newName();
      String tenant = tenant("upn", name);

      Answer answer = invalidation(own ? tenant : admin(), name.toUpperCase(Locale.ROOT)).send();

      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      assertRefused(at(TENANT_PORT, tenant, "GET", user(name)).send());
    }
  }

  @Test
  @Covers("pack.invalidate-tokens.refused")
  void tokenOfALaterLogInIsTaken() {
    String name = newName();
    invalidate(name, now.plusSeconds(600));
    now = clock.instant().plus(Duration.ofMinutes(20));
    clock.advance(Duration.ofMinutes(20));

    assertThat(call(token(name, 600), "GET", USERS + "?take=1").send().status()).isEqualTo(200);
  }

  /** Beyond what the database has as a time. */
  @Test
  @Covers({"pack.invalidate-tokens.refused", "pack.common.no-server-errors"})
  void tokenThatNeverEndsCanBeRefusedToo() {
    String name = newName();
    String endless =
        issuer.sign(
            "{\"iss\": \"%s\", \"aud\": \"%s\", \"upn\": \"%s\", \"exp\": 9000000000000000}"
                .formatted(TokenIssuer.NAME, ADMIN, name));
    assertThat(call(endless, "GET", USERS + "?take=1").send().status()).isEqualTo(200);

    invalidate(name, Instant.parse("9999-12-31T23:59:59Z"));

    assertRefused(call(endless, "GET", USERS + "?take=1").send());
  }

  @ParameterizedTest
  @ValueSource(strings = {"unique_name", "sub"})
  @Covers("pack.invalidate-tokens.refused")
  void userMayBeNamedByOtherClaims(String claim) {
    String name = newName();
    String token = issuer.sign(TokenIssuer.claims(ADMIN, now).claim(claim, name).build());
    assertThat(call(token, "GET", USERS + "?take=1").send().status()).isEqualTo(200);

    invalidate(name, now.plus(TokenIssuer.LIFE));

    assertRefused(call(token, "GET", USERS + "?take=1").send());
  }

  // ---- keys

  @Test
  @Covers("pack.common.bearer-keys-away")
  void tokenWhoseKeyCannotBeReadIsAnsweredLikeABusyServer() {
    String known = admin();
    String unknown = FaultyToken.UNKNOWN_KEY.of(issuer, ADMIN, now);
    assertThat(call(known, "GET", USERS + "?take=1").send().status()).isEqualTo(200);

    StrictMode.withoutKeys(
        keys,
        () -> {
          assertError(
              call(unknown, "GET", USERS).send(),
              503,
              "ServerBusy",
              "The server is busy at the moment. Please try again.");
          assertThat(call(known, "GET", USERS + "?take=1").send().status()).isEqualTo(200);
        });

    assertRefused(call(unknown, "GET", USERS).send());
  }
}
