package dev.roster.server.nimble;

import static dev.roster.server.nimble.NimbleErrorAssert.assertError;
import static dev.roster.server.nimble.NimbleWorld.DETAIL;
import static dev.roster.server.nimble.NimbleWorld.USERS;
import static dev.roster.server.nimble.NimbleWorld.newName;
import static dev.roster.server.nimble.NimbleWorld.query;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.server.nimble.NimbleWorld.TestSession;
import dev.roster.server.nimble.NimbleWorld.TestUser;
import dev.roster.server.nimble.ThreeUsers.Three;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.MutableClock;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a query by a body finds. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class QueryUsersTest {

  static final List<String> MEMBERS = List.of(ThreeUsers.MEMBERS);

  @Inject NimbleWorld world;
  @Inject ThreeUsers users;
  @Inject MutableClock clock;

  private TestSession admin;

  @BeforeEach
  void logIn() {
    admin = world.admin();
  }

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  private Answer fetch(String target, String criteria) {
    return world.call(admin, "POST", target, query(criteria)).send();
  }

  private static String has(String tag) {
    return "{\"fieldName\": \"description\", \"operator\": \"equals\", \"value\": \"%s\"}"
        .formatted(tag);
  }

  private static String criterion(String member, String operator, String rest) {
    return "{\"fieldName\": \"%s\", \"operator\": \"%s\", %s}".formatted(member, operator, rest);
  }

  private void assertFinds(Three three, String criterion, String expected) {
    Answer list = fetch(DETAIL, has(three.tag()) + "," + criterion);
    assertThat(list.status()).as(criterion + " " + list.text()).isEqualTo(200);
    String found =
        NimbleWorld.names(list).stream()
            .map(name -> three.nicknames().get(name))
            .collect(Collectors.joining(" "));
    assertThat(found).as(criterion).isEqualTo(expected == null ? "" : expected);
  }

  private void assertRefused(String criteria, String code, String... arguments) {
    for (String path : List.of(USERS, DETAIL)) {
      assertError(fetch(path, criteria), 400, code, arguments);
    }
  }

  @Test
  @Covers({"nimble.create-user.fetch", "nimble.common.fetch"})
  void aQueryAnswersTheRowsOfTheList() {
    Three three = users.add();

    Answer list = fetch(USERS, has(three.tag()));

    assertThat(list.status()).isEqualTo(200);
    assertThat(list.json().get("data")).hasSize(3);
    assertThat(list.text()).isEqualTo(world.get(USERS + "?description=" + three.tag()).text());
  }

  @Test
  @Covers("nimble.create-user.fetch")
  void aQueryWithoutDetailsTakesNoFields() {
    assertError(
        fetch(USERS + "?fields=id", ""), 400, "SM_unexpected_query_param", "param", "fields");
  }

  @Test
  @Covers("nimble.query-users-detail.rows")
  void aQueryWithDetailsAnswersWholeUsers() {
    Three three = users.add();

    Answer list = fetch(DETAIL, has(three.tag()));
    Answer some = fetch(DETAIL + "?fields=role,name", has(three.tag()));

    assertThat(list.json().get("data")).containsExactlyElementsOf(users.members(three).values());
    assertThat(list.text()).isEqualTo(world.get(DETAIL + "?description=" + three.tag()).text());
    assertThat(some.json().at("/data/0").toString())
        .isIn(
            "{\"name\":\"%s\",\"role\":\"operator\"}".formatted(three.ada().name()),
            "{\"role\":\"operator\",\"name\":\"%s\"}".formatted(three.ada().name()));
  }

  @Test
  @Covers("nimble.query-users-detail.rows")
  void fieldsOfAQueryNameMembersOnly() {
    assertError(
        fetch(DETAIL + "?fields=nonsense", ""),
        400,
        "SM_invalid_query_param",
        "param",
        "fields",
        "value",
        "nonsense");
  }

  @Test
  @Covers("nimble.query-users-detail.fetch-only")
  void whatIsNoQueryIsRefusedWhereOnlyQueriesGo() {
    String name = newName("user");

    for (String operation : List.of("", ", \"operationType\": null")) {
      assertError(
          world
              .call(
                  admin,
                  "POST",
                  DETAIL,
                  "{\"data\": {\"name\": \"%s\", \"password\": \"password-91\"}%s}"
                      .formatted(name, operation))
              .send(),
          400,
          "SM_no_operation_found",
          "operationType",
          operation.isEmpty() ? "" : "null");
    }

    assertThat(world.get(USERS + "?name=" + name).json().get("data")).isEmpty();
  }

  @Test
  @Covers("nimble.common.fetch")
  void aQueryCreatesNothing() {
    String name = newName("user");
    String body =
        """
        {"data": {"_constructor": "AdvancedCriteria", "operator": "and", "name": "%s",
            "password": "password-91", "criteria": [
              {"fieldName": "name", "operator": "equals", "value": "%s"}]},
         "operationType": "fetch"}
        """
            .formatted(name, name);

    Answer list = world.call(admin, "POST", USERS, body).send();

    assertThat(list.status()).isEqualTo(200);
    assertThat(list.json().get("totalRows").intValue()).isZero();
    assertThat(world.get(USERS + "?name=" + name).json().get("totalRows").intValue()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"poweruser", "operator", "guest"})
  @Covers("nimble.common.fetch")
  void usersOfEveryRoleAskQueries(String role) {
    Three three = users.add();
    TestSession session = world.logIn(world.newUser(role));

    for (String path : List.of(USERS, DETAIL)) {
      Answer list = world.call(session, "POST", path, query(has(three.tag()))).send();
      assertThat(list.status()).isEqualTo(200);
      assertThat(list.json().get("totalRows").intValue()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "'' | \"startRow\": 1 | bob cleo",
        "'' | \"startRow\": \"1\", \"endRow\": \"2\" | bob",
        "'' | \"startRow\": 0, \"endRow\": 2 | ada bob",
        "'' | \"pageSize\": 2 | ada bob",
        "'' | \"startRow\": null, \"endRow\": null, \"pageSize\": null | ada bob cleo",
        "startRow=2 | \"startRow\": 1 | cleo",
        "endRow=3 | \"startRow\": 1, \"endRow\": 1 | bob cleo",
        "pageSize=1 | \"startRow\": 1, \"pageSize\": 3 | bob",
        "startRow=0&endRow=1 | \"startRow\": 0, \"endRow\": 3 | ada",
        "startRow=0 | \"startRow\": 7 | ada bob cleo",
        "sortBy=-name | \"endRow\": 1 | cleo"
      })
  @Covers("nimble.common.fetch")
  void theWindowOfTheUrlWinsOverThatBesideTheData(String url, String beside, String expected) {
    Three three = users.add();
    String body = query(has(three.tag())).replace("\"fetch\"", "\"fetch\", " + beside);

    for (String path : List.of(USERS, DETAIL)) {
      Answer list = world.call(admin, "POST", path + "?" + url, body).send();
      assertThat(list.status()).as(list.text()).isEqualTo(200);
      assertThat(
              NimbleWorld.names(list).stream()
                  .map(name -> three.nicknames().get(name))
                  .collect(Collectors.joining(" ")))
          .isEqualTo(expected);
      assertThat(list.json().get("totalRows").intValue()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "startRow | -1 | -1",
        "startRow | \"x\" | x",
        "startRow | 1.5 | 1.5",
        "startRow | true | true",
        "startRow | {} | ''",
        "endRow | [1] | ''",
        "endRow | 99999999999999999999999 | 99999999999999999999999",
        "pageSize | 0 | 0",
        "pageSize | \"\" | ''"
      })
  @Covers({"nimble.common.window-invalid", "nimble.common.fetch"})
  void windowsBesideTheDataAreWholeNumbers(String member, String json, String value) {
    String body = query("").replace("\"fetch\"", "\"fetch\", \"%s\": %s".formatted(member, json));

    assertError(
        world.call(admin, "POST", DETAIL, body).send(),
        400,
        "SM_invalid_query_param",
        "param",
        member,
        "value",
        value);
  }

  @Test
  @Covers({"nimble.common.page-too-large", "nimble.common.start-beyond-end"})
  void windowsBesideTheDataHaveTheSameLimits() {
    assertError(
        world
            .call(
                admin,
                "POST",
                DETAIL,
                query("").replace("\"fetch\"", "\"fetch\", \"pageSize\": 1025"))
            .send(),
        400,
        "SM_too_large_page_size");
    assertError(
        world
            .call(
                admin,
                "POST",
                DETAIL + "?endRow=1",
                query("").replace("\"fetch\"", "\"fetch\", \"startRow\": 2"))
            .send(),
        400,
        "SM_start_row_beyond_end_row");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "equals | \"value\": \"Ada Byron\" | ada",
        "equals | \"value\": \"ADA BYRON\" | ''",
        "equals | \"value\": \"\" | bob",
        "assign | \"value\": \"Ada Byron\" | ada",
        "notEqual | \"value\": \"Ada Byron\" | bob cleo",
        "notEqual | \"value\": \"ADA BYRON\" | ada bob cleo",
        "iEquals | \"value\": \"ADA BYRON\" | ada",
        "iEquals | \"value\": \"ADA\" | ''",
        "iNotEqual | \"value\": \"ADA BYRON\" | bob cleo",
        "contains | \"value\": \"Ada\" | ada",
        "contains | \"value\": \"ada\" | cleo",
        "contains | \"value\": \"e l\" | ''",
        "contains | \"value\": \"a l\" | cleo",
        "contains | \"value\": \"\" | ada bob cleo",
        "contains | \"value\": \"A.a\" | ''",
        "iContains | \"value\": \"ADA\" | ada cleo",
        "inSet | \"values\": [\"Ada Byron\", \"\", \"x\"] | ada bob",
        "inSet | \"values\": [] | ''",
        "notInSet | \"values\": [\"Ada Byron\", \"\", \"x\"] | cleo",
        "notInSet | \"values\": [] | ada bob cleo",
        "between | \"value1\": \"\", \"value2\": \"ada lovelace\" | ada",
        "between | \"value1\": \"ada lovelace\", \"value2\": \"\" | ''",
        "betweenInclusive | \"value1\": \"\", \"value2\": \"ada lovelace\" | ada bob cleo",
        "betweenInclusive | \"value1\": \"A\", \"value2\": \"a\" | ada",
        "greaterThan | \"value\": \"Ada Byron\" | cleo",
        "greaterOrEqual | \"value\": \"Ada Byron\" | ada cleo",
        "lessThan | \"value\": \"Ada Byron\" | bob",
        "lessOrEqual | \"value\": \"Ada Byron\" | ada bob",
        "regexp | \"value\": \"^[Aa]da .*n$\" | ada",
        "regexp | \"value\": \"love\" | cleo",
        "regexp | \"value\": \"(?i)ADA\" | ada cleo",
        "regexp | \"value\": \"^$\" | bob",
        "regexp | \"value\": \"\" | ada bob cleo"
      })
  @Covers("nimble.common.criteria-operators")
  void operatorsCompareTexts(String operator, String values, String expected) {
    assertFinds(users.add(), criterion("full_name", operator, values), expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "equals | \"value\": 60 | ada",
        "assign | \"value\": 60 | ada",
        "notEqual | \"value\": 60 | bob cleo",
        "inSet | \"values\": [0, 600, 7] | bob cleo",
        "notInSet | \"values\": [0, 600, 7] | ada",
        "between | \"value1\": 0, \"value2\": 600 | ada",
        "between | \"value1\": 60, \"value2\": 60 | ''",
        "betweenInclusive | \"value1\": 0, \"value2\": 600 | ada bob cleo",
        "betweenInclusive | \"value1\": 60, \"value2\": 60 | ada",
        "betweenInclusive | \"value1\": 600, \"value2\": 0 | ''",
        "greaterThan | \"value\": 60 | cleo",
        "greaterOrEqual | \"value\": 60 | ada cleo",
        "greaterOrEqual | \"value\": 100 | cleo",
        "lessThan | \"value\": 60 | bob",
        "lessOrEqual | \"value\": 60 | ada bob",
        "greaterThan | \"value\": -9223372036854775808 | ada bob cleo",
        "lessThan | \"value\": 9223372036854775807 | ada bob cleo"
      })
  @Covers("nimble.common.criteria-operators")
  void operatorsCompareNumbers(String operator, String values, String expected) {
    assertFinds(users.add(), criterion("inactivity_timeout", operator, values), expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "equals | \"value\": true | bob",
        "equals | \"value\": false | ada cleo",
        "assign | \"value\": true | bob",
        "notEqual | \"value\": true | ada cleo",
        "inSet | \"values\": [true] | bob",
        "inSet | \"values\": [true, false] | ada bob cleo",
        "notInSet | \"values\": [true] | ada cleo"
      })
  @Covers("nimble.common.criteria-operators")
  void operatorsCompareBooleans(String operator, String values, String expected) {
    assertFinds(users.add(), criterion("disabled", operator, values), expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "equals | \"value\": \"ADA@x.test\" | ada cleo",
        "notEqual | \"value\": \"ADA@x.test\" | bob",
        "iEquals | \"value\": \"ADA@x.test\" | ada cleo",
        "iNotEqual | \"value\": \"ADA@x.test\" | bob",
        "contains | \"value\": \"DA@X\" | ada cleo",
        "iContains | \"value\": \"DA@X\" | ada cleo",
        "inSet | \"values\": [\"ADA@x.test\", \"b\"] | ada cleo",
        "notInSet | \"values\": [\"ADA@x.test\", \"b\"] | bob",
        "between | \"value1\": \"AD\", \"value2\": \"AE\" | ada cleo",
        "lessThan | \"value\": \"AE\" | ada bob cleo",
        "greaterThan | \"value\": \"ADA@x.test\" | ''",
        "regexp | \"value\": \"^ADA@X\" | ada cleo",
        "regexp | \"value\": \"^[A-Z]+@x\" | ada cleo"
      })
  @Covers("nimble.common.email-any-case")
  void addressesAreComparedInAnyCase(String operator, String values, String expected) {
    assertFinds(users.add(), criterion("email_addr", operator, values), expected);
  }

  @ParameterizedTest
  @FieldSource("MEMBERS")
  @Covers("nimble.common.criteria-operators")
  void everyMemberIsCompared(String member) {
    Three three = users.add();
    Map<String, JsonNode> members = users.members(three);

    for (JsonNode user : members.values()) {
      JsonNode value = user.get(member);
      List<String> same = new ArrayList<>();
      List<String> others = new ArrayList<>();
      members.forEach(
          (nickname, other) ->
              (ThreeUsers.compare(member, other.get(member), value) == 0 ? same : others)
                  .add(nickname));
      assertFinds(
          three, criterion(member, "equals", "\"value\": " + value), String.join(" ", same));
      assertFinds(
          three, criterion(member, "notEqual", "\"value\": " + value), String.join(" ", others));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"name", "id", "search_name"})
  @Covers("nimble.common.criteria-operators")
  void aUserIsFoundAmongAll(String member) {
    Three three = users.add();
    JsonNode value = world.user(three.ada()).get(member);

    Answer list = fetch(DETAIL, criterion(member, "equals", "\"value\": " + value));

    assertThat(NimbleWorld.names(list)).containsExactly(three.ada().name());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'operator': 'or', 'criteria': [#ada, #cleo]} | ada cleo",
        "{'operator': 'and', 'criteria': [#ada, #cleo]} | ''",
        "{'operator': 'or', 'criteria': []} | ada bob cleo",
        "{'operator': 'and', 'criteria': []} | ada bob cleo",
        "{'operator': 'or', 'criteria': [{'operator': 'and', 'criteria': [#ada, #enabled]}, #bob]} | ada bob",
        "{'operator': 'and', 'criteria': [{'operator': 'or', 'criteria': [#ada, #bob]}, #enabled]} | ada",
        "{'operator': 'or', 'criteria': [#bob, {'operator': 'or', 'criteria': [#cleo]}]} | bob cleo",
        "#ada,#enabled | ada",
        "#bob,#enabled | ''"
      })
  @Covers("nimble.common.criteria-nested")
  void criteriaAreCombined(String criteria, String expected) {
    Three three = users.add();
    String written =
        criteria
            .replace('\'', '"')
            .replace("#ada", name(three.ada()))
            .replace("#bob", name(three.bob()))
            .replace("#cleo", name(three.cleo()))
            .replace("#enabled", criterion("disabled", "equals", "\"value\": false"));

    assertFinds(three, written, expected);
  }

  private static String name(TestUser user) {
    return criterion("name", "equals", "\"value\": \"%s\"".formatted(user.name()));
  }

  @Test
  @Covers("nimble.common.criteria-nested")
  void theOutermostOperatorMayBeOr() {
    Three three = users.add();
    String either =
        query(name(three.bob()) + "," + name(three.cleo())).replace("\"and\"", "\"or\"");

    Answer list = world.call(admin, "POST", USERS, either).send();

    assertThat(NimbleWorld.names(list)).containsExactly(three.bob().name(), three.cleo().name());
  }

  @Test
  @Covers("nimble.common.criteria-nested")
  void anEmptyListHoldsForEveryRow() {
    for (String operator : List.of("and", "or")) {
      String everything = query("").replace("\"and\"", "\"" + operator + "\"");
      JsonNode asked = world.call(admin, "POST", USERS + "?pageSize=1", everything).send().json();
      JsonNode all = world.get(USERS + "?pageSize=1").json();

      assertThat(asked).isEqualTo(all);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "inactivity_timeout | equals | \"value\": \"60\" | ada",
        "inactivity_timeout | inSet | \"values\": [\"60\", 600] | ada cleo",
        "inactivity_timeout | greaterThan | \"value\": \"7\" | ada cleo",
        "inactivity_timeout | between | \"value1\": \"1\", \"value2\": \"599\" | ada",
        "disabled | equals | \"value\": \"true\" | bob",
        "disabled | notEqual | \"value\": \"true\" | ada cleo",
        "disabled | inSet | \"values\": [\"false\"] | ada cleo",
        "full_name | equals | \"value\": \"null\" | ''",
        "full_name | equals | \"value\": null | ''",
        "full_name | iEquals | \"value\": \"null\" | ''",
        "full_name | notEqual | \"value\": \"null\" | ada bob cleo",
        "full_name | notEqual | \"value\": null | ada bob cleo",
        "full_name | inSet | \"values\": [null, \"null\", \"Ada Byron\"] | ada",
        "full_name | notInSet | \"values\": [null] | ada bob cleo",
        "full_name | greaterThan | \"value\": null | ''",
        "full_name | equals | \"value\": 60 | ''",
        "last_login | equals | \"value\": \"null\" | ''",
        "last_login | notEqual | \"value\": null | ada bob cleo",
        "last_login | equals | \"value\": \"0\" | bob",
        "last_login | lessOrEqual | \"value\": null | ''",
        "inactivity_timeout | between | \"value1\": null, \"value2\": 600 | ''",
        "logged_in | equals | \"value\": null | ''"
      })
  @Covers("nimble.common.criteria-coercion")
  void valuesAreComparedAsTheTypeOfTheMember(
      String member, String operator, String values, String expected) {
    assertFinds(users.add(), criterion(member, operator, values), expected);
  }

  @Test
  @Covers("nimble.common.criteria-coercion")
  void theTextNullEqualsNothingThoughAUserHasIt() {
    String name = newName("user");
    world.newUser(name, "\"description\": \"null\", \"full_name\": \"x60\"");
    String itself = criterion("name", "equals", "\"value\": \"%s\"".formatted(name));

    Answer list =
        fetch(USERS, itself + "," + criterion("description", "equals", "\"value\": \"null\""));
    Answer part = fetch(USERS, itself + "," + criterion("full_name", "contains", "\"value\": 60"));

    assertThat(list.json().get("data")).isEmpty();
    assertThat(NimbleWorld.names(part)).containsExactly(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "inSet | \"values\": [\"operator\", \"guest\"] | ada bob",
        "inSet | \"value\": [\"operator\", \"guest\"] | ada bob",
        "inSet | \"value\": \"operator\" | ada",
        "inSet | \"values\": \"operator\" | ada",
        "inSet | \"value\": \"guest\", \"values\": [\"operator\"] | ada",
        "notInSet | \"values\": [\"operator\", \"guest\"] | cleo",
        "notInSet | \"value\": [\"operator\", \"guest\"] | cleo",
        "notInSet | \"value\": \"operator\" | bob cleo"
      })
  @Covers("nimble.common.criteria-sets")
  void setsStandInValuesOrValue(String operator, String values, String expected) {
    assertFinds(users.add(), criterion("role", operator, values), expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"operator\": \"and\", \"criteria\": []",
        "\"_constructor\": \"advancedcriteria\", \"operator\": \"and\", \"criteria\": []",
        "\"_constructor\": null, \"operator\": \"and\", \"criteria\": []",
        "\"_constructor\": [\"AdvancedCriteria\"], \"operator\": \"and\", \"criteria\": []",
        ""
      })
  @Covers("nimble.common.criteria-incomplete")
  void aQueryHasAConstructor(String data) {
    assertError(
        world
            .call(
                admin,
                "POST",
                DETAIL,
                "{\"data\": {%s}, \"operationType\": \"fetch\"}".formatted(data))
            .send(),
        400,
        "SM_missing_advanced_criteria_constructor");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"operator\": \"and\" | SM_missing_criteria",
        "\"operator\": \"or\", \"criteria\": null | SM_missing_criteria",
        "\"operator\": \"and\", \"criteria\": {} | SM_missing_criteria",
        "\"criteria\": [] | SM_missing_criteria_operator",
        "\"operator\": null, \"criteria\": [] | SM_missing_criteria_operator",
        "\"operator\": 1, \"criteria\": [] | SM_missing_criteria_operator"
      })
  @Covers("nimble.common.criteria-incomplete")
  void theOutermostCriteriaAreComplete(String members, String code) {
    assertError(
        world
            .call(
                admin,
                "POST",
                DETAIL,
                "{\"data\": {\"_constructor\": \"AdvancedCriteria\", %s}, \"operationType\": \"fetch\"}"
                    .formatted(members))
            .send(),
        400,
        code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"operator\": \"or\"} | SM_missing_criteria",
        "{\"fieldName\": \"name\", \"value\": \"x\"} | SM_missing_criteria_operator",
        "{} | SM_missing_criteria_operator",
        "{\"operator\": \"equals\", \"value\": \"x\"} | SM_missing_criteria_fieldName",
        "{\"operator\": \"equals\", \"fieldName\": null, \"value\": 1} | SM_missing_criteria_fieldName",
        "{\"operator\": \"inSet\", \"fieldName\": 1, \"values\": []} | SM_missing_criteria_fieldName"
      })
  @Covers("nimble.common.criteria-incomplete")
  void everyCriterionIsComplete(String criterion, String code) {
    assertRefused(criterion, code);
    assertRefused("{\"operator\": \"or\", \"criteria\": [" + criterion + "]}", code);
  }

  @ParameterizedTest
  @CsvSource({
    "equals, value",
    "assign, value",
    "notEqual, value",
    "iEquals, value",
    "iNotEqual, value",
    "contains, value",
    "iContains, value",
    "regexp, value",
    "greaterThan, value",
    "greaterOrEqual, value",
    "lessThan, value",
    "lessOrEqual, value",
    "inSet, values",
    "notInSet, values",
    "between, value1",
    "betweenInclusive, value1"
  })
  @Covers("nimble.common.criteria-incomplete")
  void everyOperatorNeedsItsValue(String operator, String missing) {
    assertRefused(
        criterion("name", operator, "\"other\": 1"),
        "SM_missing_criteria_param",
        "fieldName",
        "name",
        "param",
        missing);
  }

  @ParameterizedTest
  @ValueSource(strings = {"between", "betweenInclusive"})
  @Covers("nimble.common.criteria-incomplete")
  void aRangeHasTwoEnds(String operator) {
    assertRefused(
        criterion("creation_time", operator, "\"value1\": 1, \"value\": 2"),
        "SM_missing_criteria_param",
        "fieldName",
        "creation_time",
        "param",
        "value2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"like", "EQUALS", "", "not", "And", "="})
  @Covers("nimble.common.criteria-unsupported")
  void anUnknownOperatorIsRefused(String operator) {
    assertRefused(
        criterion("name", operator, "\"value\": \"x\""),
        "SM_unsupported_query_operator",
        "operator",
        operator);
  }

  @ParameterizedTest
  @CsvSource({
    "inactivity_timeout, iEquals",
    "inactivity_timeout, iNotEqual",
    "inactivity_timeout, contains",
    "inactivity_timeout, iContains",
    "creation_time, regexp",
    "disabled, iEquals",
    "disabled, iNotEqual",
    "disabled, contains",
    "disabled, iContains",
    "disabled, regexp",
    "disabled, between",
    "disabled, betweenInclusive",
    "logged_in, greaterThan",
    "logged_in, greaterOrEqual",
    "logged_in, lessThan",
    "logged_in, lessOrEqual"
  })
  @Covers("nimble.common.criteria-unsupported")
  void anOperatorThatTheTypeDoesNotHaveIsRefused(String member, String operator) {
    assertRefused(
        criterion(member, operator, "\"value\": 1, \"value1\": 1, \"value2\": 2"),
        "SM_unsupported_query_operator",
        "fieldName",
        member,
        "operator",
        operator);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "Name", "password", "password_hash", "", "name "})
  @Covers("nimble.common.criteria-field-unknown")
  void criteriaNameMembersOnly(String member) {
    assertRefused(
        criterion(member, "equals", "\"value\": \"x\""),
        "SM_unexpected_object_set_query",
        "fieldName",
        member);
  }
}
