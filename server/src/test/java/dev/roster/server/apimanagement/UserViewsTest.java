package dev.roster.server.apimanagement;

import static dev.roster.server.apimanagement.ApiManagementErrorAssert.assertServiceError;
import static dev.roster.server.apimanagement.ApiManagementWorld.names;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What belongs to a user: identities, subscriptions, and mails. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class UserViewsTest {

  @Inject ApiManagementWorld world;
  @Inject MutableClock clock;
  @Inject StoredServices stored;

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  private void assertUserNotFound(Answer answer) {
    assertServiceError(answer, 404, "ResourceNotFound", "User not found.");
  }

  // ---- identities

  @Test
  @Covers("apim.list-identities.answer")
  void identitiesComeOnOnePageWithTheirCountAndNoLink() {
    Service service = world.newService();
    world.put(
        service.user("u"),
        """
        {"properties": {"email": "u@x", "firstName": "F", "lastName": "L",
          "identities": [{"provider": "google", "id": "g1"}, {"provider": "Aad", "id": "a1"}]}}
        """);
    String all =
        "{\"value\":[{\"provider\":\"Basic\",\"id\":\"u@x\"},{\"provider\":\"Google\",\"id\":\"g1\"},"
            + "{\"provider\":\"Aad\",\"id\":\"a1\"}],\"count\":3,\"nextLink\":null}";

    Answer list = world.get(service.user("u") + "/identities");

    assertThat(list.status()).isEqualTo(200);
    assertThat(list.text()).isEqualTo(all);
    assertThat(list.headers()).doesNotContainKey("etag");
    assertThat(world.get(service.user("u") + "/identities?$top=1&$skip=2").text()).isEqualTo(all);
    assertThat(world.get(service.user("1") + "/identities").text())
        .isEqualTo(
            "{\"value\":[{\"provider\":\"Azure\",\"id\":\"owner@%s\"}],\"count\":1,\"nextLink\":null}"
                .formatted(service.name()));
  }

  @Test
  @Covers("apim.list-identities.answer")
  void closedUserHasNoIdentities() {
    Service service = world.newService();
    world.addUser(service, "u");
    world.patch(service.user("u"), "{\"properties\": {\"state\": \"deleted\"}}");

    assertThat(world.get(service.user("u") + "/identities").text())
        .isEqualTo("{\"value\":[],\"count\":0,\"nextLink\":null}");
    assertThat(names(world.get(service.user("u") + "/groups"))).isEmpty();
  }

  @Test
  @Covers({
    "apim.list-identities.answer",
    "apim.list-user-groups.answer",
    "apim.list-user-subscriptions.answer"
  })
  void unknownUserHasNothing() {
    Service service = world.newService();

    for (String view : List.of("/identities", "/groups", "/subscriptions", "/subscriptions/s")) {
      assertUserNotFound(world.get(service.user("unknown") + view));
    }
  }

  // ---- subscriptions

  @Test
  @Covers({
    "apim.list-user-subscriptions.answer",
    "apim.put-service.owner-subscriptions",
    "apim.get-user-subscription.answer"
  })
  void subscriptionsOfTheOwnerHaveTheirFormAndNoKeys() {
    clock.stop();
    clock.advance(Duration.ofMillis(580));
    Instant now = clock.instant();
    Service service = world.newSubscription();
    String path = service.user("1") + "/subscriptions";
    String form =
        "{\"id\":\"%s\",\"type\":\"Microsoft.ApiManagement/service/users/subscriptions\","
            + "\"name\":\"%s\",\"properties\":{\"ownerId\":\"%s\",\"scope\":\"%s\","
            + "\"displayName\":null,\"state\":\"active\",\"createdDate\":\"%s\","
            + "\"startDate\":null,\"expirationDate\":null,\"endDate\":null,"
            + "\"notificationDate\":null,\"stateComment\":null,\"allowTracing\":true}}";

    Answer list = world.get(path);

    List<String> ids = names(list);
    assertThat(ids).hasSize(2).allMatch(id -> id.matches("[0-9a-f]{24}")).doesNotHaveDuplicates();
    String time = now.truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", ".58Z");
    List<String> forms =
        List.of(
            form.formatted(
                path + "/" + ids.get(0),
                ids.get(0),
                service.user("1"),
                service.path() + "/products/starter",
                time),
            form.formatted(
                path + "/" + ids.get(1),
                ids.get(1),
                service.user("1"),
                service.path() + "/products/unlimited",
                time));
    assertThat(list.text()).isEqualTo("{\"value\":[" + String.join(",", forms) + "],\"count\":2}");
    assertThat(list.headers()).doesNotContainKey("etag");
    for (int i = 0; i < 2; i++) {
      for (String id : List.of(ids.get(i), ids.get(i).toUpperCase(Locale.ROOT))) {
        Answer read = world.get(path + "/" + id);
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.text()).isEqualTo(forms.get(i));
        assertThat(read.header("ETag"))
            .hasValueSatisfying(tag -> assertThat(tag).matches("\"[A-Za-z0-9+/]{11}=\""));
      }
    }
    assertThat(world.get(path + "/" + ids.get(0)).header("ETag"))
        .isNotEqualTo(world.get(path + "/" + ids.get(1)).header("ETag"));
  }

  @Test
  @Covers("apim.list-user-subscriptions.answer")
  void otherUsersHaveNoSubscriptions() {
    Service service = world.newSubscription();
    world.addUser(service, "u");

    assertThat(world.get(service.user("u") + "/subscriptions").text())
        .isEqualTo("{\"value\":[],\"count\":0}");
  }

  @Test
  @Covers("apim.get-user-subscription.unknown")
  void subscriptionOfAnotherUserIsUnknown() {
    Service service = world.newSubscription();
    Service other = world.newSubscription();
    world.addUser(service, "u");
    String id = names(world.get(service.user("1") + "/subscriptions")).get(0);
    String elsewhere = names(world.get(other.user("1") + "/subscriptions")).get(0);

    for (String path :
        List.of(
            service.user("u") + "/subscriptions/" + id,
            service.user("1") + "/subscriptions/" + elsewhere,
            service.user("1") + "/subscriptions/unknown")) {
      assertServiceError(world.get(path), 404, "ResourceNotFound", "Subscription not found.");
    }
  }

  // ---- mails

  @ParameterizedTest
  @Covers("apim.send-password-confirmation.answer")
  @ValueSource(strings = {"", "?appType=portal", "?appType=developerPortal", "?appType=any%20text"})
  void confirmationOfAPasswordCountsAsSentAndChangesNothing(String query) {
    Service service = world.newService();
    world.addUser(service, "u");
    List<String> before = stored.of(service);

    Answer sent = world.post(service.user("U") + "/confirmations/password/send" + query);

    assertThat(sent.status()).isEqualTo(204);
    assertThat(sent.bytes()).isEmpty();
    assertThat(sent.headers()).doesNotContainKeys("etag", "content-type");
    assertUserNotFound(
        world.post(service.user("unknown") + "/confirmations/password/send" + query));
    assertThat(stored.of(service)).isEqualTo(before);
  }

  @Test
  @Covers("apim.put-user.groups")
  void groupsInsideAUserHaveIdAndBothNames() {
    Service service = world.newService();
    world.addUser(service, "u");
    world.put(
        service.group("Partners"),
        """
        {"properties": {"displayName": "Our partners", "description": "d", "type": "external",
          "externalId": "aad://1"}}
        """);
    world.addMember(service, "Partners", "u");

    JsonNode groups =
        world
            .put(service.user("u"), ApiManagementWorld.user("u@x"))
            .json()
            .at("/properties/groups");

    assertThat(groups).hasSize(2);
    assertThat(groups.get(1).toString())
        .isEqualTo(
            "{\"id\":\"%s\",\"name\":\"Our partners\",\"displayName\":\"Our partners\","
                    .formatted(service.group("Partners"))
                + "\"description\":\"d\",\"builtIn\":false,\"type\":\"external\","
                + "\"externalId\":\"aad://1\"}");
  }
}
