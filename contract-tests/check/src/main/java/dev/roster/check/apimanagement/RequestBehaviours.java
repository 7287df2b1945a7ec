package dev.roster.check.apimanagement;

import static dev.roster.check.apimanagement.ApiManagementService.USERS;
import static dev.roster.check.apimanagement.ApiManagementService.VERSION;
import static dev.roster.check.apimanagement.ApiManagementService.assertError;
import static dev.roster.check.apimanagement.ApiManagementService.members;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.check.Api;
import dev.roster.check.ContractIndex;
import dev.roster.check.apimanagement.ApiManagementService.Group;
import dev.roster.check.apimanagement.ApiManagementService.User;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RequestBehaviours {

  private static final String GUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
  private static final String QUOTA = "x-ms-ratelimit-remaining-subscription-";

  @RegisterExtension final ApiManagementService service = new ApiManagementService();

  @Test
  @Covers({"apim.common.authorization-missing", "apim.update-user.security"})
  void withoutAuthorizationNothingIsTold() {
    String user = service.path(USERS + "/" + ApiManagementService.newName());

    for (String method : List.of("GET", "PATCH", "DELETE")) {
      Answer answer = service.anonymous(method, user + "?api-version=" + VERSION).send();

      assertError(answer, 401, "AuthenticationFailed");
      assertThat(answer.header("WWW-Authenticate").orElse("none"))
          .matches("Bearer authorization_uri=\"https://[^\"]+/" + GUID + "\".*")
          .contains("error=\"invalid_token\"", "error_description=\"")
          .doesNotContain("claims=");
    }
  }

  @Test
  @Covers({"apim.common.api-version-missing", "apim.update-user.api-version-required"})
  void versionIsRequired() {
    User user = service.newUser();

    for (String query : List.of("", "?api-version=")) {
      assertError(
          service.authorized("GET", service.path(USERS) + query).send(),
          400,
          "MissingApiVersionParameter");
      assertError(
          service
              .authorized("PATCH", service.path(user.path()) + query)
              .header("If-Match", "*")
              .json("{}")
              .send(),
          400,
          "MissingApiVersionParameter");
    }
  }

  @Test
  @Covers("apim.common.api-version-unknown")
  void unsupportedVersionIsRefusedWithThoseThatAre() {
    JsonNode error =
        assertError(
            service.requestOf("2001-01-01", "GET", USERS).send(), 400, "NoRegisteredProviderFound");

    assertThat(error.get("message").asText())
        .contains("'2001-01-01'", "service/users", "2022-08-01");
  }

  @Test
  @Covers("apim.common.api-versions-accepted")
  void supportedVersionsAreAnsweredAlike() {
    User user = service.newUser();
    JsonNode expected = service.read(user.path()).json();

    for (String version : ContractIndex.of(Api.AZURE_API_MANAGEMENT).versions()) {
      Answer answer = service.requestOf(version, "GET", user.path()).send();
      assertThat(answer.status()).as("with api-version " + version).isEqualTo(200);
      assertThat(answer.json()).as("with api-version " + version).isEqualTo(expected);
    }
  }

  @Test
  @Covers("apim.common.subscription-unknown")
  void unknownSubscriptionIsNotFound() {
    String path =
        service
            .path(USERS)
            .replaceFirst("/subscriptions/[^/]+", "/subscriptions/" + UUID.randomUUID());

    assertError(
        service.authorized("GET", path + "?api-version=" + VERSION).send(),
        404,
        "SubscriptionNotFound");
  }

  @Test
  @Covers({"apim.common.service-unknown", "apim.update-user.path-required"})
  void unknownServiceIsNotFoundWhateverIsAskedOfIt() {
    String name = ApiManagementService.newName();
    String other = service.pathOfNeighbour(name);
    String user = other + service.newUser().path();

    for (Answer answer :
        List.of(
            service.authorized("GET", other + "?api-version=" + VERSION).send(),
            service.authorized("GET", user + "?api-version=" + VERSION).send(),
            service
                .authorized("PUT", user + "?api-version=" + VERSION)
                .json(
                    ApiManagementService.properties(
                        "email", "a@example.com", "firstName", "A", "lastName", "B"))
                .send(),
            service
                .authorized("PATCH", user + "?api-version=" + VERSION)
                .header("If-Match", "*")
                .json("{}")
                .send())) {
      JsonNode error = assertError(answer, 404, "ResourceNotFound");
      assertThat(error.get("message").asText())
          .contains("'Microsoft.ApiManagement/service/" + name + "'", "resource group '");
    }
  }

  @Test
  @Covers("apim.common.gateway-errors")
  void errorsTellWhetherTheServiceWasReached() {
    Answer before = service.authorized("GET", service.path(USERS)).send();
    Answer within = service.request("GET", USERS + "/" + ApiManagementService.newName()).send();

    assertThat(before.status()).isEqualTo(400);
    assertThat(members(before.json().get("error"))).containsExactlyInAnyOrder("code", "message");
    assertThat(before.header("x-ms-failure-cause")).contains("gateway");
    assertThat(within.status()).isEqualTo(404);
    assertThat(members(within.json().get("error")))
        .containsExactlyInAnyOrder("code", "message", "details");
    assertThat(within.json().at("/error/details").isNull()).isTrue();
    assertThat(within.header("x-ms-failure-cause")).isEmpty();
  }

  @Test
  @Covers("apim.common.error-envelope")
  void errorsAreJson() {
    for (Answer answer :
        List.of(
            service.anonymous("GET", service.path(USERS) + "?api-version=" + VERSION).send(),
            service.authorized("GET", service.path(USERS)).send(),
            service.request("GET", USERS + "/" + ApiManagementService.newName()).send(),
            service.patch(service.newUser().path(), "{"))) {
      assertThat(answer.status()).isBetween(400, 499);
      assertThat(answer.header("Content-Type")).contains("application/json; charset=utf-8");
      assertThat(members(answer.json())).containsExactly("error");
      assertThat(members(answer.json().get("error"))).contains("code", "message");
    }
  }

  @Test
  @Covers("apim.common.names-ignore-case")
  void namesAndKeywordsAreFoundInAnyCase() {
    User user = service.newUser();
    String path = service.path(user.path());

    for (String other : List.of(path.toUpperCase(Locale.ROOT), path.toLowerCase(Locale.ROOT))) {

      Answer answer = service.authorized("GET", other + "?api-version=" + VERSION).send();
      assertThat(answer.status()).as("status of " + other).isEqualTo(200);
      assertThat(answer.json().at("/properties/email").asText()).isEqualTo(user.email());
    }
  }

  @Test
  @Covers("apim.common.ids-canonical")
  void idsHaveTheNamesAsTheyWereFirstGiven() {
    User user = service.newUser("Check-" + ApiManagementService.newName());
    User shouted = new User(user.id().toUpperCase(Locale.ROOT), user.email());

    Answer answer = service.read(shouted.path());

    assertThat(answer.json().get("name").asText()).isEqualTo(user.id());
    assertThat(answer.json().get("type").asText())
        .isEqualTo("Microsoft.ApiManagement/service/users");
    assertThat(answer.json().get("id").asText())
        .isEqualToIgnoringCase(service.path(user.path()))
        .matches(
            "/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft.ApiManagement/service"
                + "/[^/]+/users/"
                + user.id());
  }

  @Test
  @Covers("apim.common.escapes-decoded")
  void anAddressCanBeAnId() {
    String id = ApiManagementService.newName() + "+tag@example.com";
    User user = service.newUser(id);

    for (String path : List.of(USERS + "/" + id, user.path())) {
      assertThat(service.read(path).json().get("name").asText()).isEqualTo(id);
    }
    assertThat(service.request("GET", USERS + "/" + id.replace("+", "%20")).send().status())
        .as("a plus sign is no blank")
        .isEqualTo(404);
    Answer list = service.read(USERS + "?%24top=1");
    assertThat(list.json().get("value")).hasSize(1);
  }

  @Test
  @Covers("apim.common.bodyless-content-type")
  void requestWithoutBodyMayHaveATypeAndAnyAccept() {
    User user = service.newUser();

    Answer read =
        service
            .request("GET", user.path())
            .header("Content-Type", "application/json")
            .header("Accept", "text/plain")
            .send();
    Answer signOn =
        service
            .request("POST", user.path() + "/generateSsoUrl")
            .header("Content-Type", "application/json")
            .header("Accept", "*/*")
            .send();

    assertThat(read.status()).isEqualTo(200);
    assertThat(read.header("Content-Type").orElse("none")).startsWith("application/json");
    assertThat(signOn.status()).isEqualTo(200);
  }

  @Test
  @Covers("apim.common.request-ids")
  void everyAnswerHasAnIdThatIsItsCorrelationIdToo() {
    Answer read = service.read(USERS + "?$top=1");
    Answer error = service.request("GET", USERS + "/" + ApiManagementService.newName()).send();

    for (Answer answer : List.of(read, error)) {
      assertThat(answer.header("x-ms-request-id").orElse("none")).matches(GUID);
      assertThat(answer.header("x-ms-correlation-request-id"))
          .isEqualTo(answer.header("x-ms-request-id"));
    }
    assertThat(read.header("x-ms-request-id")).isNotEqualTo(error.header("x-ms-request-id"));
  }

  @Test
  @Covers("apim.common.request-ids")
  void correlationIdOfTheCallerComesBack() {
    String id = UUID.randomUUID().toString();

    Answer answer =
        service.request("GET", USERS + "?$top=1").header("x-ms-correlation-request-id", id).send();

    assertThat(answer.header("x-ms-correlation-request-id")).contains(id);
    assertThat(answer.header("x-ms-request-id").orElse("none")).matches(GUID).isNotEqualTo(id);
  }

  @Test
  @Covers("apim.common.routing-request-id")
  void routingIdIsMadeOfARegionATimeAndTheCorrelationId() {
    Answer answer = service.read(USERS + "?$top=1");

    assertThat(answer.header("x-ms-routing-request-id").orElse("none"))
        .matches(
            "[A-Z0-9 ]+:\\d{8}T\\d{6}Z:"
                + answer.header("x-ms-correlation-request-id").orElse("none"));
  }

  @Test
  @Covers("apim.common.client-request-id-echo")
  void ownIdComesBackOnlyWhenAskedFor() {
    String id = UUID.randomUUID().toString();

    Answer asked =
        service
            .request("GET", USERS + "?$top=1")
            .header("x-ms-client-request-id", id)
            .header("x-ms-return-client-request-id", "true")
            .send();
    Answer unasked =
        service.request("GET", USERS + "?$top=1").header("x-ms-client-request-id", id).send();

    assertThat(asked.header("x-ms-client-request-id")).contains(id);
    assertThat(unasked.header("x-ms-client-request-id")).isEmpty();
  }

  @Test
  @Covers("apim.common.rate-limits")
  void answersTellWhatIsLeftOfTheQuotaOfTheirVerb() {
    User user = service.newUser();
    Answer read = service.read(user.path());
    Answer write = service.patch(user.path(), "{\"properties\": {\"note\": \"a\"}}");
    Answer deletion = service.request("DELETE", user.path()).header("If-Match", "*").send();

    assertQuota(read, "reads", 11999);
    assertQuota(write, "writes", 1199);
    assertQuota(deletion, "deletes", 14999);
  }

  private static void assertQuota(Answer answer, String kind, int most) {
    for (String each : List.of("reads", "writes", "deletes")) {
      if (each.equals(kind)) {
        assertThat(Integer.parseInt(answer.header(QUOTA + each).orElse("-1")))
            .as(QUOTA + each)
            .isBetween(0, most);
      } else {
        assertThat(answer.header(QUOTA + each)).as(QUOTA + each).isEmpty();
      }
    }
  }

  @Test
  @Covers("apim.common.not-cached")
  void answersAreNotToBeCached() {
    for (Answer answer :
        List.of(
            service.read(USERS + "?$top=1"),
            service.request("GET", USERS + "/" + ApiManagementService.newName()).send())) {
      assertThat(answer.header("Cache-Control")).contains("no-cache");
      assertThat(answer.header("Pragma")).contains("no-cache");
      assertThat(answer.header("Expires")).contains("-1");
      assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
    }
  }

  @Test
  @Covers("apim.common.etag-absent")
  void listsActionsDeletionsAndErrorsHaveNoTag() {
    User user = service.newUser();
    Group group = service.newGroup();

    for (Answer answer :
        List.of(
            service.read(USERS + "?$top=1"),
            service.read(user.path() + "/groups"),
            service.request("POST", user.path() + "/generateSsoUrl").send(),
            service.request("DELETE", group.path()).header("If-Match", "*").send(),
            service.request("GET", group.path()).send())) {
      assertThat(answer.header("ETag")).isEmpty();
    }
  }

  @Test
  @Covers("apim.common.no-server-errors")
  void brokenRequestsAreTheCallersFault() {
    User user = service.newUser();

    for (String body : List.of("", "{", "[]", "\"text\"", "{\"properties\": \"text\"}")) {
      Answer answer = service.patch(user.path(), body);
      assertThat(answer.status()).as("status for the body " + body).isBetween(400, 499);
    }
    assertThat(service.filtered(USERS, "firstName eq").status()).isBetween(400, 499);
  }

  @Test
  @Covers("apim.get-service.answer")
  void serviceTellsWhatItIs() {
    Answer answer = service.read("");

    JsonNode body = answer.json();
    assertThat(body.get("name").asText()).isEqualToIgnoringCase(service.name());
    assertThat(body.get("type").asText()).isEqualTo("Microsoft.ApiManagement/service");
    assertThat(body.at("/properties/publisherEmail").asText()).isNotBlank();
    assertThat(body.at("/properties/publisherName").asText()).isNotBlank();
    assertThat(body.at("/sku/name").asText()).isNotBlank();
    assertThat(ApiManagementService.tag(answer))
        .isEqualTo(ApiManagementService.tag(service.read("")));
  }

  @Test
  @Covers("apim.put-service.required")
  void serviceIsNotMadeOfNothing() {
    String other =
        service.pathOfNeighbour(ApiManagementService.newName()) + "?api-version=" + VERSION;

    service.removeAfterwards(() -> service.authorized("DELETE", other));

    Answer answer = service.authorized("PUT", other).json("{}").send();

    ApiManagementService.assertInvalid(
        answer, "location", "sku", "publisherEmail", "publisherName");
  }
}
