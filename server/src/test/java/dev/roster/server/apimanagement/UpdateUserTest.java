package dev.roster.server.apimanagement;

import static dev.roster.server.apimanagement.ApiManagementErrorAssert.assertGatewayError;
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
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class UpdateUserTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CONDITION_OF_STATE =
      "The specified condition was not met for 'state'.";

  @Inject ApiManagementWorld world;
  @Inject StoredUsers stored;
  @Inject MutableClock clock;

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  /** A user with a value for everything, {@code ann}. */
  private String addFullUser(Service service) {
    String path = service.user("ann");
    Answer created =
        world.put(
            path,
            """
            {"properties": {"email": "ann@example.com", "firstName": "Ann", "lastName": "Old",
              "state": "active", "note": "a remark", "password": "secret",
              "identities": [{"provider": "Aad", "id": "a-1"}]}}
            """);
    assertThat(created.status()).isEqualTo(201);
    return path;
  }

  private static String changes(String members) {
    return "{\"properties\": {%s}}".formatted(members);
  }

  private static String state(String value) {
    return changes("\"state\": \"%s\"".formatted(value));
  }

  private static JsonNode properties(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().get("properties");
  }

  private static String identities(Answer answer) {
    return properties(answer).get("identities").toString().replace("\"", "");
  }

  private void assertRefused(Service service, String path, String body, String... details) {
    List<String> rows = stored.of(service);
    Answer before = world.get(path);
    assertValidationError(world.patch(path, body), details);
    Answer after = world.get(path);
    assertThat(after.text()).isEqualTo(before.text());
    assertThat(after.header("ETag")).isPresent().isEqualTo(before.header("ETag"));
    assertThat(stored.of(service)).isEqualTo(rows);
  }

  @ParameterizedTest
  @CsvSource({
    "email, new@example.com",
    "firstName, New",
    "lastName, New",
    "note, another remark",
    "note, ''",
    "state, blocked",
    "state, active",
    "firstName, 用户 😀",
    "note, '<b>&amp;\t%_\u0001'"
  })
  @Covers({
    "apim.update-user.updates",
    "apim.update-user.absent-keeps",
    "apim.update-user.groups-empty"
  })
  void onePropertyChangesAndTheOthersStay(String member, String value) {
    Service service = world.newService();
    String path = addFullUser(service);
    ObjectNode expected = world.get(path).json().deepCopy();
    ((ObjectNode) expected.get("properties")).put(member, value);
    String hash = stored.passwordHash(service, "ann");
    ObjectNode body = JSON.createObjectNode();
    body.putObject("properties").put(member, value);

    Answer updated = world.patch(path, body.toString());

    assertThat(updated.status()).as(updated.text()).isEqualTo(200);
    assertThat(world.get(path).json()).isEqualTo(expected);
    ((ObjectNode) expected.get("properties")).putArray("groups");
    assertThat(updated.json()).isEqualTo(expected);
    assertThat(updated.header("ETag")).isPresent();
    assertThat(updated.header("Content-Type")).contains("application/json; charset=utf-8");
    assertThat(stored.passwordHash(service, "ann")).isEqualTo(hash);
  }

  @Test
  @Covers({"apim.update-user.updates", "apim.update-user.password-any"})
  void everythingChangesAtOnce() {
    Service service = world.newService();
    String path = addFullUser(service);

    // As the vendor's PowerShell was recorded.
    Answer updated =
        world.patch(
            path,
            """
            {"properties":{"state":"Blocked","note":"ps3765","email":"changed@example.com",
              "password":"ps1967","firstName":"ps3247","lastName":"ps8364"}}
            """);

    JsonNode properties = properties(updated);
    assertThat(properties.get("state").asText()).isEqualTo("blocked");
    assertThat(properties.get("note").asText()).isEqualTo("ps3765");
    assertThat(properties.get("email").asText()).isEqualTo("changed@example.com");
    assertThat(properties.get("firstName").asText()).isEqualTo("ps3247");
    assertThat(properties.get("lastName").asText()).isEqualTo("ps8364");
    assertThat(properties.has("password")).isFalse();
    assertThat(properties.fieldNames())
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
    assertThat(isHashOf(stored.passwordHash(service, "ann"), "ps1967")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ps1967", "1", " ", "pässwörd 😀"})
  @Covers({"apim.update-user.password-any", "apim.update-user.updates"})
  void anyPasswordIsAccepted(String password) {
    Service service = world.newService();
    String path = addFullUser(service);

    Answer updated = world.patch(path, changes("\"password\": \"%s\"".formatted(password)));

    assertThat(properties(updated).has("password")).isFalse();
    assertThat(isHashOf(stored.passwordHash(service, "ann"), password)).isTrue();
    assertThat(isHashOf(stored.passwordHash(service, "ann"), "secret")).isFalse();
  }

  @Test
  @Covers("apim.update-user.password-empty")
  void emptyPasswordIsPassedOver() {
    Service service = world.newService();
    String path = addFullUser(service);
    String hash = stored.passwordHash(service, "ann");

    Answer patched = world.patch(path, changes("\"password\": \"\", \"firstName\": \"New\""));
    assertThat(properties(patched).get("firstName").asText()).isEqualTo("New");
    assertThat(stored.passwordHash(service, "ann")).isEqualTo(hash);

    String empty =
        """
        {"properties": {"email": "%s@example.com", "firstName": "F", "lastName": "L",
          "password": ""}}
        """;
    assertThat(world.put(path, empty.formatted("ann")).status()).isEqualTo(200);
    assertThat(stored.passwordHash(service, "ann")).isEqualTo(hash);
    assertThat(world.put(service.user("bob"), empty.formatted("bob")).status()).isEqualTo(201);
    assertThat(stored.passwordHash(service, "bob")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"properties\": {}}",
        "{\"properties\": null}",
        "{\"properties\": {\"unknown\": 1, \"confirmation\": \"signup\"}, \"tags\": {}}"
      })
  @Covers({"apim.update-user.nothing-named", "apim.update-user.absent-keeps"})
  void patchOfNothingGivesANewTag(String body) {
    Service service = world.newService();
    String path = addFullUser(service);
    Answer before = world.get(path);

    Answer updated = world.patch(path, body);

    assertThat(updated.status()).isEqualTo(200);
    Answer after = world.get(path);
    assertThat(after.text()).isEqualTo(before.text());
    assertThat(after.header("ETag")).isPresent().isNotEqualTo(before.header("ETag"));
  }

  @Test
  @Covers("apim.update-user.null-note")
  void nullRemovesTheNote() {
    Service service = world.newService();
    String path = addFullUser(service);

    Answer updated = world.patch(path, changes("\"note\": null"));

    assertThat(properties(updated).get("note").isNull()).isTrue();
    assertThat(properties(world.get(path)).get("note").isNull()).isTrue();
    assertThat(properties(updated).get("lastName").asText()).isEqualTo("Old");
  }

  @ParameterizedTest
  @ValueSource(strings = {"email", "firstName", "lastName", "password", "state", "identities"})
  @Covers("apim.update-user.null-members")
  void nullKeepsTheValue(String member) {
    Service service = world.newService();
    String path = addFullUser(service);
    Answer before = world.get(path);
    String hash = stored.passwordHash(service, "ann");

    assertThat(world.patch(path, changes("\"%s\": null".formatted(member))).status())
        .isEqualTo(200);

    assertThat(world.get(path).text()).isEqualTo(before.text());
    assertThat(stored.passwordHash(service, "ann")).isEqualTo(hash);
    Answer beside = world.patch(path, changes("\"%s\": null, \"note\": \"n\"".formatted(member)));
    assertThat(properties(beside).get("note").asText()).isEqualTo("n");
  }

  @ParameterizedTest
  @CsvSource({"email, 254", "firstName, 100", "lastName, 100"})
  @Covers({
    "apim.update-user.email-length",
    "apim.update-user.names-length",
    "apim.update-user.refused-whole",
    "apim.update-user.errors"
  })
  void textsAreNeitherEmptyNorTooLong(String member, int longest) {
    Service service = world.newService();
    String path = addFullUser(service);
    String template = "\"%s\": \"%s\", \"note\": \"lost\", \"password\": \"lost\"";

    assertRefused(
        service,
        path,
        changes(template.formatted(member, "")),
        member,
        "'%s' must not be empty.".formatted(member));
    assertRefused(
        service,
        path,
        changes(template.formatted(member, "x".repeat(longest + 1))),
        member,
        "The length of '%s' must be %d characters or fewer. You entered %d characters."
            .formatted(member, longest, longest + 1));

    String fits = "é".repeat(longest);
    Answer updated = world.patch(path, changes("\"%s\": \"%s\"".formatted(member, fits)));
    assertThat(properties(updated).get(member).asText()).isEqualTo(fits);
  }

  @Test
  @Covers({"apim.update-user.errors", "apim.update-user.refused-whole"})
  void everyFaultIsNamedAtOnce() {
    Service service = world.newService();
    String path = addFullUser(service);

    assertRefused(
        service,
        path,
        changes(
            """
            "note": "lost", "email": "", "firstName": "%s", "lastName": "", "state": 0,
            "identities": [{"provider": "x", "id": "1"}]
            """
                .formatted("x".repeat(101))),
        "email",
        "'email' must not be empty.",
        "firstName",
        "The length of 'firstName' must be 100 characters or fewer. You entered 101 characters.",
        "lastName",
        "'lastName' must not be empty.",
        "state",
        CONDITION_OF_STATE,
        "identities[0].provider",
        "The specified condition was not met for 'provider'.");
  }

  @Test
  @Covers({"apim.update-user.email-unique", "apim.update-user.refused-whole"})
  void addressOfAnotherUserIsRefusedAndNothingElseChanges() {
    Service service = world.newService();
    String path = addFullUser(service);
    world.addUser(service, "bob");
    world.addUser(world.newService(), "carl");

    for (String email : List.of("bob@example.com", "BOB@EXAMPLE.COM", "owner@" + service.name())) {
      assertRefused(
          service,
          path,
          changes("\"note\": \"lost\", \"email\": \"%s\"".formatted(email)),
          "email",
          "A user with this email already exists.");
    }

    for (String email : List.of("ann@example.com", "ANN@example.com", "carl@example.com")) {
      Answer updated = world.patch(path, changes("\"email\": \"%s\"".formatted(email)));
      assertThat(properties(updated).get("email").asText()).isEqualTo(email);
    }
    // The address that nobody has any more is free.
    assertThat(world.put(service.user("dora"), user("ann@example.com")).status()).isEqualTo(201);
  }

  @Test
  @Covers("apim.update-user.email-keeps-identity")
  void newAddressLeavesTheBasicIdentity() {
    Service service = world.newService();
    String path = addFullUser(service);

    Answer updated = world.patch(path, changes("\"email\": \"new@example.com\""));

    assertThat(properties(updated).get("email").asText()).isEqualTo("new@example.com");
    String expected = "[{provider:Basic,id:ann@example.com},{provider:Aad,id:a-1}]";
    assertThat(identities(updated)).isEqualTo(expected);
    assertThat(identities(world.get(path))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "Active, active",
    "BLOCKED, blocked",
    "bLoCkEd, blocked",
    "Deleted, deleted",
    "blocked, blocked"
  })
  @Covers("apim.update-user.state-any-case")
  void stateIsTakenInAnyCase(String sent, String told) {
    Service service = world.newService();
    String path = addFullUser(service);

    assertThat(properties(world.patch(path, state(sent))).get("state").asText()).isEqualTo(told);
    assertThat(properties(world.get(path)).get("state").asText()).isEqualTo(told);
    assertThat(
            ApiManagementWorld.names(
                world.get(service.users() + "?$filter=state%20eq%20'" + sent + "'")))
        .contains("ann");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "1", "2.5", "\"0\"", "\"\"", "\"gone\"", "\"active \"", "\"activeblocked\""})
  @Covers("apim.update-user.state-unknown")
  void unknownStateIsRefused(String state) {
    Service service = world.newService();

    assertRefused(
        service,
        addFullUser(service),
        changes("\"note\": \"lost\", \"state\": " + state),
        "state",
        CONDITION_OF_STATE);
  }

  @ParameterizedTest
  @CsvSource({
    "pending, active, true",
    "pending, blocked, true",
    "pending, pending, true",
    "pending, deleted, true",
    "active, pending, false",
    "active, active, true",
    "active, blocked, true",
    "active, deleted, true",
    "blocked, pending, false",
    "blocked, active, true",
    "blocked, blocked, true",
    "blocked, deleted, true",
    "deleted, pending, false",
    "deleted, active, true",
    "deleted, blocked, true",
    "deleted, deleted, true"
  })
  @Covers("apim.update-user.state-pending")
  void nobodyBecomesPendingAgain(String from, String to, boolean allowed) {
    Service service = world.newService();
    String path = service.user("ann");
    String body =
        """
        {"properties": {"email": "ann@example.com", "firstName": "First", "lastName": "Last",
          "state": "%s"}}
        """;
    assertThat(world.put(path, body.formatted(from)).status()).isEqualTo(201);

    if (allowed) {
      assertThat(properties(world.patch(path, state(to))).get("state").asText()).isEqualTo(to);
      assertThat(properties(world.get(path)).get("state").asText()).isEqualTo(to);
    } else {
      assertRefused(service, path, state(to), "state", CONDITION_OF_STATE);
    }
  }

  @Test
  @Covers("apim.update-user.state-deleted")
  void deletedUserIsReadWithoutIdentitiesAndGroups() {
    Service service = world.newService();
    String path = addFullUser(service);
    world.put(service.group("testers"), "{\"properties\": {\"displayName\": \"Testers\"}}");
    world.call("PUT", service.member("testers", "ann")).send();

    Answer updated =
        world.patch(
            path,
            changes(
                "\"state\": \"deleted\", \"identities\": [{\"provider\": \"Aad\", \"id\": \"2\"}]"));

    assertThat(properties(updated).get("state").asText()).isEqualTo("deleted");
    assertThat(identities(updated)).isEqualTo("[]");
    Answer read = world.get(path);
    assertThat(properties(read).get("email").asText()).isEqualTo("ann@example.com");
    assertThat(identities(read)).isEqualTo("[]");
    assertThat(world.get(path + "/identities").json().get("value")).isEmpty();
    assertThat(world.get(path + "/groups").json().get("count").asInt()).isZero();
    for (String group : List.of("testers", "developers")) {
      assertThat(world.call("HEAD", service.member(group, "ann")).send().status()).isEqualTo(404);
    }
    JsonNode listed = world.get(service.users() + "?expandGroups=true").json().at("/value/1");
    assertThat(listed.get("name").asText()).isEqualTo("ann");
    assertThat(listed.at("/properties/groups")).isEmpty();
    // The address stays taken until the user is deleted for good.
    assertThat(world.put(service.user("new"), user("ann@example.com")).status()).isEqualTo(400);

    // What is gone does not come back with the state.
    assertThat(identities(world.patch(path, state("active")))).isEqualTo("[]");
    assertThat(world.get(path + "/groups").json().get("count").asInt()).isZero();
  }

  @Test
  @Covers("apim.update-user.identities")
  void givenIdentitiesReplaceAllButTheServicesOwn() {
    Service service = world.newService();
    String path = addFullUser(service);
    String basic = "{provider:Basic,id:ann@example.com}";

    assertThat(
            identities(
                world.patch(
                    path,
                    changes(
                        """
                        "identities": [{"provider": "google", "id": "g-1"},
                          {"provider": "Basic", "id": "forged"},
                          {"provider": "Twitter", "id": "t-1"}, {"provider": "Azure", "id": "z"}]
                        """))))
        .isEqualTo("[" + basic + ",{provider:Google,id:g-1},{provider:Twitter,id:t-1}]");
    assertThat(identities(world.patch(path, "{}")))
        .isEqualTo("[" + basic + ",{provider:Google,id:g-1},{provider:Twitter,id:t-1}]");
    assertThat(identities(world.patch(path, changes("\"identities\": []"))))
        .isEqualTo("[" + basic + "]");
    assertThat(identities(world.get(path))).isEqualTo("[" + basic + "]");

    Answer owner =
        world.patch(
            service.user("1"),
            changes("\"identities\": [{\"provider\": \"Facebook\", \"id\": \"f-1\"}]"));
    assertThat(identities(owner))
        .isEqualTo(
            "[{provider:Azure,id:owner@%s},{provider:Facebook,id:f-1}]".formatted(service.name()));
  }

  @Test
  @Covers("apim.update-user.groups-empty")
  void answerHasNoGroupsThoughTheUserIsInSome() {
    Service service = world.newService();
    String path = addFullUser(service);

    Answer updated = world.patch(path, changes("\"note\": \"n\""));

    assertThat(properties(updated).get("groups").isArray()).isTrue();
    assertThat(properties(updated).get("groups")).isEmpty();
    assertThat(ApiManagementWorld.names(world.get(path + "/groups"))).containsExactly("developers");
  }

  @Test
  @Covers("apim.update-user.registration-date-kept")
  void registrationDateStays() {
    Service service = world.newService();
    String path = addFullUser(service);
    String registered = properties(world.get(path)).get("registrationDate").asText();
    clock.advance(Duration.ofDays(400));

    Answer updated =
        world.patch(
            path,
            changes("\"firstName\": \"New\", \"registrationDate\": \"2001-01-01T00:00:00Z\""));

    assertThat(properties(updated).get("registrationDate").asText()).isEqualTo(registered);
    assertThat(properties(world.get(path)).get("registrationDate").asText()).isEqualTo(registered);
  }

  @Test
  @Covers({"apim.update-user.updates", "apim.update-user.absent-keeps"})
  void pythonClientThatRenamesABlockedUserActivatesIt() {
    Service service = world.newService();
    String path = addFullUser(service);
    world.patch(path, state("blocked"));

    // Its model of an update has a state of active unless told otherwise, and sends it.
    Answer renamed = world.patch(path, changes("\"state\": \"active\", \"firstName\": \"New\""));

    assertThat(properties(renamed).get("state").asText()).isEqualTo("active");
    world.patch(path, state("blocked"));
    Answer others = world.patch(path, changes("\"firstName\": \"Newer\""));
    assertThat(properties(others).get("state").asText()).isEqualTo("blocked");
  }

  @Test
  @Covers({"apim.update-user.if-match-exact", "apim.update-user.stale-tag"})
  void secondWriterWithTheSameTagIsRefused() {
    Service service = world.newService();
    String path = addFullUser(service);
    String tag = world.tag(path);

    Answer first = world.send("PATCH", path, changes("\"note\": \"first\""), "If-Match", tag);
    assertThat(first.status()).isEqualTo(200);
    List<String> rows = stored.of(service);
    assertServiceError(
        world.send("PATCH", path, changes("\"note\": \"second\""), "If-Match", tag),
        412,
        "PreconditionFailed",
        "Resource was modified since last retrieval.");

    assertThat(stored.of(service)).isEqualTo(rows);
    assertThat(properties(world.get(path)).get("note").asText()).isEqualTo("first");
    Answer third =
        world.send("PATCH", path, changes("\"note\": \"third\""), "If-Match", world.tag(path));
    assertThat(properties(third).get("note").asText()).isEqualTo("third");
  }

  @Test
  @Covers({"apim.update-user.unknown", "apim.update-user.errors"})
  void patchOfAnUnknownUserCreatesNothing() {
    Service service = world.newService();
    List<String> rows = stored.of(service);

    assertServiceError(
        world.patch(service.user("nobody"), changes("\"email\": \"n@example.com\"")),
        404,
        "ResourceNotFound",
        "User not found.");

    assertThat(stored.of(service)).isEqualTo(rows);
    assertThat(ApiManagementWorld.names(world.get(service.users()))).containsExactly("1");
  }

  @Test
  @Covers("apim.update-user.path-required")
  void everyPartOfThePathNamesTheUser() {
    Service service = world.newService();
    Service other = world.newService();
    Service namesake = new Service("sub-1", "group-2", service.name());
    assertThat(
            world
                .put(
                    namesake.path(),
                    """
                    {"location": "West US", "sku": {"name": "Developer", "capacity": 1},
                     "properties": {"publisherEmail": "p@example.com", "publisherName": "C"}}
                    """)
                .status())
        .isEqualTo(201);
    for (Service each : List.of(service, other, namesake)) {
      world.addUser(each, "ann");
      world.addUser(each, "bob");
    }
    String bob = world.get(service.user("bob")).text();
    List<String> rowsOfOther = stored.of(other);
    List<String> rowsOfNamesake = stored.of(namesake);
    String change = changes("\"note\": \"changed\"");

    assertThat(world.patch(service.user("ann"), change).status()).isEqualTo(200);

    assertThat(properties(world.get(service.user("ann"))).get("note").asText())
        .isEqualTo("changed");
    assertThat(world.get(service.user("bob")).text()).isEqualTo(bob);
    assertThat(stored.of(other)).isEqualTo(rowsOfOther);
    assertThat(stored.of(namesake)).isEqualTo(rowsOfNamesake);

    List<String> rows = stored.of(service);
    Service unknown = new Service("nobodys-subscription", "group-1", service.name());
    assertGatewayError(
        world.patch(unknown.user("ann"), change),
        404,
        "SubscriptionNotFound",
        "The subscription 'nobodys-subscription' could not be found.");
    unknown = new Service("sub-1", "nobodys-group", service.name());
    assertGatewayError(
        world.patch(unknown.user("ann"), change),
        404,
        "ResourceGroupNotFound",
        "Resource group 'nobodys-group' could not be found.");
    unknown = new Service("sub-1", "group-1", "nobodys-service");
    assertGatewayError(
        world.patch(unknown.user("ann"), change),
        404,
        "ResourceNotFound",
        "The Resource 'Microsoft.ApiManagement/service/nobodys-service' under resource group"
            + " 'group-1' was not found. For more details please go to"
            + " https://aka.ms/ARMResourceNotFoundFix");
    assertServiceError(
        world.patch(service.user("carl"), change), 404, "ResourceNotFound", "User not found.");
    assertThat(stored.of(service)).isEqualTo(rows);
  }

  @Test
  @Covers({"apim.update-user.api-version-required", "apim.update-user.security"})
  void patchWithoutVersionOrTokenIsRefused() {
    Service service = world.newService();
    String path = addFullUser(service);
    List<String> rows = stored.of(service);
    String change = changes("\"note\": \"lost\"");

    assertGatewayError(
        world
            .anonymous("PATCH", path)
            .header("Authorization", ApiManagementWorld.BEARER)
            .header("If-Match", "*")
            .body(change)
            .send(),
        400,
        "MissingApiVersionParameter",
        "The api-version query parameter (?api-version=) is required for all requests.");
    Answer anonymous =
        world
            .anonymous("PATCH", path + "?" + ApiManagementWorld.VERSION)
            .header("If-Match", "*")
            .body(change)
            .send();
    assertGatewayError(
        anonymous,
        401,
        "AuthenticationFailed",
        "Authentication failed. The 'Authorization' header is missing.");
    assertThat(anonymous.header("WWW-Authenticate"))
        .hasValueSatisfying(challenge -> assertThat(challenge).startsWith("Bearer "));

    assertThat(stored.of(service)).isEqualTo(rows);
    assertThat(world.patch(path, change).status()).isEqualTo(200);
  }

  @Test
  @Covers({"apim.update-user.missing-if-match", "apim.update-user.errors"})
  void patchWithoutConditionIsRefused() {
    Service service = world.newService();
    String path = addFullUser(service);
    List<String> rows = stored.of(service);

    assertValidationError(
        world.call("PATCH", path, changes("\"note\": \"lost\"")).send(),
        "If-Match",
        "'If-Match' must not be empty.");

    assertThat(stored.of(service)).isEqualTo(rows);
  }
}
