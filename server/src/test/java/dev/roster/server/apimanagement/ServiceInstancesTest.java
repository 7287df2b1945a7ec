package dev.roster.server.apimanagement;

import static dev.roster.server.apimanagement.ApiManagementErrorAssert.assertGatewayError;
import static dev.roster.server.apimanagement.ApiManagementErrorAssert.assertServiceError;
import static dev.roster.server.apimanagement.ApiManagementErrorAssert.assertValidationError;
import static dev.roster.server.apimanagement.ApiManagementWorld.names;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.server.apimanagement.ApiManagementWorld.Service;
import dev.roster.testing.Answer;
import dev.roster.testing.Call;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.MutableClock;
import dev.roster.testing.Together;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class ServiceInstancesTest {

  private static final int CALLERS = 16;

  @Inject ApiManagementWorld world;
  @Inject MutableClock clock;

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  private static String tier(String sku) {
    return ApiManagementWorld.service().replace("\"Developer\"", '"' + sku + '"');
  }

  private void assertUnknown(Service service) {
    assertGatewayError(
        world.get(service.path()),
        404,
        "ResourceNotFound",
        "The Resource 'Microsoft.ApiManagement/service/%s' under resource group '%s' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix"
            .formatted(service.name(), service.resourceGroup()));
  }

  // ---- PUT and GET

  @Test
  @Covers({"apim.put-service.created", "apim.get-service.answer"})
  void newServiceIsReadyAtOnce() {
    Service service = ApiManagementWorld.unmade();
    clock.stop();
    clock.advance(Duration.ofMillis(120));
    String time = clock.instant().toString().replace("20Z", "2Z");
    String host = "https://" + service.name();

    Answer made =
        world.put(
            service.path(),
            """
            {"location": "West US", "tags": {"stage": "test"},
             "sku": {"name": "Developer", "capacity": 1},
             "properties": {"publisherEmail": "owner@contoso.example", "publisherName": "Contoso"}}
            """);

    assertThat(made.status()).isEqualTo(201);
    String tag = made.header("ETag").orElseThrow();
    assertThat(tag).matches("\"[A-Za-z0-9+/]{11}=\"");
    assertThat(made.text())
        .isEqualTo(
            ("{\"id\":\"%s\",\"name\":\"%s\",\"type\":\"Microsoft.ApiManagement/service\","
                    + "\"tags\":{\"stage\":\"test\"},\"location\":\"West US\",\"etag\":%s,"
                    + "\"properties\":{\"publisherEmail\":\"owner@contoso.example\","
                    + "\"publisherName\":\"Contoso\","
                    + "\"notificationSenderEmail\":\"apimgmt-noreply@mail.windowsazure.com\","
                    + "\"provisioningState\":\"Succeeded\",\"targetProvisioningState\":\"\","
                    + "\"createdAtUtc\":\"%s\",\"gatewayUrl\":\"%s.azure-api.net\","
                    + "\"portalUrl\":\"%s.portal.azure-api.net\","
                    + "\"developerPortalUrl\":\"%s.developer.azure-api.net\","
                    + "\"managementApiUrl\":\"%s.management.azure-api.net\","
                    + "\"scmUrl\":\"%s.scm.azure-api.net\"},"
                    + "\"sku\":{\"name\":\"Developer\",\"capacity\":1}}")
                .formatted(
                    service.path(), service.name(), tag, time, host, host, host, host, host));
    Answer read = world.get(service.path());
    assertThat(read.status()).isEqualTo(200);
    assertThat(read.text()).isEqualTo(made.text());
    assertThat(read.header("ETag")).contains(tag);
  }

  @Test
  @Covers({"apim.put-service.created", "apim.get-service.answer"})
  void putOfAPresentServiceReplacesWhatItSaysAndKeepsWhatItHolds() {
    Service service = world.newSubscription();
    world.addUser(service, "u");
    world.addGroup(service, "g");
    Answer first = world.get(service.path());
    String users = world.get(service.users()).text();
    String groups = world.get(service.groups()).text();
    String subscriptions = world.get(service.user("1") + "/subscriptions").text();
    clock.advance(Duration.ofDays(1));

    Answer replaced =
        world.put(
            service.path().toUpperCase(Locale.ROOT),
            """
            {"location": "North Europe", "tags": {"b": "2"},
             "sku": {"name": "Consumption", "capacity": 0},
             "properties": {"publisherEmail": "new@x", "publisherName": "New",
               "notificationSenderEmail": "sender@x"}}
            """);

    assertThat(replaced.status()).isEqualTo(200);
    JsonNode body = replaced.json();
    assertThat(body.get("id").asText()).isEqualTo(service.path());
    assertThat(body.get("location").asText()).isEqualTo("North Europe");
    assertThat(body.get("tags").toString()).isEqualTo("{\"b\":\"2\"}");
    assertThat(body.get("sku").toString()).isEqualTo("{\"name\":\"Consumption\",\"capacity\":0}");
    assertThat(body.at("/properties/publisherEmail").asText()).isEqualTo("new@x");
    assertThat(body.at("/properties/publisherName").asText()).isEqualTo("New");
    assertThat(body.at("/properties/notificationSenderEmail").asText()).isEqualTo("sender@x");
    assertThat(body.at("/properties/createdAtUtc"))
        .isEqualTo(first.json().at("/properties/createdAtUtc"));
    assertThat(replaced.header("ETag")).isPresent().isNotEqualTo(first.header("ETag"));
    Answer read = world.get(service.path());
    assertThat(read.text()).isEqualTo(replaced.text());
    assertThat(read.header("ETag")).isEqualTo(replaced.header("ETag"));
    assertThat(world.get(service.users()).text()).isEqualTo(users);
    assertThat(world.get(service.groups()).text()).isEqualTo(groups);
    assertThat(world.get(service.user("1") + "/subscriptions").text()).isEqualTo(subscriptions);

    Answer again = world.put(service.path(), ApiManagementWorld.service());
    assertThat(again.json().get("tags")).isEmpty();
    assertThat(again.json().at("/properties/notificationSenderEmail").asText())
        .isEqualTo("apimgmt-noreply@mail.windowsazure.com");
  }

  @Test
  @Covers("apim.put-service.created")
  void tagsKeepTheirOrderAndTheirTexts() {
    Service service = ApiManagementWorld.unmade();
    String tags =
        "{\"z\":\"1\",\"a\":\"\",\"Z\":\"\u00e9\uD83D\uDE00\",\"10\":\"x\",\"2\":\"\\\"\",\"\":\"e\"}";

    Answer made =
        world.put(
            service.path(),
            ApiManagementWorld.service()
                .replaceFirst("\\{", "{\"tags\": " + tags.replace("\\", "\\\\") + ","));

    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(made.json().get("tags").toString()).isEqualTo(tags);
    assertThat(world.get(service.path()).json().get("tags").toString()).isEqualTo(tags);
  }

  @Test
  @Covers("apim.put-service.created")
  void tagOfNullIsLeftOut() {
    Service service = ApiManagementWorld.unmade();

    Answer made =
        world.put(
            service.path(),
            ApiManagementWorld.service()
                .replaceFirst("\\{", "{\"tags\": {\"a\": null, \"b\": \"c\"},"));

    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(made.json().get("tags").toString()).isEqualTo("{\"b\":\"c\"}");
    assertThat(world.get(service.path()).text()).isEqualTo(made.text());
  }

  @Test
  @Covers("apim.put-service.required")
  void missingMembersAreNamedAllTogether() {
    Service service = ApiManagementWorld.unmade();
    Service present = world.newService();
    String before = world.get(present.path()).text();
    String[] all = {
      "location",
      "'location' must not be empty.",
      "sku",
      "'sku' must not be empty.",
      "publisherEmail",
      "'publisherEmail' must not be empty.",
      "publisherName",
      "'publisherName' must not be empty."
    };

    for (String body :
        List.of(
            "{}",
            "{\"location\": null, \"sku\": null, \"properties\": null}",
            "{\"location\": \"\", \"sku\": {}, \"properties\": {}}",
            "{\"sku\": {\"name\": null, \"capacity\": 1}, \"properties\": {\"publisherName\": null}}",
            "{\"sku\": {\"name\": \"\"}, \"properties\":"
                + " {\"publisherEmail\": \"\", \"publisherName\": \"\"}}")) {
      assertValidationError(world.put(service.path(), body), all);
      assertValidationError(world.put(present.path(), body), all);
    }
    assertThat(world.get(service.path()).json().at("/error/code").asText())
        .isEqualTo("SubscriptionNotFound");
    assertThat(world.get(present.path()).text()).isEqualTo(before);
  }

  @ParameterizedTest
  @Covers("apim.put-service.required")
  @CsvSource({
    "location, '\"location\": \"West US\",'",
    "sku, '\"sku\": {\"name\": \"Developer\", \"capacity\": 1},'",
    "publisherEmail, '\"publisherEmail\": \"owner@example.com\", '",
    "publisherName, ', \"publisherName\": \"Contoso\"'"
  })
  void eachMissingMemberIsNamed(String target, String member) {
    Service service = ApiManagementWorld.unmade();
    String body = ApiManagementWorld.service();
    assertThat(body).contains(member);

    assertValidationError(
        world.put(service.path(), body.replace(member, "")),
        target,
        "'%s' must not be empty.".formatted(target));
  }

  @Test
  @Covers("apim.put-service.required")
  void publisherHasAtMostAHundredCharacters() {
    Service service = ApiManagementWorld.unmade();
    String body =
        """
        {"location": "L", "sku": {"name": "Developer"},
         "properties": {"publisherEmail": "@", "publisherName": "@",
           "notificationSenderEmail": "@"}}
        """;
    String message =
        "The length of '%s' must be 100 characters or fewer. You entered 101 characters.";

    assertValidationError(
        world.put(service.path(), body.replace("@", "x".repeat(101))),
        "publisherEmail",
        message.formatted("publisherEmail"),
        "publisherName",
        message.formatted("publisherName"),
        "notificationSenderEmail",
        message.formatted("notificationSenderEmail"));
    Answer made = world.put(service.path(), body.replace("@", "x".repeat(100)));
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.json().at("/sku/capacity").asInt()).isEqualTo(1);
  }

  // ---- what a new service holds

  @Test
  @Covers("apim.put-service.owner")
  void newServiceHasItsOwner() {
    Service service = ApiManagementWorld.unmade();
    clock.stop();
    clock.advance(Duration.ofMillis(500));
    String time = clock.instant().toString().replace("500Z", "5Z");

    world.put(service.path(), ApiManagementWorld.service());

    Answer owner = world.get(service.user("1"));
    assertThat(owner.text())
        .isEqualTo(
            ("{\"id\":\"%s\",\"type\":\"Microsoft.ApiManagement/service/users\",\"name\":\"1\","
                    + "\"properties\":{\"firstName\":\"Administrator\",\"lastName\":\"\","
                    + "\"email\":\"owner@example.com\",\"state\":\"active\","
                    + "\"registrationDate\":\"%s\",\"note\":null,"
                    + "\"identities\":[{\"provider\":\"Azure\",\"id\":\"owner@example.com\"}]}}")
                .formatted(service.user("1"), time));
    assertThat(names(world.get(service.users()))).containsExactly("1");
    assertThat(names(world.get(service.user("1") + "/groups")))
        .containsExactly("administrators", "developers");
    assertThat(names(world.get(service.group("administrators") + "/users"))).containsExactly("1");
    assertThat(names(world.get(service.group("developers") + "/users"))).containsExactly("1");
    assertThat(names(world.get(service.groups())))
        .containsExactly("administrators", "developers", "guests");
  }

  @ParameterizedTest
  @Covers("apim.put-service.owner-subscriptions")
  @CsvSource({
    "Developer, 2",
    "Basic, 2",
    "Standard, 2",
    "Premium, 2",
    "Isolated, 2",
    "Consumption, 0",
    "consumption, 0"
  })
  void ownerHasSubscriptionsInAllTiersButOne(String sku, int subscriptions) {
    Service service = ApiManagementWorld.unmade();
    assertThat(world.put(service.path(), tier(sku)).status()).isEqualTo(201);

    JsonNode list = world.get(service.user("1") + "/subscriptions").json();

    assertThat(list.get("count").asInt()).isEqualTo(subscriptions);
    assertThat(list.findValuesAsText("scope"))
        .isEqualTo(
            List.of(service.path() + "/products/starter", service.path() + "/products/unlimited")
                .subList(0, subscriptions));
    assertThat(list.findValuesAsText("state")).allMatch("active"::equals);
  }

  // ---- parents

  @Test
  @Covers("apim.put-service.parents")
  void putMakesSubscriptionAndResourceGroupKnown() {
    Service service = ApiManagementWorld.unmade();
    Service sibling =
        new Service(service.subscriptionId(), service.resourceGroup(), service.name() + "b");
    Service inOtherGroup =
        new Service(service.subscriptionId(), service.resourceGroup() + "b", service.name());
    assertThat(world.get(sibling.path()).json().at("/error/code").asText())
        .isEqualTo("SubscriptionNotFound");

    world.put(service.path(), ApiManagementWorld.service());

    assertUnknown(sibling);
    assertThat(world.get(inOtherGroup.path()).json().at("/error/code").asText())
        .isEqualTo("ResourceGroupNotFound");
    assertThat(world.put(inOtherGroup.path(), ApiManagementWorld.service()).status())
        .isEqualTo(201);
    assertThat(world.get(inOtherGroup.path()).status()).isEqualTo(200);
    world.delete(service.path());
    world.delete(inOtherGroup.path());
    assertUnknown(service);
    assertUnknown(inOtherGroup);
  }

  @Test
  @Covers("apim.put-service.parents")
  void refusedPutMakesNothingKnown() {
    Service service = ApiManagementWorld.unmade();

    for (Answer refused :
        List.of(
            world.put(service.path(), "{"),
            world.put(service.path(), "{}"),
            world.call("PUT", service.path()).send(),
            world
                .call("PUT", service.path())
                .header("Content-Type", "text/plain")
                .body(ApiManagementWorld.service())
                .send())) {
      assertThat(refused.status()).isBetween(400, 499);
    }

    assertGatewayError(
        world.get(service.path()),
        404,
        "SubscriptionNotFound",
        "The subscription '%s' could not be found.".formatted(service.subscriptionId()));
  }

  @Test
  @Covers("apim.put-service.created")
  void servicesOfOneNameInTwoResourceGroupsAreTwo() {
    Service service = world.newSubscription();
    Service twin =
        new Service(service.subscriptionId(), service.resourceGroup() + "b", service.name());
    assertThat(world.put(twin.path(), ApiManagementWorld.service()).status()).isEqualTo(201);
    world.addUser(service, "u");

    assertServiceError(world.get(twin.user("u")), 404, "ResourceNotFound", "User not found.");
    world.delete(service.path());
    assertThat(names(world.get(twin.users()))).containsExactly("1");
  }

  // ---- DELETE

  @Test
  @Covers("apim.delete-service.deleted")
  void deletedServiceIsGoneWithEverythingInIt() {
    Service service = world.newSubscription();
    world.addUser(service, "u");
    world.addGroup(service, "g");
    world.addMember(service, "g", "u");

    Answer deleted = world.delete(service.path().toUpperCase(Locale.ROOT));

    assertThat(deleted.status()).isEqualTo(200);
    assertThat(deleted.bytes()).isEmpty();
    assertThat(deleted.headers()).doesNotContainKeys("etag", "content-type");
    assertUnknown(service);
    for (String path :
        List.of(
            service.users(),
            service.user("u"),
            service.groups(),
            service.group("g"),
            service.group("g") + "/users",
            service.user("u") + "/groups",
            service.user("u") + "/identities",
            service.user("1") + "/subscriptions")) {
      Answer answer = world.get(path);
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.json().at("/error/message").asText())
          .startsWith("The Resource 'Microsoft.ApiManagement/service/" + service.name());
    }
    Answer again = world.delete(service.path());
    assertThat(again.status()).isEqualTo(204);
    assertThat(again.bytes()).isEmpty();
  }

  @Test
  @Covers("apim.delete-service.deleted")
  void serviceMadeAnewHasNewUsersAndKeys() {
    Service service = world.newSubscription();
    world.addUser(service, "u");
    world.addGroup(service, "g");
    String token = token(service);
    String subscriptions = world.get(service.user("1") + "/subscriptions").text();
    String tag = world.get(service.user("1")).header("ETag").orElseThrow();
    String ofTheService = world.get(service.path()).header("ETag").orElseThrow();
    world.delete(service.path());

    assertThat(world.put(service.path(), ApiManagementWorld.service()).status()).isEqualTo(201);

    assertThat(names(world.get(service.users()))).containsExactly("1");
    assertThat(names(world.get(service.groups())))
        .containsExactly("administrators", "developers", "guests");
    assertThat(world.get(service.user("1")).header("ETag")).isPresent().isNotEqualTo(tag);
    assertThat(world.get(service.path()).header("ETag")).isPresent().isNotEqualTo(ofTheService);
    assertThat(world.get(service.user("1") + "/subscriptions").text()).isNotEqualTo(subscriptions);
    assertThat(token(service)).isNotEqualTo(token);
    assertThat(world.put(service.user("u"), ApiManagementWorld.user("u@example.com")).status())
        .isEqualTo(201);
  }

  private String token(Service service) {
    return world
        .call(
            "POST",
            service.user("1") + "/token",
            "{\"properties\": {\"keyType\": \"primary\", \"expiry\": \"2020-01-01T00:00:00Z\"}}")
        .send()
        .json()
        .get("value")
        .asText();
  }

  @ParameterizedTest
  @Covers("apim.delete-service.deleted")
  @ValueSource(strings = {"If-Match: *", "If-Match: \"stale\"", "If-None-Match: *"})
  void conditionsMeanNothingToServices(String header) {
    Service service = world.newSubscription();
    String name = header.substring(0, header.indexOf(':'));
    String value = header.substring(header.indexOf(' ') + 1);

    assertThat(
            world
                .call("PUT", service.path(), ApiManagementWorld.service())
                .header(name, value)
                .send()
                .status())
        .isEqualTo(200);
    assertThat(world.call("DELETE", service.path()).header(name, value).send().status())
        .isEqualTo(200);
    assertThat(world.call("DELETE", service.path()).header(name, value).send().status())
        .isEqualTo(204);
  }

  // ---- at the same time

  @Test
  @Covers("apim.put-service.created")
  void ofConcurrentPutsOfOneNewServiceOneCreates() {
    Service service = ApiManagementWorld.unmade();
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      calls.add(
          world.call(
              "PUT",
              service.path(),
              ApiManagementWorld.service().replace("West US", "Region " + i)));
    }

    List<Answer> answers = Together.send(calls);

    assertThat(answers).extracting(Answer::status).containsOnlyOnce(201).containsOnly(200, 201);
    assertThat(answers)
        .extracting(answer -> answer.header("ETag").orElseThrow())
        .doesNotHaveDuplicates();
    assertThat(answers).extracting(Answer::text).contains(world.get(service.path()).text());
    assertThat(names(world.get(service.users()))).containsExactly("1");
    assertThat(names(world.get(service.groups()))).hasSize(3);
    assertThat(names(world.get(service.user("1") + "/subscriptions"))).hasSize(2);
  }

  @RepeatedTest(3)
  @Covers({"apim.delete-service.deleted", "apim.common.no-server-errors"})
  void makingAgainstDeletingIsNoServerError() {
    Service service = world.newSubscription();
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < CALLERS / 2; i++) {
      calls.add(world.call("PUT", service.path(), ApiManagementWorld.service()));
      calls.add(world.call("DELETE", service.path()));
    }

    List<Answer> answers = Together.send(calls);

    assertThat(answers).extracting(Answer::status).isSubsetOf(200, 201, 204);
    world.put(service.path(), ApiManagementWorld.service());
    assertThat(names(world.get(service.users()))).containsExactly("1");
  }
}
