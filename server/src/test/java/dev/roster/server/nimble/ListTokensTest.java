package dev.roster.server.nimble;

import static dev.roster.server.nimble.NimbleErrorAssert.assertCode;
import static dev.roster.server.nimble.NimbleErrorAssert.assertError;
import static dev.roster.server.nimble.NimbleWorld.PASSWORD;
import static dev.roster.server.nimble.NimbleWorld.TOKENS;
import static dev.roster.server.nimble.NimbleWorld.data;
import static dev.roster.server.nimble.NimbleWorld.newName;
import static dev.roster.server.nimble.NimbleWorld.query;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.server.nimble.NimbleWorld.TestSession;
import dev.roster.server.nimble.NimbleWorld.TestUser;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.MutableClock;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers see of sessions. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class ListTokensTest {

  private static final String DETAIL = TOKENS + "/detail";

  private static final String[] MEMBERS = {
    "id", "session_token", "username", "app_name", "source_ip", "creation_time", "last_modified"
  };

  @Inject NimbleWorld world;
  @Inject MutableClock clock;

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  private static String is(String member, String value) {
    return "{\"fieldName\": \"%s\", \"operator\": \"equals\", \"value\": \"%s\"}"
        .formatted(member, value);
  }

  private TestSession logIn(TestUser user, String appName, String sourceIp) {
    JsonNode session =
        world
            .anonymous("POST", TOKENS)
            .body(
                data(
                    """
                    "username": "%s", "password": "%s", "app_name": "%s", "source_ip": "%s"
                    """
                        .formatted(user.name(), PASSWORD, appName, sourceIp)))
            .send()
            .json()
            .get("data");
    return new TestSession(session.get("id").asText(), session.get("session_token").asText());
  }

  private static List<String> ids(Answer list) {
    assertThat(list.status()).as(list.text()).isEqualTo(200);
    return NimbleWorld.values(list, "id");
  }

  @Test
  @Covers("nimble.list-tokens.rows")
  void aRowHasIdAndUsername() {
    TestUser user = world.newUser();
    TestSession session = world.logIn(user);

    Answer list = world.get(TOKENS + "?username=" + user.name());

    assertThat(list.text())
        .isEqualTo(
            "{\"data\":[{\"id\":\"%s\",\"username\":\"%s\"}],\"startRow\":0,\"endRow\":1,\"totalRows\":1}"
                .formatted(session.id(), user.name()));
  }

  @Test
  @Covers("nimble.list-tokens.rows")
  void theListWithoutDetailsTakesNoFields() {
    assertError(
        world.get(TOKENS + "?fields=id"), 400, "SM_unexpected_query_param", "param", "fields");
  }

  @Test
  @Covers("nimble.list-tokens.rows")
  void deadSessionsAreNotListed() {
    TestUser user = world.newUser(newName("user"), "\"inactivity_timeout\": 60");
    TestSession session = world.logIn(user);
    clock.advance(Duration.ofSeconds(50));
    TestSession younger = world.logIn(user);
    assertThat(ids(world.get(TOKENS + "?username=" + user.name())))
        .containsExactly(session.id(), younger.id());

    clock.advance(Duration.ofSeconds(11));

    for (String path : List.of(TOKENS, DETAIL)) {
      assertThat(ids(world.get(path + "?username=" + user.name()))).containsExactly(younger.id());
      assertThat(ids(world.get(path + "?session_token=" + session.token()))).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"poweruser", "operator", "guest"})
  @Covers("nimble.list-tokens.own")
  void othersThanAdministratorsSeeTheirOwnSessions(String role) {
    TestUser user = world.newUser(role);
    TestSession first = world.logIn(user);
    TestSession second = world.logIn(user);
    TestUser other = world.newUser(role);
    TestSession foreign = world.logIn(other);

    for (String path : List.of(TOKENS, DETAIL)) {
      assertThat(ids(world.call(second, "GET", path).send()))
          .containsExactly(first.id(), second.id());
      assertThat(ids(world.call(second, "POST", path, query("")).send()))
          .containsExactly(first.id(), second.id());
      for (String filter :
          List.of(
              "username=" + other.name(),
              "id=" + foreign.id(),
              "session_token=" + foreign.token())) {
        assertThat(ids(world.call(second, "GET", path + "?" + filter).send())).as(filter).isEmpty();
        assertThat(ids(world.get(path + "?" + filter))).as(filter).containsExactly(foreign.id());
      }
    }
  }

  @Test
  @Covers("nimble.list-tokens.own")
  void administratorsSeeAllSessions() {
    TestUser administrator = world.newUser("administrator");
    TestUser guest = world.newUser();
    TestSession mine = world.logIn(administrator);
    TestSession other = world.logIn(guest);

    assertThat(ids(world.call(mine, "GET", TOKENS + "?id%3E=" + mine.id()).send()))
        .containsExactly(mine.id(), other.id());
  }

  @Test
  @Covers("nimble.list-tokens-detail.rows")
  void aRowWithDetailsIsTheWholeSession() {
    long start = clock.stop().getEpochSecond();
    TestUser user = world.newUser();
    TestSession session = logIn(user, "Rotation job", "10.1.2.3");
    clock.advance(Duration.ofSeconds(5));
    assertThat(world.call(session, "GET", user.path()).send().status()).isEqualTo(200);

    JsonNode row = world.get(DETAIL + "?id=" + session.id()).json().at("/data/0");

    assertThat(row.fieldNames()).toIterable().containsExactly(MEMBERS);
    assertThat(row.get("id").textValue()).isEqualTo(session.id());
    assertThat(row.get("session_token").textValue()).isEmpty();
    assertThat(row.get("username").textValue()).isEqualTo(user.name());
    assertThat(row.get("app_name").textValue()).isEqualTo("Rotation job");
    assertThat(row.get("source_ip").textValue()).isEqualTo("10.1.2.3");
    assertThat(row.get("creation_time").numberValue().longValue()).isEqualTo(start);
    assertThat(row.get("last_modified").numberValue().longValue()).isEqualTo(start + 5);
  }

  @Test
  @Covers({"nimble.list-tokens-detail.rows", "nimble.common.fields"})
  void fieldsNameTheMembersOfARow() {
    TestUser user = world.newUser();
    world.logIn(user);

    for (String member : MEMBERS) {
      JsonNode rows =
          world.get(DETAIL + "?username=" + user.name() + "&fields=" + member).json().get("data");
      assertThat(rows).hasSize(1);
      assertThat(rows.get(0).fieldNames()).toIterable().containsExactly(member);
    }
    assertError(
        world.get(DETAIL + "?fields=id,token_hash"),
        400,
        "SM_invalid_query_param",
        "param",
        "fields",
        "value",
        "token_hash");
  }

  @ParameterizedTest
  @ValueSource(strings = {TOKENS, DETAIL})
  @Covers("nimble.common.filter-equality")
  void everyMemberIsAFilter(String path) {
    clock.stop();
    TestUser user = world.newUser();
    TestSession first = logIn(user, "first", "10.0.0.1");
    clock.advance(Duration.ofSeconds(2));
    TestSession second = logIn(user, "second", "10.0.0.2");
    TestSession foreign = logIn(world.newUser(), "first", "10.0.0.1");
    JsonNode row = world.get(DETAIL + "?id=" + first.id()).json().at("/data/0");
    String both = path + "?id%3E=" + first.id() + "&id%3C=" + second.id();

    for (String member : List.of("id", "app_name", "source_ip", "creation_time", "last_modified")) {
      assertThat(ids(world.get(both + "&" + member + "=" + row.get(member).asText())))
          .as(member)
          .containsExactly(first.id());
      assertThat(ids(world.get(both + "&" + member + "!=" + row.get(member).asText())))
          .as(member)
          .containsExactly(second.id());
    }
    assertThat(ids(world.get(both + "&session_token=" + second.token())))
        .containsExactly(second.id());
    assertThat(ids(world.get(path + "?username=" + user.name())))
        .containsExactly(first.id(), second.id());
    assertThat(ids(world.get(path + "?username=" + user.name() + "&id=" + foreign.id()))).isEmpty();
  }

  @Test
  @Covers("nimble.list-tokens-detail.session-token")
  void theTokenIsToldForTheSessionThatItNamesAndTheCallers() {
    TestUser user = world.newUser();
    TestSession named = world.logIn(user);
    TestSession other = world.logIn(user);
    TestSession caller = world.admin();

    Answer one = world.call(caller, "GET", DETAIL + "?session_token=" + named.token()).send();
    Answer others = world.call(caller, "GET", DETAIL + "?username=" + user.name()).send();
    Answer own = world.call(caller, "GET", DETAIL + "?id=" + caller.id()).send();

    assertThat(ids(one)).containsExactly(named.id());
    assertThat(NimbleWorld.values(one, "session_token")).containsExactly(named.token());
    assertThat(ids(others)).containsExactly(named.id(), other.id());
    assertThat(NimbleWorld.values(others, "session_token")).containsExactly("", "");
    assertThat(NimbleWorld.values(own, "session_token")).containsExactly(caller.token());
  }

  @Test
  @Covers("nimble.list-tokens-detail.session-token")
  void ofTheCallersSessionsOnlyThePresentOneIsTold() {
    TestUser user = world.newUser();
    world.logIn(user);
    TestSession present = world.logIn(user);

    Answer list = world.call(present, "GET", DETAIL).send();

    assertThat(NimbleWorld.values(list, "session_token")).containsExactly("", present.token());
  }

  @Test
  @Covers("nimble.list-tokens-detail.session-token")
  void noPartAndNoHashOfATokenFindsIt() {
    TestSession session = world.logIn(world.newUser());
    String token = session.token();

    for (String guess : List.of(token.substring(1), TokenHash.of(token).hex(), "", "null")) {
      assertThat(ids(world.get(DETAIL + "?session_token=" + guess))).as(guess).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"!=, !=", "%3E, >", "%3C, <", "%3E%3D, >=", "%3C%3D, <="})
  @Covers("nimble.common.filter-unsupported")
  void tokensCompareByEqualityOnly(String sent, String operator) {
    TestSession session = world.logIn(world.newUser());

    for (String path : List.of(TOKENS, DETAIL)) {
      assertError(
          world.get(path + "?session_token" + sent + session.token()),
          400,
          "SM_unsupported_query_operator",
          "fieldName",
          "session_token",
          "operator",
          operator);
    }
  }

  @ParameterizedTest
  @CsvSource({"sortBy, session_token", "iSortBy, -session_token", "sortBy, 'id,session_token'"})
  @Covers("nimble.common.sort-unknown")
  void tokensGiveNoOrder(String parameter, String members) {
    assertError(
        world.get(TOKENS + "?" + parameter + "=" + members),
        400,
        "SM_invalid_query_param",
        "param",
        parameter,
        "value",
        members.substring(members.indexOf(',') + 1));
  }

  @Test
  @Covers({"nimble.common.sort", "nimble.common.window"})
  void sessionsAreOrderedAndCutAsUsersAre() {
    TestUser user = world.newUser();
    TestSession b = logIn(user, "b", "10.0.0.1");
    TestSession upperA = logIn(user, "A", "10.0.0.1");
    TestSession a = logIn(user, "a", "10.0.0.1");
    String list = TOKENS + "?username=" + user.name();

    assertThat(ids(world.get(list))).containsExactly(b.id(), upperA.id(), a.id());
    assertThat(ids(world.get(list + "&sortBy=-app_name")))
        .containsExactly(b.id(), a.id(), upperA.id());
    assertThat(ids(world.get(list + "&iSortBy=app_name")))
        .containsExactly(upperA.id(), a.id(), b.id());
    assertThat(ids(world.get(list + "&sortBy=app_name&startRow=1&pageSize=1")))
        .containsExactly(a.id());
    assertError(world.get(list + "&startRow=3"), 400, "SM_start_row_beyond_total_rows");
  }

  @Test
  @Covers({"nimble.create-token.fetch", "nimble.common.fetch"})
  void aQueryForTokensAnswersTheRowsOfTheList() {
    TestUser user = world.newUser();
    TestSession session = world.logIn(user);

    Answer list = world.fetch(TOKENS, is("username", user.name()));

    assertThat(list.status()).isEqualTo(200);
    assertThat(list.text())
        .isEqualTo(world.get(TOKENS + "?username=" + user.name()).text())
        .contains(session.id());
  }

  @Test
  @Covers("nimble.create-token.fetch")
  void aQueryForTokensNeedsASession() {
    String body = query(is("username", "admin"));

    Answer without = world.anonymous("POST", TOKENS).body(body).send();
    Answer dead =
        world.anonymous("POST", TOKENS).header("X-Auth-Token", "0".repeat(32)).body(body).send();

    assertError(without, 401, "SM_auth");
    assertError(dead, 401, "SM_auth");
  }

  @Test
  @Covers("nimble.create-token.fetch")
  void aQueryForTokensTakesNoFields() {
    assertError(
        world.fetch(TOKENS + "?fields=id", ""),
        400,
        "SM_unexpected_query_param",
        "param",
        "fields");
  }

  @Test
  @Covers("nimble.query-tokens-detail.fetch-only")
  void aLogInIsRefusedWhereOnlyQueriesGo() {
    TestUser user = world.newUser();

    assertError(
        world
            .call(
                world.admin(),
                "POST",
                DETAIL,
                data("\"username\": \"%s\", \"password\": \"%s\"".formatted(user.name(), PASSWORD)))
            .send(),
        400,
        "SM_no_operation_found",
        "operationType",
        "");

    assertThat(world.get(DETAIL + "?username=" + user.name()).json().get("data")).isEmpty();
  }

  @Test
  @Covers("nimble.query-tokens-detail.rows")
  void aQueryWithDetailsAnswersWholeSessions() {
    TestUser user = world.newUser();
    TestSession session = logIn(user, "Backup", "10.0.0.9");

    for (String criteria :
        List.of(
            is("username", user.name()) + "," + is("app_name", "Backup"),
            is("id", session.id()) + "," + is("source_ip", "10.0.0.9"))) {
      Answer list = world.fetch(DETAIL, criteria);

      assertThat(list.status()).isEqualTo(200);
      assertThat(list.text()).isEqualTo(world.get(DETAIL + "?id=" + session.id()).text());
      assertThat(list.json().at("/data/0").fieldNames()).toIterable().containsExactly(MEMBERS);
    }
    assertThat(
            world
                .fetch(DETAIL + "?fields=app_name", is("id", session.id()))
                .json()
                .get("data")
                .toString())
        .isEqualTo("[{\"app_name\":\"Backup\"}]");
  }

  @Test
  @Covers({"nimble.query-tokens-detail.rows", "nimble.list-tokens-detail.session-token"})
  void aQueryTellsTheTokensThatItNames() {
    TestUser user = world.newUser();
    TestSession first = world.logIn(user);
    TestSession second = world.logIn(user);
    world.logIn(user);

    Answer one = world.fetch(DETAIL, is("session_token", first.token()));
    Answer two =
        world.fetch(
            DETAIL,
            """
            {"fieldName": "session_token", "operator": "inSet", "values": ["%s", "%s"]}
            """
                .formatted(first.token(), second.token()));

    assertThat(ids(one)).containsExactly(first.id());
    assertThat(NimbleWorld.values(one, "session_token")).containsExactly(first.token());
    assertThat(ids(two)).containsExactly(first.id(), second.id());
    assertThat(NimbleWorld.values(two, "session_token"))
        .containsExactly(first.token(), second.token());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "notEqual",
        "notInSet",
        "iEquals",
        "iNotEqual",
        "contains",
        "iContains",
        "regexp",
        "greaterThan",
        "greaterOrEqual",
        "lessThan",
        "lessOrEqual",
        "between",
        "betweenInclusive"
      })
  @Covers("nimble.common.criteria-unsupported")
  void noQueryFeelsItsWayToAToken(String operator) {
    assertError(
        world.fetch(
            DETAIL,
            """
            {"fieldName": "session_token", "operator": "%s", "value": "a", "value1": "a", "value2": "b"}
            """
                .formatted(operator)),
        400,
        "SM_unsupported_query_operator",
        "fieldName",
        "session_token",
        "operator",
        operator);
  }

  @Test
  @Covers("nimble.query-tokens-detail.rows")
  void whatIsNoQueryIsRefused() {
    Answer answer = world.post(DETAIL, "\"username\": \"admin\", \"password\": \"admin\"");

    assertCode(answer, 400, "SM_no_operation_found");
  }
}
