package dev.roster.server.azurepack;

import static dev.roster.server.azurepack.PackErrorAssert.assertError;
import static dev.roster.server.azurepack.PackErrorAssert.assertInvalid;
import static dev.roster.server.azurepack.PackWorld.USERS;
import static dev.roster.server.azurepack.PackWorld.body;
import static dev.roster.server.azurepack.PackWorld.newName;
import static dev.roster.server.azurepack.PackWorld.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.testing.Answer;
import dev.roster.testing.Call;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the sources leave unknown about the service, one test for each decision. That the tenant
 * interface has no list is in AzurePackPortsIT, and what rights a token gives in the tests of the
 * strict mode.
 */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class DecisionTableTest {

  private static final String STATE_FAULT = "State has to be 0, 1, 2 or 3, or one of their names.";

  @Inject PackWorld world;
  @Inject ProviderState providers;

  private static void assertUserNotFound(Answer answer, String name) {
    assertError(answer, 404, "ResourceNotFound", "The user '%s' was not found.".formatted(name));
  }

  @Test
  @Covers("pack.common.authorization-missing")
  void noAuthorizationAndABlankOneAre401() {
    String name = world.newUser();
    Call none = world.anonymous("GET", user(name));
    Call blank = world.anonymous("GET", user(name)).header("Authorization", "  ");

    for (Answer answer : List.of(none.send(), blank.send())) {
      assertError(
          answer,
          401,
          "AuthenticationFailed",
          "The request needs a bearer token in Authorization.");
      assertThat(answer.header("WWW-Authenticate")).contains("Bearer");
    }
  }

  @Test
  void principalMayBeMissing() {
    String name = newName();

    Answer created = world.call("POST", USERS, body(name)).send();

    assertThat(created.status()).isEqualTo(201);
    assertThat(world.get(user(name)).status()).isEqualTo(200);
  }

  @Test
  @Covers("pack.common.body-malformed")
  void unreadableBodyIs400() {
    String name = world.newUser();

    assertError(world.post("{"), 400, "InvalidInput", "The body is not JSON.");
    assertError(world.put(name, "{"), 400, "InvalidInput", "The body is not JSON.");
  }

  @Test
  @Covers("pack.common.body-malformed")
  void unknownNameOfAStateIs400() {
    String name = newName();
    String json =
        "{\"Name\": \"%1$s\", \"Email\": \"%1$s\", \"State\": \"Invalid\"}".formatted(name);

    assertInvalid(world.post(json), "State", STATE_FAULT);

    assertUserNotFound(world.get(user(name)), name);
  }

  @Test
  void creationWithoutNameOrEmailIs400() {
    String name = newName();

    assertInvalid(
        world.post("{\"Email\": \"%s\", \"State\": 1}".formatted(name)),
        "Name",
        "Name is required.");
    assertInvalid(
        world.post("{\"Name\": \"%s\", \"State\": 1}".formatted(name)),
        "Email",
        "Email is required.");

    assertUserNotFound(world.get(user(name)), name);
  }

  @Test
  void creationWithoutStateIs201WithStateZero() {
    String name = newName();

    Answer created = world.post("{\"Name\": \"%1$s\", \"Email\": \"%1$s\"}".formatted(name));

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.json().get("State").asInt()).isZero();
    assertThat(world.read(name)).isEqualTo(created.json());
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 4, 255})
  void creationWithANumberThatIsNoStateIs400(int state) {
    String name = newName();

    assertInvalid(world.post(body(name, state)), "State", STATE_FAULT);

    assertUserNotFound(world.get(user(name)), name);
  }

  @Test
  void creationOfANameThatIsTakenInAnyCaseIs409() {
    String name = world.newUser();
    JsonNode before = world.read(name);

    for (String taken : List.of(name, name.toUpperCase(Locale.ROOT))) {
      assertError(
          world.post(body(taken, 2)),
          409,
          "ResourceAlreadyExists",
          "The user '%s' already exists.".formatted(taken));
    }

    assertThat(world.read(name)).isEqualTo(before);
  }

  @Test
  void unknownNameIs404() {
    String name = newName();

    assertUserNotFound(world.get(user(name)), name);
    assertUserNotFound(world.put(name, body(name)), name);
    assertUserNotFound(world.delete(name), name);

    assertUserNotFound(world.get(user(name)), name);
  }

  @Test
  void updateWithAnotherNameThanTheUrisIs400() {
    String name = world.newUser();
    String other = newName();
    JsonNode before = world.read(name);

    assertInvalid(
        world.put(name, body(other, 2)),
        "Name",
        "Name has to be that of the URI; users cannot be renamed.");

    assertThat(world.read(name)).isEqualTo(before);
    assertUserNotFound(world.get(user(other)), other);
  }

  @Test
  void updateWithoutNameTakesTheUris() {
    String name = world.newUser();

    Answer updated = world.put(name, "{\"Email\": \"e@example.test\", \"State\": 2}");

    assertThat(updated.status()).as(updated.text()).isEqualTo(200);
    assertThat(updated.json().get("Name").asText()).isEqualTo(name);
    assertThat(world.read(name)).isEqualTo(updated.json());
  }

  @Test
  void updateOfAUserWhoIsBeingDeletedIs409() {
    String name = world.newUser();
    providers.beginDeletion(name);
    JsonNode before = world.read(name);

    assertError(
        world.put(name, body(name, 2)),
        409,
        "Conflict",
        "The user '%s' is being deleted and cannot be changed.".formatted(name));

    assertThat(before.get("State").asInt()).isEqualTo(3);
    assertThat(world.read(name)).isEqualTo(before);
  }

  @Test
  void updateOfWhatTheServiceOwnsIsPassedOver() {
    String name = world.newUser();
    providers.set(name, 2, "The provider said no.");
    ObjectNode expected = world.read(name).deepCopy();
    expected.put("State", 2);

    Answer updated =
        world.put(
            name,
            ("{\"Name\": \"%1$s\", \"Email\": \"%1$s\", \"State\": 2,"
                    + " \"CreatedTime\": \"2001-02-03T04:05:06Z\", \"SubscriptionCount\": 9,"
                    + " \"ActivationSyncState\": 2, \"LastErrorMessage\": \"other\"}")
                .formatted(name));

    assertThat(updated.status()).as(updated.text()).isEqualTo(200);
    assertThat(updated.json()).isEqualTo(expected);
    assertThat(world.read(name)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "-1", "1.5"})
  void listWithATakeThatIsNoNumberIs404(String take) {
    assertError(
        world.get(USERS + "?take=" + take),
        404,
        "ResourceNotFound",
        "The value '%s' of the parameter 'take' is not correct.".formatted(take));
  }

  @Test
  @Covers("pack.common.query-unknown")
  void unknownParameterIsPassedOver() {
    String name = world.newUser();

    Answer list = world.get(USERS + "?top=0&filter=" + name);

    assertThat(list.status()).isEqualTo(200);
    assertThat(PackWorld.names(list)).containsExactly(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?deleteSubscriptions=False&force=False"})
  void deletionOfAUserWithSubscriptionsIs409WithoutAFlag(String flags) {
    String name = world.newUser();
    providers.set(name, 1, null);
    JsonNode before = world.read(name);

    assertError(
        world.call("DELETE", user(name) + flags).send(),
        409,
        "Conflict",
        ("The user '%s' has subscriptions; delete them too, with deleteSubscriptions=True or"
                + " force=True.")
            .formatted(name));

    assertThat(world.read(name)).isEqualTo(before);
  }

  @Test
  @Covers("pack.common.content-type")
  void formIs415() {
    String name = newName();

    Answer answer =
        world
            .call("POST", USERS)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body("Name=%1$s&Email=%1$s&State=1".formatted(name))
            .send();

    assertError(
        answer,
        415,
        "UnsupportedMediaType",
        "The media type 'application/x-www-form-urlencoded' is not supported; JSON and XML are.");
    assertUserNotFound(world.get(user(name)), name);
  }

  @Test
  @Covers("pack.common.body-malformed")
  void emptyBodyIs400() {
    String name = world.newUser();
    JsonNode before = world.read(name);

    assertError(world.post(""), 400, "InvalidInput", "The body is missing.");
    assertError(world.put(name, ""), 400, "InvalidInput", "The body is missing.");

    assertThat(world.read(name)).isEqualTo(before);
  }
}
