package dev.roster.server.nimble;

import static dev.roster.server.nimble.NimbleErrorAssert.assertError;
import static dev.roster.server.nimble.NimbleWorld.DETAIL;
import static dev.roster.server.nimble.NimbleWorld.USERS;
import static dev.roster.server.nimble.NimbleWorld.newName;
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
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Members and order of the rows of a list. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class ListUsersTest {

  @Inject NimbleWorld world;
  @Inject ThreeUsers users;
  @Inject MutableClock clock;

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  private static String nicknames(Three three, Answer list) {
    assertThat(list.status()).as(list.text()).isEqualTo(200);
    return NimbleWorld.names(list).stream()
        .map(name -> three.nicknames().get(name))
        .collect(Collectors.joining(" "));
  }

  @Test
  @Covers({"nimble.list-users.rows", "nimble.common.list-envelope"})
  void aRowHasIdAndName() {
    Three three = users.add();

    Answer list = world.get(USERS + "?description=" + three.tag());

    assertThat(list.status()).isEqualTo(200);
    assertThat(list.text())
        .isEqualTo(
            "{\"data\":[%s],\"startRow\":0,\"endRow\":3,\"totalRows\":3}"
                .formatted(
                    Stream.of(three.ada(), three.bob(), three.cleo())
                        .map(
                            user ->
                                "{\"id\":\"%s\",\"name\":\"%s\"}".formatted(user.id(), user.name()))
                        .collect(Collectors.joining(","))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"fields=id", "fields=", "fields=nonsense"})
  @Covers("nimble.list-users.no-fields")
  void theListWithoutDetailsTakesNoFields(String parameter) {
    assertError(
        world.get(USERS + "?" + parameter), 400, "SM_unexpected_query_param", "param", "fields");
  }

  @ParameterizedTest
  @ValueSource(strings = {"administrator", "poweruser", "operator", "guest"})
  @Covers("nimble.list-users.everyone")
  void usersOfEveryRoleSeeAllUsers(String role) {
    Three three = users.add();
    TestSession session = world.logIn(world.newUser(role));

    for (String path : List.of(USERS, DETAIL)) {
      Answer list = world.call(session, "GET", path + "?description=" + three.tag()).send();

      assertThat(nicknames(three, list)).as(path).isEqualTo("ada bob cleo");
    }
  }

  @Test
  @Covers("nimble.list-users-detail.rows")
  void aRowWithDetailsIsTheWholeUser() {
    Three three = users.add();

    Answer list = world.get(DETAIL + "?description=" + three.tag());

    JsonNode rows = list.json().get("data");
    assertThat(rows).containsExactlyElementsOf(users.members(three).values());
    for (JsonNode row : rows) {
      assertThat(row.fieldNames()).toIterable().containsExactly(ThreeUsers.MEMBERS);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name | name",
        "name,id | name id",
        "id%2Cname | name id",
        "name,%20role | name role",
        "email_addr,full_name,last_login,disabled | email_addr full_name last_login disabled",
        "role_id,role,role_id | role role_id"
      })
  @Covers({"nimble.list-users-detail.rows", "nimble.common.fields"})
  void fieldsNameTheMembersOfARow(String fields, String members) {
    Three three = users.add();

    Answer list = world.get(DETAIL + "?description=" + three.tag() + "&fields=" + fields);

    List<String> expected = List.of(members.split(" ", -1));
    JsonNode rows = list.json().get("data");
    assertThat(rows).hasSize(3);
    JsonNode ada = world.user(three.ada());
    assertThat(rows.get(0).fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(expected);
    for (String member : expected) {
      assertThat(rows.get(0).get(member)).as(member).isEqualTo(ada.get(member));
    }
  }

  @Test
  @Covers("nimble.common.fields")
  void everyMemberCanBeAskedForAlone() {
    Three three = users.add();

    for (String member : ThreeUsers.MEMBERS) {
      JsonNode row =
          world
              .get(DETAIL + "?name=" + three.ada().name() + "&fields=" + member)
              .json()
              .at("/data/0");
      assertThat(row.fieldNames()).toIterable().containsExactly(member);
    }
  }

  @Test
  @Covers("nimble.common.fields")
  void noFieldsAreAllFields() {
    TestUser user = world.newUser();

    JsonNode row = world.get(DETAIL + "?fields=&name=" + user.name()).json().at("/data/0");

    assertThat(row).isEqualTo(world.user(user));
  }

  @Test
  @Covers("nimble.common.fields")
  void aMemberThatIsNamedHundredsOfTimesIsWrittenOnce() {
    TestUser user = world.newUser();

    Answer list = world.get(DETAIL + "?name=" + user.name() + "&fields=id" + ",name".repeat(500));

    assertThat(list.json().at("/data/0").toString())
        .isEqualTo("{\"id\":\"%s\",\"name\":\"%s\"}".formatted(user.id(), user.name()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nonsense | nonsense",
        "id,nonsense,name | nonsense",
        "Name | Name",
        "password | password",
        "password_hash | password_hash",
        "id, | ''",
        "id,,name | ''",
        "-name | -name"
      })
  @Covers("nimble.common.fields-unknown")
  void fieldsNameMembersOnly(String fields, String named) {
    TestUser user = world.newUser();

    for (String path : List.of(DETAIL, user.path())) {
      assertError(
          world.get(path + "?fields=" + fields),
          400,
          "SM_invalid_query_param",
          "param",
          "fields",
          "value",
          named);
    }
  }

  @Test
  @Covers("nimble.common.fields-unknown")
  void ofHundredsOfUnknownFieldsTheFirstIsNamed() {
    String fields = IntStream.range(0, 300).mapToObj(i -> "n" + i).collect(Collectors.joining(","));

    assertError(
        world.get(DETAIL + "?fields=id," + fields),
        400,
        "SM_invalid_query_param",
        "param",
        "fields",
        "value",
        "n0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sortBy=id | ada bob cleo",
        "sortBy=-id | cleo bob ada",
        "sortBy=name | ada bob cleo",
        "sortBy=-name | cleo bob ada",
        "sortBy=role | cleo bob ada",
        "sortBy=role_id | cleo ada bob",
        "sortBy=inactivity_timeout | bob ada cleo",
        "sortBy=-inactivity_timeout | cleo ada bob",
        "sortBy=-last_modified | bob cleo ada",
        "sortBy=full_name | bob ada cleo",
        "sortBy=email_addr | bob ada cleo",
        "sortBy=disabled | ada cleo bob",
        "sortBy=-disabled | bob ada cleo",
        "sortBy=disabled,-inactivity_timeout | cleo ada bob",
        "sortBy=-logged_in,-disabled | ada bob cleo",
        "sortBy=-description | ada bob cleo",
        "sortBy=%20-name%20 | cleo bob ada",
        "sortBy= | ada bob cleo",
        "iSortBy= | ada bob cleo",
        "iSortBy=email_addr | bob ada cleo",
        "iSortBy=-email_addr | ada cleo bob",
        "iSortBy=email_addr,-id | bob cleo ada",
        "iSortBy=-inactivity_timeout | cleo ada bob",
        "iSortBy=-disabled | bob ada cleo",
        "sortBy=disabled&iSortBy=email_addr | ada cleo bob",
        "iSortBy=email_addr&sortBy=-disabled | bob ada cleo",
        "sortBy=-name&sortBy=name | cleo bob ada",
        "'' | ada bob cleo"
      })
  @Covers("nimble.common.sort")
  void rowsAreOrderedAsAsked(String order, String expected) {
    Three three = users.add();

    for (String path : List.of(USERS, DETAIL)) {
      Answer list = world.get(path + "?description=" + three.tag() + "&" + order);

      assertThat(nicknames(three, list)).as(path).isEqualTo(expected);
    }
  }

  @Test
  @Covers({"nimble.common.sort", "nimble.common.email-any-case"})
  void everyMemberOrders() {
    Three three = users.add();

    for (String member : ThreeUsers.MEMBERS) {
      Answer up = world.get(DETAIL + "?description=" + three.tag() + "&sortBy=" + member + ",-id");
      Answer down =
          world.get(DETAIL + "?description=" + three.tag() + "&sortBy=-" + member + ",id");

      List<JsonNode> rows = Stream.of(0, 1, 2).map(up.json().get("data")::get).toList();
      assertThat(rows)
          .as(member)
          .isSortedAccordingTo(
              (left, right) -> ThreeUsers.compare(member, left.get(member), right.get(member)));
      assertThat(NimbleWorld.names(down))
          .as(member)
          .containsExactly(
              rows.get(2).get("name").asText(),
              rows.get(1).get("name").asText(),
              rows.get(0).get("name").asText());
    }
  }

  @Test
  @Covers("nimble.common.sort")
  void theOrderHoldsBeforeThePageIsCut() {
    Three three = users.add();

    Answer list =
        world.get(USERS + "?description=" + three.tag() + "&sortBy=-name&startRow=1&pageSize=1");

    assertThat(nicknames(three, list)).isEqualTo("bob");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nonsense | nonsense",
        "-nonsense | nonsense",
        "name,nonsense | nonsense",
        "Name | Name",
        "--name | -name",
        "- | ''",
        "name, | ''",
        "password_hash | password_hash"
      })
  @Covers("nimble.common.sort-unknown")
  void ordersNameMembersOnly(String members, String named) {
    for (String parameter : List.of("sortBy", "iSortBy")) {
      assertError(
          world.get(USERS + "?" + parameter + "=" + members),
          400,
          "SM_invalid_query_param",
          "param",
          parameter,
          "value",
          named);
    }
  }

  @Test
  @Covers({"nimble.common.list-envelope", "nimble.common.filter-equality"})
  void theRowsOfOnePageAreCountedAmongAll() {
    String tag = newName("tag");
    for (int i = 0; i < 3; i++) {
      world.newUser(newName("user"), "\"description\": \"%s\"".formatted(tag));
    }

    JsonNode first = world.get(DETAIL + "?description=" + tag + "&pageSize=2").json();
    JsonNode last = world.get(DETAIL + "?description=" + tag + "&startRow=2&pageSize=2").json();

    assertThat(first.fieldNames())
        .toIterable()
        .containsExactly("data", "startRow", "endRow", "totalRows");
    assertThat(first.get("data")).hasSize(2);
    assertThat(first.get("startRow").numberValue()).isEqualTo(0);
    assertThat(first.get("endRow").numberValue()).isEqualTo(2);
    assertThat(first.get("totalRows").numberValue()).isEqualTo(3);
    assertThat(last.get("data")).hasSize(1);
    assertThat(last.get("startRow").numberValue()).isEqualTo(2);
    assertThat(last.get("endRow").numberValue()).isEqualTo(3);
    assertThat(last.get("totalRows").numberValue()).isEqualTo(3);
  }
}
