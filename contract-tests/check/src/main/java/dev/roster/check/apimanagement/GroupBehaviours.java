package dev.roster.check.apimanagement;

import static dev.roster.check.apimanagement.ApiManagementService.GROUPS;
import static dev.roster.check.apimanagement.ApiManagementService.assertBare;
import static dev.roster.check.apimanagement.ApiManagementService.assertError;
import static dev.roster.check.apimanagement.ApiManagementService.assertInvalid;
import static dev.roster.check.apimanagement.ApiManagementService.assertPreconditionFailed;
import static dev.roster.check.apimanagement.ApiManagementService.counters;
import static dev.roster.check.apimanagement.ApiManagementService.members;
import static dev.roster.check.apimanagement.ApiManagementService.names;
import static dev.roster.check.apimanagement.ApiManagementService.newName;
import static dev.roster.check.apimanagement.ApiManagementService.properties;
import static dev.roster.check.apimanagement.ApiManagementService.tag;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.check.apimanagement.ApiManagementService.Group;
import dev.roster.check.apimanagement.ApiManagementService.User;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GroupBehaviours {

  private static final String BUILT_IN =
      "%s is a built-in group. Its membership is managed by the system. %s";

  /** What the groups of the system say of themselves, by their ids. */
  private static final Map<String, String> DESCRIPTIONS =
      Map.of(
          "administrators",
          BUILT_IN.formatted(
              "Administrators",
              "Microsoft Azure subscription administrators fall into this group."),
          "developers",
          BUILT_IN.formatted("Developers", "Signed-in users fall into this group."),
          "guests",
          BUILT_IN.formatted(
              "Guests",
              "Unauthenticated users visiting the developer portal fall into this group."));

  @RegisterExtension final ApiManagementService service = new ApiManagementService();

  @Test
  @Covers("apim.list-groups.system-groups")
  void systemHasThreeGroups() {
    Answer list = service.read(GROUPS);

    assertThat(names(list)).containsSubsequence("administrators", "developers", "guests");
    for (JsonNode group : list.json().get("value")) {
      String description = DESCRIPTIONS.get(group.get("name").asText());
      if (description != null) {
        JsonNode properties = group.get("properties");
        assertThat(properties.get("builtIn").asBoolean()).isTrue();
        assertThat(properties.get("type").asText()).isEqualTo("system");
        assertThat(properties.get("externalId").isNull()).isTrue();
        assertThat(properties.get("displayName").asText())
            .isEqualToIgnoringCase(group.get("name").asText());
        assertThat(properties.get("description").asText()).isEqualTo(description);
      }
    }
  }

  @Test
  @Covers("apim.common.system-groups")
  void groupsOfTheSystemCannotBeChanged() {
    String guests = GROUPS + "/guests";
    Answer before = service.read(guests);

    assertError(
        service.request("PUT", guests).json(properties("displayName", "Guests")).send(),
        405,
        "MethodNotAllowed",
        "System entity cannot be modified");
    assertError(
        service.patch(guests, properties("displayName", "Guests")),
        405,
        "MethodNotAllowed",
        "System entity cannot be modified");
    assertError(
        service.request("DELETE", guests).header("If-Match", "*").send(),
        405,
        "MethodNotAllowed",
        "System entity cannot be deleted");
    assertThat(service.read(guests).json()).isEqualTo(before.json());
  }

  @Test
  @Covers("apim.put-group.created")
  void newGroupIsOnesOwn() {
    Group group = new Group(newName());

    Answer created = service.put(group, "displayName", "Testers");

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.json().get("name").asText()).isEqualTo(group.id());
    assertThat(created.json().get("type").asText())
        .isEqualTo("Microsoft.ApiManagement/service/groups");
    JsonNode properties = created.json().get("properties");
    assertThat(properties.get("displayName").asText()).isEqualTo("Testers");
    assertThat(properties.get("builtIn").asBoolean()).isFalse();
    assertThat(properties.get("type").asText()).isEqualTo("custom");
    assertThat(properties.get("description").isNull()).isTrue();
    assertThat(properties.get("externalId").isNull()).isTrue();
    assertThat(counters(created)).hasSize(1);
  }

  @Test
  @Covers("apim.put-group.created")
  void groupMayBeThatOfAnOutsideProvider() {
    String outside = "aad://" + newName() + ".example/groups/1";

    Group group =
        service.newGroup("displayName", newName(), "type", "external", "externalId", outside);

    JsonNode properties = service.propertiesOf(group.path());
    assertThat(properties.get("type").asText()).isEqualTo("external");
    assertThat(properties.get("externalId").asText()).isEqualTo(outside);
    assertThat(properties.get("builtIn").asBoolean()).isFalse();
  }

  @Test
  @Covers("apim.put-group.constraints")
  void valuesOfAGroupHaveLimits() {
    Group group = new Group(newName());

    assertInvalid(service.put(group), "displayName");
    assertInvalid(service.put(group, "displayName", ""), "displayName");
    assertInvalid(service.put(group, "displayName", "d".repeat(301)), "displayName");
    assertInvalid(
        service.put(group, "displayName", "Testers", "description", "d".repeat(1001)),
        "description");
    assertInvalid(service.put(group, "displayName", "Testers", "type", "system"), "type");
    assertThat(service.request("GET", group.path()).send().status()).isEqualTo(404);
    assertThat(
            service
                .put(group, "displayName", "d".repeat(300), "description", "d".repeat(1000))
                .status())
        .isEqualTo(201);
  }

  @Test
  @Covers("apim.put-group.updates")
  void putReplacesWhatAGroupSaysOfItself() {
    Group group = service.newGroup("displayName", "One", "description", "first");

    Answer answer = service.put(group, "displayName", "Two");

    assertThat(answer.status()).isEqualTo(200);
    JsonNode properties = service.propertiesOf(group.path());
    assertThat(properties.get("displayName").asText()).isEqualTo("Two");
    assertThat(properties.get("description").isNull()).isTrue();
    assertThat(properties.get("externalId").isNull()).isTrue();
  }

  @Test
  @Covers("apim.put-group.conditions")
  void presentGroupIsReplacedWithItsTagOrAnyOnly() {
    Group group = service.newGroup();
    String stale = tag(service.read(group.path()));

    assertThat(conditional(group, "If-Match", stale, "One").status()).isEqualTo(200);
    assertThat(conditional(group, "If-Match", "*", "Two").status()).isEqualTo(200);
    assertPreconditionFailed(conditional(group, "If-Match", stale, "Three"));
    assertPreconditionFailed(conditional(group, "If-None-Match", "*", "Four"));
    assertThat(service.propertiesOf(group.path()).get("displayName").asText()).isEqualTo("Two");
  }

  @Test
  @Covers("apim.put-group.conditions")
  void newGroupHasNoTagToMatch() {
    Group group = new Group(newName());

    assertPreconditionFailed(conditional(group, "If-Match", "*", "One"));
    assertThat(service.request("GET", group.path()).send().status()).isEqualTo(404);
    assertThat(conditional(group, "If-None-Match", "*", "Two").status()).isEqualTo(201);
  }

  @Test
  @Covers("apim.get-group.answer")
  void groupIsToldWhole() {
    Group group = service.newGroup("displayName", "Testers", "description", "who tests");

    Answer answer = service.read(group.path());

    assertThat(members(answer.json()))
        .containsExactlyInAnyOrder("id", "type", "name", "properties");
    assertThat(answer.json().get("id").asText())
        .isEqualToIgnoringCase(service.path(group.path()))
        .endsWith(group.path());
    JsonNode properties = answer.json().get("properties");
    assertThat(members(properties))
        .containsExactlyInAnyOrder("displayName", "description", "builtIn", "type", "externalId");
    assertThat(properties.get("description").asText()).isEqualTo("who tests");
    assertThat(properties.get("externalId").isNull()).isTrue();
    assertThat(answer.header("ETag")).isPresent();
  }

  @Test
  @Covers("apim.get-group.answer")
  void unknownGroupIsNotFound() {
    assertError(
        service.request("GET", GROUPS + "/" + newName()).send(),
        404,
        "ResourceNotFound",
        "Group not found.");
  }

  @Test
  @Covers("apim.head-group.answer")
  void headTellsTheTagAlone() {
    Group group = service.newGroup();

    Answer known = service.request("HEAD", group.path()).send();

    assertBare(known, 200);
    assertThat(tag(known)).isEqualTo(tag(service.read(group.path())));
    assertBare(service.request("HEAD", GROUPS + "/" + newName()).send(), 404);
  }

  @Test
  @Covers("apim.update-group.updates")
  void updateChangesWhatItNamesAndKeepsTheRest() {
    Group group = service.newGroup("displayName", "Testers", "description", "who tests");
    String before = tag(service.read(group.path()));

    Answer answer = service.patch(group.path(), properties("displayName", "Checkers"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json()).isEqualTo(service.read(group.path()).json());
    assertThat(answer.json().at("/properties/displayName").asText()).isEqualTo("Checkers");
    assertThat(answer.json().at("/properties/description").asText()).isEqualTo("who tests");
    assertThat(tag(answer)).isNotEqualTo(before).isEqualTo(tag(service.read(group.path())));
  }

  @Test
  @Covers("apim.delete-group.deleted")
  void deletedGroupLeavesItsMembers() {
    Group group = service.newGroup();
    User user = service.newUser();
    service.add(group, user);

    assertBare(service.request("DELETE", group.path()).header("If-Match", "*").send(), 200);

    assertThat(service.request("GET", group.path()).send().status()).isEqualTo(404);
    assertThat(names(service.read(user.path() + "/groups"))).containsExactly("developers");
    assertBare(service.request("DELETE", group.path()).header("If-Match", "*").send(), 204);
  }

  @Test
  @Covers("apim.delete-group.conditions")
  void deletionWithAStaleTagKeepsTheGroup() {
    Group group = service.newGroup();
    String stale = tag(service.read(group.path()));
    service.patch(group.path(), properties("displayName", "Changed"));

    assertPreconditionFailed(
        service.request("DELETE", group.path()).header("If-Match", stale).send());
    assertBare(
        service
            .request("DELETE", group.path())
            .header("If-Match", tag(service.read(group.path())))
            .send(),
        200);
  }

  @Test
  @Covers("apim.list-groups.filter-fields")
  void groupsAreFoundByEachOfTheirFields() {
    String outside = "aad://" + newName() + ".example/groups/1";
    Group group =
        service.newGroup(
            "displayName",
            newName(),
            "description",
            newName(),
            "type",
            "external",
            "externalId",
            outside);
    JsonNode properties = service.propertiesOf(group.path());

    for (String filter :
        List.of(
            "name eq '" + group.id() + "'",
            "displayName eq '" + properties.get("displayName").asText() + "'",
            "contains(description, '" + properties.get("description").asText() + "')",
            "externalId eq '" + outside + "'")) {
      assertThat(names(service.filtered(GROUPS, filter)))
          .as("found by " + filter)
          .containsExactly(group.id());
    }
  }

  private Answer conditional(Group group, String header, String condition, String displayName) {
    return service.removed(
        group,
        service
            .request("PUT", group.path())
            .header(header, condition)
            .json(properties("displayName", displayName)));
  }
}
