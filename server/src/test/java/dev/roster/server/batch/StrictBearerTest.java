package dev.roster.server.batch;

import static dev.roster.server.batch.BatchErrorAssert.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.batch.BatchWorld.Node;
import dev.roster.server.config.RosterConfig;
import dev.roster.testing.Answer;
import dev.roster.testing.Call;
import dev.roster.testing.Contract;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.FaultyToken;
import dev.roster.testing.LogLines;
import dev.roster.testing.MutableClock;
import dev.roster.testing.RawHttp;
import dev.roster.testing.StrictMode;
import dev.roster.testing.TokenIssuer;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
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

  private static final String AUDIENCE = "https://batch.core.windows.net/";
  private static final Instant RECORDED = Instant.parse("2026-11-21T20:30:19Z");

  @Inject BatchWorld world;
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
    return world
        .anonymous(method, path + "?" + BatchWorld.VERSION)
        .header("Authorization", "Bearer " + token);
  }

  private static void assertRefused(Answer answer) {
    assertError(
        answer,
        401,
        "AuthenticationFailed",
        "AuthenticationErrorDetail",
        "The token is none of the issuer that the server trusts, is not meant for it, or is not"
            + " valid at this time.");
    assertThat(answer.json().at("/message/value").asText())
        .startsWith(
            "Server failed to authenticate the request. Make sure the value of Authorization header"
                + " is formed correctly.\n");
    assertThat(answer.headers().get("www-authenticate")).containsExactly("Bearer");
  }

  @Test
  @Covers("batch.common.bearer-strict")
  void goodTokenIsTaken() {
    Node node = world.linuxNode();
    String token = issuer.token(AUDIENCE, now);

    assertThat(call(token, "POST", node.users()).json("{\"name\": \"a\"}").send().status())
        .isEqualTo(201);
    assertThat(call(token, "GET", node.path()).send().status()).isEqualTo(200);
    assertThat(call(token, "DELETE", node.user("a")).send().status()).isEqualTo(200);
    assertThat(
            world
                .anonymous("GET", node.path() + "?" + BatchWorld.VERSION)
                .header("Authorization", "bEARER   " + token)
                .send()
                .status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource(FaultyToken.class)
  @Covers("batch.common.bearer-strict")
  void faultyTokenIsRefused(FaultyToken fault) {
    Node node = world.linuxNode();
    String token = fault.of(issuer, AUDIENCE, now);

    try (LogLines log = new LogLines()) {
      Answer answer = call(token, "POST", node.users()).json("{\"name\": \"a\"}").send();

      assertRefused(answer);
      assertThat(answer.text()).doesNotContain(token);
      assertThat(log.lines()).isNotEmpty().noneMatch(line -> line.contains(token));
    }
    assertThat(world.user(node, "a")).isEmpty();
  }

  /** With the slash at its end, as the reports of the real service have it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://batch.core.windows.net",
        "https://management.azure.com/",
        "http://azureservices/AdminSite"
      })
  @Covers("batch.common.bearer-strict")
  void tokenForAnotherApiIsRefused(String audience) {
    assertRefused(call(issuer.token(audience, now), "GET", "/pools").send());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer", "Bearer ", "bearer   "})
  @Covers("batch.common.bearer-empty")
  void emptyTokenIsRefused(String authorization) {
    Answer answer =
        world
            .anonymous("GET", "/pools?" + BatchWorld.VERSION)
            .header("Authorization", authorization)
            .send();

    assertError(
        answer,
        401,
        "AuthenticationFailed",
        "AuthenticationErrorDetail",
        "The bearer token is empty.");
    assertThat(answer.headers().get("www-authenticate")).containsExactly("Bearer");
  }

  @Test
  @Covers("batch.common.bearer-strict")
  void goodTokenAppearsInNoLogLine() {
    String token = issuer.token(AUDIENCE, now);
    try (LogLines log = new LogLines()) {
      assertThat(call(token, "GET", "/pools").send().status()).isEqualTo(200);

      assertThat(log.lines())
          .anyMatch(line -> line.startsWith("io.vertx.ext.web."))
          .noneMatch(line -> line.contains(token.substring(token.lastIndexOf('.'))));
    }
  }

  @Test
  @Covers("batch.common.bearer-keys-away")
  void tokenWhoseKeyCannotBeReadIsAnsweredLikeABusyServer() {
    String known = issuer.token(AUDIENCE, now);
    String unknown = FaultyToken.UNKNOWN_KEY.of(issuer, AUDIENCE, now);
    assertThat(call(known, "GET", "/pools").send().status()).isEqualTo(200);

    StrictMode.withoutKeys(
        keys,
        () -> {
          try (LogLines log = new LogLines()) {
            Answer answer = call(unknown, "GET", "/pools").send();

            assertError(answer, 503, "ServerBusy");
            assertThat(answer.json().at("/message/value").asText())
                .startsWith(
                    "The server is currently unable to receive requests. Please retry your"
                        + " request.\n");
            assertThat(answer.text()).doesNotContain(keys.toString());
            assertThat(log.lines())
                .anyMatch(line -> line.contains("the keys of roster.bearer.keys cannot be read"))
                .noneMatch(line -> line.contains(unknown));
          }
          assertThat(call(known, "GET", "/pools").send().status()).isEqualTo(200);
        });

    assertRefused(call(unknown, "GET", "/pools").send());
  }

  @Test
  @Covers("batch.common.bearer-strict")
  void signedRequestsAreTakenAsInTheLenientMode() {
    String target = "/pools/p1/nodes/tvm-1/users/userName?api-version=2024-07-01.20.0";
    clock.advance(Duration.between(now, RECORDED));

    // The pool is another server's; what counts is that the signature opened the way to it.
    assertError(
        signed("DELETE", target, "XSkE+X79fn9Sc8eaK+1k/8WoAOpmgPNm8X7+g5r0BV8="),
        404,
        "PoolNotFound");
    Answer answer = signed("DELETE", target, "YSkE+X79fn9Sc8eaK+1k/8WoAOpmgPNm8X7+g5r0BV8=");
    assertThat(BatchErrorAssert.details(answer, 403, "AuthenticationFailed"))
        .containsOnlyKeys("AuthenticationErrorDetail");
    assertThat(answer.header("WWW-Authenticate")).isEmpty();
  }

  /** A request of the vendor's client, as it was recorded. */
  private Answer signed(String method, String target, String signature) {
    return RawHttp.of(Contract.AZURE_BATCH, world.origin(), method, target)
        .header("ocp-date", "Sat, 21 Nov 2026 20:30:19 GMT")
        .header("Content-Type", "application/json; charset=utf-8")
        .header("Content-Length", "0")
        .header("Authorization", "SharedKey devbatch:" + signature)
        .send();
  }

  @Test
  @Covers("batch.common.bearer-strict")
  void whatComesBeforeTheTokenIsToldBeforeIt() {
    for (String token : List.of("x", issuer.token("urn:other", now))) {
      assertError(
          world.anonymous("GET", "/pools").header("Authorization", "Bearer " + token).send(),
          400,
          "MissingRequiredQueryParameter",
          "QueryParameterName",
          "api-version");
      assertRefused(call(token, "GET", "/pools/no-such-pool").send());
    }
  }
}
