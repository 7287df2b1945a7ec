package dev.roster.check.apimanagement;

import static dev.roster.check.apimanagement.ApiManagementService.USERS;
import static dev.roster.check.apimanagement.ApiManagementService.assertBare;
import static dev.roster.check.apimanagement.ApiManagementService.assertInvalid;
import static dev.roster.check.apimanagement.ApiManagementService.members;
import static dev.roster.check.apimanagement.ApiManagementService.newName;
import static dev.roster.check.apimanagement.ApiManagementService.properties;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.check.apimanagement.ApiManagementService.User;
import dev.roster.check.replay.ReplayFixture;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TokenBehaviours {

  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuuMMddHHmm");

  /** 64 bytes in base64, as they are and as the URL has them. */
  private static final String SIGNATURE = "[A-Za-z0-9+/]{86}==";

  private static final String ESCAPED_SIGNATURE = "(?:[A-Za-z0-9]|%2b|%2f){86}%3d%3d";

  @RegisterExtension final ApiManagementService service = new ApiManagementService();

  @Test
  @Covers("apim.sso-url.form")
  void signOnUrlLeadsToThePortalWithAToken() {
    User user = service.newUser();

    Answer answer = signOn(user);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(members(answer.json())).containsExactly("value");
    String url = answer.json().get("value").asText();
    int token = url.indexOf("?token=");
    assertThat(token).as("position of the token").isPositive();
    assertThat(url.substring(0, token))
        .isEqualToIgnoringCase(
            "https://%s.portal.azure-api.net/signin-sso".formatted(service.name()));
    assertThat(
            url.substring(token)
                .matches("\\?token=" + user.id() + "%26\\d{12}%26" + ESCAPED_SIGNATURE))
        .as("the token is the user, a time and 64 bytes")
        .isTrue();
  }

  @Test
  @Covers("apim.sso-url.expiry")
  void signOnUrlIsGoodForFiveMinutes() {
    User user = service.newUser();

    Answer answer = signOn(user);

    Matcher time = Pattern.compile("%26(\\d{12})%26").matcher(answer.json().get("value").asText());
    assertThat(time.find()).as("there is a time in the token").isTrue();
    LocalDateTime told = LocalDateTime.parse(time.group(1), MINUTE);
    LocalDateTime expected =
        now(answer).plus(Duration.ofMinutes(5)).atZone(ZoneOffset.UTC).toLocalDateTime();
    // The header has whole seconds, and a minute may begin between it and the token.
    assertThat(Duration.between(told, expected.truncatedTo(ChronoUnit.MINUTES)).abs())
        .isLessThanOrEqualTo(Duration.ofMinutes(1));
  }

  @Test
  @Covers("apim.shared-access-token.form")
  void tokenIsTheUserTheMinuteAndASignature() {
    User user = service.newUser();
    Instant expiry = tomorrow();

    for (String key : new String[] {"primary", "secondary"}) {
      Answer answer = token(user, "keyType", key, "expiry", expiry.toString());

      assertThat(answer.status()).isEqualTo(200);
      assertThat(members(answer.json())).containsExactly("value");
      String start = user.id() + "&" + MINUTE.format(expiry.atOffset(ZoneOffset.UTC)) + "&";
      String token = answer.json().get("value").asText();
      assertThat(token.startsWith(start)).as("the token begins with " + start).isTrue();
      assertThat(token.substring(start.length()).matches(SIGNATURE))
          .as("64 bytes in base64 follow")
          .isTrue();
    }
  }

  @Test
  @Covers("apim.shared-access-token.form")
  void minuteOfATokenIsInUtc() {
    User user = service.newUser();
    Instant expiry = tomorrow();

    Answer answer =
        token(
            user,
            "keyType",
            "primary",
            "expiry",
            DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(expiry.atOffset(ZoneOffset.ofHours(5))));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("value").asText().split("&", -1)[1])
        .isEqualTo(MINUTE.format(expiry.atOffset(ZoneOffset.UTC)));
  }

  @Test
  @Covers("apim.shared-access-token.required")
  void tokenNeedsAKeyAndAnExpiry() {
    User user = service.newUser();

    assertInvalid(token(user), "keyType", "expiry");
    assertInvalid(token(user, "keyType", "primary"), "expiry");
    assertInvalid(token(user, "expiry", tomorrow().toString()), "keyType");
    assertInvalid(token(user, "keyType", "tertiary", "expiry", tomorrow().toString()), "keyType");
  }

  @Test
  @Covers("apim.shared-access-token.expiry-limit")
  void tokenLastsThirtyDaysAtMost() {
    User user = service.newUser();
    Instant now = now(service.read(user.path()));

    assertThat(
            token(
                    user,
                    "keyType",
                    "primary",
                    "expiry",
                    now.plus(Duration.ofDays(30)).minus(Duration.ofMinutes(10)).toString())
                .status())
        .isEqualTo(200);
    assertInvalid(
        token(
            user,
            "keyType",
            "primary",
            "expiry",
            now.plus(Duration.ofDays(30)).plus(Duration.ofMinutes(10)).toString()),
        "expiry");
  }

  @Test
  @Covers("apim.send-password-confirmation.answer")
  void confirmationMailIsAskedForByAUserOnly() {
    User user = service.newUser();

    assertBare(service.request("POST", user.path() + "/confirmations/password/send").send(), 204);
    assertBare(
        service
            .request("POST", user.path() + "/confirmations/password/send?appType=developerPortal")
            .send(),
        204);
    assertThat(
            service
                .request("POST", USERS + "/" + newName() + "/confirmations/password/send")
                .send()
                .status())
        .isEqualTo(404);
  }

  private Answer signOn(User user) {
    return kept(service.request("POST", user.path() + "/generateSsoUrl").send());
  }

  private Answer token(User user, Object... namesAndValues) {
    return kept(
        service.request("POST", user.path() + "/token").json(properties(namesAndValues)).send());
  }

  /** Has the token of an answer told nowhere. */
  private Answer kept(Answer answer) {
    if (answer.status() == 200) {
      service.keepSecret(answer.json().path("value").asText());
    }
    return answer;
  }

  private static Instant tomorrow() {
    return ReplayFixture.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);
  }

  /** The time of an answer by its server's clock. */
  private static Instant now(Answer answer) {
    return answer
        .header("Date")
        .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant())
        .orElseGet(Instant::now);
  }
}
