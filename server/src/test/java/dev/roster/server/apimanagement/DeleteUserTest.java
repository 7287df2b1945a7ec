package dev.roster.server.apimanagement;

import static dev.roster.server.apimanagement.ApiManagementErrorAssert.assertServiceError;
import static dev.roster.server.apimanagement.ApiManagementWorld.names;
import static dev.roster.server.apimanagement.ApiManagementWorld.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.apimanagement.ApiManagementWorld.Service;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.MutableClock;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class DeleteUserTest {

  @Inject ApiManagementWorld world;
  @Inject StoredUsers stored;
  @Inject MutableClock clock;

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  private Answer delete(String path, String ifMatch) {
    return world.send("DELETE", path, null, "If-Match", ifMatch);
  }

  private static void assertDeleted(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.bytes()).isEmpty();
    assertThat(answer.header("Content-Type")).isEmpty();
    assertThat(answer.header("Content-Length")).contains("0");
    assertThat(answer.header("ETag")).isEmpty();
  }

  private static void assertWasNotThere(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(204);
    assertThat(answer.bytes()).isEmpty();
    assertThat(answer.header("Content-Type")).isEmpty();
    assertThat(answer.header("Content-Length")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tag", "*", ""})
  @Covers({
    "apim.delete-user.deleted",
    "apim.delete-user.unknown",
    "apim.delete-user.if-match-absent"
  })
  void deletedUserIsGoneWithAllThatBelongedToIt(String ifMatch) {
    Service service = world.newService();
    List<String> before = stored.query(users(service));
    world.addUser(service, "ann");
    world.addUser(service, "bob");
    String path = service.user("ann");
    world.put(service.group("testers"), "{\"properties\": {\"displayName\": \"Testers\"}}");
    world.call("PUT", service.member("testers", "ann")).send();
    String bob = world.get(service.user("bob")).text();

    assertDeleted(delete(path, ifMatch.equals("tag") ? world.tag(path) : ifMatch));

    assertServiceError(world.get(path), 404, "ResourceNotFound", "User not found.");
    assertThat(world.call("HEAD", path).send().status()).isEqualTo(404);
    assertThat(world.patch(path, "{}").status()).isEqualTo(404);
    assertThat(names(world.get(service.users()))).containsExactly("1", "bob");
    assertThat(world.get(service.users()).json().get("count").asInt()).isEqualTo(2);
    assertThat(names(world.get(service.group("testers") + "/users"))).isEmpty();
    assertThat(world.get(path + "/groups").status()).isEqualTo(404);
    assertThat(world.get(service.user("bob")).text()).isEqualTo(bob);
    assertWasNotThere(delete(path, ifMatch));
    assertDeleted(delete(service.user("bob"), null));
    assertThat(stored.query(users(service))).isEqualTo(before);
  }

  private String users(Service service) {
    return "select u::text from apim_user u where service_id = " + stored.id(service);
  }

  @Test
  @Covers("apim.delete-user.deleted")
  void idAndAddressOfADeletedUserAreFree() {
    Service service = world.newService();
    world.addUser(service, "ann");
    String path = service.user("ann");
    world.put(service.group("testers"), "{\"properties\": {\"displayName\": \"Testers\"}}");
    world.call("PUT", service.member("testers", "ann")).send();
    world.patch(path, "{\"properties\": {\"password\": \"secret\", \"note\": \"old\"}}");
    String registered = world.get(path).json().at("/properties/registrationDate").asText();
    assertDeleted(delete(path, "*"));
    clock.advance(Duration.ofDays(1));

    Answer again = world.put(service.user("ANN"), user("Ann@example.com"));

    assertThat(again.status()).isEqualTo(201);
    assertThat(again.json().get("name").asText()).isEqualTo("ANN");
    assertThat(again.json().at("/properties/note").isNull()).isTrue();
    assertThat(again.json().at("/properties/registrationDate").asText()).isNotEqualTo(registered);
    assertThat(again.json().at("/properties/groups").findValuesAsText("name"))
        .containsExactly("Developers");
    assertThat(stored.passwordHash(service, "ann")).isNull();
    assertDeleted(delete(path, "*"));
    assertThat(world.put(service.user("bob"), user("ann@example.com")).status()).isEqualTo(201);
  }

  @Test
  @Covers({"apim.delete-user.if-match-absent", "apim.delete-user.unknown"})
  void deleteNeedsNoCondition() {
    Service service = world.newService();
    world.addUser(service, "ann");

    assertDeleted(world.call("DELETE", service.user("ann")).send());
    assertWasNotThere(world.call("DELETE", service.user("ann")).send());
    assertWasNotThere(world.call("DELETE", service.user("nobody")).send());
  }

  @Test
  @Covers("apim.delete-user.stale-tag")
  void staleTagKeepsTheUser() {
    Service service = world.newService();
    world.addUser(service, "ann");
    String path = service.user("ann");
    String stale = world.tag(path);
    world.patch(path, "{}");
    List<String> rows = stored.of(service);
    Answer before = world.get(path);

    assertServiceError(
        delete(path, stale),
        412,
        "PreconditionFailed",
        "Resource was modified since last retrieval.");

    assertThat(stored.of(service)).isEqualTo(rows);
    assertThat(world.get(path).text()).isEqualTo(before.text());
    assertThat(world.get(path).header("ETag")).isPresent().isEqualTo(before.header("ETag"));
    assertDeleted(delete(path, world.tag(path)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?deleteSubscriptions=true",
        "?deleteSubscriptions=false",
        "?notify=true",
        "?notify=false&appType=portal",
        "?appType=developerPortal&deleteSubscriptions=true&notify=false",
        "?appType=anything"
      })
  @Covers("apim.delete-user.parameters")
  void parametersAreAccepted(String query) {
    Service service = world.newService();
    world.addUser(service, "ann");

    assertDeleted(world.call("DELETE", service.user("ann") + query).send());
    assertThat(world.get(service.user("ann")).status()).isEqualTo(404);
    assertWasNotThere(world.call("DELETE", service.user("ann") + query).send());
  }

  @Test
  @Covers("apim.delete-user.owner")
  void ownerIsChangedButNotDeleted() {
    Service service = world.newService();
    String owner = service.user("1");
    List<String> rows = stored.of(service);

    for (String ifMatch : new String[] {null, "*", world.tag(owner)}) {
      assertServiceError(
          delete(owner, ifMatch), 405, "MethodNotAllowed", "System entity cannot be deleted");
    }
    assertThat(stored.of(service)).isEqualTo(rows);

    Answer updated =
        world.patch(
            owner,
            """
            {"properties": {"firstName": "Ada", "lastName": "Admin", "email": "ada@example.com",
              "state": "blocked", "note": "n"}}
            """);
    assertThat(updated.status()).isEqualTo(200);
    assertThat(updated.json().at("/properties/firstName").asText()).isEqualTo("Ada");
    assertThat(updated.json().at("/properties/email").asText()).isEqualTo("ada@example.com");
    assertThat(updated.json().at("/properties/state").asText()).isEqualTo("blocked");
    assertThat(updated.json().at("/properties/identities").toString())
        .isEqualTo("[{\"provider\":\"Azure\",\"id\":\"owner@%s\"}]".formatted(service.name()));
    assertThat(world.get(owner).json().at("/properties/note").asText()).isEqualTo("n");
    assertThat(delete(owner, "*").status()).isEqualTo(405);
  }

  @ParameterizedTest
  @ValueSource(strings = {"deleted", "DELETED"})
  @Covers("apim.delete-user.owner")
  void ownerIsNotClosedEither(String state) {
    Service service = world.newService();
    String owner = service.user("1");
    List<String> rows = stored.of(service);
    String body =
        """
        {"properties": {"firstName": "Ada", "lastName": "Admin", "email": "ada@example.com",
          "state": "%s", "note": "n"}}
        """
            .formatted(state);

    for (Answer answer : List.of(world.patch(owner, body), world.put(owner, body))) {
      assertServiceError(answer, 405, "MethodNotAllowed", "System entity cannot be deleted");
    }

    assertThat(stored.of(service)).isEqualTo(rows);
    assertThat(ApiManagementWorld.names(world.get(service.group("administrators") + "/users")))
        .containsExactly("1");
  }
}
