package dev.roster.server.azurepack;

import static dev.roster.server.azurepack.PackErrorAssert.assertError;
import static dev.roster.server.azurepack.PackErrorAssert.assertInvalid;
import static dev.roster.server.azurepack.PackWorld.USERS;
import static dev.roster.server.azurepack.PackWorld.body;
import static dev.roster.server.azurepack.PackWorld.newName;
import static dev.roster.server.azurepack.PackWorld.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.testing.Answer;
import dev.roster.testing.Contract;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.RawHttp;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Of several faults the first in the documented order is answered. What needs the ports is in
 * AzurePackPortsIT.
 */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class CheckOrderTest {

  private static final int TOO_LARGE = 1024 * 1024 + 1;
  private static final List<String> WITH_BODY = List.of("POST /users", "PUT /users/nobody");

  @Inject PackWorld world;
  @Inject ProviderState providers;

  private RawHttp anonymous(String method, String target) {
    return RawHttp.of(Contract.AZURE_PACK, world.origin(), method, target);
  }

  private Answer send(String methodAndTarget, String contentType, String body) {
    int blank = methodAndTarget.indexOf(' ');
    return world
        .raw(methodAndTarget.substring(0, blank), methodAndTarget.substring(blank + 1))
        .header("Content-Type", contentType)
        .announcedBody(body.getBytes(StandardCharsets.UTF_8))
        .send();
  }

  @Test
  @Covers("pack.common.check-order")
  void escapesComeBeforeThePathTheVerbAndAuthorization() {
    for (String target : List.of("/users/a/%zz", "/users/%zz", "/users?a=%zz")) {
      assertError(
          anonymous("PATCH", target).send(),
          400,
          "InvalidInput",
          "The URL of the request cannot be decoded.");
    }
  }

  @Test
  @Covers("pack.common.check-order")
  void pathAndVerbComeBeforeAuthorization() {
    assertError(
        anonymous("GET", "/users/a/b").send(),
        404,
        "ResourceNotFound",
        "The resource was not found.");
    for (String target : List.of(USERS, user("nobody"), "/invalidusertokens")) {
      assertThat(anonymous("PATCH", target).send().status()).as(target).isEqualTo(405);
      assertThat(anonymous("OPTIONS", target).send().status()).as(target).isEqualTo(405);
      assertThat(anonymous("HEAD", target).send().status()).as(target).isEqualTo(405);
    }
  }

  @Test
  @Covers("pack.common.check-order")
  void authorizationComesBeforeTheMediaTypeTheBodyAndTheUser() {
    for (String call : WITH_BODY) {
      int blank = call.indexOf(' ');
      for (String contentType : List.of("text/plain", "application/json", "application/xml")) {
        Answer answer =
            anonymous(call.substring(0, blank), call.substring(blank + 1))
                .header("Content-Type", contentType)
                .announcedBody("x".getBytes(StandardCharsets.UTF_8))
                .send();
        assertThat(answer.status()).as(call + " " + contentType).isEqualTo(401);
      }
    }
    assertThat(anonymous("DELETE", user("nobody") + "?force=x").send().status()).isEqualTo(401);
    assertThat(anonymous("GET", USERS + "?take=x").send().status()).isEqualTo(401);
    assertThat(anonymous("GET", user("nobody")).send().status()).isEqualTo(401);
  }

  @Test
  @Covers("pack.common.check-order")
  void mediaTypeComesBeforeTheBody() {
    for (String call : WITH_BODY) {
      for (String body : List.of("{", " ".repeat(TOO_LARGE))) {
        assertError(
            send(call, "text/plain", body),
            415,
            "UnsupportedMediaType",
            "The media type 'text/plain' is not supported; JSON and XML are.");
      }
    }
  }

  @Test
  @Covers("pack.common.check-order")
  void bodyComesBeforeItsMembersAndTheUser() {
    for (String call : WITH_BODY) {
      assertError(
          send(call, "application/json", "{\"State\": 9, \"Email\": null"),
          400,
          "InvalidInput",
          "The body is not JSON.");
      assertError(
          send(call, "application/json", "{\"State\": 9}" + " ".repeat(TOO_LARGE)),
          400,
          "InvalidInput",
          "The body is larger than 1 MiB.");
    }
  }

  @Test
  @Covers("pack.common.check-order")
  void membersComeBeforeTheUserAndItsState() {
    String existing = world.newUser();
    assertInvalid(
        world.post("{\"Name\": \"%s\", \"Email\": \" \"}".formatted(existing)),
        "Email",
        "Email is required.");

    String unknown = newName();
    String deleted = world.newUser();
    providers.beginDeletion(deleted);
    for (String name : List.of(unknown, deleted)) {
      assertInvalid(
          world.put(name, body(name, 9)),
          "State",
          "State has to be 0, 1, 2 or 3, or one of their names.");
      assertInvalid(
          world.put(name, body("other", 1)),
          "Name",
          "Name has to be that of the URI; users cannot be renamed.");
    }
  }
}
