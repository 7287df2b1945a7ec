package dev.roster.server.apimanagement;

import static dev.roster.server.apimanagement.ApiManagementErrorAssert.assertServiceError;
import static dev.roster.server.apimanagement.ApiManagementErrorAssert.assertValidationError;
import static dev.roster.server.apimanagement.ApiManagementWorld.user;
import static dev.roster.testing.PasswordHashes.isHashOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.server.apimanagement.ApiManagementWorld.Service;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.MutableClock;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class PutUserTest {

  private static final String CONDITION_OF_PROVIDER =
      "The specified condition was not met for 'provider'.";
  private static final String DUPLICATE = "A user with this email already exists.";

  @Inject ApiManagementWorld world;
  @Inject StoredUsers stored;
  @Inject MutableClock clock;

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  /** The body of {@link ApiManagementWorld#user} with further members. */
  private static String userWith(String email, String more) {
    return """
        {"properties": {"email": "%s", "firstName": "First", "lastName": "Last", %s}}
        """
        .formatted(email, more);
  }

  private static JsonNode properties(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isBetween(200, 299);
    return answer.json().get("properties");
  }

  private static String identities(Answer answer) {
    return properties(answer).get("identities").toString().replace("\"", "");
  }

  private void assertRefused(Service service, String id, String body, String... details) {
    List<String> rows = stored.of(service);
    assertValidationError(world.put(service.user(id), body), details);
    assertThat(stored.of(service)).isEqualTo(rows);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ", \"password\": \"secret\"",
        ", \"password\": null, \"state\": null, \"note\": null, \"identities\": null",
        ", \"state\": \"active\", \"identities\": []"
      })
  @Covers({"apim.put-user.created", "apim.put-user.groups"})
  void newUserIsActiveADeveloperAndHasABasicIdentity(String more) throws Exception {
    clock.advance(Duration.between(clock.stop(), Instant.parse("2030-01-17T23:35:04.12Z")));
    Service service = world.newService();

    Answer created =
        world.put(
            service.user("ann"),
            """
            {"properties": {"email": "ann@example.com", "firstName": "foo", "lastName": "bar"%s}}
            """
                .formatted(more));

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.header("Content-Type")).contains("application/json; charset=utf-8");
    assertThat(created.json())
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {
                      "id": "%1$s/users/ann",
                      "type": "Microsoft.ApiManagement/service/users",
                      "name": "ann",
                      "properties": {
                        "firstName": "foo",
                        "lastName": "bar",
                        "email": "ann@example.com",
                        "state": "active",
                        "registrationDate": "2030-01-17T23:35:04.12Z",
                        "note": null,
                        "groups": [{
                          "id": "%1$s/groups/developers",
                          "name": "Developers",
                          "displayName": "Developers",
                          "description": "Developers is a built-in group. Its membership is managed by the system. Signed-in users fall into this group.",
                          "builtIn": true,
                          "type": "system",
                          "externalId": null
                        }],
                        "identities": [{"provider": "Basic", "id": "ann@example.com"}]
                      }
                    }
                    """
                        .formatted(service.path())));
    assertThat(properties(created).fieldNames())
        .toIterable()
        .containsExactly(
            "firstName",
            "lastName",
            "email",
            "state",
            "registrationDate",
            "note",
            "groups",
            "identities");
    Answer next = world.get(service.user("ann"));
    assertThat(next.header("ETag")).isPresent().isEqualTo(created.header("ETag"));
    ObjectNode withoutGroups = created.json().deepCopy();
    ((ObjectNode) withoutGroups.get("properties")).remove("groups");
    assertThat(next.json()).isEqualTo(withoutGroups);
  }

  @Test
  @Covers("apim.put-user.groups")
  void groupInsideAUserHasItsNameTwiceAndItsOwnIdInItsId() {
    Service service = world.newService();
    world.addUser(service, "ann");
    world.put(
        service.group("g-1"),
        """
        {"properties": {"displayName": "Testers", "type": "external", "externalId": "aad://x"}}
        """);
    world.call("PUT", service.member("g-1", "ann")).send();

    JsonNode groups =
        properties(world.put(service.user("ann"), user("ann@example.com"))).get("groups");

    assertThat(groups).hasSize(2);
    assertThat(groups.get(1).toString())
        .isEqualTo(
            ("{'id':'%s','name':'Testers','displayName':'Testers','description':null,"
                    + "'builtIn':false,'type':'external','externalId':'aad://x'}")
                .formatted(service.group("g-1"))
                .replace('\'', '"'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | email firstName lastName",
        "{\"properties\": null} | email firstName lastName",
        "{\"properties\": {}} | email firstName lastName",
        "{\"properties\": {\"note\": \"n\", \"unknown\": 1}} | email firstName lastName",
        "{\"properties\": {\"firstName\": \"f\", \"lastName\": \"l\"}} | email",
        "{\"properties\": {\"email\": \"e\", \"lastName\": \"l\"}} | firstName",
        "{\"properties\": {\"email\": \"e\", \"firstName\": \"f\"}} | lastName",
        "{\"properties\": {\"email\": \"e\", \"firstName\": null, \"lastName\": null}}"
            + " | firstName lastName",
        "{\"properties\": {\"email\": \"\", \"firstName\": \"\", \"lastName\": \"\"}}"
            + " | email firstName lastName",
        "{\"email\": \"e\", \"firstName\": \"f\", \"lastName\": \"l\"} | email firstName lastName"
      })
  @Covers({"apim.put-user.required", "apim.put-user.lengths"})
  void addressAndNamesHaveToBeThere(String body, String targets) {
    Service service = world.newService();
    world.addUser(service, "ann");
    List<String> details = new ArrayList<>();
    for (String target : List.of(targets.split(" "))) {
      details.add(target);
      details.add("'%s' must not be empty.".formatted(target));
    }

    assertRefused(service, "new", body, details.toArray(String[]::new));
    assertRefused(service, "ann", body, details.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({"email, 254", "firstName, 100", "lastName, 100"})
  @Covers("apim.put-user.lengths")
  void textsMayBeAsLongAsTheirLimit(String member, int longest) {
    Service service = world.newService();
    for (String character : List.of("x", "é")) {
      String fits = character.repeat(longest);
      ObjectNode body = body("ann@example.com");
      ((ObjectNode) body.get("properties")).put(member, fits);
      Answer put = world.put(service.user("ann"), body.toString());
      assertThat(properties(put).get(member).asText()).isEqualTo(fits);

      ((ObjectNode) body.get("properties")).put(member, fits + character);
      String message =
          "The length of '%s' must be %d characters or fewer. You entered %d characters."
              .formatted(member, longest, longest + 1);
      assertRefused(service, "ann", body.toString(), member, message);
      assertRefused(service, "new", body.toString(), member, message);
    }
  }

  private static ObjectNode body(String email) {
    ObjectNode body = new ObjectMapper().createObjectNode();
    body.putObject("properties")
        .put("email", email)
        .put("firstName", "First")
        .put("lastName", "Last");
    return body;
  }

  @Test
  @Covers("apim.put-user.lengths")
  void everyFaultIsNamedAtOnce() {
    Service service = world.newService();

    assertRefused(
        service,
        "new",
        """
        {"properties": {"email": "", "firstName": "%s", "state": "gone",
          "identities": [{"provider": "Aad"}, {"provider": "Myspace", "id": "1"}]}}
        """
            .formatted("x".repeat(101)),
        "email",
        "'email' must not be empty.",
        "firstName",
        "The length of 'firstName' must be 100 characters or fewer. You entered 101 characters.",
        "lastName",
        "'lastName' must not be empty.",
        "state",
        "The specified condition was not met for 'state'.",
        "identities[1].provider",
        CONDITION_OF_PROVIDER);
  }

  @Test
  @Covers("apim.put-user.identities")
  void givenIdentitiesComeBesideBasic() {
    Service service = world.newService();

    Answer created =
        world.put(
            service.user("ann"),
            userWith(
                "ann@example.com",
                """
                "identities": [{"provider": "Aad", "id": "a-1"},
                  {"provider": "microsoft", "id": "m-1"}, {"provider": "Basic", "id": "other"},
                  {"provider": "Azure", "id": "z"}, {"provider": "AADB2C", "id": "b-1"}]
                """));

    assertThat(created.status()).isEqualTo(201);
    assertThat(identities(created))
        .isEqualTo(
            "[{provider:Basic,id:ann@example.com},{provider:Aad,id:a-1},"
                + "{provider:Microsoft,id:m-1},{provider:AadB2C,id:b-1}]");
    assertThat(identities(world.get(service.user("ann")))).isEqualTo(identities(created));
    JsonNode list = world.get(service.user("ann") + "/identities").json();
    assertThat(list.get("value").toString().replace("\"", "")).isEqualTo(identities(created));
  }

  @Test
  @Covers("apim.put-user.identities")
  void identityMayLackItsId() {
    Service service = world.newService();

    Answer created =
        world.put(
            service.user("ann"),
            userWith("ann@example.com", "\"identities\": [{\"provider\": \"Google\"}]"));

    assertThat(created.status()).isEqualTo(201);
    assertThat(properties(created).at("/identities/1/provider").asText()).isEqualTo("Google");
    assertThat(properties(created).at("/identities/1/id").asText("")).isEmpty();
    assertThat(world.get(service.user("ann")).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[{\"provider\": \"Myspace\", \"id\": \"1\"}] | 0",
        "[{\"provider\": \"\", \"id\": \"1\"}] | 0",
        "[{\"provider\": null, \"id\": \"1\"}] | 0",
        "[{\"id\": \"1\"}] | 0",
        "[{}] | 0",
        "[null] | 0",
        "[{\"provider\": \"Aad\", \"id\": \"1\"}, {\"provider\": \"Aad \", \"id\": \"1\"}] | 1"
      })
  @Covers("apim.put-user.identity-provider")
  void unknownProviderIsRefused(String identities, int index) {
    Service service = world.newService();
    world.addUser(service, "ann");
    String body = userWith("ann@example.com", "\"identities\": " + identities);
    String target = "identities[%d].provider".formatted(index);

    assertRefused(service, "new", body.replace("ann@", "new@"), target, CONDITION_OF_PROVIDER);
    assertRefused(service, "ann", body, target, CONDITION_OF_PROVIDER);
    List<String> rows = stored.of(service);
    assertValidationError(
        world.patch(
            service.user("ann"), "{\"properties\": {\"identities\": %s}}".formatted(identities)),
        target,
        CONDITION_OF_PROVIDER);
    assertThat(stored.of(service)).isEqualTo(rows);
  }

  @ParameterizedTest
  @CsvSource({
    "true, signup, portal",
    "false, invite, developerPortal",
    "TRUE, Invite, DeveloperPortal",
    ", signup,",
    "true,,"
  })
  @Covers("apim.put-user.mails")
  void whatAsksForMailsIsAccepted(String notify, String confirmation, String appType) {
    Service service = world.newService();
    ObjectNode body = body("ann@example.com");
    ObjectNode properties = (ObjectNode) body.get("properties");
    if (confirmation != null) {
      properties.put("confirmation", confirmation);
    }
    if (appType != null) {
      properties.put("appType", appType);
    }
    String path = service.user("ann") + (notify == null ? "" : "?notify=" + notify);

    Answer created = world.put(path, body.toString());
    Answer updated = world.put(path, body.toString());

    assertThat(created.status()).isEqualTo(201);
    assertThat(updated.status()).isEqualTo(200);
    for (Answer answer : List.of(created, updated, world.get(service.user("ann")))) {
      assertThat(properties(answer).has("confirmation")).isFalse();
      assertThat(properties(answer).has("appType")).isFalse();
      assertThat(properties(answer).get("state").asText()).isEqualTo("active");
    }
  }

  @Test
  @Covers("apim.put-user.updates")
  void putOfAPresentUserReplacesWhatItHasToNameAndTheNote() {
    Service service = world.newService();
    String path = service.user("ann");
    world.put(
        path,
        userWith(
            "ann@example.com",
            """
            "state": "blocked", "note": "old", "password": "secret",
            "identities": [{"provider": "Aad", "id": "a-1"}]
            """));
    world.put(service.group("testers"), "{\"properties\": {\"displayName\": \"Testers\"}}");
    world.call("PUT", service.member("testers", "ann")).send();
    String registered = properties(world.get(path)).get("registrationDate").asText();
    clock.advance(Duration.ofDays(3));

    Answer updated =
        world.put(
            path,
            """
            {"properties": {"email": "new@example.com", "firstName": "New", "lastName": "Name"}}
            """);

    assertThat(updated.status()).isEqualTo(200);
    JsonNode properties = properties(updated);
    assertThat(properties.get("email").asText()).isEqualTo("new@example.com");
    assertThat(properties.get("firstName").asText()).isEqualTo("New");
    assertThat(properties.get("lastName").asText()).isEqualTo("Name");
    assertThat(properties.get("note").isNull()).isTrue();
    assertThat(properties.get("state").asText()).isEqualTo("blocked");
    assertThat(properties.get("registrationDate").asText()).isEqualTo(registered);
    assertThat(identities(updated))
        .isEqualTo("[{provider:Basic,id:ann@example.com},{provider:Aad,id:a-1}]");
    assertThat(properties.get("groups").findValuesAsText("name"))
        .containsExactly("Developers", "Testers");
    assertThat(isHashOf(stored.passwordHash(service, "ann"), "secret")).isTrue();
    ObjectNode withoutGroups = updated.json().deepCopy();
    ((ObjectNode) withoutGroups.get("properties")).remove("groups");
    Answer next = world.get(path);
    assertThat(next.json()).isEqualTo(withoutGroups);
    assertThat(next.header("ETag")).isPresent().isEqualTo(updated.header("ETag"));
  }

  @Test
  @Covers({"apim.put-user.updates", "apim.update-user.state-any-case"})
  void putOfAPresentUserTakesWhatItNames() {
    Service service = world.newService();
    String path = service.user("ann");
    world.put(
        path,
        userWith(
            "ann@example.com",
            "\"note\": \"old\", \"identities\": [{\"provider\": \"Aad\", \"id\": \"a-1\"}]"));

    Answer updated =
        world.put(
            path,
            userWith(
                "ann@example.com",
                """
                "state": "BLOCKED", "note": "new", "password": "other",
                "identities": [{"provider": "Google", "id": "g-1"}]
                """));

    assertThat(updated.status()).isEqualTo(200);
    assertThat(properties(updated).get("state").asText()).isEqualTo("blocked");
    assertThat(properties(updated).get("note").asText()).isEqualTo("new");
    assertThat(identities(updated))
        .isEqualTo("[{provider:Basic,id:ann@example.com},{provider:Google,id:g-1}]");
    assertThat(isHashOf(stored.passwordHash(service, "ann"), "other")).isTrue();

    Answer emptied = world.put(path, userWith("ann@example.com", "\"identities\": []"));
    assertThat(identities(emptied)).isEqualTo("[{provider:Basic,id:ann@example.com}]");
    assertThat(properties(emptied).get("state").asText()).isEqualTo("blocked");
  }

  @Test
  @Covers({"apim.put-user.unconditional", "apim.put-user.updates", "apim.put-user.mails"})
  void terraformBlocksAndUnblocksByPutsWithoutCondition() {
    Service service = world.newService();
    String path = service.user("acctestuser-1") + "?notify=false";
    String email = "azure-acctest1@example.com";

    assertThat(world.put(path, userWith(email, "\"state\": \"active\"")).status()).isEqualTo(201);
    for (String state : List.of("blocked", "active", "blocked")) {
      Answer updated = world.put(path, userWith(email, "\"state\": \"%s\"".formatted(state)));

      assertThat(updated.status()).isEqualTo(200);
      Answer read = world.get(service.user("acctestuser-1"));
      assertThat(properties(read).get("state").asText()).isEqualTo(state);
      assertThat(read.header("ETag")).isPresent().isEqualTo(updated.header("ETag"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ann@example.com", "ANN@example.COM", "Ann@Example.com"})
  @Covers({"apim.common.email-duplicate", "apim.common.email-ignores-case"})
  void addressOfAnotherUserIsRefused(String email) {
    Service service = world.newService();
    world.addUser(service, "ann");
    world.addUser(service, "bob");

    assertRefused(service, "new", user(email), "email", DUPLICATE);
    assertRefused(service, "bob", user(email), "email", DUPLICATE);
    List<String> rows = stored.of(service);
    assertValidationError(
        world.patch(service.user("bob"), "{\"properties\": {\"email\": \"%s\"}}".formatted(email)),
        "email",
        DUPLICATE);
    assertThat(stored.of(service)).isEqualTo(rows);
    assertThat(world.put(service.user("ann"), user(email)).status()).isEqualTo(200);
    assertThat(world.put(world.newService().user("ann"), user(email)).status()).isEqualTo(201);
  }

  @Test
  @Covers({"apim.common.email-duplicate", "apim.common.email-ignores-case"})
  void ownersAddressIsTakenToo() {
    Service service = world.newService();

    assertRefused(service, "new", user("OWNER@" + service.name()), "email", DUPLICATE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "no at sign",
        "a@b@c",
        "@",
        "tom+tfdev@hashicorp.com",
        "JÖRG@example.com",
        "😀",
        "  spaced  ",
        "a@localhost",
        "O'Hara@Example.com"
      })
  @Covers("apim.common.email-ignores-case")
  void addressIsKeptAsSentWhateverItsForm(String email) {
    Service service = world.newService();

    Answer created = world.put(service.user("ann"), user(email));

    assertThat(created.status()).isEqualTo(201);
    assertThat(properties(created).get("email").asText()).isEqualTo(email);
    assertThat(properties(world.get(service.user("ann"))).get("email").asText()).isEqualTo(email);
    assertRefused(service, "bob", user(email.toUpperCase(Locale.ROOT)), "email", DUPLICATE);
  }

  @Test
  @Covers({"apim.update-user.state-deleted", "apim.put-user.created"})
  void userCreatedAsDeletedHasNeitherIdentitiesNorGroups() {
    Service service = world.newService();

    Answer created =
        world.put(
            service.user("ann"),
            userWith(
                "ann@example.com",
                "\"state\": \"Deleted\", \"identities\": [{\"provider\": \"Aad\", \"id\": \"1\"}]"));

    assertThat(created.status()).isEqualTo(201);
    assertThat(properties(created).get("state").asText()).isEqualTo("deleted");
    assertThat(identities(created)).isEqualTo("[]");
    assertThat(properties(created).get("groups")).isEmpty();
    assertThat(world.get(service.user("ann") + "/groups").json().get("count").asInt()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"active", "Blocked", "PENDING", "pending"})
  @Covers({"apim.update-user.state-any-case", "apim.put-user.created"})
  void newUserMayHaveAnyState(String state) {
    Service service = world.newService();

    Answer created =
        world.put(
            service.user("ann"), userWith("ann@example.com", "\"state\": \"%s\"".formatted(state)));

    assertThat(created.status()).isEqualTo(201);
    assertThat(properties(created).get("state").asText())
        .isEqualToIgnoringCase(state)
        .isLowerCase();
    assertThat(properties(world.get(service.user("ann"))).get("state"))
        .isEqualTo(properties(created).get("state"));
    assertThat(properties(created).get("groups").findValuesAsText("name"))
        .containsExactly("Developers");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "\"0\"", "\"\"", "\"gone\"", "\"active \""})
  @Covers("apim.update-user.state-unknown")
  void unknownStateIsRefused(String state) {
    Service service = world.newService();
    world.addUser(service, "ann");
    String message = "The specified condition was not met for 'state'.";

    assertRefused(
        service, "new", userWith("new@example.com", "\"state\": " + state), "state", message);
    assertRefused(
        service, "ann", userWith("ann@example.com", "\"state\": " + state), "state", message);
  }

  @Test
  @Covers("apim.update-user.state-pending")
  void activeUserCannotBePutPending() {
    Service service = world.newService();
    world.addUser(service, "ann");

    assertRefused(
        service,
        "ann",
        userWith("ann@example.com", "\"state\": \"pending\", \"note\": \"n\""),
        "state",
        "The specified condition was not met for 'state'.");
  }

  @Test
  @Covers("apim.put-user.if-match-new")
  void refusedCreationCreatesNothing() {
    Service service = world.newService();
    List<String> rows = stored.of(service);

    assertServiceError(
        world.send("PUT", service.user("ann"), user("ann@example.com"), "If-Match", "*"),
        412,
        "PreconditionFailed",
        "Resource was modified since last retrieval.");

    assertThat(stored.of(service)).isEqualTo(rows);
    assertServiceError(world.get(service.user("ann")), 404, "ResourceNotFound", "User not found.");
  }
}
