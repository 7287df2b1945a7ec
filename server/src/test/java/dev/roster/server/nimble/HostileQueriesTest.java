package dev.roster.server.nimble;

import static dev.roster.server.nimble.NimbleErrorAssert.assertError;
import static dev.roster.server.nimble.NimbleWorld.DETAIL;
import static dev.roster.server.nimble.NimbleWorld.USERS;
import static dev.roster.server.nimble.NimbleWorld.newName;
import static dev.roster.server.nimble.NimbleWorld.query;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.roster.server.nimble.NimbleWorld.TestSession;
import dev.roster.server.nimble.NimbleWorld.TestUser;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries that would take long, or much, if they were not bounded. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class HostileQueriesTest {

  private static final int DEEPEST = 16;
  private static final int MOST_CONDITIONS = 256;
  private static final int MOST_VALUES = 1024;

  @Inject NimbleWorld world;

  private TestSession admin;

  @BeforeEach
  void logIn() {
    admin = world.admin();
  }

  private Answer fetch(String criteria) {
    return world.call(admin, "POST", DETAIL, query(criteria)).send();
  }

  private void assertInvalid(String criteria) {
    assertError(fetch(criteria), 400, "SM_invalid_object_set_query");
  }

  private static String named(String name) {
    return criterion("name", "equals", "\"value\": \"%s\"".formatted(name));
  }

  private static String criterion(String member, String operator, String rest) {
    return "{\"fieldName\": \"%s\", \"operator\": \"%s\", %s}".formatted(member, operator, rest);
  }

  private static String regexp(String member, String pattern) {
    return criterion(
        member,
        "regexp",
        "\"value\": \"%s\""
            .formatted(new String(JsonStringEncoder.getInstance().quoteAsString(pattern))));
  }

  /** A criterion so deep below the outermost criteria, which count. */
  private static String nested(int depth, String innermost) {
    int lists = depth - 2;
    return "{\"operator\": \"and\", \"criteria\": [".repeat(lists) + innermost + "]}".repeat(lists);
  }

  private static String times(int count, String text) {
    return String.join(",", Collections.nCopies(count, text));
  }

  @Test
  @Covers("nimble.common.criteria-bounds")
  void criteriaAreNestedSixteenDeep() {
    TestUser user = world.newUser();

    Answer deepest = fetch(nested(DEEPEST, named(user.name())));

    assertThat(deepest.status()).as(deepest.text()).isEqualTo(200);
    assertThat(NimbleWorld.names(deepest)).containsExactly(user.name());
    assertInvalid(nested(DEEPEST + 1, named(user.name())));
    assertInvalid(nested(300, named(user.name())));
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 10_000, 50_000})
  @Covers("nimble.common.no-server-errors")
  void jsonThatIsThousandsOfLevelsDeepIsNoBody(int depth) {
    for (String data :
        List.of(
            "[".repeat(depth) + "]".repeat(depth),
            "{\"value\": ".repeat(depth) + "1" + "}".repeat(depth))) {
      String body = "{\"operationType\": \"fetch\", \"data\": %s}".formatted(data);

      assertError(world.call(admin, "POST", DETAIL, body).send(), 400, "SM_invalid_arg");
    }
  }

  @Test
  @Covers("nimble.common.criteria-bounds")
  void aQueryHas256Conditions() {
    TestUser user = world.newUser();

    Answer most = fetch(times(MOST_CONDITIONS, named(user.name())));

    assertThat(most.status()).as(most.text()).isEqualTo(200);
    assertThat(NimbleWorld.names(most)).containsExactly(user.name());
    assertInvalid(times(MOST_CONDITIONS + 1, named(user.name())));
    assertInvalid(
        times(
            2,
            "{\"operator\": \"or\", \"criteria\": [%s]}"
                .formatted(times(MOST_CONDITIONS / 2 + 1, named(user.name())))));
  }

  @Test
  @Covers("nimble.common.criteria-bounds")
  void aSetHas1024Values() {
    TestUser user = world.newUser();
    String others = times(MOST_VALUES - 1, "\"nobody\"");
    String own = "\"%s\"".formatted(user.name());

    Answer most = fetch(criterion("name", "inSet", "\"values\": [%s,%s]".formatted(others, own)));

    assertThat(most.status()).as(most.text()).isEqualTo(200);
    assertThat(NimbleWorld.names(most)).containsExactly(user.name());
    for (String operator : List.of("inSet", "notInSet")) {
      for (String member : List.of("values", "value")) {
        assertInvalid(
            criterion("name", operator, "\"%s\": [%s,%s,\"x\"]".formatted(member, others, own)));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name | \"value\": {\"a\": 1}",
        "name | \"value\": [\"a\"]",
        "inactivity_timeout | \"value\": \"abc\"",
        "inactivity_timeout | \"value\": \"\"",
        "inactivity_timeout | \"value\": 1.5",
        "inactivity_timeout | \"value\": 1e2",
        "inactivity_timeout | \"value\": true",
        "inactivity_timeout | \"value\": {}",
        "inactivity_timeout | \"value\": 9223372036854775808",
        "inactivity_timeout | \"value\": -9223372036854775809",
        "inactivity_timeout | \"value\": 1e400000000",
        "creation_time | \"value\": \"9223372036854775808\"",
        "creation_time | \"value\": 99999999999999999999999999999999999999999999",
        "disabled | \"value\": \"yes\"",
        "disabled | \"value\": \"TRUE\"",
        "disabled | \"value\": 1",
        "disabled | \"value\": []"
      })
  @Covers("nimble.common.criteria-bounds")
  void valuesAreOnesThatTheMemberCanHave(String member, String value) {
    assertInvalid(criterion(member, "equals", value));
    assertInvalid(criterion(member, "notEqual", value));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name | inSet | \"values\": [[\"a\"]]",
        "name | notInSet | \"values\": {\"a\": 1}",
        "name | contains | \"value\": {\"a\": 1}",
        "name | regexp | \"value\": [\".\"]",
        "name | between | \"value1\": {}, \"value2\": \"b\"",
        "inactivity_timeout | inSet | \"values\": [1, \"x\"]",
        "inactivity_timeout | between | \"value1\": 1, \"value2\": \"x\"",
        "inactivity_timeout | greaterThan | \"value\": 18446744073709551616",
        "disabled | inSet | \"values\": [true, 2]"
      })
  @Covers("nimble.common.criteria-bounds")
  void soAreTheValuesOfOtherOperators(String member, String operator, String values) {
    assertInvalid(criterion(member, operator, values));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "\"name\"", "null", "[]", "true"})
  @Covers("nimble.common.criteria-bounds")
  void aCriterionIsAnObject(String criterion) {
    assertInvalid(criterion);
  }

  @Test
  @Covers({"nimble.common.criteria-bounds", "nimble.common.no-server-errors"})
  void aNumberOfThousandsOfDigitsIsNoBodyOrNoValue() {
    assertInvalid(criterion("creation_time", "equals", "\"value\": " + "9".repeat(900)));
    assertError(
        fetch(criterion("creation_time", "equals", "\"value\": " + "9".repeat(100_000))),
        400,
        "SM_invalid_arg");
    assertInvalid(
        criterion("creation_time", "equals", "\"value\": \"%s\"".formatted("9".repeat(100_000))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        ")",
        "[a",
        "*",
        "a**",
        "(?=a)",
        "(?<!a)b",
        "(a)\\1",
        "\\",
        "a{2,1}",
        "a{1001}",
        "\\p{Nope}"
      })
  @Covers("nimble.common.criteria-bounds")
  void aPatternThatIsNotValidIsRefused(String pattern) {
    assertInvalid(regexp("description", pattern));
  }

  @Test
  @Covers("nimble.common.criteria-bounds")
  void aPatternHas256Characters() {
    TestUser user =
        world.newUser(newName("user"), "\"description\": \"%s\"".formatted("a".repeat(255)));

    Answer longest = fetch(named(user.name()) + "," + regexp("description", "a".repeat(255) + "$"));

    assertThat(NimbleWorld.names(longest)).containsExactly(user.name());
    assertInvalid(regexp("description", "a".repeat(256) + "$"));
  }

  @Test
  @Covers("nimble.common.criteria-bounds")
  void patternsTogetherHave1024CharactersWithTheirRepetitionsWrittenOut() {
    TestUser user = world.newUser();
    String counted = "a{1000}|" + "b".repeat(15) + "|";

    assertThat(fetch(named(user.name()) + "," + regexp("description", counted)).status())
        .isEqualTo(200);
    assertInvalid(regexp("description", counted + "|"));
    assertThat(fetch(times(4, regexp("description", "b".repeat(256)))).status()).isEqualTo(200);
    assertInvalid(times(4, regexp("description", "b".repeat(256))) + "," + regexp("name", "c"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "((a{1,100}){1,100}){1,100}",
        "((((){100}){100}){100}){100}",
        "((a{0,1000}){0,1000})",
        "((){1000}){1000}",
        "(.*){1000}",
        "(?:(?:(?:x{2}){10}){10}){10}",
        "((((((((((a{2}){2}){2}){2}){2}){2}){2}){2}){2}){2})",
        "(((a{9,}){9,}){9,}){9,}",
        "a{1000}\\Q\\E{1000}",
        "(a{1000})\\Q\\E{1000}",
        "a{1000}(?i){1000}",
        "((a{0001000}){1000}){1000}",
        "a{1000}a{1000}"
      })
  @Covers("nimble.common.criteria-bounds")
  void repetitionsOfRepetitionsAreRefusedBeforeTheyAreWrittenOut(String pattern) {
    assertInvalid(regexp("description", pattern));
  }

  @ParameterizedTest
  @CsvSource({
    "(a+)+$, false",
    "(a+)+!$, true",
    "(a*)*b, false",
    "(a|a)*b, false",
    "(a|aa)+$, false",
    "^(([a-z])+.)+[A-Z]([a-z])+$, false",
    "(.*a){12}!, true",
    "a!, true",
    "^a{254}!$, true",
    "^a{255}, false"
  })
  @Covers("nimble.common.regexp-linear")
  void noPatternMakesTheServerBacktrack(String pattern, boolean found) {
    TestUser user =
        world.newUser(newName("user"), "\"description\": \"%s!\"".formatted("a".repeat(254)));

    Answer list = fetch(named(user.name()) + "," + regexp("description", pattern));

    assertThat(list.status()).as(list.text()).isEqualTo(200);
    assertThat(NimbleWorld.names(list)).isEqualTo(found ? List.of(user.name()) : List.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "equals | \"value\": \"%s\" | 0",
        "iEquals | \"value\": \"%s\" | 0",
        "contains | \"value\": \"%s\" | 0",
        "iContains | \"value\": \"%s\" | 0",
        "regexp | \"value\": \"%s\" | 0",
        "inSet | \"values\": [\"%s\"] | 0",
        "notEqual | \"value\": \"%s\" | 1",
        "notInSet | \"values\": [\"%s\"] | 1"
      })
  @Covers("nimble.common.no-server-errors")
  void textsThatNoDatabaseHoldsAreFoundNowhere(String operator, String values, int rows) {
    TestUser user = world.newUser();

    for (String escape : List.of("\\u0000", "\\ud800", "\\udfff")) {
      for (String member : List.of("name", "id", "search_name", "role")) {
        String criterion = criterion(member, operator, values.formatted(escape));
        Answer alone = fetch(criterion);
        Answer among = fetch(criterion + "," + named(user.name()));

        assertThat(alone.status()).as(criterion + alone.text()).isEqualTo(200);
        assertThat(among.status()).as(criterion + among.text()).isEqualTo(200);
        assertThat(among.json().get("totalRows").intValue()).as(criterion).isEqualTo(rows);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"%00", "a%00b", "%ED%A0%80", "%FF", "%C0%80", "%"})
  @Covers("nimble.common.undecodable-url")
  void soAreTheyInTheUrl(String value) {
    for (String parameter : List.of("name=", "id%3E", "fields=", "sortBy=", "startRow=")) {
      assertError(
          world.raw(admin, "GET", DETAIL + "?" + parameter + value).send(),
          400,
          "SM_malformed_url");
    }
  }

  @Test
  @Covers("nimble.common.no-server-errors")
  void aValueOfAMegabyteIsCompared() {
    TestUser user = world.newUser();
    String value = "\"value\": \"%s\"".formatted("z".repeat(1_000_000));

    for (String operator : List.of("equals", "iEquals", "contains", "greaterThan", "lessThan")) {
      Answer list = fetch(criterion("name", operator, value) + "," + named(user.name()));

      assertThat(list.status()).as(operator).isEqualTo(200);
      assertThat(NimbleWorld.names(list))
          .as(operator)
          .isEqualTo(operator.equals("lessThan") ? List.of(user.name()) : List.of());
    }
  }

  @Test
  @Covers("nimble.common.no-server-errors")
  void manyFiltersAllHold() {
    TestUser user = world.newUser();
    String filters =
        IntStream.range(0, 150).mapToObj(i -> "name!=n" + i).collect(Collectors.joining("&"));

    Answer list = world.call(admin, "GET", USERS + "?name=" + user.name() + "&" + filters).send();

    assertThat(NimbleWorld.names(list)).containsExactly(user.name());
  }

  @Test
  @Covers("nimble.common.filter-value")
  void numbersBeyond64BitsAreNoFilters() {
    for (String number : List.of("9223372036854775808", "-9223372036854775809", "9".repeat(200))) {
      assertError(
          world.call(admin, "GET", USERS + "?creation_time=" + number).send(),
          400,
          "SM_invalid_query_param",
          "param",
          "creation_time",
          "value",
          number);
    }
    assertThat(
            world
                .call(admin, "GET", USERS + "?creation_time=9223372036854775807")
                .send()
                .json()
                .get("totalRows")
                .intValue())
        .isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sortBy", "iSortBy"})
  @Covers({"nimble.common.sort", "nimble.common.no-server-errors"})
  void aMemberThatIsNamedThousandsOfTimesDecidesOnce(String parameter) {
    TestUser first = world.newUser();
    TestUser second = world.newUser();
    String target =
        DETAIL + "?fields=id,name&" + parameter + "=-id," + "id,".repeat(20_000) + "name";

    Answer list = world.call(admin, "GET", target).send();

    assertThat(list.status()).as(list.text()).isEqualTo(200);
    assertThat(NimbleWorld.names(list)).containsSubsequence(second.name(), first.name());
  }
}
