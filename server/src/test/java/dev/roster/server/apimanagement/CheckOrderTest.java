package dev.roster.server.apimanagement;

import static dev.roster.server.apimanagement.ApiManagementErrorAssert.assertGatewayError;
import static dev.roster.server.apimanagement.ApiManagementErrorAssert.assertServiceError;
import static dev.roster.server.apimanagement.ApiManagementErrorAssert.assertValidationError;
import static dev.roster.server.apimanagement.ApiManagementWorld.BEARER;
import static dev.roster.server.apimanagement.ApiManagementWorld.VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.apimanagement.ApiManagementWorld.Service;
import dev.roster.testing.Answer;
import dev.roster.testing.Call;
import dev.roster.testing.Contract;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.RawHttp;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Of several faults the first in the documented order is answered. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class CheckOrderTest {

  private static final String LONG_ID = "u".repeat(81);
  private static final String LONG_NAME =
      "{\"properties\": {\"firstName\": \"%s\"}}".formatted("x".repeat(101));

  @Inject ApiManagementWorld world;

  /** A request with two faults, and the answer to the earlier one. */
  record Faults(
      String earlierAndLater,
      BiFunction<ApiManagementWorld, Service, Call> request,
      Consumer<Answer> answer) {
    @Override
    public String toString() {
      return earlierAndLater;
    }
  }

  static Stream<Faults> faults() {
    Consumer<Answer> noAuthorization =
        answer ->
            assertGatewayError(
                answer,
                401,
                "AuthenticationFailed",
                "Authentication failed. The 'Authorization' header is missing.");
    Consumer<Answer> noVersion =
        answer ->
            assertGatewayError(
                answer,
                400,
                "MissingApiVersionParameter",
                "The api-version query parameter (?api-version=) is required for all requests.");
    Consumer<Answer> unknownSubscription =
        answer ->
            assertGatewayError(
                answer,
                404,
                "SubscriptionNotFound",
                "The subscription 'unknown' could not be found.");
    Consumer<Answer> unknownGroup =
        answer ->
            assertGatewayError(
                answer,
                404,
                "ResourceGroupNotFound",
                "Resource group 'unknown' could not be found.");
    Consumer<Answer> unreadable =
        answer ->
            assertGatewayError(
                answer,
                400,
                "InvalidRequestContent",
                "The request content is missing, is not a JSON object or has a value of the wrong"
                    + " type.");
    Consumer<Answer> noIfMatch =
        answer -> assertValidationError(answer, "If-Match", "'If-Match' must not be empty.");
    Consumer<Answer> longId =
        answer ->
            assertValidationError(
                answer,
                "userId",
                "The length of 'userId' must be 80 characters or fewer. You entered 81"
                    + " characters.");
    Consumer<Answer> longName =
        answer ->
            assertValidationError(
                answer,
                "firstName",
                "The length of 'firstName' must be 100 characters or fewer. You entered 101"
                    + " characters.");
    Consumer<Answer> noUser =
        answer -> assertServiceError(answer, 404, "ResourceNotFound", "User not found.");
    Consumer<Answer> noSuchGroup =
        answer -> assertServiceError(answer, 404, "ResourceNotFound", "Group not found.");
    Consumer<Answer> stale =
        answer ->
            assertServiceError(
                answer, 412, "PreconditionFailed", "Resource was modified since last retrieval.");
    return Stream.of(
        new Faults(
            "Authorization before presence of api-version",
            (world, service) -> world.anonymous("GET", service.users()),
            noAuthorization),
        new Faults(
            "presence of api-version before subscription",
            (world, service) -> bearer(world, "GET", in("unknown", service).users()),
            noVersion),
        new Faults(
            "subscription before path",
            (world, service) -> world.call("GET", in("unknown", service).path() + "/apis"),
            unknownSubscription),
        new Faults(
            "path before value of api-version",
            (world, service) -> bearer(world, "GET", service.path() + "/apis?api-version=latest"),
            answer ->
                assertGatewayError(
                    answer,
                    404,
                    "InvalidResourceType",
                    "The resource type 'service/apis' could not be found in the namespace"
                        + " 'Microsoft.ApiManagement' for api version 'latest'. The supported"
                        + " api-versions are '"
                        + RequestChecksTest.VERSIONS
                        + "'.")),
        new Faults(
            "value of api-version before resource group",
            (world, service) ->
                bearer(world, "GET", unknownGroup(service).users() + "?api-version=latest"),
            answer ->
                assertGatewayError(
                    answer,
                    400,
                    "InvalidApiVersionParameter",
                    "The api-version 'latest' is invalid. The supported versions are"
                        + " '"
                        + RequestChecksTest.VERSIONS
                        + "'.")),
        new Faults(
            "unsupported api-version before resource group",
            (world, service) ->
                bearer(world, "GET", unknownGroup(service).users() + "?api-version=2018-01-01"),
            answer ->
                assertGatewayError(
                    answer,
                    400,
                    "NoRegisteredProviderFound",
                    "No registered resource provider found for location '' and API version"
                        + " '2018-01-01' for type 'service/users'. The supported api-versions are"
                        + " '"
                        + RequestChecksTest.VERSIONS
                        + "'. The supported locations"
                        + " are ''.")),
        new Faults(
            "resource group before service",
            (world, service) ->
                world.call(
                    "GET", new Service(service.subscriptionId(), "unknown", "nothing").users()),
            unknownGroup),
        new Faults(
            "resource group before verb",
            (world, service) -> world.call("POST", unknownGroup(service).users()),
            unknownGroup),
        new Faults(
            "service before verb",
            (world, service) ->
                world.call(
                    "POST",
                    new Service(service.subscriptionId(), service.resourceGroup(), "nothing")
                        .users()),
            answer ->
                assertGatewayError(
                    answer,
                    404,
                    "ResourceNotFound",
                    "The Resource 'Microsoft.ApiManagement/service/nothing' under resource group"
                        + " 'group-1' was not found. For more details please go to"
                        + " https://aka.ms/ARMResourceNotFoundFix")),
        new Faults(
            "parameters before a missing body",
            (world, service) -> world.call("PUT", service.user(LONG_ID)),
            longId),
        new Faults(
            "parameters before an unreadable body",
            (world, service) -> ifMatch(world.call("PATCH", service.user(LONG_ID), "{")),
            longId),
        new Faults(
            "parameters before headers",
            (world, service) -> world.call("PATCH", service.user(LONG_ID), "{}"),
            longId),
        new Faults(
            "headers before an unreadable body",
            (world, service) -> world.call("PATCH", service.user("u"), "{"),
            noIfMatch),
        new Faults(
            "headers before the size of the body",
            (world, service) ->
                world.call("PATCH", service.user("u"), " ".repeat(1024 * 1024) + "{}"),
            noIfMatch),
        new Faults(
            "headers before the media type",
            (world, service) ->
                world
                    .call("PATCH", service.group("g"))
                    .header("Content-Type", "text/plain")
                    .body("{}"),
            noIfMatch),
        new Faults(
            "media type before the size of the body",
            (world, service) ->
                world
                    .call("PUT", service.group("g"))
                    .header("Content-Type", "text/plain")
                    .body(" ".repeat(1024 * 1024) + "{}"),
            answer ->
                assertGatewayError(
                    answer,
                    415,
                    "UnsupportedMediaType",
                    "The content media type 'text/plain' is not supported. Only"
                        + " 'application/json' is supported.")),
        new Faults(
            "media type before the content of the body",
            (world, service) ->
                world
                    .call("PUT", service.group("g"))
                    .header("Content-Type", "text/plain")
                    .body("{"),
            answer ->
                assertGatewayError(
                    answer,
                    415,
                    "UnsupportedMediaType",
                    "The content media type 'text/plain' is not supported. Only"
                        + " 'application/json' is supported.")),
        new Faults(
            "size of the body before its content",
            (world, service) ->
                world.call("PUT", service.group("g"), "{" + " ".repeat(1024 * 1024)),
            answer ->
                assertGatewayError(
                    answer,
                    413,
                    "RequestContentTooLarge",
                    "The request content exceeds the limit of 1048576 bytes.")),
        new Faults(
            "body before property values",
            (world, service) ->
                ifMatch(
                    world.call(
                        "PATCH",
                        service.user("known"),
                        LONG_NAME.replace("}}", ", \"lastName\": 5}}"))),
            unreadable),
        new Faults(
            "body before entity",
            (world, service) -> ifMatch(world.call("PATCH", service.user("unknown"), "{")),
            unreadable),
        new Faults(
            "property values before user",
            (world, service) -> ifMatch(world.call("PATCH", service.user("unknown"), LONG_NAME)),
            longName),
        new Faults(
            "property values before group",
            (world, service) ->
                ifMatch(
                    world.call("PATCH", service.group("unknown"), ApiManagementWorld.group(""))),
            answer ->
                assertValidationError(answer, "displayName", "'displayName' must not be empty.")),
        new Faults(
            "property values before the user of a token",
            (world, service) -> world.call("POST", service.user("unknown") + "/token", "{}"),
            answer ->
                assertValidationError(
                    answer,
                    "keyType",
                    "'keyType' must not be empty.",
                    "expiry",
                    "'expiry' must not be empty.")),
        new Faults(
            "filter before user",
            (world, service) -> world.call("GET", service.user("unknown") + "/groups?$filter=x"),
            answer ->
                assertThat(answer.json().at("/error/code").asText()).isEqualTo("ValidationError")),
        new Faults(
            "filter before group",
            (world, service) -> world.call("GET", service.group("unknown") + "/users?$filter=x"),
            answer ->
                assertThat(answer.json().at("/error/code").asText()).isEqualTo("ValidationError")),
        new Faults(
            "user before If-Match",
            (world, service) ->
                world.call("PATCH", service.user("unknown"), "{}").header("If-Match", "\"stale\""),
            noUser),
        new Faults(
            "group before If-Match",
            (world, service) ->
                world.call("PATCH", service.group("unknown"), "{}").header("If-Match", "\"stale\""),
            noSuchGroup),
        new Faults(
            "If-Match before conflicts",
            (world, service) ->
                world
                    .call("PATCH", service.user("known"), email("other@example.com"))
                    .header("If-Match", "\"stale\""),
            stale),
        new Faults(
            "If-Match of a PUT before conflicts",
            (world, service) ->
                world
                    .call("PUT", service.user("new"), ApiManagementWorld.user("other@example.com"))
                    .header("If-Match", "*"),
            stale));
  }

  private static Service in(String subscriptionId, Service service) {
    return new Service(subscriptionId, service.resourceGroup(), service.name());
  }

  private static Service unknownGroup(Service service) {
    return new Service(service.subscriptionId(), "unknown", service.name());
  }

  private static Call bearer(ApiManagementWorld world, String method, String target) {
    return world.anonymous(method, target).header("Authorization", BEARER);
  }

  private static Call ifMatch(Call call) {
    return call.header("If-Match", "*");
  }

  private static String email(String email) {
    return "{\"properties\": {\"email\": \"%s\"}}".formatted(email);
  }

  @ParameterizedTest
  @MethodSource("faults")
  @Covers("apim.common.check-order")
  void earlierFaultIsAnswered(Faults faults) {
    Service service = world.newService();
    world.addUser(service, "known");
    world.addUser(service, "other");

    faults.answer().accept(faults.request().apply(world, service).send());
  }

  @Test
  @Covers("apim.common.check-order")
  void escapesAreAnsweredBeforeAuthorization() {
    assertGatewayError(
        RawHttp.of(Contract.AZURE_API_MANAGEMENT, world.origin(), "GET", "/subscriptions/%zz")
            .send(),
        400,
        "InvalidRequestUri",
        "The URL of the request cannot be decoded.");
  }

  @Test
  @Covers("apim.common.check-order")
  void verbIsAnsweredBeforeParameters() {
    Service service = world.newService();

    assertGatewayError(
        world.call("POST", service.user(LONG_ID) + "?$top=x").send(),
        405,
        "MethodNotAllowed",
        "The HTTP method 'POST' is not supported on the resource '%s'."
            .formatted(world.origin() + service.user(LONG_ID)));
  }

  /** Every fault at once, of which one is mended at a time. */
  @Test
  @Covers("apim.common.check-order")
  void faultsAreAnsweredOneAfterTheOther() {
    Service service = world.newService();
    world.addUser(service, "known");
    world.addUser(service, "other");
    String stale = world.get(service.user("known")).header("ETag").orElseThrow();
    world.patch(service.user("known"), "{}");
    String unknownSubscription = in("unknown", service).path();

    assertThat(code(world.anonymous("POST", unknownSubscription + "/apis")))
        .isEqualTo("401 AuthenticationFailed");
    assertThat(code(bearer(world, "POST", unknownSubscription + "/apis")))
        .isEqualTo("400 MissingApiVersionParameter");
    assertThat(code(bearer(world, "POST", unknownSubscription + "/apis?api-version=x")))
        .isEqualTo("404 SubscriptionNotFound");
    String group = unknownGroup(service).path();
    assertThat(code(bearer(world, "POST", group + "/apis?api-version=x")))
        .isEqualTo("404 InvalidResourceType");
    assertThat(code(bearer(world, "POST", group + "/users?api-version=x")))
        .isEqualTo("400 InvalidApiVersionParameter");
    assertThat(code(bearer(world, "POST", group + "/users?" + VERSION)))
        .isEqualTo("404 ResourceGroupNotFound");
    String unknownService =
        new Service(service.subscriptionId(), service.resourceGroup(), "nothing").path();
    assertThat(code(world.call("POST", unknownService + "/users")))
        .isEqualTo("404 ResourceNotFound");
    assertThat(code(world.call("POST", service.users()))).isEqualTo("405 MethodNotAllowed");
    assertThat(code(world.call("PATCH", service.user(LONG_ID), "{")))
        .isEqualTo("400 ValidationError userId");
    assertThat(code(world.call("PATCH", service.user("unknown"), "{")))
        .isEqualTo("400 ValidationError If-Match");
    assertThat(code(world.call("PATCH", service.user("unknown"), "{").header("If-Match", stale)))
        .isEqualTo("400 InvalidRequestContent");
    assertThat(
            code(world.call("PATCH", service.user("unknown"), email("")).header("If-Match", stale)))
        .isEqualTo("400 ValidationError email");
    String taken = email("other@example.com");
    assertThat(code(world.call("PATCH", service.user("unknown"), taken).header("If-Match", stale)))
        .isEqualTo("404 ResourceNotFound");
    assertThat(code(world.call("PATCH", service.user("known"), taken).header("If-Match", stale)))
        .isEqualTo("412 PreconditionFailed");
    assertThat(code(world.call("PATCH", service.user("known"), taken).header("If-Match", "*")))
        .isEqualTo("400 ValidationError email");
    assertThat(world.get(service.user("known")).json().at("/properties/email").asText())
        .isEqualTo("known@example.com");
  }

  private static String code(Call call) {
    Answer answer = call.send();
    String target = answer.json().at("/error/details/0/target").asText();
    return (answer.status() + " " + answer.json().at("/error/code").asText() + " " + target)
        .strip();
  }
}
