package dev.roster.server.azurepack;

import static dev.roster.server.azurepack.PackErrorAssert.assertError;
import static dev.roster.server.azurepack.PackErrorAssert.assertXmlError;
import static dev.roster.server.azurepack.PackWorld.USERS;
import static dev.roster.server.azurepack.PackWorld.body;
import static dev.roster.server.azurepack.PackWorld.newName;
import static dev.roster.server.azurepack.PackWorld.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.testing.Answer;
import dev.roster.testing.Call;
import dev.roster.testing.Contract;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.RawHttp;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every request has to meet, and what it need not. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class RequestChecksTest {

  private static final String NO_TOKEN = "The request needs a bearer token in Authorization.";
  private static final String INVALID_TOKENS = "/invalidusertokens";

  @Inject PackWorld world;
  @Inject ProviderState providers;

  private RawHttp bare(String method, String target) {
    return RawHttp.of(Contract.AZURE_PACK, world.origin(), method, target);
  }

  private static RawHttp json(RawHttp request, String json) {
    return request
        .header("Content-Type", "application/json")
        .announcedBody(json.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertUnauthorized(Answer answer) {
    assertError(answer, 401, "AuthenticationFailed", NO_TOKEN);
    assertThat(answer.headers().get("www-authenticate")).containsExactly("Bearer");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /users",
    "POST, /users",
    "GET, /users/x",
    "PUT, /users/x",
    "DELETE, /users/x",
    "POST, /invalidusertokens"
  })
  @Covers("pack.common.authorization-missing")
  void everyOperationNeedsAuthorization(String method, String path) {
    assertUnauthorized(bare(method, path).send());
    assertXmlError(
        bare(method, path).header("Accept", "application/xml").send(),
        method,
        path,
        401,
        "AuthenticationFailed",
        NO_TOKEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "Bearer",
        "Bearer   ",
        "Basic dXNlcjpwYXNzd29yZA==",
        "Bearertoken",
        "token",
        "Negotiate Bearer token",
        "SharedAccessSignature token"
      })
  @Covers("pack.common.authorization-missing")
  void authorizationThatIsNoBearerTokenChangesNothing(String authorization) {
    String name = newName();
    String known = world.newUser();

    assertUnauthorized(
        json(bare("POST", USERS).header("Authorization", authorization), body(name)).send());
    assertUnauthorized(
        json(bare("PUT", user(known)).header("Authorization", authorization), body(known, 2))
            .send());
    assertUnauthorized(bare("DELETE", user(known)).header("Authorization", authorization).send());

    assertThat(world.get(user(name)).status()).isEqualTo(404);
    assertThat(world.read(known).get("State").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer t",
        "bearer token",
        "BEARER token",
        "bEaReR    token",
        "Bearer eyJhbGciOiJub25lIn0.eyJ1cG4iOiJhIiwiZXhwIjoxfQ.",
        "Bearer ~not+a/JWT==",
        "Bearer two words"
      })
  @Covers("pack.common.bearer-accepted")
  void anyBearerTokenIsTaken(String authorization) {
    String name = newName();

    Answer created =
        json(bare("POST", USERS).header("Authorization", authorization), body(name)).send();

    assertThat(created.status()).as(created.text()).isEqualTo(201);
    assertThat(bare("GET", user(name)).header("Authorization", authorization).send().status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PC\\Administrator",
        "aaa@bbb.com",
        "aaa%40bbb.com",
        "100%",
        "%zz",
        "2028eab5-37c8-4e7a-84a9-558e7e33b3df-2013-06-27 21:32:23Z",
        "9ff600b4-0c8b-4110-9eab-4228ce92aa4d",
        "",
        "{\"a\": [1]}",
        "\u00fc\u00df"
      })
  @Covers("pack.common.headers-opaque")
  void headersOfTheCallerHoldAnyText(String text) {
    String name = newName();
    for (String header :
        List.of(
            "x-ms-principal-id",
            "x-ms-principal-liveid",
            "x-ms-client-session-id",
            "x-ms-client-request-id")) {
      RawHttp created = json(world.raw("POST", USERS).header(header, text), body(name));
      assertThat(created.send().status()).as(header).isEqualTo(201);
      Answer read = world.raw("GET", user(name)).header(header, text).send();
      assertThat(read.status()).as(header).isEqualTo(200);
      assertThat(read.json().get("Name").asText()).isEqualTo(name);
      assertThat(world.raw("DELETE", user(name)).header(header, text).send().status())
          .as(header)
          .isEqualTo(202);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/users/a/b",
        "/users/a/b/c",
        "/USERS/a/subscriptions",
        "/users/a/b?skip=1",
        "/invalidusertokens/a",
        "/invalidusertokens/a/b/"
      })
  @Covers({"pack.common.path-unknown", "pack.common.error-body"})
  void unknownPathAnswers404WhateverTheVerb(String target) {
    String path = target.replaceAll("[?].*", "");
    for (String method : List.of("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS")) {
      Answer answer = world.raw(method, target).send();
      assertError(answer, 404, "ResourceNotFound", "The resource was not found.");
      assertThat(answer.header("Allow")).as(method).isEmpty();
      assertXmlError(
          world.raw(method, target).header("Accept", "text/xml").send(),
          method,
          path,
          404,
          "ResourceNotFound",
          "The resource was not found.");
    }
    assertThat(world.raw("HEAD", target).send().status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /users                 | GET, POST        | PUT PATCH DELETE OPTIONS TRACE
          /Users/                | GET, POST        | PUT PATCH DELETE OPTIONS TRACE
          /users/aaa@bbb.com     | GET, PUT, DELETE | POST PATCH OPTIONS TRACE
          /USERS/aaa%40bbb.com/  | GET, PUT, DELETE | POST PATCH OPTIONS TRACE
          /invalidusertokens     | POST             | GET PUT PATCH DELETE OPTIONS TRACE
          """)
  @Covers({"pack.common.wrong-verb", "pack.common.error-body"})
  void verbThatAPathDoesNotHaveAnswers405(String path, String allow, String verbs) {
    for (String verb : verbs.split(" ", -1)) {
      String message = "The resource does not have the method '%s'.".formatted(verb);
      Answer answer = world.raw(verb, path).send();
      assertError(answer, 405, "MethodNotAllowed", message);
      assertThat(answer.headers().get("allow")).as(verb).containsExactly(allow);
      assertXmlError(
          world.raw(verb, path).header("Accept", "application/xml").send(),
          verb,
          path,
          405,
          "MethodNotAllowed",
          message);
    }
    Answer head = world.raw("HEAD", path).send();
    assertThat(head.status()).isEqualTo(405);
    assertThat(head.headers().get("allow")).containsExactly(allow);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/users/%",
        "/users/a%4",
        "/users/%zz",
        "/users/%ff",
        "/users/%c3%28",
        "/users/%C0%80",
        "/users/%ed%a0%80",
        "/users/%00",
        "/users/a%00b",
        "/Users/a/%e2%82",
        "/users?filter=%zz",
        "/users?filter=%00",
        "/users?%ff=1",
        "/invalidusertokens?a=%e2%28%a1"
      })
  @Covers({"pack.common.undecodable-url", "pack.common.error-body"})
  void urlThatDoesNotDecodeIsRefused(String target) {
    String message = "The URL of the request cannot be decoded.";
    String path = target.replaceAll("[?].*", "");
    for (String method : List.of("GET", "POST", "PUT", "DELETE")) {
      assertError(world.raw(method, target).send(), 400, "InvalidInput", message);
      assertXmlError(
          world.raw(method, target).header("Accept", "application/xml").send(),
          method,
          path,
          400,
          "InvalidInput",
          message);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/Users", "/USERS", "/uSeRs/", "/users/", "/users//"})
  @Covers("pack.common.paths-lenient")
  void usersAreFoundUnderAnySpellingOfTheirKeyword(String users) {
    String name = newName();
    String slash = users.endsWith("/") ? "" : "/";

    assertThat(world.call("POST", users, body(name)).send().status()).isEqualTo(201);
    Answer list = world.get(users + "?filter=" + name);
    assertThat(PackWorld.names(list)).containsExactly(name);
    Answer read = world.get(users + slash + name + "/");
    assertThat(read.status()).isEqualTo(200);
    assertThat(read.json().get("Name").asText()).isEqualTo(name);
    Answer updated = world.call("PUT", users + slash + name + "//", body(name, 2)).send();
    assertThat(updated.json().get("State").asInt()).isEqualTo(2);
    assertThat(world.call("DELETE", users + slash + name).send().status()).isEqualTo(202);
    assertThat(world.get(user(name)).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/InvalidUserTokens", "/INVALIDUSERTOKENS/", "/invalidusertokens/"})
  @Covers("pack.common.paths-lenient")
  void invalidTokensAreFoundUnderAnySpellingOfTheirKeyword(String path) {
    String token =
        "{\"Username\": \"%s\", \"TokenExpiryTime\": \"2013-06-28T05:15:30\"}".formatted(newName());

    assertThat(world.call("POST", path, token).send().status()).isEqualTo(200);
  }

  @Test
  @Covers("pack.common.query-unknown")
  void unknownParametersArePassedOver() {
    String name = newName();
    String query = "?api-version=2014-01-01&$filter=x&take&=&&a=b=c&skipp=x&sort-direction=up";

    assertThat(world.call("POST", USERS + query, body(name)).send().status()).isEqualTo(201);
    assertThat(PackWorld.names(world.get(USERS + query + "&filter=" + name))).containsExactly(name);
    assertThat(world.get(user(name) + query).status()).isEqualTo(200);
    assertThat(world.call("PUT", user(name) + query, body(name, 2)).send().status()).isEqualTo(200);
    assertThat(world.call("DELETE", user(name) + query).send().status()).isEqualTo(202);
    Call invalidated =
        world.call(
            "POST",
            INVALID_TOKENS + query,
            "{\"Username\": \"%s\", \"TokenExpiryTime\": \"2013-06-28T05:15:30\"}".formatted(name));
    assertThat(invalidated.send().status()).isEqualTo(200);
  }

  @Test
  @Covers("pack.common.query-unknown")
  void parametersAreFoundInAnyCase() {
    String tag = newName();
    for (String prefix : List.of("a", "b", "c")) {
      world.newUser(prefix + tag);
    }

    Answer list =
        world.get(
            USERS
                + "?FILTER="
                + tag
                + "&Skip=1&TAKE=1&SORTPROPERTY=Name&sortdirection=desc&filter=nobody");

    assertThat(PackWorld.names(list)).containsExactly("b" + tag);
    assertThat(list.json().get("filteredTotalCount").asInt()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DeleteSubscriptions=True", "DELETESUBSCRIPTIONS=True", "FORCE=True"})
  @Covers("pack.common.query-unknown")
  void flagsOfADeletionAreFoundInAnyCase(String flag) {
    String name = world.newUser();
    providers.set(name, 1, null);

    assertThat(world.call("DELETE", user(name) + "?" + flag).send().status()).isEqualTo(202);

    assertThat(world.get(user(name)).status()).isEqualTo(404);
  }
}
