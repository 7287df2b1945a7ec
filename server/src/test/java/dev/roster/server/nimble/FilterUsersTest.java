package dev.roster.server.nimble;

import static dev.roster.server.nimble.NimbleErrorAssert.assertError;
import static dev.roster.server.nimble.NimbleWorld.DETAIL;
import static dev.roster.server.nimble.NimbleWorld.USERS;
import static dev.roster.server.nimble.NimbleWorld.newName;
import static dev.roster.server.nimble.NimbleWorld.query;
import static java.nio.charset.StandardCharsets.UTF_8;
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
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What members in the URL of a list keep. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class FilterUsersTest {

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

  /** What is sent goes out as it is, so that operators need no escapes. */
  private Answer filter(Three three, String filters) {
    return world.raw(admin, "GET", USERS + "?description=" + three.tag() + "&" + filters).send();
  }

  private void assertFinds(Three three, String filters, String expected) {
    Answer list = filter(three, filters);
    assertThat(list.status()).as(filters + " " + list.text()).isEqualTo(200);
    List<String> found =
        NimbleWorld.names(list).stream().map(name -> three.nicknames().get(name)).toList();
    assertThat(String.join(" ", found)).as(filters).isEqualTo(expected == null ? "" : expected);
    assertThat(list.json().get("totalRows").intValue()).isEqualTo(found.size());
  }

  @ParameterizedTest
  @FieldSource("MEMBERS")
  @Covers("nimble.common.filter-equality")
  void everyMemberIsAFilter(String member) {
    Three three = users.add();
    Map<String, JsonNode> members = users.members(three);

    for (JsonNode user : members.values()) {
      String value = user.get(member).asText();
      List<String> expected = new ArrayList<>();
      members.forEach(
          (nickname, other) -> {
            if (ThreeUsers.compare(member, other.get(member), user.get(member)) == 0) {
              expected.add(nickname);
            }
          });
      assertFinds(
          three, member + "=" + URLEncoder.encode(value, UTF_8), String.join(" ", expected));
    }
  }

  @Test
  @Covers("nimble.common.filter-equality")
  void aDescriptionIsFoundWhole() {
    Three three = users.add();

    Answer whole = world.get(DETAIL + "?description=" + three.tag());
    Answer part = world.get(DETAIL + "?description=" + three.tag().substring(1));

    assertThat(NimbleWorld.names(whole))
        .containsExactly(three.ada().name(), three.bob().name(), three.cleo().name());
    assertThat(part.json().get("data")).isEmpty();
  }

  @Test
  @Covers("nimble.common.filter-equality")
  void caseCounts() {
    Three three = users.add();

    assertFinds(three, "full_name=Ada+Byron", "ada");
    assertFinds(three, "full_name=ADA+Byron", "");
    assertFinds(three, "name=" + three.ada().name().toUpperCase(Locale.ROOT), "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "email_addr=Ada@x.test | ada cleo",
        "email_addr=ADA@X.TEST | ada cleo",
        "email_addr=ADA@X | ''",
        "email_addr!=ADA@x.test | bob",
        "email_addr>=ADA@x.test | ada cleo",
        "email_addr>ADA@x.test | ''",
        "email_addr<BOB@x.test | ada bob cleo",
        "email_addr>Z | ''"
      })
  @Covers("nimble.common.email-any-case")
  void addressesAreFoundInAnyCaseAndTellTheirs(String filter, String expected) {
    Three three = users.add();

    assertFinds(three, filter, expected);
    assertThat(world.user(three.cleo()).get("email_addr").asText()).isEqualTo("Ada@x.test");
    assertThat(world.user(three.ada()).get("email_addr").asText()).isEqualTo("ada@x.test");
  }

  @Test
  @Covers("nimble.common.filter-equality")
  void severalFiltersAllHold() {
    Three three = users.add();

    assertFinds(three, "disabled=false&role=operator", "ada");
    assertFinds(three, "disabled=true&role=operator", "");
    assertFinds(three, "role=guest&role=operator", "");
    assertFinds(three, "inactivity_timeout>0&inactivity_timeout<600", "ada");
    assertFinds(three, "id=" + three.ada().id() + "&id=" + three.bob().id(), "");
    assertFinds(three, "name=" + three.ada().name() + "&name!=" + three.ada().name(), "");
  }

  @ParameterizedTest
  @ValueSource(strings = {USERS, DETAIL})
  @Covers({"nimble.common.filter-equality", "nimble.common.list-envelope"})
  void aListWithoutRowsIsAnEmptyList(String path) {
    Answer list = world.get(path + "?name=" + newName("nobody"));

    assertThat(list.status()).isEqualTo(200);
    assertThat(list.text()).isEqualTo("{\"data\":[],\"startRow\":0,\"endRow\":0,\"totalRows\":0}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "inactivity_timeout>60 | cleo",
        "inactivity_timeout%3E60 | cleo",
        "inactivity_timeout<60 | bob",
        "inactivity_timeout%3C60 | bob",
        "inactivity_timeout>=60 | ada cleo",
        "inactivity_timeout%3E=60 | ada cleo",
        "inactivity_timeout%3E%3D60 | ada cleo",
        "inactivity_timeout<=60 | ada bob",
        "inactivity_timeout%3C=60 | ada bob",
        "inactivity_timeout%3C%3D60 | ada bob",
        "inactivity_timeout!=60 | bob cleo",
        "inactivity_timeout%21=60 | bob cleo",
        "inactivity_timeout%21%3D60 | bob cleo",
        "inactivity_timeout>-1 | ada bob cleo",
        "full_name>Ada%20Byron | cleo",
        "full_name>=Ada+Byron | ada cleo",
        "full_name<Ada+Byron | bob",
        "full_name<=Ada+Byron | ada bob",
        "full_name!=Ada+Byron | bob cleo",
        "full_name= | bob",
        "full_name!= | ada cleo",
        "full_name>= | ada bob cleo",
        "full_name<= | bob",
        "disabled!=true | ada cleo",
        "logged_in%21%3Dfalse | ada"
      })
  @Covers("nimble.common.filter-operators")
  void operatorsCompare(String filter, String expected) {
    assertFinds(users.add(), filter, expected);
  }

  @ParameterizedTest
  @FieldSource("MEMBERS")
  @Covers("nimble.common.filter-operators")
  void everyMemberIsComparedByTheOperators(String member) {
    Three three = users.add();
    Map<String, JsonNode> members = users.members(three);
    boolean ordered = !members.get("ada").get(member).isBoolean();

    for (String operator : ordered ? List.of(">", "<", ">=", "<=", "!=") : List.of("!=")) {
      for (JsonNode user : members.values()) {
        List<String> expected = new ArrayList<>();
        members.forEach(
            (nickname, other) -> {
              int comparison = ThreeUsers.compare(member, other.get(member), user.get(member));
              if (holds(comparison, operator)) {
                expected.add(nickname);
              }
            });
        String value = URLEncoder.encode(user.get(member).asText(), UTF_8);
        // Without an operand ">" is ">=", whose equals sign the parser of query strings has taken.
        if (!value.isEmpty() || operator.endsWith("=")) {
          assertFinds(three, member + operator + value, String.join(" ", expected));
        }
      }
    }
  }

  private static boolean holds(int comparison, String operator) {
    return switch (operator) {
      case ">" -> comparison > 0;
      case "<" -> comparison < 0;
      case ">=" -> comparison >= 0;
      case "<=" -> comparison <= 0;
      default -> comparison != 0;
    };
  }

  @Test
  @Covers("nimble.common.filter-operators")
  void anEncodedOperatorAsksForTheIdsAbove() {
    Three three = users.add();

    assertFinds(three, "id%3E" + three.ada().id(), "bob cleo");
    assertFinds(three, "id%3E" + three.cleo().id(), "");
    assertFinds(three, "id%3e" + three.ada().id() + "&id%3c" + three.cleo().id(), "bob");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "email_addr=k=2@x | 2",
        "email_addr=k%3D2@x | 2",
        "email_addr!=k=2@x | 1 3",
        "email_addr%21%3Dk=2@x | 1 3",
        "email_addr>k=2@x | 3",
        "email_addr%3Ek%3D2%40x | 3",
        "email_addr>=k=2@x | 2 3",
        "email_addr%3E%3Dk=2@x | 2 3",
        "email_addr%3E%3Dk%3D2@x | 2 3",
        "email_addr<k=2@x | 1",
        "email_addr<=k=2@x | 1 2"
      })
  @Covers({"nimble.common.filter-operators", "nimble.common.filter-equality"})
  void operandsMayHoldEqualsSigns(String filter, String expected) {
    String tag = newName("tag");
    for (int i = 1; i <= 3; i++) {
      world.newUser(
          newName("user"), "\"description\": \"%s\", \"email_addr\": \"k=%d@x\"".formatted(tag, i));
    }

    Answer list = world.raw(admin, "GET", DETAIL + "?description=" + tag + "&" + filter).send();

    assertThat(list.status()).as(list.text()).isEqualTo(200);
    List<String> found =
        NimbleWorld.values(list, "email_addr").stream()
            .map(address -> address.substring(2, 3))
            .toList();
    assertThat(String.join(" ", found)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"disabled", "logged_in"})
  @Covers("nimble.common.filter-unsupported")
  void booleansHaveNoOrder(String member) {
    for (String operator : List.of(">", "<", ">=", "<=")) {
      assertError(
          world.raw(admin, "GET", USERS + "?" + member + operator + "true").send(),
          400,
          "SM_unsupported_query_operator",
          "fieldName",
          member,
          "operator",
          operator);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "inactivity_timeout | abc",
        "inactivity_timeout | 1.5",
        "inactivity_timeout | 6e1",
        "inactivity_timeout | ''",
        "inactivity_timeout | 0x3c",
        "inactivity_timeout | 9223372036854775808",
        "creation_time | 99999999999999999999999999",
        "last_modified | now",
        "last_login | never",
        "last_logout | true",
        "disabled | yes",
        "disabled | TRUE",
        "disabled | 1",
        "disabled | ''",
        "logged_in | null"
      })
  @Covers("nimble.common.filter-value")
  void valuesHaveTheTypeOfTheirMember(String member, String value) {
    assertError(
        world.get(DETAIL + "?" + member + "=" + value),
        400,
        "SM_invalid_query_param",
        "param",
        member,
        "value",
        value);
    assertError(
        world.get(USERS + "?" + member + "!=" + value),
        400,
        "SM_invalid_query_param",
        "param",
        member,
        "value",
        value);
  }

  @Test
  @Covers("nimble.common.filter-value")
  void ordersCompareNumbersOnly() {
    assertError(
        world.raw(admin, "GET", USERS + "?creation_time>today").send(),
        400,
        "SM_invalid_query_param",
        "param",
        "creation_time",
        "value",
        "today");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nonsense=1 | nonsense",
        "Name=admin | Name",
        "password=x | password",
        "password_hash=x | password_hash",
        "name.x=1 | name.x",
        "nonsense%3E5 | nonsense>5",
        "name!x | name!x",
        "name=admin&limit=3 | limit",
        "startrow=0 | startrow",
        "=x | ''"
      })
  @Covers("nimble.common.unexpected-query-param")
  void otherParametersAreNotTaken(String parameters, String named) {
    for (String path : List.of(USERS, DETAIL)) {
      assertError(
          world.call(admin, "GET", path + "?" + parameters).send(),
          400,
          "SM_unexpected_query_param",
          "param",
          named);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {USERS, DETAIL})
  @Covers("nimble.common.unexpected-query-param")
  void queriesTakeNoFilterInTheUrl(String path) {
    assertError(
        world.call(admin, "POST", path + "?name=admin", query("")).send(),
        400,
        "SM_unexpected_query_param",
        "param",
        "name");
  }

  @Test
  @Covers("nimble.common.unexpected-query-param")
  void singleObjectsTakeNothingButFields() {
    TestUser user = world.newUser();

    assertError(
        world.get(user.path() + "?startRow=0"),
        400,
        "SM_unexpected_query_param",
        "param",
        "startRow");
  }
}
