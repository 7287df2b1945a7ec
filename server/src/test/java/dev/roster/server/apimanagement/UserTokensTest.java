package dev.roster.server.apimanagement;

import static dev.roster.server.apimanagement.ApiManagementErrorAssert.assertServiceError;
import static dev.roster.server.apimanagement.ApiManagementErrorAssert.assertValidationError;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.apimanagement.ApiManagementWorld.Service;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.MutableClock;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class UserTokensTest {

  private static final Duration LONGEST = Duration.ofDays(30);
  private static final String CONDITION = "The specified condition was not met for '%s'.";

  @Inject ApiManagementWorld world;
  @Inject StoredServices stored;
  @Inject MutableClock clock;

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  private Service serviceWithUser() {
    Service service = world.newService();
    world.addUser(service, "Alice");
    return service;
  }

  private Answer token(Service service, String user, String keyType, String expiry) {
    return world
        .call(
            "POST",
            service.user(user) + "/token",
            "{\"properties\": {\"keyType\": \"%s\", \"expiry\": \"%s\"}}"
                .formatted(keyType, expiry))
        .send();
  }

  private static String value(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().fieldNames()).toIterable().containsExactly("value");
    assertThat(answer.headers()).doesNotContainKey("etag");
    return answer.json().get("value").asText();
  }

  private static String minute(Instant time) {
    return DateTimeFormatter.ofPattern("uuuuMMddHHmm").format(time.atOffset(ZoneOffset.UTC));
  }

  /** The token as everybody can make it who knows the secret of the service. */
  private String expected(Service service, String user, String key, String minute) {
    byte[] secret =
        HexFormat.of()
            .parseHex(
                stored
                    .query(
                        "select encode(token_secret, 'hex') from apim_service"
                            + " where space = 'default' and service_id = ?",
                        world.instance(service).id())
                    .get(0));
    assertThat(secret).hasSize(64);
    String claims = user + "&" + minute;
    byte[] signature = hmac(hmac(secret, user + "&" + key), claims);
    assertThat(signature).hasSize(64);
    return claims + "&" + Base64.getEncoder().encodeToString(signature);
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA512");
      mac.init(new SecretKeySpec(key, "HmacSHA512"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  // ---- shared access tokens

  @Test
  @Covers({"apim.shared-access-token.form", "apim.shared-access-token.keys"})
  void tokenIsSignedWithTheChosenKey() {
    Service service = serviceWithUser();

    String primary = value(token(service, "Alice", "primary", "2019-04-21T00:44:24.2845269Z"));
    String secondary = value(token(service, "Alice", "secondary", "2019-04-21T00:44:24.2845269Z"));

    assertThat(primary).isEqualTo(expected(service, "Alice", "PRIMARY", "201904210044"));
    assertThat(secondary).isEqualTo(expected(service, "Alice", "SECONDARY", "201904210044"));
    assertThat(primary).isNotEqualTo(secondary);
    assertThat(primary).matches("Alice&201904210044&[A-Za-z0-9+/]{86}==");
  }

  @Test
  @Covers("apim.shared-access-token.keys")
  void equalRequestsHaveEqualTokens() {
    Service service = serviceWithUser();
    String token = value(token(service, "Alice", "primary", "2019-04-21T00:44:24Z"));

    world.patch(service.user("Alice"), "{\"properties\": {\"password\": \"new\"}}");
    clock.advance(Duration.ofHours(1));

    assertThat(value(token(service, "ALICE", "PRIMARY", "2019-04-21T00:44:59.999Z")))
        .isEqualTo(token);
    assertThat(value(token(service, "Alice", "primary", "2019-04-21T00:45:00Z")))
        .isNotEqualTo(token);
  }

  @Test
  @Covers("apim.shared-access-token.keys")
  void usersAndServicesHaveKeysOfTheirOwn() {
    Service service = serviceWithUser();
    world.addUser(service, "Bob");
    Service other = serviceWithUser();
    String expiry = "2019-04-21T00:44:24Z";

    String alice = value(token(service, "Alice", "primary", expiry));
    String bob = value(token(service, "Bob", "primary", expiry));
    String elsewhere = value(token(other, "Alice", "primary", expiry));

    assertThat(List.of(signature(alice), signature(bob), signature(elsewhere)))
        .doesNotHaveDuplicates();
    assertThat(elsewhere).isEqualTo(expected(other, "Alice", "PRIMARY", "201904210044"));
  }

  private static String signature(String token) {
    return token.substring(token.lastIndexOf('&') + 1);
  }

  @ParameterizedTest
  @Covers({"apim.shared-access-token.form", "apim.shared-access-token.keys"})
  @CsvSource({
    "2019-04-21T00:44:00Z, 201904210044",
    "2019-04-21T00:44:59.9999999Z, 201904210044",
    "2019-04-21T00:44:24+02:00, 201904202244",
    "2019-04-21T00:44:24-11:30, 201904211214",
    "2019-12-31T23:59:59-00:01, 202001010000",
    "2020-02-29T12:00:00+00:00, 202002291200",
    "0001-01-01T00:00:00Z, 000101010000",
    "0001-01-01T00:00:00+18:00, 000012310600"
  })
  void expiryIsCutToTheMinuteInUtc(String expiry, String minute) {
    Service service = serviceWithUser();

    assertThat(value(token(service, "Alice", "primary", expiry)))
        .isEqualTo(expected(service, "Alice", "PRIMARY", minute));
  }

  @ParameterizedTest
  @CsvSource({
    "2019-04-21T00:44:59.99999994Z, 201904210044",
    "2019-04-21T00:44:59.99999995Z, 201904210045",
    "2019-04-21T00:44:59.9999999499Z, 201904210044",
    "2019-04-21T00:44:30.1234567890+02:00, 201904202244"
  })
  @Covers("apim.shared-access-token.expiry-fraction")
  void longFractionOfTheExpiryIsRounded(String expiry, String minute) {
    Service service = serviceWithUser();

    assertThat(value(token(service, "Alice", "primary", expiry)))
        .isEqualTo(expected(service, "Alice", "PRIMARY", minute));
  }

  @Test
  @Covers("apim.shared-access-token.form")
  void userIdsAreNotEscaped() {
    Service service = world.newService();
    world.addUser(service, "a+b&c d/\u00e9");

    assertThat(value(token(service, "a+b&c d/\u00e9", "primary", "2019-04-21T00:44:24Z")))
        .isEqualTo(expected(service, "a+b&c d/\u00e9", "PRIMARY", "201904210044"));
  }

  @Test
  @Covers("apim.shared-access-token.expiry-limit")
  void expiryIsAtMostThirtyDaysAhead() {
    Service service = serviceWithUser();
    Instant now = clock.stop();
    Instant limit = now.plus(LONGEST).truncatedTo(ChronoUnit.MICROS);

    assertThat(value(token(service, "Alice", "primary", limit.toString())))
        .startsWith("Alice&" + minute(limit) + "&");
    assertThat(
            value(
                token(
                    service,
                    "Alice",
                    "primary",
                    DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                        limit.atOffset(ZoneOffset.ofHours(5))))))
        .startsWith("Alice&" + minute(limit) + "&");
    for (Instant late :
        List.of(
            limit.plusSeconds(1),
            limit.plusNanos(1_000),
            limit.plus(LONGEST),
            Instant.parse("9999-12-31T23:59:59Z"))) {
      assertValidationError(
          token(service, "Alice", "primary", late.toString()),
          "expiry",
          CONDITION.formatted("expiry"));
    }
    assertValidationError(
        token(service, "Alice", "primary", "9999-12-31T23:59:59-18:00"),
        "expiry",
        CONDITION.formatted("expiry"));

    clock.advance(Duration.ofSeconds(1));
    assertThat(token(service, "Alice", "primary", limit.plusSeconds(1).toString()).status())
        .isEqualTo(200);
  }

  @Test
  @Covers("apim.shared-access-token.required")
  void keyTypeAndExpiryAreRequired() {
    Service service = serviceWithUser();
    String path = service.user("Alice") + "/token";
    String noKey = "'keyType' must not be empty.";
    String noExpiry = "'expiry' must not be empty.";

    for (String body :
        List.of(
            "{}",
            "{\"properties\": null}",
            "{\"properties\": {}}",
            "{\"properties\": {\"keyType\": null, \"expiry\": null}}",
            "{\"keyType\": \"primary\", \"expiry\": \"2019-04-21T00:44:24Z\"}")) {
      assertValidationError(
          world.call("POST", path, body).send(), "keyType", noKey, "expiry", noExpiry);
    }
    assertValidationError(
        world.call("POST", path, "{\"properties\": {\"keyType\": \"primary\"}}").send(),
        "expiry",
        noExpiry);
    assertValidationError(
        world.call("POST", path, "{\"properties\": {\"expiry\": \"2019-04-21T00:44:24Z\"}}").send(),
        "keyType",
        noKey);
    assertValidationError(
        token(service, "Alice", "tertiary", "9999-01-01T00:00:00Z"),
        "keyType",
        CONDITION.formatted("keyType"),
        "expiry",
        CONDITION.formatted("expiry"));
  }

  @ParameterizedTest
  @Covers("apim.shared-access-token.required")
  @ValueSource(strings = {"primary", "secondary", "Primary", "SECONDARY"})
  void keyTypeIsTakenInAnyCase(String keyType) {
    Service service = serviceWithUser();

    assertThat(value(token(service, "Alice", keyType, "2019-04-21T00:44:24Z")))
        .isEqualTo(
            expected(service, "Alice", keyType.toUpperCase(java.util.Locale.ROOT), "201904210044"));
  }

  @Test
  @Covers("apim.shared-access-token.form")
  void unknownUserHasNoToken() {
    Service service = serviceWithUser();

    assertServiceError(
        token(service, "unknown", "primary", "2019-04-21T00:44:24Z"),
        404,
        "ResourceNotFound",
        "User not found.");
    assertServiceError(
        world.post(service.user("unknown") + "/generateSsoUrl"),
        404,
        "ResourceNotFound",
        "User not found.");
  }

  // ---- single sign-on

  @Test
  @Covers({"apim.sso-url.form", "apim.sso-url.expiry"})
  void signOnUrlHasATokenForFiveMinutes() {
    Service service = serviceWithUser();
    Instant now = clock.stop();
    String token = expected(service, "Alice", "PRIMARY", minute(now.plus(Duration.ofMinutes(5))));

    String url = value(world.post(service.user("alice") + "/generateSsoUrl"));

    assertThat(url)
        .isEqualTo(
            "https://%s.portal.azure-api.net/signin-sso?token=%s"
                .formatted(service.name(), lowerCaseEscapes(token)));
    assertThat(url).matches("[^?]+\\?token=Alice%26\\d{12}%26(?:[A-Za-z0-9]|%2b|%2f){86,}%3d%3d");
    assertThat(url).doesNotContain("%2B", "%2F", "%3D");

    clock.advance(Duration.ofMinutes(1));
    assertThat(value(world.post(service.user("Alice") + "/generateSsoUrl")))
        .contains("token=Alice%26" + minute(now.plus(Duration.ofMinutes(6))) + "%26");
  }

  /** Written out by hand, as the service escapes. */
  private static String lowerCaseEscapes(String token) {
    return token.replace("&", "%26").replace("+", "%2b").replace("/", "%2f").replace("=", "%3d");
  }

  @Test
  @Covers("apim.sso-url.form")
  void signOnUrlEscapesWhatIsInTheUserId() {
    Service service = world.newService();
    world.addUser(service, "A+B@Example.com");
    Instant end = clock.stop().plus(Duration.ofMinutes(5));

    assertThat(value(world.post(service.user("A+B@Example.com") + "/generateSsoUrl")))
        .isEqualTo(
            "https://%s.portal.azure-api.net/signin-sso?token=A%%2bB%%40Example.com%%26%s"
                .formatted(
                    service.name(),
                    lowerCaseEscapes(
                        expected(service, "A+B@Example.com", "PRIMARY", minute(end))
                            .substring("A+B@Example.com&".length()))));
  }
}
