package dev.roster.server.azurepack;

import static dev.roster.server.azurepack.PackErrorAssert.assertError;
import static dev.roster.server.azurepack.PackErrorAssert.assertInvalid;
import static dev.roster.server.azurepack.PackWorld.body;
import static dev.roster.server.azurepack.PackWorld.newName;
import static dev.roster.server.azurepack.PackWorld.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.MutableClock;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class UpdateUserTest {

  @Inject PackWorld world;
  @Inject PackPorts ports;
  @Inject StoredUsers stored;
  @Inject MutableClock clock;

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  /** A user as it was before, with another address and state. */
  private static JsonNode changed(JsonNode before, String email, int state) {
    ObjectNode user = before.deepCopy();
    return user.put("Email", email).put("State", state);
  }

  @Test
  @Covers({"pack.update-user.replaces", "pack.update-user.three-members"})
  void addressAndStateAreThoseOfTheBody() {
    String name = world.newUser();
    JsonNode before = world.read(name);
    clock.advance(Duration.ofHours(1));

    Answer answer =
        world.put(
            name,
            "{\"Name\": \"%s\", \"Email\": \"New@Example.test\", \"State\": 2}".formatted(name));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).contains("application/json; charset=utf-8");
    assertThat(answer.json()).isEqualTo(changed(before, "New@Example.test", 2));
    assertThat(world.get(user(name)).text()).isEqualTo(answer.text());
  }

  @Test
  @Covers("pack.update-user.replaces")
  void absentStateBecomesPendingValidation() {
    String name = world.newUser();
    JsonNode before = world.read(name);

    Answer answer = world.put(name, "{\"Email\": \"new@example.test\"}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json()).isEqualTo(changed(before, "new@example.test", 0));
    assertThat(world.read(name)).isEqualTo(answer.json());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"Email\": null, ", "\"Email\": \"\", ", "\"Email\": \" \\t\", "})
  @Covers("pack.update-user.email-required")
  void absentAddressIsRefused(String member) {
    String name = world.newUser();
    List<String> row = stored.of(name);

    assertInvalid(world.put(name, "{" + member + "\"State\": 2}"), "Email", "Email is required.");

    assertThat(stored.of(name)).isEqualTo(row);
  }

  @Test
  @Covers("pack.update-user.owned-members")
  void membersOfTheServiceArePassedOver() {
    String name = world.newUser();
    stored.change(
        name,
        "created_at = '2013-06-27T21:15:30.787Z', subscription_count = 2, last_error = 'old'");
    JsonNode before = world.read(name);
    assertThat(before.get("SubscriptionCount").asInt()).isEqualTo(2);
    assertThat(before.get("LastErrorMessage").asText()).isEqualTo("old");

    for (String owned :
        List.of(
            "\"CreatedTime\": \"2001-02-03T04:05:06Z\", \"SubscriptionCount\": 7, \"ActivationSyncState\": 2, \"LastErrorMessage\": \"new\"",
            "\"CreatedTime\": \"0001-01-01T00:00:00\", \"SubscriptionCount\": 0, \"ActivationSyncState\": 1, \"LastErrorMessage\": null")) {
      Answer answer =
          world.put(name, "{\"Email\": \"new@example.test\", \"State\": 2, %s}".formatted(owned));

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.json()).isEqualTo(changed(before, "new@example.test", 2));
      assertThat(world.read(name)).isEqualTo(answer.json());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"Name\": null, ", "\"Name\": \"%s\", ", "\"Name\": \" %S \", "})
  @Covers("pack.update-user.name")
  void nameOfTheUriIsPassedOver(String member) {
    String name = "Zoë-" + newName();
    world.newUser(name);

    Answer answer =
        world
            .call(
                "PUT",
                user(name.toLowerCase(Locale.ROOT)),
                "{" + member.formatted(name) + "\"Email\": \"new@example.test\", \"State\": 2}")
            .send();

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().get("Name").asText()).isEqualTo(name);
    assertThat(answer.json().get("Email").asText()).isEqualTo("new@example.test");
    assertThat(world.read(name)).isEqualTo(answer.json());
  }

  /** The long s is another letter in small, though it is an S as a capital. */
  @ParameterizedTest
  @ValueSource(strings = {"other@example.test", "", "%sx", "\u017F%s"})
  @Covers("pack.update-user.name")
  void anotherNameIsRefused(String form) {
    String unique = newName();
    String name = "s" + unique;
    world.newUser(name);
    List<String> row = stored.of(name);
    int count = stored.count();

    assertInvalid(
        world.put(
            name,
            "{\"Name\": \"%s\", \"Email\": \"new@example.test\", \"State\": 2}"
                .formatted(form.formatted(unique))),
        "Name",
        "Name has to be that of the URI; users cannot be renamed.");

    assertThat(stored.of(name)).isEqualTo(row);
    assertThat(stored.count()).isEqualTo(count);
  }

  @Test
  @Covers("pack.update-user.states")
  void userIsSuspendedAndActivatedAgain() {
    String name = world.newUser();

    for (String state : List.of("2", "1", "0", "1", "\"Suspended\"", "\"Active\"")) {
      Answer answer =
          world.put(
              name,
              "{\"Name\": \"%1$s\", \"Email\": \"%1$s\", \"State\": %2$s}".formatted(name, state));

      int number =
          switch (state) {
            case "\"Suspended\"" -> 2;
            case "\"Active\"" -> 1;
            default -> Integer.parseInt(state);
          };
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.json().get("State").numberValue()).isEqualTo(number);
      assertThat(world.read(name)).isEqualTo(answer.json());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "3, 'State becomes DeletePending by a DELETE only.'",
    "'\"deletepending\"', 'State becomes DeletePending by a DELETE only.'",
    "4, 'State has to be 0, 1, 2 or 3, or one of their names.'",
    "null, 'State has to be 0, 1, 2 or 3, or one of their names.'"
  })
  @Covers("pack.update-user.states")
  void otherStatesAreRefused(String state, String message) {
    String name = world.newUser();
    List<String> row = stored.of(name);

    assertInvalid(
        world.put(name, "{\"Email\": \"new@example.test\", \"State\": %s}".formatted(state)),
        "State",
        message);

    assertThat(stored.of(name)).isEqualTo(row);
  }

  @Test
  @Covers({"pack.update-user.never-creates", "pack.common.user-unknown"})
  void unknownUserIsNotCreated() {
    String name = newName();
    int before = stored.count();

    assertError(
        world.put(name, body(name)),
        404,
        "ResourceNotFound",
        "The user '%s' was not found.".formatted(name));

    assertThat(world.get(user(name)).status()).isEqualTo(404);
    assertThat(stored.count()).isEqualTo(before);
  }

  @Test
  @Covers("pack.update-user.both-ports")
  void bothInterfacesUpdate() {
    String name = world.newUser();
    JsonNode before = world.read(name);

    for (String port : List.of(PackPorts.ADMIN, PackPorts.TENANT)) {
      Answer answer =
          ports
              .call(
                  port,
                  "PUT",
                  user(name),
                  "{\"Name\": \"%s\", \"Email\": \"%s\", \"State\": 2}".formatted(name, port))
              .send();

      assertThat(answer.status()).as(port).isEqualTo(200);
      assertThat(answer.json()).isEqualTo(changed(before, port, 2));
      assertThat(world.read(name)).isEqualTo(answer.json());
    }
  }

  @Test
  @Covers("pack.common.error-outlives")
  void errorStaysWhenTheUserIsInSyncAgain() {
    String name = world.newUser();
    stored.change(name, "sync_failure = 'The provider is away.'");
    JsonNode failed = world.read(name);
    assertThat(failed.get("ActivationSyncState").numberValue()).isEqualTo(2);
    assertThat(failed.get("LastErrorMessage").asText()).isEqualTo("The provider is away.");

    for (String email : List.of("first@example.test", "second@example.test")) {
      Answer answer = world.put(name, "{\"Email\": \"%s\", \"State\": 1}".formatted(email));

      ObjectNode expected = failed.deepCopy();
      assertThat(answer.json())
          .isEqualTo(expected.put("Email", email).put("ActivationSyncState", 0));
      assertThat(world.read(name)).isEqualTo(answer.json());
    }
  }
}
