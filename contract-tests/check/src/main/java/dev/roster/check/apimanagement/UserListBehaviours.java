package dev.roster.check.apimanagement;

import static dev.roster.check.apimanagement.ApiManagementService.USERS;
import static dev.roster.check.apimanagement.ApiManagementService.encoded;
import static dev.roster.check.apimanagement.ApiManagementService.members;
import static dev.roster.check.apimanagement.ApiManagementService.names;
import static dev.roster.check.apimanagement.ApiManagementService.newName;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.check.apimanagement.ApiManagementService.User;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UserListBehaviours {

  private static final String OWN = "firstName eq '%s'";

  @RegisterExtension final ApiManagementService service = new ApiManagementService();

  @Test
  @Covers("apim.list-users.answer")
  void ownerIsTheFirstUser() {
    Answer answer = service.read(USERS + "?$top=1");

    assertThat(names(answer)).containsExactly("1");
    assertThat(answer.json().get("count").asLong()).isPositive();
    assertThat(members(answer.json().at("/value/0/properties"))).doesNotContain("groups");
  }

  @Test
  @Covers("apim.list-users.answer")
  void usersAreListedAsAGetTellsThem() {
    User user = service.newUser();

    Answer answer = service.filtered(USERS, "email eq '" + user.email() + "'");

    assertThat(names(answer)).containsExactly(user.id());
    assertThat(answer.json().at("/value/0")).isEqualTo(service.read(user.path()).json());
    assertThat(members(answer.json().at("/value/0/properties"))).doesNotContain("groups");
  }

  @Test
  @Covers("apim.list-users.expand-groups")
  void groupsAreListedWhenAskedFor() {
    User user = service.newUser();

    JsonNode listed =
        service
            .read(USERS + "?expandGroups=true&$filter=" + encoded("name eq '" + user.id() + "'"))
            .json()
            .at("/value/0/properties/groups");

    assertThat(listed).hasSize(1);
    assertThat(listed.at("/0/name").asText()).isEqualTo("Developers");
    assertThat(listed).isEqualTo(service.put(user).json().at("/properties/groups"));
  }

  @Test
  @Covers("apim.common.count")
  void countIsThatOfAllPagesAndOfTheFilter() {
    String family = newName();
    users(family, 3);

    Answer answer = service.read(USERS + "?$top=1&$filter=" + encoded(OWN.formatted(family)));

    assertThat(answer.json().get("value")).hasSize(1);
    assertThat(answer.json().get("count").asLong()).isEqualTo(3);
    Answer none = service.filtered(USERS, OWN.formatted(newName()));
    assertThat(none.json().get("value")).isEmpty();
    assertThat(none.json().get("count").asLong()).isZero();
  }

  @Test
  @Covers("apim.common.top")
  void pagesHoldEveryEntryOnce() {
    String family = newName();
    List<String> ids = users(family, 5);

    Answer page = service.read(USERS + "?$top=2&$filter=" + encoded(OWN.formatted(family)));
    List<String> found = new ArrayList<>(names(page));
    assertThat(found).hasSize(2);
    for (int size : List.of(2, 1)) {
      page = service.follow(page.json().get("nextLink").asText());
      assertThat(names(page)).hasSize(size);
      found.addAll(names(page));
    }

    assertThat(found).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(page.json().has("nextLink")).as("the last page has a link").isFalse();
  }

  @Test
  @Covers("apim.common.top")
  void skippedEntriesAreLeftOut() {
    String family = newName();
    users(family, 3);
    String filter = "$filter=" + encoded(OWN.formatted(family));
    List<String> all = names(service.read(USERS + "?" + filter));

    assertThat(names(service.read(USERS + "?$skip=1&" + filter))).isEqualTo(all.subList(1, 3));
    assertThat(names(service.read(USERS + "?$skip=1&$top=1&" + filter)))
        .isEqualTo(all.subList(1, 2));
    Answer behind = service.read(USERS + "?$skip=3&" + filter);
    assertThat(names(behind)).isEmpty();
    assertThat(behind.json().get("count").asLong()).isEqualTo(3);
  }

  @Test
  @Covers("apim.common.next-link")
  void linkKeepsTheQueryAndEndsInSkip() {
    String family = newName();
    users(family, 3);

    String link =
        service
            .read(USERS + "?expandGroups=true&$top=2&$filter=" + encoded(OWN.formatted(family)))
            .json()
            .get("nextLink")
            .asText();

    assertThat(link)
        .contains("expandGroups=true", "api-version=2022-08-01", "%24top=2", "%24filter=", family)
        .doesNotContain("$")
        .matches(".*[?&]%24skip=2");
    assertThat(service.follow(link).json().at("/value/0/properties/groups")).hasSize(1);
  }

  @Test
  @Covers({"apim.common.filter-operators", "apim.list-users.filter-fields"})
  void textsAreCompared() {
    String family = newName();
    User a = service.newUser(newName(), "firstName", family, "lastName", "a");
    User b = service.newUser(newName(), "firstName", family, "lastName", "b");
    User c = service.newUser(newName(), "firstName", family, "lastName", "c");

    assertFound(family, "lastName eq 'b'", b);
    assertFound(family, "lastName ne 'b'", a, c);
    assertFound(family, "lastName gt 'b'", c);
    assertFound(family, "lastName ge 'b'", b, c);
    assertFound(family, "lastName lt 'b'", a);
    assertFound(family, "lastName le 'b'", a, b);
  }

  @Test
  @Covers({"apim.common.filter-operators", "apim.list-users.filter-fields"})
  void partsOfTextsAreSearchedFor() {
    String family = newName();
    User user = service.newUser(newName(), "firstName", family, "note", "one two three");
    service.newUser(newName(), "firstName", family, "note", "four");

    assertFound(family, "contains(note, 'two')", user);
    assertFound(family, "startswith(note, 'one')", user);
    assertFound(family, "endswith(note, 'three')", user);
    assertFound(family, "substringof('two', note)", user);
    assertFound(family, "startswith(note, 'two')");
  }

  @Test
  @Covers("apim.list-users.filter-fields")
  void usersAreFoundByEachOfTheirFields() {
    String family = newName();
    User user =
        service.newUser(newName(), "firstName", family, "lastName", newName(), "note", newName());
    JsonNode properties = service.propertiesOf(user.path());

    for (String filter :
        List.of(
            "name eq '" + user.id() + "'",
            "email eq '" + user.email() + "'",
            "firstName eq '" + family + "'",
            "lastName eq '" + properties.get("lastName").asText() + "'",
            "note eq '" + properties.get("note").asText() + "'")) {
      assertThat(names(service.filtered(USERS, filter)))
          .as("found by " + filter)
          .containsExactly(user.id());
    }
  }

  @Test
  @Covers("apim.list-users.filter-fields")
  void usersAreFoundByTheirStateInAnyCase() {
    String family = newName();
    service.newUser(newName(), "firstName", family);
    User blocked = service.newUser(newName(), "firstName", family, "state", "blocked");

    assertFound(family, "state eq 'blocked'", blocked);
    assertFound(family, "state eq 'Blocked'", blocked);
  }

  @Test
  @Covers("apim.list-users.filter-fields")
  void usersAreFoundByTheirRegistration() {
    String family = newName();
    User user = service.newUser(newName(), "firstName", family);

    assertFound(family, "registrationDate ge datetime'2000-01-01T00:00:00Z'", user);
    assertFound(family, "registrationDate lt datetime'2000-01-01T00:00:00Z'");
  }

  private void assertFound(String family, String condition, User... users) {
    assertThat(names(service.filtered(USERS, OWN.formatted(family) + " and " + condition)))
        .as("found by " + condition)
        .containsExactlyInAnyOrderElementsOf(List.of(users).stream().map(User::id).toList());
  }

  private List<String> users(String firstName, int number) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      ids.add(service.newUser(newName(), "firstName", firstName).id());
    }
    return ids;
  }
}
