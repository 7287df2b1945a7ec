package dev.roster.server.azurepack;

import static dev.roster.server.azurepack.PackErrorAssert.assertInvalid;
import static dev.roster.server.azurepack.PackWorld.newName;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class InvalidateTokensTest {

  private static final String INVALID_TOKENS = "/invalidusertokens";

  @Inject PackWorld world;
  @Inject PackPorts ports;
  @Inject StoredUsers stored;

  private Answer post(String json) {
    return world.call("POST", INVALID_TOKENS, json).send();
  }

  private static void assertAccepted(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.bytes()).isEmpty();
    assertThat(answer.headers().get("content-length")).containsExactly("0");
    assertThat(answer.header("Content-Type").orElseThrow()).startsWith("application/");
  }

  /** Until when tokens of a user are refused. */
  private List<String> refused(String name) {
    return stored.query(
        "select to_char(expires_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS') from"
            + " pack_invalid_token where space = 'default' and user_key = ?",
        name.toLowerCase(Locale.ROOT));
  }

  private int count() {
    return stored.query("select user_key from pack_invalid_token").size();
  }

  @Test
  @Covers("pack.invalidate-tokens.accepted")
  void tokensAreRefusedWhetherThereIsSuchAUserOrNot() {
    for (String name : List.of(world.newUser(), newName(), newName().toUpperCase(Locale.ROOT))) {
      List<String> user = stored.of(name);

      assertAccepted(
          post(
              "{\"Id\": 0, \"Username\": \"%s\", \"TokenExpiryTime\": \"2013-06-28T05:15:30\"}"
                  .formatted(name)));

      assertThat(refused(name)).containsExactly("2013-06-28 05:15:30");
      assertThat(stored.of(name)).isEqualTo(user);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2013-06-28T05:15:30Z, 2013-06-28 05:15:30",
    "2013-06-28T05:15:30-02:00, 2013-06-28 07:15:30",
    "0001-01-01T00:00:00, 0001-01-01 00:00:00",
    "9999-12-31T23:59:59.999, 9999-12-31 23:59:59"
  })
  @Covers("pack.invalidate-tokens.accepted")
  void endOfTheTokensMayHaveAnyZone(String sent, String kept) {
    String name = newName();

    assertAccepted(
        post("{\"username\": \"%s\", \"tokenexpirytime\": \"%s\"}".formatted(name, sent)));

    assertThat(refused(name)).containsExactly(kept);
  }

  @Test
  @Covers("pack.invalidate-tokens.accepted")
  void laterEndCountsWhateverTheOrder() {
    String name = newName();

    for (String day : List.of("02", "03", "01")) {
      assertAccepted(
          post(
              "{\"Username\": \"%s\", \"TokenExpiryTime\": \"2013-06-%sT00:00:00\"}"
                  .formatted(name, day)));
    }

    assertThat(refused(name)).containsExactly("2013-06-03 00:00:00");
  }

  @ParameterizedTest
  @ValueSource(strings = {PackPorts.ADMIN, PackPorts.TENANT})
  @Covers("pack.invalidate-tokens.accepted")
  void bothInterfacesTakeIt(String port) {
    String name = newName();

    assertAccepted(
        ports
            .call(
                port,
                "POST",
                INVALID_TOKENS,
                "{\"Username\": \"%s\", \"TokenExpiryTime\": \"2013-06-28T05:15:30\"}"
                    .formatted(name))
            .send());

    assertThat(refused(name)).containsExactly("2013-06-28 05:15:30");
  }

  @Test
  @Covers({"pack.invalidate-tokens.accepted", "pack.common.empty-answers"})
  void xmlIsTakenAsWell() {
    String name = newName();

    assertAccepted(
        world
            .xml(
                "POST",
                INVALID_TOKENS,
                "<UserToken xmlns=\"http://schemas.microsoft.com/windowsazure\"><Id>0</Id><TokenExpiryTime>2013-06-28T05:15:30</TokenExpiryTime><Username>%s</Username></UserToken>"
                    .formatted(name))
            .send());

    assertThat(refused(name)).containsExactly("2013-06-28 05:15:30");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\"Username\": null, ", "\"Username\": \"\", ", "\"Username\": \" \", "})
  @Covers("pack.invalidate-tokens.required")
  void missingUsernameIsNamed(String member) {
    int before = count();

    assertInvalid(
        post("{" + member + "\"TokenExpiryTime\": \"2013-06-28T05:15:30\"}"),
        "Username",
        "Username is required.");
    assertInvalid(
        post("{" + member + "\"Id\": 0}"),
        "Username",
        "Username is required.",
        "TokenExpiryTime",
        "TokenExpiryTime is required.");

    assertThat(count()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "'', TokenExpiryTime is required.",
    "', \"TokenExpiryTime\": null', TokenExpiryTime has to be a time.",
    "', \"TokenExpiryTime\": \"soon\"', TokenExpiryTime has to be a time.",
    "', \"TokenExpiryTime\": \"\"', TokenExpiryTime has to be a time.",
    "', \"TokenExpiryTime\": \"2013-02-30T00:00:00\"', TokenExpiryTime has to be a time.",
    "', \"TokenExpiryTime\": \"0000-01-01T00:00:00\"', TokenExpiryTime has to be a time.",
    "', \"TokenExpiryTime\": \"+999999999-12-31T23:59:59\"', TokenExpiryTime has to be a time.",
    "', \"TokenExpiryTime\": \"-999999999-01-01T00:00:00Z\"', TokenExpiryTime has to be a time."
  })
  @Covers({"pack.invalidate-tokens.required", "pack.common.no-server-errors"})
  void missingOrImpossibleEndIsNamed(String member, String message) {
    String name = newName();

    assertInvalid(
        post("{\"Username\": \"%s\"%s}".formatted(name, member)), "TokenExpiryTime", message);

    assertThat(refused(name)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\u0000", "\\uD800", "\\u001F"})
  @Covers("pack.common.no-server-errors")
  void usernameThatNoUserCanHaveIsRefused(String escaped) {
    int before = count();

    assertInvalid(
        post(
            "{\"Username\": \"a%s\", \"TokenExpiryTime\": \"2013-06-28T05:15:30\"}"
                .formatted(escaped)),
        "Username",
        "Username has to have at most 256 characters and no control character.");

    assertThat(count()).isEqualTo(before);
  }

  /** Beyond what an index takes of a text that does not compress. */
  @Test
  @Covers("pack.common.no-server-errors")
  void usernameIsNoLongerThanANameCanBe() {
    int before = count();
    String random =
        new SecureRandom()
            .ints(9000, 'a', 'z' + 1)
            .mapToObj(Character::toString)
            .collect(Collectors.joining());

    assertInvalid(
        post(
            "{\"Username\": \"%s\", \"TokenExpiryTime\": \"2013-06-28T05:15:30\"}"
                .formatted(random)),
        "Username",
        "Username has to have at most 256 characters and no control character.");
    assertAccepted(
        post(
            "{\"Username\": \"%s\", \"TokenExpiryTime\": \"2013-06-28T05:15:30\"}"
                .formatted(random.substring(0, 256))));

    assertThat(count()).isEqualTo(before + 1);
  }
}
