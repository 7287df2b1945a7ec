package dev.roster.check.nimble;

import static dev.roster.check.nimble.NimbleArray.DETAIL;
import static dev.roster.check.nimble.NimbleArray.USERS;
import static dev.roster.check.nimble.NimbleArray.USER_MEMBERS;
import static dev.roster.check.nimble.NimbleArray.assertError;
import static dev.roster.check.nimble.NimbleArray.criterion;
import static dev.roster.check.nimble.NimbleArray.newName;
import static dev.roster.check.nimble.NimbleArray.query;
import static dev.roster.check.nimble.NimbleArray.values;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.check.nimble.NimbleArray.Session;
import dev.roster.check.nimble.NimbleArray.User;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ListUserBehaviours {

  @RegisterExtension final NimbleArray array = new NimbleArray();

  /** A part of the names of this test's users, which no other name has. */
  private final String mark = newName();

  private void addThree() {
    array.newUser(
        mark + "a", "full_name", "Ada Byron", "role", "operator", "inactivity_timeout", 60);
    array.newUser(mark + "b", "disabled", true);
    array.newUser(mark + "C", "full_name", "ada lovelace", "inactivity_timeout", 600);
  }

  /** The last letters of the names that a query of these users finds. */
  private String found(Answer answer) {
    return String.join("", values(answer, "name")).replace(mark, "");
  }

  private Answer fetch(String query, String... criteria) {
    return array
        .request("POST", USERS + query)
        .json(
            query(
                criterion("name", "contains", "\"value\": \"" + mark + "\"")
                    + (criteria.length == 0 ? "" : ", " + String.join(", ", criteria))))
        .send();
  }

  @Test
  @Covers({"nimble.list-users.rows", "nimble.common.filter-equality"})
  void rowHasIdAndName() {
    User user = array.newUser();

    Answer answer = array.request("GET", USERS + "?name=" + user.name()).send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("data"))
        .hasToString("[{\"id\":\"%s\",\"name\":\"%s\"}]".formatted(user.id(), user.name()));
  }

  @Test
  @Covers("nimble.list-users.no-fields")
  void listWithoutDetailsTakesNoFields() {
    assertError(
        array.request("GET", USERS + "?fields=id").send(), 400, "SM_unexpected_query_param");
  }

  @Test
  @Covers({"nimble.list-users-detail.rows", "nimble.common.fields"})
  void detailedListHasWholeUsersOrTheNamedMembers() {
    User user = array.newUser();

    Answer whole = array.request("GET", DETAIL + "?name=" + user.name()).send();
    Answer part = array.request("GET", DETAIL + "?fields=name,role&name=" + user.name()).send();

    assertThat(whole.json().at("/data/0")).isEqualTo(array.read(user));
    assertThat(whole.json().at("/data/0").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrderElementsOf(USER_MEMBERS);
    assertThat(part.json().at("/data/0").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("name", "role");
  }

  @Test
  @Covers({"nimble.query-users-detail.rows", "nimble.common.fields"})
  void queryAnswersWholeUsersOrTheNamedMembers() {
    User user = array.newUser();
    String itself = query(criterion("name", "equals", "\"value\": \"" + user.name() + "\""));

    Answer whole = array.request("POST", DETAIL).json(itself).send();
    Answer part = array.request("POST", DETAIL + "?fields=id").json(itself).send();

    assertThat(whole.status()).isEqualTo(200);
    assertThat(whole.json().at("/data/0")).isEqualTo(array.read(user));
    assertThat(part.json().get("data")).hasToString("[{\"id\":\"" + user.id() + "\"}]");
  }

  @Test
  @Covers("nimble.common.fields-unknown")
  void unknownFieldIsRefused() {
    assertError(
        array.request("GET", DETAIL + "?fields=nickname").send(), 400, "SM_invalid_query_param");
  }

  @Test
  @Covers("nimble.common.unexpected-query-param")
  void unknownParameterIsRefused() {
    assertError(
        array.request("GET", USERS + "?nickname=x").send(),
        400,
        "SM_unexpected_query_param",
        "param",
        "nickname");
  }

  @Test
  @Covers({"nimble.common.filter-equality", "nimble.common.list-envelope"})
  void severalFiltersAllHoldAndNothingFoundIsAnEmptyList() {
    User user = array.newUser(newName(), "role", "operator");

    Answer both = array.request("GET", DETAIL + "?role=operator&name=" + user.name()).send();
    Answer neither = array.request("GET", DETAIL + "?role=guest&name=" + user.name()).send();

    assertThat(values(both, "id")).containsExactly(user.id());
    assertThat(neither.status()).isEqualTo(200);
    assertThat(neither.json().get("data")).hasToString("[]");
    assertThat(neither.json().get("totalRows").asInt()).isZero();
  }

  @Test
  @Covers("nimble.common.filter-operators")
  void rowsAboveAnIdAreAskedForByAnOperator() {
    User one = array.newUser();
    User other = array.newUser();
    String lower = one.id().compareTo(other.id()) < 0 ? one.id() : other.id();

    Answer above = array.request("GET", USERS + "?id%3E" + lower + "&name=" + one.name()).send();
    Answer aboveOther =
        array.request("GET", USERS + "?id%3E" + lower + "&name=" + other.name()).send();

    assertThat(values(above, "id").size() + values(aboveOther, "id").size()).isEqualTo(1);
  }

  @Test
  @Covers({"nimble.common.list-envelope", "nimble.common.window"})
  void windowIsPartOfTheRows() {
    addThree();

    Answer page = fetch("?startRow=1&endRow=2&sortBy=id");

    assertThat(found(page)).hasSize(1);
    assertThat(page.json().get("startRow").asInt()).isEqualTo(1);
    assertThat(page.json().get("endRow").asInt()).isEqualTo(2);
    assertThat(page.json().get("totalRows").asInt()).isEqualTo(3);
    assertThat(found(fetch("?pageSize=2"))).hasSize(2);
  }

  @Test
  @Covers("nimble.common.window-empty")
  void windowWithoutRowsIsEmpty() {
    addThree();

    Answer answer = fetch("?startRow=0&endRow=0");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("data")).hasToString("[]");
    assertThat(answer.json().get("totalRows").asInt()).isEqualTo(3);
  }

  @Test
  @Covers("nimble.common.window-clamped")
  void windowEndsWithTheRows() {
    addThree();

    Answer answer = fetch("?startRow=1&endRow=100");

    assertThat(found(answer)).hasSize(2);
    assertThat(answer.json().get("endRow").asInt()).isEqualTo(3);
  }

  @Test
  @Covers({
    "nimble.common.start-beyond-end",
    "nimble.common.start-beyond-total",
    "nimble.common.page-too-large"
  })
  void impossibleWindowsAreRefused() {
    addThree();

    assertError(fetch("?startRow=2&endRow=1"), 400, "SM_start_row_beyond_end_row");
    assertError(fetch("?startRow=4"), 400, "SM_start_row_beyond_total_rows");
    assertError(
        array.request("GET", USERS + "?pageSize=1025").send(), 400, "SM_too_large_page_size");
  }

  @Test
  @Covers("nimble.common.sort")
  void rowsAreOrderedByTheNamedMembers() {
    addThree();

    // Where a capital letter comes is told nowhere.
    assertThat(found(fetch("?sortBy=name")).replace("C", "")).isEqualTo("ab");
    assertThat(found(fetch("?sortBy=-name")).replace("C", "")).isEqualTo("ba");
    assertThat(found(fetch("?iSortBy=name"))).isEqualTo("abC");
  }

  @Test
  @Covers("nimble.common.criteria-operators")
  void criteriaCompareMembers() {
    addThree();

    assertFinds("a", criterion("full_name", "equals", "\"value\": \"Ada Byron\""));
    assertFinds("bC", criterion("full_name", "notEqual", "\"value\": \"Ada Byron\""));
    assertFinds("a", criterion("full_name", "iEquals", "\"value\": \"ADA BYRON\""));
    assertFinds("aC", criterion("full_name", "iContains", "\"value\": \"ADA\""));
    assertFinds("C", criterion("full_name", "contains", "\"value\": \"love\""));
    assertFinds("C", criterion("inactivity_timeout", "greaterThan", "\"value\": 60"));
    assertFinds("aC", criterion("inactivity_timeout", "greaterOrEqual", "\"value\": 60"));
    assertFinds("b", criterion("inactivity_timeout", "lessThan", "\"value\": 60"));
    assertFinds("ab", criterion("inactivity_timeout", "lessOrEqual", "\"value\": 60"));
    assertFinds(
        "aC",
        criterion("inactivity_timeout", "betweenInclusive", "\"value1\": 60, \"value2\": 600"));
    assertFinds("a", criterion("full_name", "regexp", "\"value\": \"^A.*n$\""));
  }

  @Test
  @Covers("nimble.common.criteria-sets")
  void setsStandInValuesOrInValue() {
    addThree();

    assertFinds("a", criterion("role", "inSet", "\"values\": [\"operator\", \"poweruser\"]"));
    assertFinds("a", criterion("role", "inSet", "\"value\": [\"operator\"]"));
    assertFinds("bC", criterion("role", "notInSet", "\"values\": [\"operator\"]"));
  }

  @Test
  @Covers("nimble.common.criteria-nested")
  void criteriaAreCombined() {
    addThree();
    String bob = criterion("disabled", "equals", "\"value\": true");
    String ada = criterion("role", "equals", "\"value\": \"operator\"");

    assertFinds("ab", "{\"operator\": \"or\", \"criteria\": [" + ada + ", " + bob + "]}");
    assertFinds("", "{\"operator\": \"and\", \"criteria\": [" + ada + ", " + bob + "]}");
    assertFinds("abC", "{\"operator\": \"and\", \"criteria\": []}");
  }

  @Test
  @Covers("nimble.common.criteria-coercion")
  void valuesAreComparedAsTheMembersType() {
    addThree();

    assertFinds("a", criterion("inactivity_timeout", "equals", "\"value\": \"60\""));
    assertFinds("b", criterion("disabled", "equals", "\"value\": \"true\""));
    assertFinds("", criterion("full_name", "equals", "\"value\": \"null\""));
  }

  @Test
  @Covers({"nimble.read-user.answer", "nimble.common.fields"})
  void userIsReadWholeOrInPart() {
    User user = array.newUser();

    Answer whole = array.request("GET", user.path()).send();
    Answer part = array.request("GET", user.path() + "?fields=name").send();

    assertThat(whole.status()).isEqualTo(200);
    assertThat(whole.json().get("data").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrderElementsOf(USER_MEMBERS);
    assertThat(whole.text()).doesNotContain(user.password());
    assertThat(part.json()).hasToString("{\"data\":{\"name\":\"" + user.name() + "\"}}");
  }

  @Test
  @Covers("nimble.read-user.logged-in")
  void userTellsWhetherItIsLoggedIn() {
    User user = array.newUser();
    JsonNode before = array.read(user);
    assertThat(before.get("logged_in").asBoolean()).isFalse();
    assertThat(before.get("last_login").asLong()).isZero();
    assertThat(before.get("last_logout").asLong()).isZero();

    Session session = array.logIn(user);
    JsonNode during = array.read(user);
    assertThat(array.in(session, "DELETE", session.path()).send().status()).isEqualTo(200);
    JsonNode after = array.read(user);

    assertThat(during.get("logged_in").asBoolean()).isTrue();
    assertThat(during.get("last_login").asLong())
        .isGreaterThanOrEqualTo(before.get("creation_time").asLong());
    assertThat(during.get("last_logout").asLong()).isZero();
    assertThat(after.get("logged_in").asBoolean()).isFalse();
    assertThat(after.get("last_logout").asLong())
        .isGreaterThanOrEqualTo(during.get("last_login").asLong());
  }

  private void assertFinds(String expected, String criteria) {
    assertThat(found(fetch("?iSortBy=name", criteria))).as(criteria).isEqualTo(expected);
  }
}
