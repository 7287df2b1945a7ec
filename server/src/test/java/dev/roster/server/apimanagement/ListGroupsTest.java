package dev.roster.server.apimanagement;

import static dev.roster.server.apimanagement.ApiManagementWorld.names;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.server.apimanagement.ApiManagementWorld.Service;
import dev.roster.server.http.UrlSegments;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups of a service, members of a group, and groups and subscriptions of a user. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class ListGroupsTest {

  @Inject ApiManagementWorld world;

  private Answer filtered(String list, String filter) {
    return world.get(list + "?$filter=" + UrlSegments.encode(filter));
  }

  private static void assertFilterRefused(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    JsonNode error = answer.json().get("error");
    assertThat(error.get("code").asText()).isEqualTo("ValidationError");
    assertThat(error.get("details")).hasSize(1);
    assertThat(error.at("/details/0/target").asText()).isEqualTo("$filter");
    assertThat(error.at("/details/0/message").asText()).isNotBlank();
  }

  /** The names of a list, page by page, each page as it is linked to by the one before. */
  private List<List<String>> pages(String target) {
    List<List<String>> pages = new ArrayList<>();
    Answer page = world.get(target);
    long count = page.json().get("count").asLong();
    while (true) {
      assertThat(page.status()).as(page.text()).isEqualTo(200);
      assertThat(page.json().get("count").asLong()).isEqualTo(count);
      assertThat(page.headers()).doesNotContainKey("etag");
      pages.add(names(page));
      JsonNode next = page.json().get("nextLink");
      if (next == null) {
        assertThat(pages.stream().mapToInt(List::size).sum()).isEqualTo(count);
        return pages;
      }
      assertThat(next.asText())
          .startsWith(world.origin() + target.substring(0, target.indexOf('?')));
      page =
          world
              .anonymous("GET", next.asText().substring(world.origin().length()))
              .header("Authorization", ApiManagementWorld.BEARER)
              .send();
    }
  }

  // ---- groups of a service

  @Test
  @Covers("apim.list-groups.system-groups")
  void newServiceHasTheGroupsOfTheSystem() {
    Service service = world.newService();
    String group =
        "{\"id\":\"%s\",\"type\":\"Microsoft.ApiManagement/service/groups\",\"name\":\"%s\","
            + "\"properties\":{\"displayName\":\"%s\",\"description\":\"%s is a built-in group. Its"
            + " membership is managed by the system. %s\",\"builtIn\":true,\"type\":\"system\","
            + "\"externalId\":null}}";

    Answer list = world.get(service.groups());

    assertThat(list.text())
        .isEqualTo(
            "{\"value\":["
                + group.formatted(
                    service.group("administrators"),
                    "administrators",
                    "Administrators",
                    "Administrators",
                    "Microsoft Azure subscription administrators fall into this group.")
                + ","
                + group.formatted(
                    service.group("developers"),
                    "developers",
                    "Developers",
                    "Developers",
                    "Signed-in users fall into this group.")
                + ","
                + group.formatted(
                    service.group("guests"),
                    "guests",
                    "Guests",
                    "Guests",
                    "Unauthenticated users visiting the developer portal fall into this group.")
                + "],\"count\":3}");
    assertThat(list.headers()).doesNotContainKey("etag");
  }

  private Service serviceWithGroups() {
    Service service = world.newService();
    world.put(
        service.group("zeta"),
        """
        {"properties": {"displayName": "Alpha Testers", "description": "first"}}
        """);
    world.put(
        service.group("Eta"),
        """
        {"properties": {"displayName": "beta testers", "type": "external",
          "externalId": "aad://X/1"}}
        """);
    world.put(
        service.group("o'hara"),
        """
        {"properties": {"displayName": "Gamma", "description": "it's 50% of_all"}}
        """);
    return service;
  }

  @ParameterizedTest
  @Covers({"apim.list-groups.filter-fields", "apim.common.filter-operators"})
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "name eq 'ETA'|Eta",
        "name ne 'eta'|administrators developers guests zeta o'hara",
        "name gt 'guests'|zeta o'hara",
        "name ge 'guests'|guests zeta o'hara",
        "name lt 'developers'|administrators",
        "name le 'developers'|administrators developers",
        "contains(name,'ta')|zeta Eta",
        "startswith(name,'E')|Eta",
        "endswith(name,'S')|administrators developers guests",
        "substringof('ET',name)|zeta Eta",
        "name eq 'o''hara'|o'hara",
        "displayName eq 'ALPHA testers'|zeta",
        "displayName gt 'BETA'|Eta developers guests o'hara",
        "contains(displayName,'TEST')|zeta Eta",
        "substringof('m',displayName)|administrators o'hara",
        "description eq 'First'|zeta",
        "description eq null|Eta",
        "description ne null|administrators developers guests zeta o'hara",
        "contains(description,'50%')|o'hara",
        "contains(description,'f_a')|o'hara",
        "contains(description,'s%l')|",
        "externalId eq 'AAD://x/1'|Eta",
        "externalId eq 'none'|",
        "externalId eq null|administrators developers guests zeta o'hara",
        "contains(name,'a') and not startswith(name,'a')|zeta Eta o'hara",
        "name eq 'guests' or name eq 'zeta' and description eq 'x'|guests",
        "(name eq 'guests' or name eq 'zeta') and description eq 'first'|zeta"
      })
  void groupsAreFilteredByTheirFields(String filter, String found) {
    Service service = serviceWithGroups();

    Answer list = filtered(service.groups(), filter);

    assertThat(list.status()).as(list.text()).isEqualTo(200);
    assertThat(names(list))
        .containsExactlyInAnyOrder(found == null ? new String[0] : found.split(" "));
    assertThat(list.json().get("count").asInt()).isEqualTo(names(list).size());
  }

  @ParameterizedTest
  @Covers({"apim.list-groups.filter-fields", "apim.common.filter-invalid"})
  @ValueSource(
      strings = {
        " ",
        "x",
        "name",
        "name eq",
        "name eq eta",
        "name is 'eta'",
        "name eq 5",
        "name eq 'a",
        "name eq 'a'b'",
        "(name eq 'a'",
        "name eq 'a' and",
        "email eq 'a'",
        "type eq 'custom'",
        "builtIn eq true",
        "state eq 'active'",
        "properties/displayName eq 'a'",
        "externalId ne 'a'",
        "externalId gt 'a'",
        "contains(externalId,'a')",
        "length(name) eq 3",
        "tolower(name) eq 'a'",
        "name eq '\u00e9' #"
      })
  void otherFiltersOfGroupsAreRefused(String filter) {
    Service service = world.newService();

    assertFilterRefused(filtered(service.groups(), filter));
  }

  @Test
  void emptyFilterIsNone() {
    Service service = world.newService();

    assertThat(names(filtered(service.groups(), ""))).hasSize(3);
  }

  @Test
  @Covers({"apim.common.top", "apim.common.count", "apim.common.next-link", "apim.common.order"})
  void groupsAreListedInPagesInTheOrderOfTheirMaking() {
    Service service = serviceWithGroups();
    world.patch(service.group("zeta"), "{}");

    assertThat(pages(service.groups() + "?$top=2"))
        .containsExactly(
            List.of("administrators", "developers"),
            List.of("guests", "zeta"),
            List.of("Eta", "o'hara"));
    assertThat(pages(service.groups() + "?$filter=contains(name,'ta')&$top=1"))
        .containsExactly(List.of("zeta"), List.of("Eta"));
    assertThat(names(world.get(service.groups() + "?$skip=4&$top=5")))
        .containsExactly("Eta", "o'hara");
    Answer beyond = world.get(service.groups() + "?$skip=100");
    assertThat(names(beyond)).isEmpty();
    assertThat(beyond.json().get("count").asInt()).isEqualTo(6);
    assertThat(beyond.json().has("nextLink")).isFalse();
    assertThat(world.get(service.groups() + "?$top=2147483647&$skip=2147483647").status())
        .isEqualTo(200);
    assertThat(world.get(service.groups() + "?$top=2&x=a%20b").json().get("nextLink").asText())
        .isEqualTo(
            world.origin()
                + service.groups()
                + "?%24top=2&x=a%20b&api-version=2022-08-01&%24skip=2");
  }

  @Test
  @Covers("apim.common.page-size")
  void moreThanAHundredGroupsAreTwoPages() {
    Service service = world.newService();
    IntStream.range(0, 98).forEach(i -> world.addGroup(service, "g" + i));

    assertThat(pages(service.groups() + "?x=1")).extracting(List::size).containsExactly(100, 1);
  }

  // ---- members of a group

  private Service serviceWithMembers() {
    Service service = world.newService();
    world.addUsers(service, "u", 5);
    world.addGroup(service, "g");
    for (String id : List.of("u4", "u1", "u3", "u2")) {
      world.addMember(service, "g", id);
    }
    world.patch(
        service.user("u2"),
        """
        {"properties": {"firstName": "Zoe", "lastName": "O'Hara", "note": "a note",
          "email": "Second@example.com", "state": "blocked"}}
        """);
    return service;
  }

  @Test
  @Covers("apim.list-group-users.answer")
  void groupWithoutMembersIsAnEmptyList() {
    Service service = world.newService();
    world.addGroup(service, "g");

    assertThat(world.get(service.group("g") + "/users").text())
        .isEqualTo("{\"value\":[],\"count\":0}");
    assertThat(world.get(service.group("guests") + "/users").text())
        .isEqualTo("{\"value\":[],\"count\":0}");
  }

  @Test
  @Covers("apim.list-group-users.answer")
  void membersAreListedBelowTheirGroup() {
    Service service = serviceWithMembers();

    Answer list = world.get(service.group("G") + "/users");

    JsonNode first = list.json().at("/value/0");
    assertThat(first.get("id").asText()).isEqualTo(service.member("g", "u1"));
    assertThat(first.get("type").asText())
        .isEqualTo("Microsoft.ApiManagement/service/groups/users");
    assertThat(first.get("name").asText()).isEqualTo("u1");
    assertThat(first.get("properties"))
        .isEqualTo(world.get(service.user("u1")).json().get("properties"));
    assertThat(first.at("/properties/identities/0/provider").asText()).isEqualTo("Basic");
    assertThat(first.get("properties").has("groups")).isFalse();
    assertThat(list.json().get("count").asInt()).isEqualTo(4);
    assertThat(names(world.get(service.group("administrators") + "/users"))).containsExactly("1");
    assertThat(names(world.get(service.group("developers") + "/users")))
        .containsExactly("1", "u1", "u2", "u3", "u4", "u5");
  }

  @Test
  @Covers({"apim.common.top", "apim.common.count", "apim.common.next-link", "apim.common.order"})
  void membersAreListedInPagesInTheOrderInWhichTheUsersWereMade() {
    Service service = serviceWithMembers();
    String list = service.group("g") + "/users";

    assertThat(pages(list + "?$top=3")).containsExactly(List.of("u1", "u2", "u3"), List.of("u4"));
    assertThat(pages(list + "?$top=1&$filter=name%20gt%20'u2'"))
        .containsExactly(List.of("u3"), List.of("u4"));
    assertThat(names(world.get(list + "?$skip=1&$top=2"))).containsExactly("u2", "u3");
    assertThat(names(world.get(list + "?$skip=9"))).isEmpty();
  }

  @ParameterizedTest
  @Covers("apim.list-group-users.filter-fields")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "name eq 'U2'|u2",
        "name ne 'u2'|u1 u3 u4",
        "firstName eq 'zoe'|u2",
        "firstName lt 'g'|u1 u3 u4",
        "contains(lastName,'o''h')|u2",
        "email eq 'SECOND@example.com'|u2",
        "endswith(email,'@example.com')|u1 u2 u3 u4",
        "note eq 'A note'|u2",
        "note eq null|u1 u3 u4",
        "registrationDate gt datetime'2020-01-01T00:00:00Z'|u1 u2 u3 u4",
        "registrationDate lt 2020-01-01T00:00:00Z|",
        "startswith(name,'u') and firstName eq 'First'|u1 u3 u4"
      })
  void membersAreFilteredByTheFieldsOfUsers(String filter, String found) {
    Service service = serviceWithMembers();

    Answer list = filtered(service.group("g") + "/users", filter);

    assertThat(list.status()).as(list.text()).isEqualTo(200);
    assertThat(names(list)).containsExactly(found == null ? new String[0] : found.split(" "));
    assertThat(list.json().get("count").asInt()).isEqualTo(names(list).size());
  }

  @ParameterizedTest
  @Covers({"apim.list-group-users.filter-fields", "apim.common.filter-invalid"})
  @ValueSource(
      strings = {
        "state eq 'active'",
        "state eq 'blocked'",
        "name eq 'u1' and state eq 'active'",
        "displayName eq 'x'",
        "contains(registrationDate,'2')",
        "registrationDate gt 'yesterday'",
        "identities eq 'x'",
        "x"
      })
  void membersAreNotFilteredByState(String filter) {
    Service service = world.newService();
    world.addGroup(service, "g");

    assertFilterRefused(filtered(service.group("g") + "/users", filter));
  }

  // ---- groups of a user

  @Test
  @Covers("apim.list-user-groups.answer")
  void newUserIsInDevelopersAlone() {
    Service service = world.newService();
    world.addUser(service, "U");

    assertThat(world.get(service.user("u") + "/groups").text())
        .isEqualTo(
            ("{\"value\":[{\"id\":\"%s/groups/developers\","
                    + "\"type\":\"Microsoft.ApiManagement/service/users/groups\","
                    + "\"name\":\"developers\",\"properties\":{\"displayName\":\"Developers\","
                    + "\"description\":\"Developers is a built-in group. Its membership is managed"
                    + " by the system. Signed-in users fall into this group.\","
                    + "\"builtIn\":true,\"type\":\"system\",\"externalId\":null}}],\"count\":1}")
                .formatted(service.user("U")));
    assertThat(names(world.get(service.user("1") + "/groups")))
        .containsExactly("administrators", "developers");
  }

  private Service serviceWithMemberships() {
    Service service = serviceWithGroups();
    world.addUser(service, "u");
    world.addUser(service, "other");
    for (String id : List.of("o'hara", "zeta", "Eta")) {
      world.addMember(service, id, "u");
    }
    world.addMember(service, "zeta", "other");
    return service;
  }

  @Test
  @Covers({
    "apim.list-user-groups.answer",
    "apim.common.top",
    "apim.common.count",
    "apim.common.order"
  })
  void groupsOfAUserAreListedInPagesInTheOrderOfTheirMaking() {
    Service service = serviceWithMemberships();
    String list = service.user("u") + "/groups";

    assertThat(pages(list + "?$top=3"))
        .containsExactly(List.of("developers", "zeta", "Eta"), List.of("o'hara"));
    assertThat(world.get(list).json().at("/value/1/id").asText()).isEqualTo(list + "/zeta");
    assertThat(names(world.get(list + "?$skip=2&$top=1"))).containsExactly("Eta");
    assertThat(names(world.get(service.user("other") + "/groups")))
        .containsExactly("developers", "zeta");
  }

  @ParameterizedTest
  @Covers("apim.list-user-groups.filter-fields")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "name eq 'ETA'|Eta",
        "name gt 'f'|zeta o'hara",
        "name eq 'guests'|",
        "contains(displayName,'testers')|zeta Eta",
        "startswith(description,'FIRST')|zeta",
        "description eq null|Eta"
      })
  void groupsOfAUserAreFilteredByTheirFields(String filter, String found) {
    Service service = serviceWithMemberships();

    Answer list = filtered(service.user("u") + "/groups", filter);

    assertThat(list.status()).as(list.text()).isEqualTo(200);
    assertThat(names(list)).containsExactly(found == null ? new String[0] : found.split(" "));
    assertThat(list.json().get("count").asInt()).isEqualTo(names(list).size());
  }

  @ParameterizedTest
  @Covers({"apim.list-user-groups.filter-fields", "apim.common.filter-invalid"})
  @ValueSource(
      strings = {"externalId eq 'x'", "email eq 'x'", "builtIn eq true", "type eq 'custom'", "("})
  void otherFiltersOfAUsersGroupsAreRefused(String filter) {
    Service service = world.newService();

    assertFilterRefused(filtered(service.user("1") + "/groups", filter));
  }

  // ---- subscriptions of a user

  @Test
  @Covers({"apim.list-user-subscriptions.filter-fields", "apim.common.top", "apim.common.count"})
  void subscriptionsAreFilteredAndPaged() {
    Service service = world.newSubscription();
    String list = service.user("1") + "/subscriptions";
    List<String> all = names(world.get(list));
    String starter = all.get(0);
    String unlimited = all.get(1);
    assertThat(all).hasSize(2);

    assertThat(pages(list + "?$top=1")).containsExactly(List.of(starter), List.of(unlimited));
    assertThat(names(world.get(list + "?$skip=1"))).containsExactly(unlimited);
    assertThat(names(world.get(list + "?$skip=2"))).isEmpty();
    for (String[] filter :
        new String[][] {
          {"name eq '%s'".formatted(starter.toUpperCase(java.util.Locale.ROOT)), starter},
          {"name ne '%s'".formatted(starter), unlimited},
          {"productId eq 'STARTER'", starter},
          {"endswith(scope,'/products/Unlimited')", unlimited},
          {"scope eq '%s/products/starter'".formatted(service.path()), starter},
          {"contains(ownerId,'/USERS/1') and productId gt 't'", unlimited},
          {"ownerId eq '%s' and productId lt 't'".formatted(service.user("1")), starter},
          {"userId eq '1' and substringof('start',productId)", starter}
        }) {
      Answer found = filtered(list, filter[0]);
      assertThat(found.status()).as(found.text()).isEqualTo(200);
      assertThat(names(found)).as(filter[0]).containsExactly(filter[1]);
      assertThat(found.json().get("count").asInt()).isEqualTo(1);
    }
    for (String none :
        List.of("displayName eq 'x'", "stateComment eq 'x'", "userId eq '2'", "name lt '0'")) {
      assertThat(names(filtered(list, none))).as(none).isEmpty();
    }
    assertThat(names(filtered(list, "displayName eq null and stateComment eq null"))).hasSize(2);
  }

  @ParameterizedTest
  @Covers({"apim.list-user-subscriptions.filter-fields", "apim.common.filter-invalid"})
  @ValueSource(
      strings = {
        "state eq 'active'",
        "allowTracing eq true",
        "createdDate gt '2'",
        "email eq 'x'",
        ")"
      })
  void otherFiltersOfSubscriptionsAreRefused(String filter) {
    Service service = world.newService();

    assertFilterRefused(filtered(service.user("1") + "/subscriptions", filter));
  }
}
