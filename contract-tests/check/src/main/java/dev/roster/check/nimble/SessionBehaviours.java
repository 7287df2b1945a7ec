package dev.roster.check.nimble;

import static dev.roster.check.nimble.NimbleArray.TOKENS;
import static dev.roster.check.nimble.NimbleArray.TOKEN_MEMBERS;
import static dev.roster.check.nimble.NimbleArray.USERS;
import static dev.roster.check.nimble.NimbleArray.assertError;
import static dev.roster.check.nimble.NimbleArray.criterion;
import static dev.roster.check.nimble.NimbleArray.data;
import static dev.roster.check.nimble.NimbleArray.query;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.check.nimble.NimbleArray.Session;
import dev.roster.check.nimble.NimbleArray.User;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SessionBehaviours {

  private static final String UNKNOWN_TOKEN = "0123456789abcdef0123456789abcdef";

  @RegisterExtension final NimbleArray array = new NimbleArray();

  @Test
  @Covers("nimble.create-token.created")
  void logInAnswersAWholeSession() {
    User user = array.newUser();

    Answer answer = array.tryToLogIn(user.name(), user.password());

    assertThat(answer.status()).isEqualTo(201);
    JsonNode session = answer.json().get("data");
    assertThat(session.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrderElementsOf(TOKEN_MEMBERS);
    assertThat(session.get("id").asText()).matches("[0-9a-f]{42}");
    assertThat(session.get("username").asText()).isEqualTo(user.name());
    assertThat(session.get("creation_time").asLong()).isPositive();
    assertThat(session.get("last_modified").asLong())
        .isGreaterThanOrEqualTo(session.get("creation_time").asLong());
  }

  @Test
  @Covers("nimble.create-token.token-form")
  void everySessionHasATokenOfItsOwn() {
    User user = array.newUser();

    Session one = array.logIn(user);
    Session other = array.logIn(user);

    assertThat(one.token()).matches("[0-9a-f]{32}").isNotEqualTo(other.token());
    assertThat(other.token()).matches("[0-9a-f]{32}");
    assertThat(one.id()).isNotEqualTo(other.id());
  }

  @Test
  @Covers("nimble.create-token.credentials")
  void everyRefusedLogInIsAnsweredAlike() {
    User user = array.newUser();
    User disabled = array.newUser(NimbleArray.newName(), "disabled", true);

    Answer wrongPassword = array.tryToLogIn(user.name(), array.newPassword());
    assertError(wrongPassword, 401, "SM_auth");
    Answer unknownUser = array.tryToLogIn(NimbleArray.newName(), array.newPassword());
    assertError(unknownUser, 401, "SM_auth");
    Answer disabledUser = array.tryToLogIn(disabled.name(), disabled.password());
    assertError(disabledUser, 401, "SM_auth");
    assertThat(unknownUser.text()).isEqualTo(wrongPassword.text());
    assertThat(disabledUser.text()).isEqualTo(wrongPassword.text());
  }

  @Test
  @Covers("nimble.create-token.missing")
  void logInNeedsANameAndAPassword() {
    assertError(
        array.anonymous("POST", TOKENS).json(data("username", "someone")).send(),
        400,
        "SM_missing_arg",
        "arg",
        "password");
    assertError(
        array.anonymous("POST", TOKENS).json(data("password", "something")).send(),
        400,
        "SM_missing_arg",
        "arg",
        "username");
  }

  @Test
  @Covers({"nimble.create-token.values", "nimble.common.invalid-value"})
  void valuesOfALogInHaveLimits() {
    User user = array.newUser();

    assertError(
        logIn("username", "u".repeat(105), "password", user.password()),
        400,
        "SM_invalid_arg_value",
        "arg",
        "username");
    assertError(
        logIn("username", user.name(), "password", "p".repeat(256)),
        400,
        "SM_invalid_arg_value",
        "arg",
        "password");
    assertError(
        logIn("username", user.name(), "password", user.password(), "source_ip", "nowhere"),
        400,
        "SM_invalid_arg_value",
        "arg",
        "source_ip");
    Answer longest =
        logIn("username", user.name(), "password", user.password(), "app_name", "a".repeat(255));
    assertThat(longest.status()).isEqualTo(201);
    assertThat(longest.json().at("/data/app_name").asText()).isEqualTo("a".repeat(255));
  }

  @Test
  @Covers("nimble.create-token.defaults")
  void absentNameOfTheProgramIsEmptyAndAddressThatOfTheConnection() {
    User user = array.newUser();

    Answer answer = logIn("username", user.name(), "password", user.password());

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.json().at("/data/app_name").asText()).isEmpty();
    assertThat(answer.json().at("/data/source_ip").asText()).matches("[0-9a-fA-F.:]+");
  }

  @Test
  @Covers("nimble.create-token.app-name-number")
  void aNumberIsTakenForTheNameOfAProgram() {
    User user = array.newUser();

    Answer answer = logIn("username", user.name(), "password", user.password(), "app_name", 42);

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.json().at("/data/app_name")).hasToString("\"42\"");
  }

  @Test
  @Covers("nimble.create-token.header-ignored")
  void aStaleTokenDoesNotHinderALogIn() {
    User user = array.newUser();
    String body = data("username", user.name(), "password", user.password());

    for (String stale : List.of("", UNKNOWN_TOKEN)) {
      Answer answer =
          array.logIn(array.anonymous("POST", TOKENS).header("X-Auth-Token", stale).json(body));
      assertThat(answer.status()).as("with the token '" + stale + "'").isEqualTo(201);
    }
  }

  @Test
  @Covers({"nimble.common.session-required", "nimble.common.unauthorized-means-dead"})
  void usersAreToldToLiveSessionsOnly() {
    assertError(array.anonymous("GET", USERS).send(), 401, "SM_auth");
    assertError(array.anonymous("GET", USERS).header("X-Auth-Token", "").send(), 401, "SM_auth");
    assertError(
        array.anonymous("GET", USERS).header("X-Auth-Token", UNKNOWN_TOKEN).send(), 401, "SM_auth");
    Answer unknown =
        array.request("GET", USERS + "/1000000000000004d3000000000000ffffffffffff").send();
    assertThat(unknown.text()).doesNotContain("SM_http_unauthorized");
  }

  @Test
  @Covers("nimble.list-tokens-detail.rows")
  void detailedListHasWholeSessionsOrTheNamedMembers() {
    User user = array.newUser();
    Session session = array.logIn(user);

    Answer whole = array.request("GET", TOKENS + "/detail?username=" + user.name()).send();
    Answer part =
        array.request("GET", TOKENS + "/detail?fields=id,username&username=" + user.name()).send();

    assertThat(NimbleArray.values(whole, "id")).containsExactly(session.id());
    assertThat(whole.json().at("/data/0").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrderElementsOf(TOKEN_MEMBERS);
    assertThat(part.json().at("/data/0"))
        .hasToString("{\"id\":\"%s\",\"username\":\"%s\"}".formatted(session.id(), user.name()));
  }

  @Test
  @Covers("nimble.list-tokens-detail.session-token")
  void aSessionIsFoundByItsToken() {
    Session session = array.logIn(array.newUser());

    Answer own =
        array.in(session, "GET", TOKENS + "/detail?session_token=" + session.token()).send();

    assertThat(NimbleArray.values(own, "id")).containsExactly(session.id());
    assertThat(NimbleArray.values(own, "session_token")).containsExactly(session.token());
  }

  @Test
  @Covers({"nimble.list-tokens-detail.session-token", "nimble.common.password-secret"})
  void tokensOfOthersAreNotTold() {
    User user = array.newUser();
    Session session = array.logIn(user);

    Answer others = array.request("GET", TOKENS + "/detail?username=" + user.name()).send();

    assertThat(NimbleArray.values(others, "id")).containsExactly(session.id());
    assertThat(NimbleArray.values(others, "session_token")).containsExactly("");
    assertThat(others.text()).doesNotContain(session.token());
  }

  @Test
  @Covers("nimble.query-tokens-detail.rows")
  void queryAnswersWholeSessions() {
    User user = array.newUser();
    Session session = array.logIn(user);

    Answer answer =
        array
            .request("POST", TOKENS + "/detail")
            .json(query(criterion("username", "equals", "\"value\": \"" + user.name() + "\"")))
            .send();

    assertThat(NimbleArray.values(answer, "id")).containsExactly(session.id());
    assertThat(answer.json().at("/data/0").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrderElementsOf(TOKEN_MEMBERS);
  }

  @Test
  @Covers("nimble.read-token.answer")
  void aSessionReadsItself() {
    User user = array.newUser();
    Session session = array.logIn(user);

    Answer whole = array.in(session, "GET", session.path()).send();
    Answer part = array.in(session, "GET", session.path() + "?fields=username").send();

    assertThat(whole.status()).isEqualTo(200);
    assertThat(whole.json().get("data").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrderElementsOf(TOKEN_MEMBERS);
    assertThat(whole.json().at("/data/id").asText()).isEqualTo(session.id());
    assertThat(part.json()).hasToString("{\"data\":{\"username\":\"" + user.name() + "\"}}");
  }

  @Test
  @Covers("nimble.read-token.dead")
  void anEndedSessionIsUnknown() {
    Session session = array.logIn(array.newUser());
    assertThat(array.in(session, "DELETE", session.path()).send().status()).isEqualTo(200);

    assertError(array.request("GET", session.path()).send(), 404, "SM_enoent");
  }

  @Test
  @Covers("nimble.delete-token.ended")
  void logOutEndsTheSessionAndIsNoted() {
    User user = array.newUser();
    Session session = array.logIn(user);

    Answer answer = array.in(session, "DELETE", session.path()).send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json()).hasToString("{}");
    assertError(array.in(session, "GET", session.path()).send(), 401, "SM_auth");
    JsonNode read = array.read(user);
    assertThat(read.get("last_logout").asLong())
        .isGreaterThanOrEqualTo(read.get("last_login").asLong());
    assertThat(read.get("last_login").asLong()).isPositive();
  }

  @Test
  @Covers("nimble.report-user-details.answer")
  void aSessionTellsWhoItsUserIs() {
    User user = array.newUser(NimbleArray.newName(), "role", "operator", "inactivity_timeout", 900);
    Session session = array.logIn(user);

    Answer answer =
        array
            .in(session, "POST", session.path() + "/actions/report_user_details")
            .json(data("id", session.id()))
            .send();

    assertThat(answer.status()).isEqualTo(200);
    JsonNode details = answer.json().get("data");
    assertThat(details.get("user_name").asText()).isEqualTo(user.name());
    assertThat(details.get("user_id").asText()).isEqualTo(user.id());
    assertThat(details.get("role").asText()).isEqualTo("operator");
    assertThat(details.get("inactivity_timeout").asInt()).isEqualTo(900);
    assertThat(details.get("primary_group_id").asText()).isEmpty();
    assertThat(details.get("primary_group_name").asText()).isEmpty();
    assertThat(details.get("group_count").asInt()).isZero();
    assertThat(details.get("groups")).hasToString("[]");
  }

  @Test
  @Covers("nimble.report-user-details.body")
  void theQuestionWhoTheUserIsNeedsNoBody() {
    Session session = array.logIn(array.newUser());
    String path = session.path() + "/actions/report_user_details";

    assertThat(array.in(session, "POST", path).send().status()).isEqualTo(200);
    assertThat(array.in(session, "POST", path).json(data()).send().status()).isEqualTo(200);
  }

  private Answer logIn(Object... namesAndValues) {
    return array.logIn(array.anonymous("POST", TOKENS).json(data(namesAndValues)));
  }
}
