package dev.roster.server.azurepack;

import static dev.roster.server.azurepack.PackErrorAssert.assertError;
import static dev.roster.server.azurepack.PackErrorAssert.assertInvalid;
import static dev.roster.server.azurepack.PackWorld.USERS;
import static dev.roster.server.azurepack.PackWorld.body;
import static dev.roster.server.azurepack.PackWorld.newName;
import static dev.roster.server.azurepack.PackWorld.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.RawHttp;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients of .NET send the head of a request, and its body when they are asked for it. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class ExpectContinueTest {

  @Inject PackWorld world;

  private RawHttp request(String method, String target, String json) {
    return world
        .raw(method, target)
        .header("Content-Type", "application/json; charset=utf-8")
        .announcedBody(json.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 500_000})
  @Covers("pack.common.expect-continue")
  void bodyIsAskedForAndThenTheRequestAnswered(int padding) {
    String name = newName();

    Answer created =
        request("POST", USERS, body(name) + " ".repeat(padding)).awaitingContinue().send();
    assertThat(created.status()).as(created.text()).isEqualTo(201);
    Answer updated =
        request("PUT", user(name), body(name, 2) + " ".repeat(padding)).awaitingContinue().send();
    assertThat(updated.status()).as(updated.text()).isEqualTo(200);

    assertThat(world.read(name).get("State").asInt()).isEqualTo(2);
  }

  @Test
  @Covers("pack.common.expect-continue")
  void errorsOfABodyComeAfterItWasAskedFor() {
    String name = newName();

    assertInvalid(
        request("POST", USERS, body(name, 9)).awaitingContinue().send(),
        "State",
        "State has to be 0, 1, 2 or 3, or one of their names.");
    assertError(
        request("PUT", user(name), body(name)).awaitingContinue().send(),
        404,
        "ResourceNotFound",
        "The user '%s' was not found.".formatted(name));
  }
}
