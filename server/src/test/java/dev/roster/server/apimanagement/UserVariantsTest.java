package dev.roster.server.apimanagement;

import static dev.roster.server.apimanagement.ApiManagementErrorAssert.assertServiceError;
import static dev.roster.server.apimanagement.ApiManagementErrorAssert.assertValidationError;
import static dev.roster.server.apimanagement.ApiManagementWorld.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.apimanagement.ApiManagementWorld.Service;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
@TestProfile(UserVariantsTest.SecondVariants.class)
class UserVariantsTest {

  /** The second variant of every rule for users that has one. */
  public static class SecondVariants implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "roster.choices.apim.common.email-duplicate", "conflict",
          "roster.choices.apim.put-user.unconditional", "refuse",
          "roster.choices.apim.update-user.null-note", "keep",
          "roster.choices.apim.update-user.null-members", "refuse",
          "roster.choices.apim.update-user.missing-if-match", "accept");
    }
  }

  @Inject ApiManagementWorld world;
  @Inject StoredUsers stored;

  private static void assertConflict(Answer answer) {
    assertServiceError(answer, 409, "Conflict", "A user with this email already exists.");
  }

  @Test
  @Covers({
    "apim.common.email-duplicate",
    "apim.common.email-ignores-case",
    "apim.update-user.email-unique",
    "apim.update-user.refused-whole"
  })
  void addressOfAnotherUserIsAConflict() {
    Service service = world.newService();
    world.addUser(service, "ann");
    world.addUser(service, "bob");
    List<String> rows = stored.of(service);

    assertConflict(world.put(service.user("new"), user("ANN@example.com")));
    assertConflict(
        world.send("PUT", service.user("bob"), user("ann@example.com"), "If-Match", "*"));
    assertConflict(
        world.patch(
            service.user("bob"),
            "{\"properties\": {\"note\": \"lost\", \"email\": \"Ann@Example.com\"}}"));

    assertThat(stored.of(service)).isEqualTo(rows);
    assertThat(
            world
                .patch(service.user("ann"), "{\"properties\": {\"email\": \"ANN@example.com\"}}")
                .status())
        .isEqualTo(200);
    assertThat(world.put(world.newService().user("ann"), user("ann@example.com")).status())
        .isEqualTo(201);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = "")
  @Covers({"apim.put-user.unconditional", "apim.common.if-match-empty"})
  void putOfAPresentUserNeedsIfMatch(String ifMatch) {
    Service service = world.newService();
    String path = service.user("ann");
    assertThat(world.send("PUT", path, user("ann@example.com"), "If-Match", ifMatch).status())
        .isEqualTo(201);
    List<String> rows = stored.of(service);

    assertValidationError(
        world.send("PUT", path, user("new@example.com"), "If-Match", ifMatch),
        "If-Match",
        "'If-Match' must not be empty.");
    assertThat(stored.of(service)).isEqualTo(rows);

    for (String other : List.of("any@example.com", "new@example.com")) {
      String condition = other.startsWith("any") ? "*" : world.tag(path);
      assertThat(world.send("PUT", path, user(other), "If-Match", condition).status())
          .isEqualTo(200);
    }
    assertThat(world.get(path).json().at("/properties/email").asText())
        .isEqualTo("new@example.com");
    assertThat(world.send("PUT", path, user("x@example.com"), "If-None-Match", "*").status())
        .isEqualTo(412);
  }

  @Test
  @Covers("apim.put-user.unconditional")
  void putOfAPresentGroupStillNeedsNone() {
    Service service = world.newService();
    String group = "{\"properties\": {\"displayName\": \"Testers\"}}";

    assertThat(world.put(service.group("testers"), group).status()).isEqualTo(201);
    assertThat(world.put(service.group("testers"), group).status()).isEqualTo(200);
  }

  @Test
  @Covers("apim.update-user.null-note")
  void nullKeepsTheNote() {
    Service service = world.newService();
    String path = addUserWithNote(service);

    Answer updated =
        world.patch(path, "{\"properties\": {\"note\": null, \"firstName\": \"New\"}}");

    assertThat(updated.status()).isEqualTo(200);
    assertThat(updated.json().at("/properties/note").asText()).isEqualTo("a remark");
    assertThat(updated.json().at("/properties/firstName").asText()).isEqualTo("New");
    assertThat(world.get(path).json().at("/properties/note").asText()).isEqualTo("a remark");
    Answer emptied = world.patch(path, "{\"properties\": {\"note\": \"\"}}");
    assertThat(emptied.json().at("/properties/note").asText()).isEmpty();
  }

  private String addUserWithNote(Service service) {
    String path = service.user("ann");
    Answer created =
        world.put(
            path,
            """
            {"properties": {"email": "ann@example.com", "firstName": "First", "lastName": "Last",
              "note": "a remark", "password": "secret"}}
            """);
    assertThat(created.status()).isEqualTo(201);
    return path;
  }

  @ParameterizedTest
  @ValueSource(strings = {"email", "firstName", "lastName", "password", "state", "identities"})
  @Covers({"apim.update-user.null-members", "apim.update-user.refused-whole"})
  void nullIsRefused(String member) {
    Service service = world.newService();
    String path = addUserWithNote(service);
    List<String> rows = stored.of(service);

    assertValidationError(
        world.patch(path, "{\"properties\": {\"note\": \"lost\", \"%s\": null}}".formatted(member)),
        member,
        "'%s' must not be empty.".formatted(member));

    assertThat(stored.of(service)).isEqualTo(rows);
    assertThat(world.patch(path, "{\"properties\": null}").status()).isEqualTo(200);
    assertThat(world.patch(path, "{}").status()).isEqualTo(200);
  }

  @Test
  @Covers("apim.update-user.null-members")
  void everyNullIsNamed() {
    Service service = world.newService();

    assertValidationError(
        world.patch(
            addUserWithNote(service),
            """
            {"properties": {"email": null, "firstName": null, "lastName": null,
              "password": null, "state": null, "identities": null}}
            """),
        "email",
        "'email' must not be empty.",
        "firstName",
        "'firstName' must not be empty.",
        "lastName",
        "'lastName' must not be empty.",
        "password",
        "'password' must not be empty.",
        "state",
        "'state' must not be empty.",
        "identities",
        "'identities' must not be empty.");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = "")
  @Covers({"apim.update-user.missing-if-match", "apim.common.if-match-empty"})
  void patchWithoutConditionGoesThrough(String ifMatch) {
    Service service = world.newService();
    String path = addUserWithNote(service);
    String stale = world.tag(path);
    String change = "{\"properties\": {\"note\": \"changed\"}}";

    Answer updated = world.send("PATCH", path, change, "If-Match", ifMatch);

    assertThat(updated.status()).isEqualTo(200);
    assertThat(world.get(path).json().at("/properties/note").asText()).isEqualTo("changed");
    assertServiceError(
        world.send("PATCH", path, change, "If-Match", stale),
        412,
        "PreconditionFailed",
        "Resource was modified since last retrieval.");
    assertServiceError(
        world.send("PATCH", service.user("nobody"), change, "If-Match", ifMatch),
        404,
        "ResourceNotFound",
        "User not found.");
  }
}
