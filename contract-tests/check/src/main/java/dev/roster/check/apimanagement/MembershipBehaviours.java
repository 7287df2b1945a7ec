package dev.roster.check.apimanagement;

import static dev.roster.check.apimanagement.ApiManagementService.assertBare;
import static dev.roster.check.apimanagement.ApiManagementService.counters;
import static dev.roster.check.apimanagement.ApiManagementService.encoded;
import static dev.roster.check.apimanagement.ApiManagementService.members;
import static dev.roster.check.apimanagement.ApiManagementService.names;
import static dev.roster.check.apimanagement.ApiManagementService.newName;
import static dev.roster.check.apimanagement.ApiManagementService.tag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.check.apimanagement.ApiManagementService.Group;
import dev.roster.check.apimanagement.ApiManagementService.User;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MembershipBehaviours {

  private static final String OWNER_SUBSCRIPTIONS = "/users/1/subscriptions";

  @RegisterExtension final ApiManagementService service = new ApiManagementService();

  @Test
  @Covers("apim.add-group-user.added")
  void newMemberIsAnsweredBelowTheGroup() {
    Group group = service.newGroup();
    User user = service.newUser();

    Answer added = service.add(group, user);
    Answer again = service.add(group, user);

    assertThat(added.status()).isEqualTo(201);
    assertThat(again.status()).isEqualTo(200);
    for (Answer answer : List.of(added, again)) {
      assertThat(answer.json().get("id").asText())
          .isEqualToIgnoringCase(service.path(group.member(user)))
          .endsWith(group.member(user));
      assertThat(answer.json().get("name").asText()).isEqualTo(user.id());
      assertThat(answer.json().at("/properties/email").asText()).isEqualTo(user.email());
      assertThat(answer.json().at("/properties/groups")).hasToString("[]");
      assertThat(answer.json().at("/properties/identities")).hasToString("[]");
      assertThat(counters(answer)).hasSize(1);
    }
  }

  @Test
  @Covers("apim.check-group-user.answer")
  void headTellsWhetherAUserIsAMember() {
    Group group = service.newGroup();
    User member = service.newUser();
    User other = service.newUser();
    service.add(group, member);

    assertBare(service.request("HEAD", group.member(member)).send(), 204);
    assertBare(service.request("HEAD", group.member(other)).send(), 404);
    assertBare(
        service.request("HEAD", group.member(new User(newName(), "nobody@example.com"))).send(),
        404);
  }

  @Test
  @Covers("apim.remove-group-user.removed")
  void memberIsTakenOutWithoutATag() {
    Group group = service.newGroup();
    User user = service.newUser();
    service.add(group, user);

    assertBare(service.request("DELETE", group.member(user)).send(), 200);

    assertBare(service.request("HEAD", group.member(user)).send(), 404);
    assertBare(service.request("DELETE", group.member(user)).send(), 204);
    assertThat(service.read(user.path()).status()).isEqualTo(200);
    assertThat(service.read(group.path()).status()).isEqualTo(200);
  }

  @Test
  @Covers("apim.list-group-users.answer")
  void membersAreListedBelowTheGroup() {
    Group group = service.newGroup();
    User user = service.newUser();
    Answer empty = service.read(group.path() + "/users");
    service.add(group, user);

    Answer list = service.read(group.path() + "/users");

    assertThat(empty.json().get("value")).isEmpty();
    assertThat(empty.json().get("count").asLong()).isZero();
    assertThat(names(list)).containsExactly(user.id());
    assertThat(list.json().get("count").asLong()).isEqualTo(1);
    JsonNode member = list.json().at("/value/0");
    assertThat(member.get("id").asText())
        .isEqualToIgnoringCase(service.path(group.member(user)))
        .endsWith(group.member(user));
    assertThat(member.get("type").asText())
        .isEqualTo("Microsoft.ApiManagement/service/groups/users");
    assertThat(member.at("/properties/identities"))
        .hasToString("[{\"provider\":\"Basic\",\"id\":\"%s\"}]".formatted(user.email()));
    assertThat(members(member.get("properties"))).doesNotContain("groups");
  }

  @Test
  @Covers("apim.list-group-users.filter-fields")
  void membersAreFoundByTheirFieldsButNotByTheirState() {
    Group group = service.newGroup();
    User user = service.newUser(newName(), "lastName", newName(), "note", newName());
    User other = service.newUser();
    service.add(group, user);
    service.add(group, other);
    JsonNode properties = service.propertiesOf(user.path());

    for (String filter :
        List.of(
            "name eq '" + user.id() + "'",
            "email eq '" + user.email() + "'",
            "lastName eq '" + properties.get("lastName").asText() + "'",
            "note eq '" + properties.get("note").asText() + "'")) {
      assertThat(names(service.filtered(group.path() + "/users", filter)))
          .as("found by " + filter)
          .containsExactly(user.id());
    }
    assertThat(names(service.filtered(group.path() + "/users", "firstName eq 'First'")))
        .containsExactlyInAnyOrder(user.id(), other.id());
    assertThat(service.filtered(group.path() + "/users", "state eq 'active'").status())
        .isEqualTo(400);
  }

  @Test
  @Covers("apim.common.top")
  void pagesOfMembersHoldEveryMemberOnce() {
    Group group = service.newGroup();
    List<User> users = List.of(service.newUser(), service.newUser(), service.newUser());
    users.forEach(user -> service.add(group, user));

    Answer first = service.read(group.path() + "/users?$top=2");
    Answer second = service.follow(first.json().get("nextLink").asText());

    assertThat(names(first)).hasSize(2).doesNotContainAnyElementsOf(names(second));
    assertThat(names(second)).hasSize(1);
    assertThat(users).extracting(User::id).containsAll(names(first)).containsAll(names(second));
    assertThat(second.json().get("count").asLong()).isEqualTo(3);
    assertThat(second.json().has("nextLink")).as("the last page has a link").isFalse();
  }

  @Test
  @Covers("apim.list-user-groups.answer")
  void groupsAreListedBelowTheirUser() {
    Group group = service.newGroup();
    User user = service.newUser();
    Answer before = service.read(user.path() + "/groups");
    service.add(group, user);

    Answer list = service.read(user.path() + "/groups");

    assertThat(names(before)).containsExactly("developers");
    assertThat(names(list)).containsExactlyInAnyOrder("developers", group.id());
    for (JsonNode listed : list.json().get("value")) {
      assertThat(listed.get("id").asText())
          .endsWith(user.path() + "/groups/" + listed.get("name").asText());
      assertThat(listed.get("type").asText())
          .isEqualTo("Microsoft.ApiManagement/service/users/groups");
    }
  }

  @Test
  @Covers("apim.list-user-groups.filter-fields")
  void groupsOfAUserAreFoundByTheirFields() {
    Group group = service.newGroup("displayName", newName(), "description", newName());
    User user = service.newUser();
    service.add(group, user);
    JsonNode properties = service.propertiesOf(group.path());

    for (String filter :
        List.of(
            "name eq '" + group.id() + "'",
            "displayName eq '" + properties.get("displayName").asText() + "'",
            "description eq '" + properties.get("description").asText() + "'")) {
      assertThat(names(service.filtered(user.path() + "/groups", filter)))
          .as("found by " + filter)
          .containsExactly(group.id());
    }
  }

  @Test
  @Covers("apim.list-user-subscriptions.answer")
  void newUserHasNoSubscriptions() {
    Answer answer = service.read(service.newUser().path() + "/subscriptions");

    assertThat(answer.json().get("value")).isEmpty();
    assertThat(answer.json().get("count").asLong()).isZero();
  }

  @Test
  @Covers("apim.list-user-subscriptions.answer")
  void subscriptionsAreToldBelowTheirUserAndWithoutKeys() {
    JsonNode subscription = firstSubscription();

    assertThat(subscription.get("id").asText())
        .isEqualToIgnoringCase(
            service.path(OWNER_SUBSCRIPTIONS + "/" + subscription.get("name").asText()));
    assertThat(subscription.get("type").asText())
        .isEqualTo("Microsoft.ApiManagement/service/users/subscriptions");
    assertThat(members(subscription.get("properties")))
        .contains(
            "ownerId",
            "scope",
            "displayName",
            "state",
            "createdDate",
            "startDate",
            "expirationDate",
            "endDate",
            "notificationDate",
            "stateComment")
        .doesNotContain("primaryKey", "secondaryKey");
    assertThat(subscription.at("/properties/ownerId").asText()).endsWith("/users/1");
  }

  @Test
  @Covers("apim.list-user-subscriptions.filter-fields")
  void subscriptionsAreFoundByTheirFields() {
    JsonNode subscription = firstSubscription();
    String scope = subscription.at("/properties/scope").asText();

    for (String filter :
        List.of(
            "name eq '" + subscription.get("name").asText() + "'", "scope eq '" + scope + "'")) {
      assertThat(names(service.filtered(OWNER_SUBSCRIPTIONS, filter)))
          .as("found by " + filter)
          .contains(subscription.get("name").asText());
    }
    assertThat(names(service.filtered(OWNER_SUBSCRIPTIONS, "name eq '" + newName() + "'")))
        .isEmpty();
  }

  @Test
  @Covers("apim.get-user-subscription.answer")
  void subscriptionIsReadAsItIsListed() {
    JsonNode subscription = firstSubscription();

    Answer answer =
        service.read(OWNER_SUBSCRIPTIONS + "/" + encoded(subscription.get("name").asText()));

    assertThat(answer.json()).isEqualTo(subscription);
    assertThat(tag(answer)).isNotBlank();
  }

  /** The first subscription of the owner, who has some unless they were taken away. */
  private JsonNode firstSubscription() {
    JsonNode subscription = service.read(OWNER_SUBSCRIPTIONS + "?$top=1").json().at("/value/0");
    assumeTrue(subscription.isObject(), "the owner of the service has no subscription");
    return subscription;
  }
}
