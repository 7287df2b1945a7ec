package dev.roster.server.apimanagement;

import static dev.roster.server.apimanagement.ApiManagementErrorAssert.assertServiceError;
import static dev.roster.server.apimanagement.ApiManagementErrorAssert.assertValidationError;
import static dev.roster.server.apimanagement.ApiManagementWorld.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class GetUserTest {

  private static final String DATE = "/properties/registrationDate";

  @Inject ApiManagementWorld world;
  @Inject MutableClock clock;

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  private void stopAt(String time) {
    clock.advance(Duration.between(clock.stop(), Instant.parse(time)));
  }

  @Test
  @Covers("apim.get-user.answer")
  void userIsToldWholeAndWithoutGroups() throws Exception {
    stopAt("2030-01-17T23:35:04Z");
    Service service = world.newService();
    Answer created = world.put(service.user("ann"), user("ann@example.com"));

    Answer answer = world.get(service.user("ann"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).contains("application/json; charset=utf-8");
    assertThat(answer.header("ETag")).isPresent().isEqualTo(created.header("ETag"));
    JsonNode body = answer.json();
    assertThat(body)
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {
                      "id": "%s/users/ann",
                      "type": "Microsoft.ApiManagement/service/users",
                      "name": "ann",
                      "properties": {
                        "firstName": "First",
                        "lastName": "Last",
                        "email": "ann@example.com",
                        "state": "active",
                        "registrationDate": "2030-01-17T23:35:04Z",
                        "note": null,
                        "identities": [{"provider": "Basic", "id": "ann@example.com"}]
                      }
                    }
                    """
                        .formatted(service.path())));
    assertThat(body.fieldNames()).toIterable().containsExactly("id", "type", "name", "properties");
    assertThat(body.get("properties").fieldNames())
        .toIterable()
        .containsExactly(
            "firstName", "lastName", "email", "state", "registrationDate", "note", "identities");
  }

  @Test
  @Covers("apim.get-user.answer")
  void noteAndFurtherIdentitiesAreTold() {
    Service service = world.newService();
    world.put(
        service.user("ann"),
        """
        {"properties": {"email": "ann@example.com", "firstName": "First", "lastName": "Last",
          "note": "a remark", "identities": [{"provider": "Aad", "id": "a-1"}]}}
        """);

    JsonNode properties = world.get(service.user("ann")).json().get("properties");

    assertThat(properties.get("note").asText()).isEqualTo("a remark");
    assertThat(properties.get("identities").toString())
        .isEqualTo(
            "[{\"provider\":\"Basic\",\"id\":\"ann@example.com\"},"
                + "{\"provider\":\"Aad\",\"id\":\"a-1\"}]");
    assertThat(properties.has("groups")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "2030-06-02T17:58:50.357Z,     2030-06-02T17:58:50.357Z",
    "2030-06-02T17:58:50.357999Z,  2030-06-02T17:58:50.357Z",
    "2030-06-02T17:58:50.999999999Z, 2030-06-02T17:58:50.999Z",
    "2030-06-02T17:58:59.980Z,     2030-06-02T17:58:59.98Z",
    "2030-06-02T17:58:30.200Z,     2030-06-02T17:58:30.2Z",
    "2030-06-02T17:58:30.007Z,     2030-06-02T17:58:30.007Z",
    "2030-06-02T17:58:30.050Z,     2030-06-02T17:58:30.05Z",
    "2030-06-02T17:58:30.000Z,     2030-06-02T17:58:30Z",
    "2030-06-02T17:58:30.000999Z,  2030-06-02T17:58:30Z",
    "2030-12-31T00:00:00.000Z,     2030-12-31T00:00:00Z",
    "2040-02-29T23:59:59.999Z,     2040-02-29T23:59:59.999Z"
  })
  @Covers("apim.get-user.registration-date")
  void registrationDateHasNoMoreDigitsThanItNeeds(String time, String told) {
    stopAt(time);
    Service service = world.newService();
    String path = service.user("ann");

    assertThat(world.put(path, user("ann@example.com")).json().at(DATE).asText()).isEqualTo(told);

    clock.advance(Duration.ofDays(1));
    assertThat(world.get(path).json().at(DATE).asText()).isEqualTo(told);
    assertThat(world.get(service.users()).json().at("/value/0" + DATE).asText()).isEqualTo(told);
    assertThat(world.get(service.users()).json().at("/value/1" + DATE).asText()).isEqualTo(told);
    assertThat(world.patch(path, "{}").json().at(DATE).asText()).isEqualTo(told);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ann", "0", "11", "administrators"})
  @Covers({"apim.get-user.unknown", "apim.head-user.answer"})
  void unknownUserIsNotFound(String id) {
    Service service = world.newService();
    world.addUser(world.newService(), "ann");

    assertServiceError(world.get(service.user(id)), 404, "ResourceNotFound", "User not found.");
    Answer head = world.call("HEAD", service.user(id)).send();
    assertThat(head.status()).isEqualTo(404);
    assertThat(head.bytes()).isEmpty();
    assertThat(head.header("ETag")).isEmpty();
  }

  @Test
  @Covers("apim.head-user.answer")
  void headAnswersTheTagOfAGetWithoutBody() {
    Service service = world.newService();
    world.addUser(service, "ann");
    for (String path : new String[] {service.user("ann"), service.user("1")}) {
      Answer head = world.call("HEAD", path).send();

      assertThat(head.status()).isEqualTo(200);
      assertThat(head.header("ETag")).contains(world.tag(path));
      assertThat(head.bytes()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ann@example.com",
        "ann+tag@example.com",
        "a b",
        " ",
        "50%",
        "a%2Fb",
        "%41",
        "jörg",
        "用户",
        "😀",
        "a/b",
        "a?b#c",
        "a;b=c",
        "a&b=c",
        "it's",
        "\"quoted\"",
        "back\\slash",
        "*#&+:<>?",
        "_-~.",
        "{userId}",
        "users"
      })
  @Covers({"apim.common.escapes-decoded", "apim.common.ids-canonical"})
  void anyTextIsAnId(String id) {
    Service service = world.newService();
    String path = service.user(id);

    Answer created = world.put(path, user("ann@example.com"));

    assertThat(created.status()).as(created.text()).isEqualTo(201);
    for (Answer answer :
        new Answer[] {created, world.get(path), world.patch(path, "{}"), world.get(path)}) {
      assertThat(answer.json().get("name").asText()).isEqualTo(id);
      assertThat(answer.json().get("id").asText()).isEqualTo(service.users() + "/" + id);
    }
    assertThat(ApiManagementWorld.names(world.get(service.users()))).containsExactly("1", id);
    assertThat(world.call("DELETE", path).send().status()).isEqualTo(200);
    assertThat(world.get(path).status()).isEqualTo(404);
  }

  @Test
  @Covers("apim.common.escapes-decoded")
  void plusAndAtMayStandInAPathAsTheyAre() {
    Service service = world.newService();
    world.put(service.user("ann+tag@example.com"), user("ann@example.com"));

    assertThat(world.get(service.users() + "/ann+tag@example.com").status()).isEqualTo(200);
    assertThat(world.get(service.users() + "/ann%2Btag%40example.com").status()).isEqualTo(200);
    assertThat(world.get(service.users() + "/ann%20tag@example.com").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "é", "用"})
  @Covers("apim.common.parameter-invalid")
  void idHasAtMost80Characters(String character) {
    Service service = world.newService();
    String longest = character.repeat(80);
    String tooLong = character.repeat(81);

    assertThat(world.put(service.user(longest), user("ann@example.com")).status()).isEqualTo(201);
    assertThat(world.get(service.user(longest)).json().get("name").asText()).isEqualTo(longest);
    for (Answer answer :
        new Answer[] {
          world.put(service.user(tooLong), user("bob@example.com")),
          world.get(service.user(tooLong)),
          world.patch(service.user(tooLong), "{}"),
          world.call("DELETE", service.user(tooLong)).send()
        }) {
      assertValidationError(
          answer,
          "userId",
          "The length of 'userId' must be 80 characters or fewer. You entered 81 characters.");
    }
    assertThat(ApiManagementWorld.names(world.get(service.users()))).containsExactly("1", longest);
  }

  @ParameterizedTest
  @CsvSource({"Ann@Example.com, aNN@eXAMPLE.COM", "JÖRG, jörg", "ΑΣ, ας", "x1, X1"})
  @Covers({"apim.common.names-ignore-case", "apim.common.ids-canonical"})
  void idIsFoundInAnyCaseAndKeptAsFirstSent(String first, String other) {
    Service service = world.newService();
    assertThat(world.put(service.user(first), user("ann@example.com")).status()).isEqualTo(201);

    Answer replaced = world.put(service.user(other), user("ann@example.com"));

    assertThat(replaced.status()).isEqualTo(200);
    for (Answer answer :
        new Answer[] {
          replaced, world.get(service.user(other)), world.patch(service.user(other), "{}")
        }) {
      assertThat(answer.json().get("name").asText()).isEqualTo(first);
      assertThat(answer.json().get("id").asText()).isEqualTo(service.users() + "/" + first);
    }
    assertThat(world.call("HEAD", service.user(other)).send().status()).isEqualTo(200);
    assertThat(ApiManagementWorld.names(world.get(service.users()))).containsExactly("1", first);
    assertThat(world.call("DELETE", service.user(other)).send().status()).isEqualTo(200);
    assertThat(world.get(service.user(first)).status()).isEqualTo(404);
  }
}
