package dev.roster.server.apimanagement;

import static dev.roster.server.apimanagement.ApiManagementErrorAssert.assertGatewayError;
import static dev.roster.server.apimanagement.ApiManagementErrorAssert.assertServiceError;
import static dev.roster.server.apimanagement.ApiManagementErrorAssert.assertValidationError;
import static dev.roster.server.apimanagement.ApiManagementHeadersAssert.assertHeaders;
import static dev.roster.server.apimanagement.ApiManagementWorld.BEARER;
import static dev.roster.server.apimanagement.ApiManagementWorld.VERSION;
import static dev.roster.server.apimanagement.ApiManagementWorld.group;
import static dev.roster.server.apimanagement.ApiManagementWorld.names;
import static dev.roster.server.apimanagement.ApiManagementWorld.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What all operations demand of a request. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class RequestChecksTest {

  static final String VERSIONS =
      "2025-09-01-preview,2025-03-01-preview,2024-10-01-preview,2024-06-01-preview,"
          + "2024-05-01,2023-09-01-preview,2023-05-01-preview,2023-03-01-preview,"
          + "2022-09-01-preview,2022-08-01,2022-04-01-preview,2021-12-01-preview,2021-08-01";

  private static final String CHALLENGE =
      "Bearer authorization_uri=\"https://login.windows.net/11111111-2222-3333-4444-555555555555\","
          + " error=\"invalid_token\", error_description=\"%s\"";

  @Inject ApiManagementWorld world;

  private Call bearer(String method, String target) {
    return world.anonymous(method, target).header("Authorization", BEARER);
  }

  private RawHttp anonymousRaw(String method, String target) {
    return RawHttp.of(Contract.AZURE_API_MANAGEMENT, world.origin(), method, target);
  }

  // ---- who calls

  @Test
  @Covers("apim.common.authorization-missing")
  void requestWithoutAuthorizationIsChallenged() {
    Service service = world.newService();
    world.addUser(service, "u");
    String query = "?" + VERSION;

    for (Answer answer :
        List.of(
            world.anonymous("GET", service.user("u") + query).send(),
            world.anonymous("PUT", service.user("new") + query).body(user("n@x")).send(),
            world.anonymous("PATCH", service.user("u") + query).body("{}").send(),
            world.anonymous("DELETE", service.user("u") + query).send(),
            world.anonymous("POST", service.user("u") + "/generateSsoUrl" + query).send(),
            world.anonymous("DELETE", service.path() + query).send(),
            world.anonymous("GET", "/subscriptions").send(),
            world.anonymous("OPTIONS", service.users()).send(),
            world.anonymous("GET", service.users() + query).header("Authorization", "").send(),
            anonymousRaw("GET", service.users() + query).header("Authorization", "  ").send())) {
      assertGatewayError(
          answer,
          401,
          "AuthenticationFailed",
          "Authentication failed. The 'Authorization' header is missing.");
      assertThat(answer.headers().get("www-authenticate"))
          .containsExactly(
              CHALLENGE.formatted(
                  "The authentication failed because of missing 'Authorization' header."));
      assertThat(answer.header("www-authenticate").orElseThrow()).doesNotContain("claims");
      assertHeaders(answer);
    }

    Answer head = world.anonymous("HEAD", service.user("u") + query).send();
    assertThat(head.status()).isEqualTo(401);
    assertThat(head.bytes()).isEmpty();
    assertThat(head.header("WWW-Authenticate")).isPresent();
    assertThat(names(world.get(service.users()))).containsExactly("1", "u");
  }

  @ParameterizedTest
  @Covers("apim.common.authorization-unusable")
  @ValueSource(
      strings = {
        "Basic YTpi",
        "SharedKey devbatch:YQ==",
        "SharedAccessSignature x",
        "Bearer",
        "bearer",
        "Bearertoken",
        "Bearer:token",
        "token",
        "\"Bearer token\"",
        "Bearer\u00a0token"
      })
  void otherAuthorizationIsRefused(String authorization) {
    Service service = world.newService();

    Answer answer =
        anonymousRaw("DELETE", service.path() + "?" + VERSION)
            .header("Authorization", authorization)
            .send();

    assertGatewayError(answer, 401, "InvalidAuthenticationToken", "The access token is invalid.");
    assertThat(answer.headers().get("www-authenticate"))
        .containsExactly(CHALLENGE.formatted("The access token is missing or invalid."));
    assertThat(world.get(service.path()).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @Covers("apim.common.bearer-accepted")
  @ValueSource(
      strings = {
        "Bearer x",
        "bearer eyJ0eXAi.e30.",
        "BEARER  two words",
        "Bearer \u00e9",
        "Bearer =",
        "  Bearer x  "
      })
  void anyTokenIsAccepted(String authorization) {
    Service service = world.newService();

    Answer answer =
        anonymousRaw("GET", service.users() + "?" + VERSION)
            .header("Authorization", authorization)
            .send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(names(answer)).containsExactly("1");
  }

  // ---- api-version

  @ParameterizedTest
  @Covers("apim.common.api-version-missing")
  @ValueSource(
      strings = {
        "",
        "?",
        "?api-version",
        "?api-version=",
        "?x=1",
        "?apiversion=2022-08-01",
        "?api-version=&api-version=2022-08-01",
        "#api-version=2022-08-01"
      })
  void requestWithoutVersionIsRefused(String query) {
    Service service = world.newService();

    assertGatewayError(
        anonymousRaw("DELETE", service.path() + query).header("Authorization", BEARER).send(),
        400,
        "MissingApiVersionParameter",
        "The api-version query parameter (?api-version=) is required for all requests.");
    assertThat(world.get(service.path()).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @Covers("apim.common.api-version-malformed")
  @ValueSource(
      strings = {
        "latest",
        "2022",
        "2022-08",
        "22-08-01",
        "2022-8-1",
        "2022-08-01.18.0",
        "2022-08-01-beta",
        "2022-08-01-Preview",
        "2022-08-01 ",
        " 2022-08-01",
        "2022-08-01\n",
        "v2022-08-01",
        "\u0662\u0660\u0662\u0662-08-01",
        "*",
        "'"
      })
  void versionThatIsNoDateIsInvalid(String version) {
    Service service = world.newService();

    Answer answer =
        bearer(
                "GET",
                service.users()
                    + "?api-version="
                    + java.net.URLEncoder.encode(version, java.nio.charset.StandardCharsets.UTF_8))
            .send();

    assertGatewayError(
        answer,
        400,
        "InvalidApiVersionParameter",
        "The api-version '%s' is invalid. The supported versions are '%s'."
            .formatted(version, VERSIONS));
  }

  @ParameterizedTest
  @Covers("apim.common.api-version-unknown")
  @ValueSource(strings = {"2022-08-02", "2099-01-01", "2022-08-01-preview", "0000-00-00"})
  void unsupportedVersionIsToldWithTypeAndLocation(String version) {
    Service service = world.newService();
    String message =
        "No registered resource provider found for location 'West US' and API version '%s' for"
            + " type '%s'. The supported api-versions are '%s'. The supported locations are"
            + " 'West US'.";

    assertGatewayError(
        bearer("GET", service.users() + "?api-version=" + version).send(),
        400,
        "NoRegisteredProviderFound",
        message.formatted(version, "service/users", VERSIONS));
    assertGatewayError(
        bearer("DELETE", service.path() + "?api-version=" + version).send(),
        400,
        "NoRegisteredProviderFound",
        message.formatted(version, "service", VERSIONS));
    assertGatewayError(
        bearer("POST", service.user("u") + "/generateSsoUrl?api-version=" + version).send(),
        400,
        "NoRegisteredProviderFound",
        message.formatted(version, "service/users/generateSsoUrl", VERSIONS));
    assertThat(world.get(service.path()).status()).isEqualTo(200);
  }

  @Test
  @Covers("apim.common.api-versions-accepted")
  void nameOfTheVersionParameterIsFoundInAnyCase() {
    Service service = world.newService();

    for (String query : List.of("API-VERSION", "Api-Version", "api%2Dversion", "api-versio%6E")) {
      assertThat(bearer("GET", service.users() + "?" + query + "=2022-08-01").send().status())
          .as(query)
          .isEqualTo(200);
    }
  }

  // ---- what the path names

  @ParameterizedTest
  @Covers("apim.common.subscription-unknown")
  @ValueSource(strings = {"GET", "PUT", "PATCH", "DELETE", "HEAD", "POST"})
  void unknownSubscriptionIsNotFound(String verb) {
    Service service = world.newService();
    Service elsewhere = new Service("No-Such", service.resourceGroup(), service.name());

    for (String path :
        List.of(
            elsewhere.user("u"),
            elsewhere.users(),
            elsewhere.group("developers"),
            "/subscriptions/No-Such",
            "/subscriptions/No-Such/resourceGroups")) {
      Answer answer = call(verb, path);
      if (verb.equals("HEAD")) {
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.bytes()).isEmpty();
      } else {
        assertGatewayError(
            answer, 404, "SubscriptionNotFound", "The subscription 'No-Such' could not be found.");
      }
    }
    for (String known : List.of("GET", "DELETE")) {
      assertGatewayError(
          call(known, elsewhere.path()),
          404,
          "SubscriptionNotFound",
          "The subscription 'No-Such' could not be found.");
    }
  }

  private Answer call(String verb, String path) {
    Call call = world.call(verb, path).header("If-Match", "*");
    return (verb.equals("PUT") || verb.equals("PATCH") ? call.body("{}") : call).send();
  }

  @ParameterizedTest
  @Covers("apim.common.resource-group-unknown")
  @ValueSource(strings = {"GET", "PUT", "PATCH", "DELETE", "POST"})
  void unknownResourceGroupIsNotFound(String verb) {
    Service service = world.newService();
    Service elsewhere = new Service(service.subscriptionId(), "No-Such", service.name());

    for (String path : List.of(elsewhere.user("u"), elsewhere.users(), elsewhere.group("g"))) {
      assertGatewayError(
          call(verb, path),
          404,
          "ResourceGroupNotFound",
          "Resource group 'No-Such' could not be found.");
    }
    for (String known : List.of("GET", "DELETE")) {
      assertGatewayError(
          call(known, elsewhere.path()),
          404,
          "ResourceGroupNotFound",
          "Resource group 'No-Such' could not be found.");
    }
  }

  @Test
  @Covers("apim.common.resource-group-unknown")
  void resourceGroupOfAnotherSubscriptionIsUnknown() {
    Service mine = world.newSubscription();
    Service other = world.newSubscription();

    assertGatewayError(
        world.get(new Service(mine.subscriptionId(), other.resourceGroup(), other.name()).users()),
        404,
        "ResourceGroupNotFound",
        "Resource group '%s' could not be found.".formatted(other.resourceGroup()));
  }

  @Test
  @Covers("apim.common.service-unknown")
  void everythingBelowAnUnknownServiceIsNotFound() {
    Service known = world.newService();
    Service service = new Service(known.subscriptionId(), known.resourceGroup(), "No-Such");
    String user = service.user("u");
    String group = service.group("developers");

    for (Answer answer :
        List.of(
            world.get(service.path()),
            world.get(service.users()),
            world.get(user),
            world.put(user, user("u@x")),
            world.put(user, "{"),
            world.patch(user, "{}"),
            world.delete(user),
            world.post(user + "/generateSsoUrl"),
            world.call("POST", user + "/token", "{}").send(),
            world.get(user + "/identities"),
            world.get(user + "/groups"),
            world.get(user + "/subscriptions"),
            world.get(user + "/subscriptions/s"),
            world.post(user + "/confirmations/password/send"),
            world.get(service.groups()),
            world.get(group),
            world.put(group, group("g")),
            world.patch(group, "{}"),
            world.delete(group),
            world.get(group + "/users"),
            world.call("PUT", service.member("g", "u")).send(),
            world.delete(service.member("g", "u")))) {
      assertGatewayError(
          answer,
          404,
          "ResourceNotFound",
          "The Resource 'Microsoft.ApiManagement/service/No-Such' under resource group 'group-1'"
              + " was not found. For more details please go to"
              + " https://aka.ms/ARMResourceNotFoundFix");
    }
    for (String path : List.of(user, group, service.member("g", "u"))) {
      Answer answer = world.head(path);
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.bytes()).isEmpty();
    }
  }

  @ParameterizedTest
  @Covers("apim.common.service-unknown")
  @ValueSource(strings = {"1", "-a", "a-", "a_b", "a.b", "%C3%A9", "a%20b", "a%2Fb"})
  void nameThatNoServiceCanHaveIsUnknown(String name) {
    Service known = world.newService();
    String path = known.path().replace(known.name(), name);

    Answer answer = world.get(path + "/users");

    assertGatewayError(
        answer,
        404,
        "ResourceNotFound",
        "The Resource 'Microsoft.ApiManagement/service/%s' under resource group 'group-1' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix"
            .formatted(java.net.URLDecoder.decode(name, java.nio.charset.StandardCharsets.UTF_8)));
    assertThat(world.delete(path).status()).isEqualTo(204);
  }

  // ---- routing

  @ParameterizedTest
  @Covers("apim.common.path-unknown")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "/subscriptions|subscriptions|Microsoft.Resources",
        "/subscriptions/|subscriptions|Microsoft.Resources",
        "/SUBSCRIPTIONS|SUBSCRIPTIONS|Microsoft.Resources",
        "//subscriptions//|subscriptions|Microsoft.Resources",
        "/subscriptions/sub-1|subscriptions|Microsoft.Resources",
        "/subscriptions/sub-1/|subscriptions|Microsoft.Resources",
        "/subscriptions/sub-1/resourceGroups|subscriptions/resourceGroups|Microsoft.Resources",
        "/subscriptions/sub-1/resourceGroups/group-1|subscriptions/resourceGroups|Microsoft.Resources",
        "/subscriptions/sub-1/resourceGroups/group-1/providers|subscriptions/resourceGroups/providers|Microsoft.Resources",
        "/subscriptions/sub-1/providers/Microsoft.ApiManagement|''|Microsoft.ApiManagement",
        "/subscriptions/sub-1/providers/Microsoft.ApiManagement/service|service|Microsoft.ApiManagement",
        "/subscriptions/sub-1/resourceGroups/group-1/providers/Microsoft.ApiManagement/service|service|Microsoft.ApiManagement",
        "/subscriptions/sub-1/resourceGroups/group-1/providers/Microsoft.Compute/virtualMachines/vm|virtualMachines|Microsoft.Compute",
        "/subscriptions/sub-1/resourceGroups/group-1/providers/Microsoft.Compute/service/{service}/users|service/users|Microsoft.Compute",
        "/subscriptions/sub-1/resourceGroup/group-1/providers/Microsoft.ApiManagement/service/{service}|service|Microsoft.ApiManagement",
        "{path}/apis|service/apis|Microsoft.ApiManagement",
        "{path}/Apis/a/Operations|service/Apis/Operations|Microsoft.ApiManagement",
        "{path}/users/u/keys|service/users/keys|Microsoft.ApiManagement",
        "{path}/users/u/groups/developers|service/users/groups|Microsoft.ApiManagement",
        "{path}/users/u/identities/i|service/users/identities|Microsoft.ApiManagement",
        "{path}/users/u/generateSsoUrl/x|service/users/generateSsoUrl|Microsoft.ApiManagement",
        "{path}/users/u/confirmations|service/users/confirmations|Microsoft.ApiManagement",
        "{path}/users/u/confirmations/password|service/users/confirmations|Microsoft.ApiManagement",
        "{path}/users/u/confirmations/password/resend|service/users/confirmations/resend|Microsoft.ApiManagement",
        "{path}/groups/g/users/u/x|service/groups/users/x|Microsoft.ApiManagement",
        "{path}/user|service/user|Microsoft.ApiManagement",
        "{path}/users;a=b|service/users;a=b|Microsoft.ApiManagement",
        "{path}/providers/Microsoft.Insights/metrics|service/providers/metrics|Microsoft.ApiManagement",
        "/subscriptions/sub-1/./resourceGroups|subscriptions/./|-",
        "/subscriptions/sub-1/%20/|'subscriptions/ '|Microsoft.Resources",
        "{path}/caf%C3%A9|service/caf\u00e9|Microsoft.ApiManagement"
      })
  void pathOutsideTheContractIsAnUnknownType(String path, String type, String namespace) {
    Service service = world.newService();
    String target =
        path.replace("{path}", service.path()).replace("{service}", service.name()) + "?" + VERSION;

    for (String verb : List.of("GET", "POST", "DELETE", "OPTIONS", "TRACE")) {
      Answer answer = world.raw(verb, target).send();
      assertHeaders(answer);
      if (namespace == null) {
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("x-ms-failure-cause")).contains("gateway");
        continue;
      }
      assertGatewayError(
          answer,
          404,
          "InvalidResourceType",
          "The resource type '%s' could not be found in the namespace '%s' for api version '2022-08-01'. The supported api-versions are '%s'."
              .formatted(type, namespace, VERSIONS));
    }
    Answer head = world.raw("HEAD", target).send();
    assertThat(head.status()).isEqualTo(404);
    assertThat(head.bytes()).isEmpty();
  }

  @ParameterizedTest
  @Covers("apim.common.path-unknown")
  @ValueSource(strings = {".", "..", "%2E", "%2e%2E", ".%2e"})
  void segmentsOfDotsAreNoNames(String dots) {
    Service service = world.newService();
    world.addUser(service, "u");
    world.addGroup(service, "g");
    String query = "?" + VERSION;

    for (String path :
        List.of(
            service.users() + "/" + dots,
            service.users() + "/u/" + dots,
            service.users() + "/" + dots + "/groups",
            service.groups() + "/" + dots,
            service.groups() + "/g/users/" + dots,
            service.path() + "/" + dots,
            service.path() + "/" + dots + "/" + service.name(),
            service.path() + "/users/" + dots + "/users/u")) {
      for (String verb : List.of("GET", "DELETE", "PUT", "PATCH")) {
        Answer answer =
            world
                .raw(verb, path + query)
                .header("If-Match", "*")
                .announcedBody("{}".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                .send();
        assertThat(answer.status()).as(verb + " " + path + answer.text()).isEqualTo(404);
        assertThat(answer.json().at("/error/code").asText()).isEqualTo("InvalidResourceType");
      }
    }
    assertThat(names(world.get(service.users()))).containsExactly("1", "u");
    assertThat(names(world.get(service.groups())))
        .containsExactly("administrators", "developers", "guests", "g");
  }

  @ParameterizedTest
  @Covers("apim.common.wrong-verb")
  @CsvSource(
      delimiter = '|',
      value = {
        "''|GET PUT DELETE",
        "/users|GET",
        "/users/u|HEAD GET PUT PATCH DELETE",
        "/users/u/generateSsoUrl|POST",
        "/users/u/token|POST",
        "/users/u/identities|GET",
        "/users/u/groups|GET",
        "/users/u/subscriptions|GET",
        "/users/u/subscriptions/s|GET",
        "/users/u/confirmations/password/send|POST",
        "/groups|GET",
        "/groups/g|HEAD GET PUT PATCH DELETE",
        "/groups/g/users|GET",
        "/groups/g/users/u|HEAD PUT DELETE"
      })
  void verbThatThePathLacksIsRefused(String path, String verbs) {
    Service service = world.newService();
    world.addUser(service, "u");
    world.addGroup(service, "g");
    List<String> declared = List.of(verbs.split(" "));
    List<String> wrong =
        new ArrayList<>(
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"));
    wrong.removeAll(declared);

    for (String verb : wrong) {
      String target = service.path() + path + "?" + VERSION;
      Answer answer = world.raw(verb, target).header("Content-Length", "0").send();

      assertThat(answer.header("Allow").map(allow -> List.of(allow.split(", "))))
          .as(verb)
          .hasValueSatisfying(
              allow -> assertThat(allow).containsExactlyInAnyOrderElementsOf(declared));
      assertHeaders(answer);
      if (verb.equals("HEAD")) {
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.bytes()).isEmpty();
      } else {
        assertGatewayError(
            answer,
            405,
            "MethodNotAllowed",
            "The HTTP method '%s' is not supported on the resource '%s'."
                .formatted(verb, world.origin() + service.path() + path));
      }
    }
    assertThat(names(world.get(service.users()))).containsExactly("1", "u");
    assertThat(world.get(service.group("g")).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @Covers("apim.common.undecodable-url")
  @ValueSource(
      strings = {
        "/subscriptions/%zz",
        "/subscriptions/%",
        "/subscriptions/%4",
        "/subscriptions/a%FF",
        "/subscriptions/%C3",
        "/subscriptions/%ED%A0%80",
        "/subscriptions/%C0%80",
        "/subscriptions/a%00b",
        "{path}/users/%00",
        "{path}/users/%ff",
        "{path}/users?x=%zz",
        "{path}/users?%FF=1",
        "{path}/users?$filter=%00",
        "{path}/users?api-version=2022-08-0%",
        "/SUBSCRIPTIONS/%zz"
      })
  void urlThatIsNoTextIsRefused(String target) {
    Service service = world.newService();
    String url = target.replace("{path}", service.path());

    for (String verb : List.of("GET", "PUT", "DELETE", "OPTIONS")) {
      Answer answer = world.raw(verb, url).send();
      assertGatewayError(
          answer, 400, "InvalidRequestUri", "The URL of the request cannot be decoded.");
      assertHeaders(answer);
    }
    Answer head = world.raw("HEAD", url).send();
    assertThat(head.status()).isEqualTo(400);
    assertThat(head.bytes()).isEmpty();
  }

  // ---- names

  /** The same letters in the other case, outside escapes. */
  private static String swapCase(String path) {
    StringBuilder swapped = new StringBuilder();
    for (char c : path.toCharArray()) {
      swapped.append(
          Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c));
    }
    return swapped.toString();
  }

  @Test
  @Covers({"apim.common.names-ignore-case", "apim.common.ids-canonical"})
  void everyOperationFindsNamesAndKeywordsInAnyCase() {
    Service service = world.newSubscription();
    world.addUser(service, "Alice");
    world.addGroup(service, "Testers");
    String root = swapCase(service.path());
    String alice = root + "/USERS/aLICE";
    String testers = root + "/GROUPS/tESTERS";
    String token =
        "{\"properties\": {\"keyType\": \"primary\", \"expiry\": \"2020-01-01T00:00:00Z\"}}";

    assertIds(world.get(root), service.path(), "");
    assertIds(world.put(root, ApiManagementWorld.service()), service.path(), "");
    assertIds(world.get(alice), service.user("Alice"), "/users");
    Answer put = world.put(alice, user("alice@x"));
    assertIds(put, service.user("Alice"), "/users");
    assertThat(put.status()).isEqualTo(200);
    assertThat(put.json().at("/properties/groups/0/id").asText())
        .isEqualTo(service.group("developers"));
    assertIds(world.patch(alice, "{}"), service.user("Alice"), "/users");
    assertThat(world.head(alice).status()).isEqualTo(200);
    assertIds(world.get(root + "/USERS").json().at("/value/1"), service.user("Alice"), "/users");
    assertThat(world.post(alice + "/GENERATESSOURL").json().get("value").asText())
        .startsWith(
            "https://%s.portal.azure-api.net/signin-sso?token=Alice%%26".formatted(service.name()));
    assertThat(world.call("POST", alice + "/TOKEN", token).send().json().get("value").asText())
        .startsWith("Alice&202001010000&");
    assertThat(world.get(alice + "/IDENTITIES").json().get("count").asInt()).isEqualTo(1);
    assertIds(
        world.get(alice + "/GROUPS").json().at("/value/0"),
        service.user("Alice") + "/groups/developers",
        "/users/groups");
    assertThat(world.post(alice + "/CONFIRMATIONS/PASSWORD/SEND").status()).isEqualTo(204);
    JsonNode subscription = world.get(root + "/users/1/SUBSCRIPTIONS").json().at("/value/0");
    String sid = subscription.get("name").asText();
    assertIds(subscription, service.user("1") + "/subscriptions/" + sid, "/users/subscriptions");
    assertThat(subscription.at("/properties/ownerId").asText()).isEqualTo(service.user("1"));
    assertThat(subscription.at("/properties/scope").asText())
        .isEqualTo(service.path() + "/products/starter");
    assertIds(
        world.get(root + "/Users/1/SubScriptions/" + sid.toUpperCase(Locale.ROOT)),
        service.user("1") + "/subscriptions/" + sid,
        "/users/subscriptions");
    assertIds(world.get(testers), service.group("Testers"), "/groups");
    assertIds(world.put(testers, group("T")), service.group("Testers"), "/groups");
    assertIds(world.patch(testers, "{}"), service.group("Testers"), "/groups");
    assertThat(world.head(testers).status()).isEqualTo(200);
    assertIds(
        world.get(root + "/GROUPS").json().at("/value/3"), service.group("Testers"), "/groups");
    assertIds(
        world.call("PUT", testers + "/USERS/aLICE").send(),
        service.member("Testers", "Alice"),
        "/groups/users");
    assertThat(world.head(testers + "/USERS/ALICE").status()).isEqualTo(204);
    assertIds(
        world.get(testers + "/USERS").json().at("/value/0"),
        service.member("Testers", "Alice"),
        "/groups/users");
    assertThat(world.delete(testers + "/USERS/alice").status()).isEqualTo(200);
    assertThat(world.delete(testers).status()).isEqualTo(200);
    assertThat(world.delete(alice).status()).isEqualTo(200);
    assertThat(world.delete(root).status()).isEqualTo(200);
    assertThat(world.get(service.path()).status()).isEqualTo(404);
  }

  private static void assertIds(Answer answer, String id, String type) {
    assertThat(answer.status()).as(answer.text()).isIn(200, 201);
    assertIds(answer.json(), id, type);
  }

  private static void assertIds(JsonNode resource, String id, String type) {
    assertThat(resource.get("id").asText()).isEqualTo(id);
    assertThat(resource.get("name").asText()).isEqualTo(id.substring(id.lastIndexOf('/') + 1));
    assertThat(resource.get("type").asText()).isEqualTo("Microsoft.ApiManagement/service" + type);
  }

  @Test
  @Covers("apim.common.ids-canonical")
  void namesOfParentsStayAsTheyWereFirstGiven() {
    Service first = ApiManagementWorld.unmade();
    Service second =
        new Service(
            first.subscriptionId().toUpperCase(Locale.ROOT),
            first.resourceGroup().toUpperCase(Locale.ROOT),
            "Second");
    world.put(first.path(), ApiManagementWorld.service());

    Answer made = world.put(second.path(), ApiManagementWorld.service());

    assertThat(made.status()).isEqualTo(201);
    String id = first.path().replace(first.name(), "Second");
    assertIds(made, id, "");
    assertIds(world.get(second.users() + "/1"), id + "/users/1", "/users");
    assertThat(made.json().at("/properties/gatewayUrl").asText())
        .isEqualTo("https://Second.azure-api.net");
  }

  @ParameterizedTest
  @Covers("apim.common.escapes-decoded")
  @CsvSource({
    "a+b@example.com, a+b@example.com",
    "a%2Bb%40example.com, a+b@example.com",
    "a%20b, a b",
    "%C3%A9%F0%9F%98%80, \u00e9\uD83D\uDE00",
    "a%2Fb, a/b",
    "a%25zz, a%zz",
    "a;b=c, a;b=c",
    "a%3Bb, a;b",
    "a:b, a:b",
    "a'b, a'b",
    "..., ...",
    "%61bc, abc"
  })
  void namesAreDecoded(String segment, String id) {
    Service service = world.newService();
    String query = "?" + VERSION;
    byte[] body = user("u@x").getBytes(java.nio.charset.StandardCharsets.UTF_8);

    Answer created =
        world.raw("PUT", service.users() + "/" + segment + query).announcedBody(body).send();

    assertThat(created.status()).as(created.text()).isEqualTo(201);
    assertThat(created.json().get("name").asText()).isEqualTo(id);
    assertThat(created.json().get("id").asText()).isEqualTo(service.users() + "/" + id);
    assertThat(names(world.get(service.users()))).containsExactly("1", id);
    assertThat(world.get(service.user(id)).status()).isEqualTo(200);
    assertThat(
            world.raw("GET", service.users() + "/" + segment + "/groups" + query).send().status())
        .isEqualTo(200);
    byte[] groupBody = group("g").getBytes(java.nio.charset.StandardCharsets.UTF_8);
    assertThat(
            world
                .raw("PUT", service.groups() + "/" + segment + query)
                .announcedBody(groupBody)
                .send()
                .json()
                .get("name")
                .asText())
        .isEqualTo(id);
    assertThat(world.raw("DELETE", service.users() + "/" + segment + query).send().status())
        .isEqualTo(200);
  }

  @Test
  @Covers("apim.common.escapes-decoded")
  void queriesAreDecoded() {
    Service service = world.newService();
    world.addUsers(service, "u", 3);

    assertThat(names(world.get(service.users() + "?%24top=1&%24skip=2"))).containsExactly("u2");
    assertThat(names(world.get(service.users() + "?%24filter=name+eq%20%27u2%27")))
        .containsExactly("u2");
    assertThat(names(world.get(service.users() + "?$filter=email%20eq%20'u3%40example.com'")))
        .containsExactly("u3");
    assertThat(names(world.get(service.groups() + "?%24top=2"))).hasSize(2);
  }

  @Test
  @Covers("apim.common.escapes-decoded")
  void keywordsMayBeEncodedAsWell() {
    Service service = world.newService();
    String path =
        service
            .path()
            .replace("subscriptions", "%73ubscriptions")
            .replace("Microsoft.ApiManagement", "Microsoft%2EApiManagement");

    assertThat(names(world.get(path + "/user%73"))).containsExactly("1");
    assertThat(world.put(path + "/%67roups/g", group("g")).status()).isEqualTo(201);
    assertThat(world.delete(path + "/groups/%67").status()).isEqualTo(200);
  }

  @Test
  @Covers("apim.common.escapes-decoded")
  void absoluteTargetIsReadLikeItsPath() {
    Service service = world.newService();

    Answer answer = world.raw("GET", world.origin() + service.users() + "?" + VERSION).send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(names(answer)).containsExactly("1");
  }

  @ParameterizedTest
  @Covers("apim.common.escapes-decoded")
  @ValueSource(strings = {"{path}/users/", "{path}//users", "/{path}/users", "{path}/users///"})
  void emptySegmentsArePassedOver(String path) {
    Service service = world.newService();

    assertThat(names(world.get(path.replace("{path}", service.path())))).containsExactly("1");
  }

  // ---- media types

  @ParameterizedTest
  @Covers("apim.common.bodyless-content-type")
  @ValueSource(
      strings = {
        "application/json",
        "application/json; charset=utf-8",
        "APPLICATION/JSON;odata=verbose",
        "text/plain",
        "x"
      })
  void requestWithoutBodyMayCarryContentType(String contentType) {
    Service service = world.newService();
    world.addUser(service, "u");
    world.addGroup(service, "g");

    for (String[] request :
        new String[][] {
          {"GET", service.users(), "200"},
          {"HEAD", service.user("u"), "200"},
          {"POST", service.user("u") + "/generateSsoUrl", "200"},
          {"POST", service.user("u") + "/confirmations/password/send", "204"},
          {"PUT", service.member("g", "u"), "201"},
          {"HEAD", service.member("g", "u"), "204"},
          {"DELETE", service.member("g", "u"), "200"},
          {"DELETE", service.group("g"), "200"},
          {"DELETE", service.user("u"), "200"},
          {"DELETE", service.path(), "200"}
        }) {
      Answer answer =
          world
              .raw(request[0], request[1] + "?" + VERSION)
              .header("Content-Type", contentType)
              .header("Content-Length", "0")
              .header("Accept", "application/xml;q=0.1")
              .send();
      assertThat(answer.status()).as(request[0] + answer.text()).hasToString(request[2]);
    }
  }

  @ParameterizedTest
  @Covers("apim.common.bodyless-content-type")
  @ValueSource(strings = {"application/xml", "text/plain;q=0", "*/*", "x", "", ";", "a/b/c"})
  void acceptIsIgnored(String accept) {
    Service service = world.newService();

    for (Answer answer :
        List.of(
            world.call("GET", service.users()).header("Accept", accept).send(),
            world.call("PUT", service.group("g"), group("g")).header("Accept", accept).send())) {
      assertThat(answer.status()).isIn(200, 201);
      assertThat(answer.header("Content-Type")).contains("application/json; charset=utf-8");
    }
    assertServiceError(
        world.call("GET", service.user("no")).header("Accept", accept).send(),
        404,
        "ResourceNotFound",
        "User not found.");
  }

  @ParameterizedTest
  @Covers("apim.common.content-type")
  @ValueSource(
      strings = {
        "text/plain",
        "application/xml",
        "text/json",
        "application/merge-patch+json",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "*/*",
        "application/*",
        "json",
        "/",
        ";",
        "application/",
        "application/jsonx",
        "application/json, text/plain"
      })
  void otherMediaTypesAreRefused(String contentType) {
    Service service = world.newService();
    world.addUser(service, "u");
    world.addGroup(service, "g");
    String before = world.get(service.group("g")).text() + world.get(service.user("u")).text();
    Service unmade = ApiManagementWorld.unmade();

    for (Call call :
        List.of(
            world.call("PUT", service.user("new")).body(user("n@x")),
            world.call("PATCH", service.user("u")).header("If-Match", "*").body("{}"),
            world.call("PUT", service.group("g")).body(group("changed")),
            world.call("PATCH", service.group("g")).header("If-Match", "*").body("{}"),
            world.call("POST", service.user("u") + "/token").body("{}"),
            world.call("PUT", unmade.path()).body(ApiManagementWorld.service()))) {
      assertGatewayError(
          call.header("Content-Type", contentType).send(),
          415,
          "UnsupportedMediaType",
          "The content media type '%s' is not supported. Only 'application/json' is supported."
              .formatted(contentType));
    }
    assertThat(world.get(service.group("g")).text() + world.get(service.user("u")).text())
        .isEqualTo(before);
    assertThat(names(world.get(service.users()))).containsExactly("1", "u");
    assertThat(world.get(unmade.path()).json().at("/error/code").asText())
        .isEqualTo("SubscriptionNotFound");
  }

  @ParameterizedTest
  @Covers("apim.common.content-type")
  @ValueSource(
      strings = {
        "",
        "application/json",
        "application/json; charset=utf-8",
        "application/json;charset=\"UTF-8\"",
        "APPLICATION/JSON; Charset=utf-8",
        "application/json; charset=utf-16",
        "application/json; charset=unheard-of",
        "application/json;",
        " application/json "
      })
  void jsonIsReadWithAnyParametersAndWithoutContentType(String contentType) {
    Service service = world.newService();
    world.addUser(service, "u");

    for (Call call :
        List.of(
            world.call("PUT", service.user("new")).body(user("n@x")),
            world.call("PATCH", service.user("u")).header("If-Match", "*").body("{}"),
            world.call("PUT", service.group("g")).body(group("\u00e9")),
            world.call("PATCH", service.group("g")).header("If-Match", "*").body("{}"),
            world.call("PUT", service.path()).body(ApiManagementWorld.service()),
            world
                .call("POST", service.user("u") + "/token")
                .body(
                    "{\"properties\": {\"keyType\": \"primary\", \"expiry\":"
                        + " \"2020-01-01T00:00:00Z\"}}"))) {
      if (!contentType.isEmpty()) {
        call.header("Content-Type", contentType);
      }
      Answer answer = call.send();
      assertThat(answer.status()).as(answer.text()).isIn(200, 201);
    }
    assertThat(world.get(service.group("g")).json().at("/properties/displayName").asText())
        .isEqualTo("\u00e9");
  }

  // ---- what is passed over

  @Test
  @Covers("apim.common.unknown-ignored")
  void unknownMembersAreIgnored() {
    Service service = world.newService();
    world.addUser(service, "u");
    String unknown =
        "\"unknown\": {\"a\": [1, \"\\u0000\", null]}, \"id\": 1, \"name\": [], \"type\": {},"
            + " \"\\u0000\": \"\\udc00\", \"Properties\": 5";

    for (Call call :
        List.of(
            world.call("PUT", service.user("new"), with(unknown, user("n@x"), "\"confirmed\": 1")),
            world
                .call(
                    "PATCH",
                    service.user("u"),
                    with(
                        unknown,
                        "{\"properties\": {\"note\": \"n\"}}",
                        "\"confirmation\": \"x\", \"appType\": {}, \"groups\": 5, \"Email\": []"))
                .header("If-Match", "*"),
            world.call("PUT", service.group("g"), with(unknown, group("G"), "\"builtIn\": \"x\"")),
            world
                .call(
                    "PATCH",
                    service.group("g"),
                    with(unknown, group("G2"), "\"builtIn\": true, \"name\": 5"))
                .header("If-Match", "*"),
            world.call(
                "POST",
                service.user("u") + "/token",
                with(
                    unknown,
                    "{\"properties\": {\"keyType\": \"primary\", \"expiry\":"
                        + " \"2020-01-01T00:00:00Z\"}}",
                    "\"Expiry\": 5")),
            world.call(
                "PUT",
                service.path(),
                with(unknown, ApiManagementWorld.service().strip(), "\"hostnames\": [5]")))) {
      Answer answer = call.send();
      assertThat(answer.status()).as(answer.text()).isIn(200, 201);
    }
    assertThat(world.get(service.user("u")).json().at("/properties/note").asText()).isEqualTo("n");
    JsonNode stored = world.get(service.group("g")).json();
    assertThat(stored.at("/properties/displayName").asText()).isEqualTo("G2");
    assertThat(stored.at("/properties/builtIn").asBoolean()).isFalse();
  }

  /** Adds members to a body, and to its properties, which are its last member. */
  private static String with(String members, String body, String properties) {
    String text = body.strip();
    return "{" + members + ", " + text.substring(1, text.length() - 2) + ", " + properties + "}}";
  }

  @ParameterizedTest
  @Covers("apim.common.unknown-ignored")
  @ValueSource(
      strings = {
        "unknown=1",
        "$orderby=name",
        "$select=x",
        "$count=maybe",
        "tags=x",
        "notify=perhaps",
        "deleteSubscriptions=perhaps",
        "|",
        "\"",
        "\u00ff",
        "a=b=c",
        "x[]=1",
        "{}",
        "%C3%A9=%C3%A9",
        "&&&",
        "?",
        "\\",
        "=",
        "$filte=x"
      })
  void unknownParametersAreIgnored(String query) {
    Service service = world.newService();

    Answer answer = world.raw("GET", service.users() + "?" + VERSION + "&" + query).send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(names(answer)).containsExactly("1");
  }

  @Test
  @Covers("apim.common.unknown-ignored")
  void listingParametersMeanNothingToOtherOperations() {
    Service service = world.newService();
    world.addUser(service, "u");
    String query = "?$top=x&$skip=-1&$filter=(&expandGroups=5";

    assertThat(world.get(service.user("u") + query).status()).isEqualTo(200);
    assertThat(world.get(service.user("u") + "/identities" + query).status()).isEqualTo(200);
    assertThat(world.put(service.group("g") + query, group("g")).status()).isEqualTo(201);
    assertThat(world.call("PUT", service.member("g", "u") + query).send().status()).isEqualTo(201);
    assertThat(world.get(service.groups() + "?expandGroups=5").status()).isEqualTo(200);
  }

  @Test
  @Covers("apim.common.unknown-ignored")
  void ifNoneMatchOfAReadIsIgnored() {
    Service service = world.newService();
    world.addUser(service, "u");
    world.addGroup(service, "g");
    world.addMember(service, "g", "u");

    for (String path : List.of(service.user("u"), service.group("g"), service.path())) {
      String tag = world.get(path).header("ETag").orElseThrow();
      for (String value : List.of(tag, "*", "\"x\"", "")) {
        Answer answer = world.call("GET", path).header("If-None-Match", value).send();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("ETag")).contains(tag);
      }
    }
    for (String path : List.of(service.user("u"), service.group("g"))) {
      assertThat(world.call("HEAD", path).header("If-None-Match", "*").send().status())
          .isEqualTo(200);
    }
    assertThat(
            world
                .call("HEAD", service.member("g", "u"))
                .header("If-None-Match", "*")
                .send()
                .status())
        .isEqualTo(204);
  }

  // ---- parameters

  @ParameterizedTest
  @Covers("apim.common.parameter-invalid")
  @CsvSource({"users, 80, userId", "groups, 256, groupId", "users/1/subscriptions, 256, sid"})
  void overlongIdIsRefused(String collection, int longest, String target) {
    Service service = world.newService();
    String path = service.path() + "/" + collection + "/";

    // As long as it may be, it is only unknown.
    assertThat(world.get(path + "x".repeat(longest)).json().at("/error/code").asText())
        .isEqualTo("ResourceNotFound");
    assertValidationError(
        world.get(path + "x".repeat(longest + 1)),
        target,
        "The length of '%s' must be %d characters or fewer. You entered %d characters."
            .formatted(target, longest, longest + 1));
  }

  @Test
  @Covers({"apim.common.parameter-invalid", "apim.common.validation-error"})
  void everyOverlongIdIsNamed() {
    Service service = world.newService();

    assertValidationError(
        world.call("PUT", service.member("g".repeat(257), "u".repeat(81))).send(),
        "groupId",
        "The length of 'groupId' must be 256 characters or fewer. You entered 257 characters.",
        "userId",
        "The length of 'userId' must be 80 characters or fewer. You entered 81 characters.");
  }

  @ParameterizedTest
  @Covers("apim.common.parameter-invalid")
  @ValueSource(strings = {"a*b", "a%23b", "a&b", "a+b", "a:b", "a%3Cb", "a%3Eb", "a%3Fb"})
  void subscriptionIdThatBreaksThePatternIsRefused(String sid) {
    Service service = world.newService();

    assertValidationError(
        world.get(service.user("1") + "/subscriptions/" + sid),
        "sid",
        "The specified condition was not met for 'sid'.");
  }

  @ParameterizedTest
  @Covers("apim.common.parameter-invalid")
  @ValueSource(strings = {"1", "-a", "a-", "a_b", "a.b", "%C3%A9", "a%20b", "a%2Fb"})
  void nameThatNoServiceCanHaveIsRefusedForANewOne(String name) {
    Service unmade = ApiManagementWorld.unmade();

    assertValidationError(
        world.put(unmade.path().replace(unmade.name(), name), ApiManagementWorld.service()),
        "serviceName",
        "The specified condition was not met for 'serviceName'.");
    assertThat(world.get(unmade.path()).json().at("/error/code").asText())
        .isEqualTo("SubscriptionNotFound");
  }

  @ParameterizedTest
  @Covers("apim.common.parameter-invalid")
  @CsvSource({"subscriptionId, 90", "resourceGroupName, 90", "serviceName, 50"})
  void overlongNamesOfANewServiceAreRefused(String target, int longest) {
    Service unmade = ApiManagementWorld.unmade();

    Answer made = world.put(renamed(unmade, target, longest).path(), ApiManagementWorld.service());
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertValidationError(
        world.put(renamed(unmade, target, longest + 1).path(), ApiManagementWorld.service()),
        target,
        "The length of '%s' must be %d characters or fewer. You entered %d characters."
            .formatted(target, longest, longest + 1));
  }

  private static Service renamed(Service service, String parameter, int length) {
    String name = (service.name().replace("-", "") + "x".repeat(length)).substring(0, length);
    return switch (parameter) {
      case "subscriptionId" -> new Service(name, service.resourceGroup(), service.name());
      case "resourceGroupName" -> new Service(service.subscriptionId(), name, service.name());
      default -> new Service(service.subscriptionId(), service.resourceGroup(), name);
    };
  }

  @ParameterizedTest
  @Covers("apim.common.parameter-invalid")
  @CsvSource({
    "$top, 0, 1",
    "$top, -1, 1",
    "$top, '', 1",
    "$top, abc, 1",
    "$top, 1.0, 1",
    "$top, 1e3, 1",
    "$top, 2147483648, 1",
    "$top, ' 1', 1",
    "$skip, -1, 0",
    "$skip, '', 0",
    "$skip, abc, 0",
    "$skip, 99999999999, 0",
    "$TOP, x, 1"
  })
  void pagingParametersAreWholeNumbers(String parameter, String value, int least) {
    Service service = world.newService();
    world.addUser(service, "u");
    world.addGroup(service, "g");
    String query =
        "?"
            + parameter
            + "="
            + java.net.URLEncoder.encode(value, java.nio.charset.StandardCharsets.UTF_8);
    String name = parameter.toLowerCase(Locale.ROOT);

    for (String list :
        List.of(
            service.users(),
            service.groups(),
            service.group("g") + "/users",
            service.user("u") + "/groups",
            service.user("u") + "/subscriptions")) {
      assertValidationError(
          world.get(list + query),
          name,
          "'%s' has to be a whole number from %d to 2147483647.".formatted(name, least));
    }
  }

  @Test
  @Covers({"apim.common.parameter-invalid", "apim.common.validation-error"})
  void everyFaultyParameterIsNamed() {
    Service service = world.newService();

    assertValidationError(
        world.get(service.users() + "?$top=0&$skip=x&expandGroups=perhaps"),
        "$top",
        "'$top' has to be a whole number from 1 to 2147483647.",
        "$skip",
        "'$skip' has to be a whole number from 0 to 2147483647.",
        "expandGroups",
        "'expandGroups' has to be true or false.");
  }

  @ParameterizedTest
  @Covers("apim.common.parameter-invalid")
  @ValueSource(strings = {"", "1", "yes", "truee", "null"})
  void switchesAreTrueOrFalse(String value) {
    Service service = world.newService();
    world.addUser(service, "u");

    assertValidationError(
        world.put(service.user("new") + "?notify=" + value, user("n@x")),
        "notify",
        "'notify' has to be true or false.");
    assertValidationError(
        world.delete(service.user("u") + "?deleteSubscriptions=" + value),
        "deleteSubscriptions",
        "'deleteSubscriptions' has to be true or false.");
    assertThat(names(world.get(service.users()))).containsExactly("1", "u");
    assertThat(world.delete(service.user("u") + "?deleteSubscriptions=TRUE&notify=False").status())
        .isEqualTo(200);
  }

  // ---- errors

  @Test
  @Covers({
    "apim.common.gateway-errors",
    "apim.common.error-envelope",
    "apim.common.validation-error",
    "apim.common.validation-texts"
  })
  void errorsHaveTheFormOfGatewayAndService() {
    Service service = world.newService();

    Answer gateway = world.get("/subscriptions/nothing");
    assertThat(gateway.text())
        .isEqualTo(
            "{\"error\":{\"code\":\"SubscriptionNotFound\",\"message\":"
                + "\"The subscription 'nothing' could not be found.\"}}");
    assertThat(gateway.header("x-ms-failure-cause")).contains("gateway");
    assertThat(gateway.header("Content-Type")).contains("application/json; charset=utf-8");

    Answer plain = world.get(service.user("nobody"));
    assertThat(plain.text())
        .isEqualTo(
            "{\"error\":{\"code\":\"ResourceNotFound\",\"message\":\"User not found.\","
                + "\"details\":null}}");
    assertThat(plain.header("x-ms-failure-cause")).isEmpty();
    assertThat(plain.header("Content-Type")).contains("application/json; charset=utf-8");

    Answer fields =
        world.put(
            service.user("new"),
            "{\"properties\": {\"firstName\": \"%s\", \"lastName\": \"L\", \"identities\":"
                    .formatted("x".repeat(101))
                + " [{\"provider\": \"Basic\"}, {\"provider\": \"Nobody\"}]}}");
    assertThat(fields.text())
        .isEqualTo(
            "{\"error\":{\"code\":\"ValidationError\",\"message\":"
                + "\"One or more fields contain incorrect values:\",\"details\":["
                + "{\"code\":\"ValidationError\",\"target\":\"email\",\"message\":"
                + "\"'email' must not be empty.\"},"
                + "{\"code\":\"ValidationError\",\"target\":\"firstName\",\"message\":"
                + "\"The length of 'firstName' must be 100 characters or fewer. You entered 101"
                + " characters.\"},"
                + "{\"code\":\"ValidationError\",\"target\":\"identities[1].provider\","
                + "\"message\":\"The specified condition was not met for 'provider'.\"}]}}");
    assertThat(fields.header("x-ms-failure-cause")).isEmpty();
    assertThat(fields.header("Content-Type")).contains("application/json; charset=utf-8");
  }

  @Test
  @Covers("apim.common.gateway-errors")
  void whatIsFoundBeforeTheServiceSaysSo() {
    Service service = world.newService();
    world.addUser(service, "u");

    List<Answer> gateway =
        List.of(
            world.anonymous("GET", service.users()).send(),
            world.raw("GET", "/subscriptions/%zz").send(),
            bearer("GET", service.users()).send(),
            bearer("GET", service.users() + "?api-version=x").send(),
            bearer("GET", service.users() + "?api-version=2000-01-01").send(),
            world.get("/subscriptions/nothing"),
            world.get(service.path() + "/apis"),
            world.call("POST", service.users()).send(),
            world.put(service.group("g"), "{"),
            world.put(service.group("g"), " ".repeat(1024 * 1024 + 1)),
            world.call("PUT", service.group("g")).header("Content-Type", "x").body("{}").send());
    List<Answer> ofTheService =
        List.of(
            world.get(service.user("nobody")),
            world.get(service.group("nothing")),
            world.get(service.user("1") + "/subscriptions/nothing"),
            world.put(service.group("g"), "{}"),
            world.get(service.users() + "?$top=0"),
            world.delete(service.group("developers")),
            world.call("PATCH", service.user("u"), "{}").header("If-Match", "\"x\"").send());

    assertThat(gateway)
        .allSatisfy(
            answer -> {
              assertThat(answer.headers().get("x-ms-failure-cause")).containsExactly("gateway");
              assertThat(answer.json().get("error").fieldNames())
                  .toIterable()
                  .containsExactly("code", "message");
            });
    assertThat(ofTheService)
        .allSatisfy(
            answer -> {
              assertThat(answer.headers()).doesNotContainKey("x-ms-failure-cause");
              assertThat(answer.json().get("error").fieldNames())
                  .toIterable()
                  .containsExactly("code", "message", "details");
            });
  }

  @ParameterizedTest
  @Covers("apim.common.system-groups")
  @ValueSource(strings = {"administrators", "developers", "guests", "DEVELOPERS"})
  void systemGroupsRefuseWrites(String id) {
    Service service = world.newService();
    String before = world.get(service.groups()).text();
    String tag = world.get(service.group(id)).header("ETag").orElseThrow();

    for (String ifMatch : List.of("*", tag, "\"stale\"")) {
      assertServiceError(
          world.call("PUT", service.group(id), group("changed")).header("If-Match", ifMatch).send(),
          405,
          "MethodNotAllowed",
          "System entity cannot be modified");
      assertServiceError(
          world
              .call("PATCH", service.group(id), group("changed"))
              .header("If-Match", ifMatch)
              .send(),
          405,
          "MethodNotAllowed",
          "System entity cannot be modified");
      assertServiceError(
          world.call("DELETE", service.group(id)).header("If-Match", ifMatch).send(),
          405,
          "MethodNotAllowed",
          "System entity cannot be deleted");
    }
    assertServiceError(
        world.put(service.group(id), group("changed")),
        405,
        "MethodNotAllowed",
        "System entity cannot be modified");
    assertServiceError(
        world.delete(service.group(id)),
        405,
        "MethodNotAllowed",
        "System entity cannot be deleted");
    assertThat(world.get(service.groups()).text()).isEqualTo(before);
    assertThat(world.get(service.group(id)).header("ETag")).contains(tag);
  }
}
