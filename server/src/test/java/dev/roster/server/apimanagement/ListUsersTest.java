package dev.roster.server.apimanagement;

import static dev.roster.server.apimanagement.ApiManagementWorld.names;
import static dev.roster.server.apimanagement.ApiManagementWorld.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.server.apimanagement.ApiManagementWorld.Service;
import dev.roster.testing.Answer;
import dev.roster.testing.Contract;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.MutableClock;
import dev.roster.testing.RawHttp;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class ListUsersTest {

  @Inject ApiManagementWorld world;
  @Inject StoredUsers stored;
  @Inject MutableClock clock;

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  private static long count(Answer page) {
    assertThat(page.status()).as(page.text()).isEqualTo(200);
    assertThat(page.json().get("count").isIntegralNumber()).isTrue();
    return page.json().get("count").asLong();
  }

  private static String nextLink(Answer page) {
    return page.json().get("nextLink").asText();
  }

  /** Follows a link as it stands. */
  private Answer follow(String link) {
    assertThat(link).startsWith(world.origin() + "/");
    return world
        .anonymous("GET", link.substring(world.origin().length()))
        .header("Authorization", ApiManagementWorld.BEARER)
        .send();
  }

  /** All pages from a first one on, of which only the last has no link. */
  private List<Answer> pages(Answer first) {
    List<Answer> pages = new ArrayList<>(List.of(first));
    for (Answer page = first; page.json().has("nextLink"); ) {
      page = follow(nextLink(page));
      assertThat(page.status()).as(page.text()).isEqualTo(200);
      pages.add(page);
    }
    return pages;
  }

  private static List<String> allNames(List<Answer> pages) {
    return pages.stream().flatMap(page -> names(page).stream()).toList();
  }

  /** The ids of a service with its owner and users {@code u1} and so on, in their order. */
  private List<String> fill(Service service, int users) {
    stored.addMany(service, "u", users);
    List<String> ids = new ArrayList<>(List.of("1"));
    IntStream.rangeClosed(1, users).forEach(i -> ids.add("u" + i));
    return ids;
  }

  @Test
  @Covers({"apim.list-users.answer", "apim.common.count", "apim.common.etag-absent"})
  void listHasTheOwnerFirstAndItsUsersWithoutGroups() throws Exception {
    clock.advance(Duration.between(clock.stop(), Instant.parse("2030-01-17T23:35:04.5Z")));
    Service service = world.newService();
    world.addUser(service, "ann");

    Answer list = world.get(service.users());

    assertThat(list.status()).isEqualTo(200);
    assertThat(list.header("Content-Type")).contains("application/json; charset=utf-8");
    assertThat(list.header("ETag")).isEmpty();
    assertThat(list.json().fieldNames()).toIterable().containsExactly("value", "count");
    assertThat(list.json())
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {
                      "value": [
                        {
                          "id": "%1$s/users/1",
                          "type": "Microsoft.ApiManagement/service/users",
                          "name": "1",
                          "properties": {
                            "firstName": "Administrator",
                            "lastName": "",
                            "email": "owner@%2$s",
                            "state": "active",
                            "registrationDate": "2030-01-17T23:35:04.5Z",
                            "note": null,
                            "identities": [{"provider": "Azure", "id": "owner@%2$s"}]
                          }
                        },
                        {
                          "id": "%1$s/users/ann",
                          "type": "Microsoft.ApiManagement/service/users",
                          "name": "ann",
                          "properties": {
                            "firstName": "First",
                            "lastName": "Last",
                            "email": "ann@example.com",
                            "state": "active",
                            "registrationDate": "2030-01-17T23:35:04.5Z",
                            "note": null,
                            "identities": [{"provider": "Basic", "id": "ann@example.com"}]
                          }
                        }
                      ],
                      "count": 2
                    }
                    """
                        .formatted(service.path(), service.name())));
    assertThat(list.json().at("/value/1")).isEqualTo(world.get(service.user("ann")).json());
  }

  @Test
  @Covers("apim.common.order")
  void usersComeInTheOrderOfTheirCreationWhateverHappensToThem() {
    Service service = world.newService();
    for (String id : List.of("zed", "amy", "MIA", "bob", "0")) {
      world.addUser(service, id);
    }
    assertThat(names(world.get(service.users())))
        .containsExactly("1", "zed", "amy", "MIA", "bob", "0");

    world.patch(service.user("zed"), "{\"properties\": {\"email\": \"new@example.com\"}}");
    world.put(service.user("amy"), user("0a@example.com"));
    world.patch(service.user("1"), "{\"properties\": {\"note\": \"n\"}}");
    world.call("DELETE", service.user("MIA")).send();
    world.addUser(service, "mia");

    List<String> expected = List.of("1", "zed", "amy", "bob", "0", "mia");
    assertThat(names(world.get(service.users()))).isEqualTo(expected);
    assertThat(allNames(pages(world.get(service.users() + "?$top=2")))).isEqualTo(expected);
    assertThat(names(world.get(service.users() + "?$filter=state%20eq%20'active'")))
        .isEqualTo(expected);
  }

  @Test
  @Covers("apim.list-users.expand-groups")
  void expandedGroupsAreThoseOfAPut() {
    Service service = world.newService();
    world.addUser(service, "ann");
    world.addUser(service, "bob");
    world.put(service.group("testers"), "{\"properties\": {\"displayName\": \"Testers\"}}");
    world.call("PUT", service.member("testers", "ann")).send();
    JsonNode ann = world.put(service.user("ann"), user("ann@example.com")).json();
    JsonNode bob = world.put(service.user("bob"), user("bob@example.com")).json();

    JsonNode list = world.get(service.users() + "?expandGroups=true").json();

    assertThat(list.at("/value/1")).isEqualTo(ann);
    assertThat(list.at("/value/2")).isEqualTo(bob);
    assertThat(ann.at("/properties/groups").findValuesAsText("name"))
        .containsExactly("Developers", "Testers");
    assertThat(bob.at("/properties/groups").findValuesAsText("name")).containsExactly("Developers");
    assertThat(list.at("/value/0/properties/groups").findValuesAsText("name"))
        .containsExactly("Administrators", "Developers");
    assertThat(list.at("/value/1/properties").fieldNames())
        .toIterable()
        .containsSubsequence("note", "groups", "identities");
    assertThat(
            world
                .get(service.users() + "?expandGroups=TRUE&$filter=name%20eq%20'ann'&$top=1")
                .json()
                .at("/value/0"))
        .isEqualTo(ann);
    for (String query : List.of("", "?expandGroups=false")) {
      JsonNode plain = world.get(service.users() + query).json();
      assertThat(plain.at("/value/1/properties").has("groups")).isFalse();
      ObjectNode withoutGroups = ann.deepCopy();
      ((ObjectNode) withoutGroups.get("properties")).remove("groups");
      assertThat(plain.at("/value/1")).isEqualTo(withoutGroups);
    }
  }

  /** The second half is read from the end, which nobody may notice. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 13, 25, 26, 27, 100})
  @Covers({"apim.common.top", "apim.common.count", "apim.common.order"})
  void everyPageIsTheRightPartOfTheWhole(int top) {
    Service service = world.newService();
    List<String> ids = fill(service, 25);

    for (int skip = 0; skip <= 28; skip++) {
      Answer page = world.get(service.users() + "?$top=" + top + "&$skip=" + skip);

      int from = Math.min(skip, ids.size());
      int to = Math.min(skip + top, ids.size());
      assertThat(names(page)).as("from " + skip).isEqualTo(ids.subList(from, to));
      assertThat(count(page)).isEqualTo(26);
      if (skip + top < ids.size()) {
        assertThat(nextLink(page))
            .isEqualTo(
                "%s%s?%%24top=%d&api-version=2022-08-01&%%24skip=%d"
                    .formatted(world.origin(), service.users(), top, skip + top));
      } else {
        assertThat(page.json().has("nextLink")).as("from " + skip).isFalse();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 26", "2, 13", "3, 9", "7, 4", "25, 2", "26, 1", "100, 1"})
  @Covers({"apim.common.top", "apim.common.next-link", "apim.common.count"})
  void linksLeadThroughEveryUserOnce(int top, int number) {
    Service service = world.newService();
    List<String> ids = fill(service, 25);

    List<Answer> pages = pages(world.get(service.users() + "?$top=" + top));

    assertThat(allNames(pages)).isEqualTo(ids);
    assertThat(pages).hasSize(number).extracting(ListUsersTest::count).containsOnly(26L);
  }

  @ParameterizedTest
  @ValueSource(longs = {26, 27, 1000, Integer.MAX_VALUE})
  @Covers({"apim.common.count", "apim.common.next-link"})
  void behindTheEndIsAnEmptyLastPage(long skip) {
    Service service = world.newService();
    fill(service, 25);

    for (String filter : List.of("", "&$filter=lastName%20ne%20'x'")) {
      Answer page = world.get(service.users() + "?$skip=" + skip + filter);

      assertThat(names(page)).isEmpty();
      assertThat(page.json().get("value").isArray()).isTrue();
      assertThat(count(page)).isEqualTo(26);
      assertThat(page.json().has("nextLink")).isFalse();
    }
  }

  @Test
  @Covers({"apim.common.next-link", "apim.common.top", "apim.common.count"})
  void linkKeepsEverythingElseThatWasAskedFor() {
    Service service = world.newService();
    fill(service, 30);

    Answer first =
        world
            .anonymous(
                "GET",
                service.users()
                    + "?$skip=1&expandGroups=true&$filter=startswith(name,'U1')%20or%20note%20eq"
                    + "%20'a%26b%3D%2B%25%27%27%C3%A9'&x=%24y&api-version=2022-08-01&$top=4")
            .header("Authorization", ApiManagementWorld.BEARER)
            .send();

    String others =
        "?expandGroups=true&%24filter=startswith%28name%2C%27U1%27%29%20or%20note%20eq"
            + "%20%27a%26b%3D%2B%25%27%27%C3%A9%27&x=%24y&api-version=2022-08-01&%24top=4&%24skip=";
    assertThat(nextLink(first)).isEqualTo(world.origin() + service.users() + others + 5);
    List<Answer> pages = pages(first);
    assertThat(pages).hasSize(3).extracting(ListUsersTest::count).containsOnly(11L);
    assertThat(nextLink(pages.get(1))).isEqualTo(world.origin() + service.users() + others + 9);
    assertThat(allNames(pages))
        .containsExactly("u10", "u11", "u12", "u13", "u14", "u15", "u16", "u17", "u18", "u19");
    for (Answer page : pages) {
      for (JsonNode item : page.json().get("value")) {
        assertThat(item.at("/properties/groups").isArray()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"$top=2&$skip=3", "%24top=2&%24skip=3", "%24%74op=%32&$skip=3"})
  @Covers({"apim.common.escapes-decoded", "apim.common.next-link"})
  void dollarMayBeEncoded(String query) {
    Service service = world.newService();
    fill(service, 9);

    Answer page = world.get(service.users() + "?" + query);

    assertThat(names(page)).containsExactly("u3", "u4");
    assertThat(nextLink(page)).endsWith("&%24skip=5");
    assertThat(names(follow(nextLink(page)))).containsExactly("u5", "u6");
  }

  @ParameterizedTest
  @CsvSource({
    "apim.example:8443, http://apim.example:8443",
    "apim.example, http://apim.example:80",
    "localhost:1, http://localhost:1",
    "APIM.Example:80, http://APIM.Example:80",
    "10.0.0.1, http://10.0.0.1:80",
    "[::1]:8080, http://[::1]:8080",
    "[::1], http://[::1]:80"
  })
  @Covers("apim.common.next-link-host")
  void linkHasTheHostThatTheCallerUsedAndAPort(String host, String origin) {
    Service service = world.newService();
    fill(service, 3);

    Answer page =
        RawHttp.of(
                Contract.AZURE_API_MANAGEMENT,
                world.origin(),
                "GET",
                service.users() + "?$top=2&api-version=2022-08-01")
            .header("Host", host)
            .header("Authorization", ApiManagementWorld.BEARER)
            .send();

    assertThat(nextLink(page))
        .isEqualTo(origin + service.users() + "?%24top=2&api-version=2022-08-01&%24skip=2");
  }

  @Test
  @Covers({"apim.common.count", "apim.common.top"})
  void countFollowsWhatComesAndGoesBetweenPages() {
    Service service = world.newService();
    fill(service, 9);

    Answer first = world.get(service.users() + "?$top=3");
    assertThat(names(first)).containsExactly("1", "u1", "u2");
    assertThat(count(first)).isEqualTo(10);
    world.call("DELETE", service.user("u8")).send();
    world.call("DELETE", service.user("u8")).send();
    Answer second = follow(nextLink(first));
    assertThat(names(second)).containsExactly("u3", "u4", "u5");
    assertThat(count(second)).isEqualTo(9);
    world.addUser(service, "new");
    world.addUser(service, "newer");
    world.put(service.user("newer"), user("newer@example.com"));
    List<Answer> rest = pages(follow(nextLink(second)));
    assertThat(allNames(rest)).containsExactly("u6", "u7", "u9", "new", "newer");
    assertThat(rest).extracting(ListUsersTest::count).containsOnly(11L);
    assertThat(count(world.get(service.users() + "?$filter=startswith(name,'new')"))).isEqualTo(2);
  }

  @Test
  @Covers({"apim.common.page-size", "apim.common.next-link"})
  void pageHasAHundredUsersUnlessAskedOtherwise() {
    Service service = world.newService();
    List<String> ids = fill(service, 150);

    Answer first = world.get(service.users());

    assertThat(names(first)).isEqualTo(ids.subList(0, 100));
    assertThat(count(first)).isEqualTo(151);
    assertThat(nextLink(first))
        .isEqualTo(world.origin() + service.users() + "?api-version=2022-08-01&%24skip=100");
    assertThat(allNames(pages(first))).isEqualTo(ids);
    assertThat(names(world.get(service.users() + "?$filter=lastName%20eq%20'last'")))
        .isEqualTo(ids.subList(1, 101));
  }

  @ParameterizedTest
  @ValueSource(ints = {1001, 5000, Integer.MAX_VALUE})
  @Covers("apim.common.page-size")
  void noPageHasMoreThanAThousandUsers(int top) {
    Service service = world.newService();
    List<String> ids = fill(service, 1100);

    for (String filter : List.of("", "&$filter=name%20ne%20'x'")) {
      Answer first = world.get(service.users() + "?$top=" + top + filter);

      assertThat(names(first)).isEqualTo(ids.subList(0, 1000));
      assertThat(count(first)).isEqualTo(1101);
      assertThat(nextLink(first)).contains("%24top=" + top + "&").endsWith("&%24skip=1000");
      assertThat(allNames(pages(first))).isEqualTo(ids);
    }
    assertThat(names(world.get(service.users() + "?$top=1000"))).hasSize(1000);
  }
}
