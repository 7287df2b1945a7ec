package dev.roster.server.apimanagement;

import static dev.roster.server.apimanagement.ApiManagementErrorAssert.assertServiceError;
import static dev.roster.server.apimanagement.ApiManagementWorld.names;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.server.apimanagement.ApiManagementWorld.Service;
import dev.roster.testing.Answer;
import dev.roster.testing.Call;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.Together;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class GroupUsersTest {

  private static final int CALLERS = 16;

  @Inject ApiManagementWorld world;

  private Answer add(Service service, String groupId, String userId) {
    return world.call("PUT", service.member(groupId, userId)).send();
  }

  private Service serviceWithGroup() {
    Service service = world.newService();
    world.addUser(service, "Alice");
    world.addGroup(service, "Testers");
    return service;
  }

  private void assertUserNotFound(Answer answer) {
    assertServiceError(answer, 404, "ResourceNotFound", "User not found.");
  }

  private void assertGroupNotFound(Answer answer) {
    assertServiceError(answer, 404, "ResourceNotFound", "Group not found.");
  }

  private static void assertBare(Answer answer, int status) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.bytes()).isEmpty();
    assertThat(answer.headers()).doesNotContainKeys("etag", "content-type");
  }

  @Test
  @Covers({
    "apim.check-group-user.answer",
    "apim.add-group-user.added",
    "apim.remove-group-user.removed"
  })
  void membershipComesAndGoes() {
    Service service = serviceWithGroup();
    String member = service.member("Testers", "Alice");

    assertBare(world.head(member), 404);
    assertThat(add(service, "Testers", "Alice").status()).isEqualTo(201);
    assertBare(world.head(member), 204);
    assertThat(add(service, "Testers", "Alice").status()).isEqualTo(200);
    assertBare(world.head(member), 204);
    assertBare(world.delete(member), 200);
    assertBare(world.head(member), 404);
    assertBare(world.delete(member), 204);
    assertThat(add(service, "Testers", "Alice").status()).isEqualTo(201);
  }

  @Test
  @Covers("apim.add-group-user.added")
  void newMemberIsAnsweredBelowTheGroupWithoutGroupsAndIdentities() {
    Service service = serviceWithGroup();
    ObjectNode expected = (ObjectNode) world.get(service.user("Alice")).json();
    expected.put("id", service.member("Testers", "Alice"));
    expected.put("type", "Microsoft.ApiManagement/service/groups/users");
    ObjectNode properties = (ObjectNode) expected.get("properties");
    properties.putArray("groups");
    properties.putArray("identities");

    Answer added = add(service, "testers", "ALICE");
    Answer again = add(service, "TESTERS", "alice");

    assertThat(added.status()).isEqualTo(201);
    assertThat(added.json()).isEqualTo(expected);
    assertThat(added.header("ETag"))
        .hasValueSatisfying(
            tag ->
                assertThat(Base64.getDecoder().decode(tag.substring(1, tag.length() - 1)))
                    .hasSize(8));
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json()).isEqualTo((JsonNode) expected);
    assertThat(again.header("ETag")).isEqualTo(added.header("ETag"));
    assertThat(names(world.get(service.user("Alice") + "/groups")))
        .containsExactly("developers", "Testers");
  }

  @Test
  @Covers("apim.add-group-user.added")
  void membershipLeavesUserAndGroupAsTheyWere() {
    Service service = serviceWithGroup();
    Answer user = world.get(service.user("Alice"));
    Answer group = world.get(service.group("Testers"));

    Answer added = add(service, "Testers", "Alice");
    assertThat(world.get(service.user("Alice")).header("ETag")).isEqualTo(user.header("ETag"));
    assertThat(world.get(service.group("Testers")).header("ETag")).isEqualTo(group.header("ETag"));
    assertThat(added.header("ETag")).isNotEqualTo(group.header("ETag"));
    world.delete(service.member("Testers", "Alice"));

    assertThat(world.get(service.user("Alice")).header("ETag")).isEqualTo(user.header("ETag"));
    assertThat(world.get(service.user("Alice")).text()).isEqualTo(user.text());
    assertThat(world.get(service.group("Testers")).header("ETag")).isEqualTo(group.header("ETag"));
  }

  @Test
  @Covers("apim.add-group-user.unknown")
  void unknownGroupIsToldBeforeAnUnknownUser() {
    Service service = serviceWithGroup();
    Service other = world.newService();
    world.addUser(other, "elsewhere");
    world.addGroup(other, "elsewhere");

    assertGroupNotFound(add(service, "unknown", "unknown"));
    assertGroupNotFound(add(service, "unknown", "Alice"));
    assertGroupNotFound(add(service, "elsewhere", "Alice"));
    assertUserNotFound(add(service, "Testers", "unknown"));
    assertUserNotFound(add(service, "Testers", "elsewhere"));
    assertThat(names(world.get(service.group("Testers") + "/users"))).isEmpty();
    assertGroupNotFound(world.get(service.group("unknown")));
  }

  @Test
  @Covers("apim.check-group-user.answer")
  void headOfNoMemberIsNotFoundWhateverIsMissing() {
    Service service = serviceWithGroup();
    world.addUser(service, "member");
    world.addGroup(service, "Others");
    world.addMember(service, "Testers", "member");

    assertBare(world.head(service.member("Testers", "Alice")), 404);
    assertBare(world.head(service.member("Testers", "unknown")), 404);
    assertBare(world.head(service.member("unknown", "member")), 404);
    assertBare(world.head(service.member("Others", "member")), 404);
    assertBare(world.head(service.member("guests", "1")), 404);
    assertBare(world.head(service.member("administrators", "1")), 204);
    assertBare(world.head(service.member("developers", "Alice")), 204);
    assertBare(world.head(service.member("testers", "MEMBER")), 204);
  }

  @ParameterizedTest
  @Covers("apim.remove-group-user.removed")
  @ValueSource(strings = {"", "*", "\"stale\""})
  void removalHeedsNoIfMatch(String ifMatch) {
    Service service = serviceWithGroup();
    world.addMember(service, "Testers", "Alice");
    Call call =
        world.call("DELETE", service.member("testers", "alice")).header("If-Match", ifMatch);

    assertBare(call.send(), 200);
    assertBare(call.send(), 204);
    assertThat(world.get(service.user("Alice")).status()).isEqualTo(200);
    assertThat(world.get(service.group("Testers")).status()).isEqualTo(200);
  }

  @Test
  @Covers("apim.remove-group-user.removed")
  void removalOfWhatIsNotThereIsNoFault() {
    Service service = serviceWithGroup();
    world.addUser(service, "member");
    world.addMember(service, "Testers", "member");

    assertBare(world.delete(service.member("Testers", "Alice")), 204);
    assertBare(world.delete(service.member("Testers", "unknown")), 204);
    assertBare(world.delete(service.member("unknown", "member")), 204);
    assertThat(names(world.get(service.group("Testers") + "/users"))).containsExactly("member");
  }

  @ParameterizedTest
  @Covers({"apim.add-group-user.system-group", "apim.common.system-groups"})
  @ValueSource(strings = {"administrators", "developers", "guests", "Developers"})
  void membersOfSystemGroupsCannotBeChanged(String group) {
    Service service = serviceWithGroup();

    for (String user : List.of("Alice", "1", "unknown")) {
      assertServiceError(
          add(service, group, user), 405, "MethodNotAllowed", "System entity cannot be modified");
      assertServiceError(
          world.delete(service.member(group, user)),
          405,
          "MethodNotAllowed",
          "System entity cannot be modified");
    }
    assertThat(names(world.get(service.group("administrators") + "/users"))).containsExactly("1");
    assertThat(names(world.get(service.group("developers") + "/users")))
        .containsExactly("1", "Alice");
    assertThat(names(world.get(service.group("guests") + "/users"))).isEmpty();
  }

  @Test
  @Covers("apim.add-group-user.added")
  void memberWhoIsDeletedIsNoMemberAnyMore() {
    Service service = serviceWithGroup();
    world.addMember(service, "Testers", "Alice");

    world.delete(service.user("Alice"));

    assertThat(names(world.get(service.group("Testers") + "/users"))).isEmpty();
    assertBare(world.head(service.member("Testers", "Alice")), 404);
    world.addUser(service, "Alice");
    assertBare(world.head(service.member("Testers", "Alice")), 404);
  }

  @Test
  @Covers({"apim.common.unknown-ignored", "apim.common.no-server-errors"})
  void bodyOfAPutIsIgnored() {
    Service service = serviceWithGroup();

    for (String body : List.of("{}", "{", "null", "[1]", "x")) {
      Answer added =
          world
              .call("PUT", service.member("Testers", "Alice"))
              .header("Content-Type", "application/json")
              .body(body)
              .send();
      assertThat(added.status()).as(body + added.text()).isIn(200, 201);
    }
    assertThat(names(world.get(service.group("Testers") + "/users"))).containsExactly("Alice");
  }

  // ---- at the same time

  private static void assertNoServerErrors(List<Answer> answers) {
    assertThat(answers)
        .allSatisfy(answer -> assertThat(answer.status()).as(answer.text()).isLessThan(500));
  }

  @Test
  @Covers("apim.add-group-user.added")
  void ofConcurrentPutsOfOneMembershipOneAdds() {
    Service service = serviceWithGroup();
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      calls.add(world.call("PUT", service.member("Testers", i % 2 == 0 ? "Alice" : "alice")));
    }

    List<Answer> answers = Together.send(calls);

    assertThat(answers).extracting(Answer::status).containsOnlyOnce(201).containsOnly(200, 201);
    assertThat(answers.stream().map(answer -> answer.header("ETag").orElseThrow()).distinct())
        .hasSize(1);
    assertThat(names(world.get(service.group("Testers") + "/users"))).containsExactly("Alice");
  }

  @Test
  @Covers("apim.remove-group-user.removed")
  void ofConcurrentRemovalsOfOneMembershipOneRemoves() {
    Service service = serviceWithGroup();
    world.addMember(service, "Testers", "Alice");
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      calls.add(world.call("DELETE", service.member("Testers", "Alice")));
    }

    assertThat(Together.send(calls))
        .extracting(Answer::status)
        .containsOnlyOnce(200)
        .containsOnly(200, 204);
  }

  @Test
  @Covers({
    "apim.add-group-user.added",
    "apim.remove-group-user.removed",
    "apim.common.no-server-errors"
  })
  void oneMembershipComesAndGoesAtOnce() {
    Service service = serviceWithGroup();
    String member = service.member("Testers", "Alice");
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      calls.add(world.call(i % 2 == 0 ? "PUT" : "DELETE", member));
    }

    for (int round = 0; round < 30; round++) {
      List<Answer> answers = Together.send(calls);

      for (int i = 0; i < answers.size(); i++) {
        assertThat(answers.get(i).status())
            .as(answers.get(i).text())
            .isIn(i % 2 == 0 ? List.of(200, 201) : List.of(200, 204));
      }
    }
  }

  @RepeatedTest(5)
  @Covers({"apim.add-group-user.unknown", "apim.common.no-server-errors"})
  void membershipAgainstTheDeletionOfItsUserOrGroupIsNoServerError() {
    Service service = world.newService();
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      world.addUser(service, "u" + i);
      world.addGroup(service, "g" + i);
    }
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        calls.add(world.call("PUT", service.member("g" + i, "u" + j)));
      }
      calls.add(world.call("DELETE", service.user("u" + i)));
      calls.add(world.call("DELETE", service.group("g" + i)));
      calls.add(world.call("DELETE", service.member("g" + i, "u" + i)));
    }

    List<Answer> answers = Together.send(calls);

    assertNoServerErrors(answers);
    answers.stream()
        .filter(answer -> answer.status() >= 400)
        .forEach(
            answer ->
                assertThat(answer.json().at("/error/message").asText())
                    .isIn("User not found.", "Group not found."));
    assertThat(names(world.get(service.users()))).containsExactly("1");
    assertThat(names(world.get(service.groups()))).hasSize(3);
  }

  @RepeatedTest(5)
  @Covers("apim.common.no-server-errors")
  void everythingAgainstTheDeletionOfTheServiceIsNoServerError() {
    Service service = world.newService();
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      world.addUser(service, "u" + i);
      world.addGroup(service, "g" + i);
      world.addMember(service, "g" + i, "u" + i);
    }
    for (int i = 0; i < 4; i++) {
      calls.add(
          world.call("PUT", service.user("new" + i), ApiManagementWorld.user("n" + i + "@x")));
      calls.add(world.call("PUT", service.group("new" + i), ApiManagementWorld.group("n")));
      calls.add(world.call("PUT", service.member("g" + i, "u" + (3 - i))));
      calls.add(world.call("DELETE", service.user("u" + i)));
      calls.add(world.call("DELETE", service.group("g" + i)));
      calls.add(world.call("POST", service.user("1") + "/generateSsoUrl"));
      calls.add(world.call("GET", service.users()));
    }
    calls.add(calls.size() / 2, world.call("DELETE", service.path()));

    List<Answer> answers = Together.send(calls);

    assertNoServerErrors(answers);
    assertThat(world.get(service.path()).status()).isEqualTo(404);
  }
}
