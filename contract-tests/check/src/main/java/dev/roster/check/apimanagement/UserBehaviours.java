package dev.roster.check.apimanagement;

import static dev.roster.check.apimanagement.ApiManagementService.USERS;
import static dev.roster.check.apimanagement.ApiManagementService.assertBare;
import static dev.roster.check.apimanagement.ApiManagementService.assertError;
import static dev.roster.check.apimanagement.ApiManagementService.assertInvalid;
import static dev.roster.check.apimanagement.ApiManagementService.assertPreconditionFailed;
import static dev.roster.check.apimanagement.ApiManagementService.counters;
import static dev.roster.check.apimanagement.ApiManagementService.members;
import static dev.roster.check.apimanagement.ApiManagementService.newEmail;
import static dev.roster.check.apimanagement.ApiManagementService.newName;
import static dev.roster.check.apimanagement.ApiManagementService.properties;
import static dev.roster.check.apimanagement.ApiManagementService.tag;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.check.apimanagement.ApiManagementService.User;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UserBehaviours {

  @RegisterExtension final ApiManagementService service = new ApiManagementService();

  @Test
  @Covers("apim.put-user.created")
  void newUserIsActiveADeveloperAndSignsInWithItsAddress() {
    User user = new User(newName(), newEmail());

    Answer created = service.put(user);

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.json().get("name").asText()).isEqualTo(user.id());
    JsonNode properties = created.json().get("properties");
    assertThat(properties.get("email").asText()).isEqualTo(user.email());
    assertThat(properties.get("firstName").asText()).isEqualTo("First");
    assertThat(properties.get("lastName").asText()).isEqualTo("Last");
    assertThat(properties.get("state").asText()).isEqualTo("active");
    assertThat(properties.get("groups")).hasSize(1);
    assertThat(properties.at("/groups/0/name").asText()).isEqualTo("Developers");
    assertThat(properties.get("identities"))
        .hasToString("[{\"provider\":\"Basic\",\"id\":\"%s\"}]".formatted(user.email()));
    assertThat(tag(created)).isEqualTo(tag(service.read(user.path())));
  }

  @Test
  @Covers("apim.put-user.required")
  void addressAndNamesAreRequired() {
    User user = new User(newName(), newEmail());

    assertInvalid(
        service.removed(user, service.request("PUT", user.path()).json("{\"properties\": {}}")),
        "email",
        "firstName",
        "lastName");
    assertInvalid(
        service.removed(
            user,
            service
                .request("PUT", user.path())
                .json(properties("email", user.email(), "firstName", "First"))),
        "lastName");
    assertThat(service.request("GET", user.path()).send().status()).isEqualTo(404);
  }

  @Test
  @Covers("apim.put-user.lengths")
  void lengthsHaveLimits() {
    User user = new User(newName(), newEmail());

    assertInvalid(service.put(user, "email", ""), "email");
    assertInvalid(service.put(user, "email", "e".repeat(255)), "email");
    assertInvalid(
        service.put(user, "firstName", "", "lastName", "l".repeat(101)), "firstName", "lastName");
    Answer longest = service.put(user, "firstName", "f".repeat(100), "lastName", "l".repeat(100));
    assertThat(longest.status()).isEqualTo(201);
    assertThat(longest.json().at("/properties/firstName").asText()).isEqualTo("f".repeat(100));
  }

  @Test
  @Covers("apim.common.validation-error")
  void failedValidationNamesEveryFaultyField() {
    Answer answer =
        service.put(
            new User(newName(), newEmail()),
            "firstName",
            "f".repeat(101),
            "lastName",
            "l".repeat(101));

    assertInvalid(answer, "firstName", "lastName");
    for (JsonNode detail : answer.json().at("/error/details")) {
      assertThat(members(detail)).containsExactlyInAnyOrder("code", "message", "target");
    }
  }

  @Test
  @Covers("apim.put-user.identities")
  void furtherIdentitiesComeBesideTheAddress() {
    User user =
        service.newUser(
            newName(),
            "identities",
            List.of(Map.of("provider", "Aad", "id", "00000000-0000-0000-0000-0000000000a1")));

    assertThat(service.propertiesOf(user.path()).get("identities"))
        .extracting(identity -> identity.get("provider").asText())
        .containsExactlyInAnyOrder("Basic", "Aad");
  }

  @Test
  @Covers("apim.put-user.identity-provider")
  void unknownProviderIsRefused() {
    Answer answer =
        service.put(
            new User(newName(), newEmail()),
            "identities",
            List.of(Map.of("provider", "Nowhere", "id", "1")));

    assertInvalid(answer, "identities[0].provider");
    assertThat(answer.json().at("/error/details/0/message").asText())
        .isEqualTo("The specified condition was not met for 'provider'.");
  }

  @Test
  @Covers("apim.get-user.answer")
  void userIsToldWholeAndWithoutGroups() {
    User user = service.newUser();

    Answer answer = service.read(user.path());

    assertThat(members(answer.json()))
        .containsExactlyInAnyOrder("id", "type", "name", "properties");
    JsonNode properties = answer.json().get("properties");
    assertThat(members(properties))
        .containsExactlyInAnyOrder(
            "firstName", "lastName", "email", "state", "registrationDate", "note", "identities");
    assertThat(properties.get("note").isNull()).isTrue();
    assertThat(properties.get("identities"))
        .hasToString("[{\"provider\":\"Basic\",\"id\":\"%s\"}]".formatted(user.email()));
    assertThat(answer.header("ETag")).isPresent();
  }

  @Test
  @Covers("apim.get-user.registration-date")
  void registrationDateHasNoMoreDigitsThanItNeeds() {
    User user = service.newUser();

    assertThat(service.propertiesOf(user.path()).get("registrationDate").asText())
        .matches("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{0,2}[1-9])?Z");
  }

  @Test
  @Covers("apim.get-user.unknown")
  void unknownUserIsNotFound() {
    assertError(
        service.request("GET", USERS + "/" + newName()).send(),
        404,
        "ResourceNotFound",
        "User not found.");
  }

  @Test
  @Covers("apim.head-user.answer")
  void headTellsTheTagAlone() {
    User user = service.newUser();

    Answer known = service.request("HEAD", user.path()).send();
    Answer unknown = service.request("HEAD", USERS + "/" + newName()).send();

    assertBare(known, 200);
    assertThat(tag(known)).isEqualTo(tag(service.read(user.path())));
    assertBare(unknown, 404);
    assertThat(unknown.header("ETag")).isEmpty();
  }

  @Test
  @Covers("apim.common.etag-form")
  void tagOfAUserIsMadeOfTwoCounters() {
    User user = new User(newName(), newEmail());

    assertThat(counters(service.put(user))).hasSize(2);
    assertThat(counters(service.read(user.path()))).hasSize(2);
    assertThat(counters(service.request("HEAD", user.path()).send())).hasSize(2);
    assertThat(counters(service.read(service.newGroup().path()))).hasSize(1);
  }

  @Test
  @Covers("apim.common.etag-grows")
  void everyWriteTakesAHigherCounter() {
    User user = service.newUser();
    long first = counters(service.read(user.path())).get(1);

    long other = counters(service.put(new User(newName(), newEmail()))).get(0);
    long changed = counters(service.patch(user.path(), properties("note", "new"))).get(0);

    assertThat(other).isGreaterThan(first);
    assertThat(changed).isGreaterThan(other);
  }

  @Test
  @Covers("apim.common.password-secret")
  void passwordIsToldNowhere() {
    User user = new User(newName(), newEmail());
    String password = service.newPassword();

    Answer created = service.put(user, "password", password);
    Answer changed = service.patch(user.path(), properties("password", password));

    assertThat(created.status()).isEqualTo(201);
    assertThat(changed.status()).isEqualTo(200);
    for (Answer answer : List.of(created, changed, service.read(user.path()))) {
      assertThat(answer.text().contains(password)).as("the password is told").isFalse();
      assertThat(members(answer.json().get("properties"))).doesNotContain("password");
    }
  }

  @Test
  @Covers("apim.put-user.if-match")
  void presentUserIsReplacedWithItsTagOrAnyOnly() {
    User user = service.newUser();
    String stale = tag(service.read(user.path()));

    Answer withTag = service.putRequest(user, "note", "one").header("If-Match", stale).send();
    Answer withStar = service.putRequest(user, "note", "two").header("If-Match", "*").send();
    Answer withStale = service.putRequest(user, "note", "three").header("If-Match", stale).send();

    assertThat(withTag.status()).isEqualTo(200);
    assertThat(withTag.json().at("/properties/note").asText()).isEqualTo("one");
    assertThat(withStar.status()).isEqualTo(200);
    assertPreconditionFailed(withStale);
    assertThat(service.propertiesOf(user.path()).get("note").asText()).isEqualTo("two");
  }

  @Test
  @Covers("apim.put-user.if-match-new")
  void newUserHasNoTagToMatch() {
    User user = new User(newName(), newEmail());
    String someTag = tag(service.read(service.newUser().path()));

    for (String condition : List.of("*", someTag)) {
      assertPreconditionFailed(
          service.removed(user, service.putRequest(user).header("If-Match", condition)));
      assertThat(service.request("GET", user.path()).send().status()).isEqualTo(404);
    }
  }

  @Test
  @Covers("apim.put-user.if-none-match")
  void userIsCreatedOnlyIfThereIsNone() {
    User user = new User(newName(), newEmail());

    Answer first = service.removed(user, service.putRequest(user).header("If-None-Match", "*"));
    Answer second = service.putRequest(user, "note", "new").header("If-None-Match", "*").send();

    assertThat(first.status()).isEqualTo(201);
    assertPreconditionFailed(second);
    assertThat(service.propertiesOf(user.path()).get("note").isNull()).isTrue();
  }

  @Test
  @Covers("apim.list-identities.answer")
  void identitiesComeOnOnePage() {
    User user = service.newUser();

    Answer answer = service.read(user.path() + "/identities");

    assertThat(answer.json().get("value"))
        .hasToString("[{\"provider\":\"Basic\",\"id\":\"%s\"}]".formatted(user.email()));
    assertThat(answer.json().get("count").asInt()).isEqualTo(1);
    assertThat(answer.json().has("nextLink")).isTrue();
    assertThat(answer.json().get("nextLink").isNull()).isTrue();
  }

  @Test
  @Covers("apim.delete-user.deleted")
  void deletedUserIsUnknownAndItsAddressIsFree() {
    User user = service.newUser();

    Answer deleted =
        service
            .request("DELETE", user.path())
            .header("If-Match", tag(service.read(user.path())))
            .send();

    assertBare(deleted, 200);
    assertThat(deleted.header("Content-Type")).isEmpty();
    assertThat(service.request("GET", user.path()).send().status()).isEqualTo(404);
    assertThat(service.put(user).status()).as("status of the same user again").isEqualTo(201);
  }

  @Test
  @Covers("apim.delete-user.unknown")
  void deletionOfAnUnknownUserIsNoFault() {
    String path = USERS + "/" + newName();
    String someTag = tag(service.read(service.newUser().path()));

    for (String condition : List.of("*", someTag)) {
      assertBare(service.request("DELETE", path).header("If-Match", condition).send(), 204);
    }
  }

  @Test
  @Covers("apim.delete-user.if-match-absent")
  void deletionNeedsNoTag() {
    User user = service.newUser();

    assertBare(service.request("DELETE", user.path()).send(), 200);
  }

  @Test
  @Covers("apim.common.if-match-empty")
  void emptyIfMatchIsNone() {
    User user = service.newUser();

    assertBare(service.request("DELETE", user.path()).header("If-Match", "").send(), 200);
  }

  @Test
  @Covers("apim.delete-user.stale-tag")
  void deletionWithAStaleTagKeepsTheUser() {
    User user = service.newUser();
    String stale = tag(service.read(user.path()));
    service.patch(user.path(), properties("note", "new"));

    assertPreconditionFailed(
        service.request("DELETE", user.path()).header("If-Match", stale).send());
    assertThat(service.propertiesOf(user.path()).get("note").asText()).isEqualTo("new");
  }

  @Test
  @Covers("apim.delete-user.parameters")
  void deletionTakesItsParameters() {
    User user = service.newUser();

    assertBare(
        service
            .request(
                "DELETE",
                user.path() + "?deleteSubscriptions=true&notify=false&appType=developerPortal")
            .header("If-Match", "*")
            .send(),
        200);
  }
}
