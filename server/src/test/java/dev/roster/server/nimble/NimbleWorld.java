package dev.roster.server.nimble;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.testing.Answer;
import dev.roster.testing.Call;
import dev.roster.testing.Contract;
import dev.roster.testing.RawHttp;
import io.quarkus.vertx.http.HttpServer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What tests of the array need: calls as a client makes them, and data of their own.
 *
 * <p>All tests share one array. Each makes its own users, with names that no other test has, and
 * asks lists for them only.
 */
@Singleton
class NimbleWorld {

  static final String USERS = "/v1/users";
  static final String DETAIL = "/v1/users/detail";
  static final String TOKENS = "/v1/tokens";

  /** The id of the built-in administrator. */
  static final String ADMIN = "1000000000000004d3000000000000000000000001";

  /** The id of the user of the documentation's sample. */
  static final String SAMPLE = "1000000000000004d3000000000000000000000003";

  /** A well-formed id of no user. */
  static final String NOBODY = "1000000000000004d3000000000000000000ffffff";

  /** The password of all users that are made here. */
  static final String PASSWORD = "password-91";

  private static final AtomicInteger NAMES = new AtomicInteger();

  @Inject HttpServer http;

  private TestSession shared;

  /** A user of a test. */
  record TestUser(String id, String name) {

    String path() {
      return USERS + "/" + id;
    }
  }

  /** A session of a test. */
  record TestSession(String id, String token) {

    String path() {
      return TOKENS + "/" + id;
    }
  }

  String origin() {
    return "http://localhost:" + http.getPort();
  }

  /** A name that no other test has. */
  static String newName(String prefix) {
    return prefix + "x" + NAMES.incrementAndGet();
  }

  /** A call without a session. */
  Call anonymous(String method, String target) {
    return Call.of(Contract.NIMBLE, origin(), method, target);
  }

  /** A call in a session. */
  Call call(TestSession session, String method, String target) {
    return anonymous(method, target).header("X-Auth-Token", session.token());
  }

  /** A call in a session with a body; the text is sent without a Content-Type. */
  Call call(TestSession session, String method, String target, String body) {
    return call(session, method, target).body(body);
  }

  /** A GET by an administrator. */
  Answer get(String target) {
    return call(administrator(), "GET", target).send();
  }

  /** A PUT by the built-in administrator; the text is what stands in data. */
  Answer put(String target, String data) {
    return call(administrator(), "PUT", target, data(data)).send();
  }

  /** A POST by the built-in administrator; the text is what stands in data. */
  Answer post(String target, String data) {
    return call(administrator(), "POST", target, data(data)).send();
  }

  Answer delete(String target) {
    return call(administrator(), "DELETE", target).send();
  }

  /** A query by the built-in administrator; the text is the list of criteria, all of which hold. */
  Answer fetch(String target, String criteria) {
    return call(administrator(), "POST", target, query(criteria)).send();
  }

  /** The body of a query; the text is the list of criteria, all of which hold. */
  static String query(String criteria) {
    return """
        {"data": {"_constructor": "AdvancedCriteria", "operator": "and", "criteria": [%s]},
         "operationType": "fetch"}
        """
        .formatted(criteria);
  }

  /** An envelope; the text is what stands in data, such as {@code "description": "d"}. */
  static String data(String members) {
    return "{\"data\": {%s}}".formatted(members);
  }

  /** A request as no client would send it. */
  RawHttp raw(TestSession session, String method, String target) {
    return RawHttp.of(Contract.NIMBLE, origin(), method, target)
        .header("X-Auth-Token", session.token());
  }

  /** A new session of the built-in administrator. */
  TestSession admin() {
    return logIn("admin", "admin");
  }

  /** A session of the built-in administrator, the same for all; there may be only so many. */
  synchronized TestSession administrator() {
    if (shared == null || call(shared, "GET", shared.path()).send().status() != 200) {
      shared = admin();
    }
    return shared;
  }

  /** A session of a user that was made here. */
  TestSession logIn(TestUser user) {
    return logIn(user.name(), PASSWORD);
  }

  /** A session. */
  TestSession logIn(String name, String password) {
    Answer answer = tryToLogIn(name, password);
    assertStatus(answer, 201);
    JsonNode data = answer.json().get("data");
    return new TestSession(data.get("id").asText(), data.get("session_token").asText());
  }

  /** What a log-in answers. */
  Answer tryToLogIn(String name, String password) {
    return anonymous("POST", TOKENS)
        .body(data("\"username\": \"%s\", \"password\": \"%s\"".formatted(name, password)))
        .send();
  }

  /** A new guest. */
  TestUser newUser() {
    return newUser("guest");
  }

  /** A new user of a role, with a name of its own and {@link #PASSWORD}. */
  TestUser newUser(String role) {
    return newUser(newName("user"), "\"role\": \"%s\"".formatted(role));
  }

  /**
   * A new user.
   *
   * @param members what stands in data besides name and password, such as {@code "role": "guest"}
   */
  TestUser newUser(String name, String members) {
    Answer answer =
        post(
            USERS,
            "\"name\": \"%s\", \"password\": \"%s\"%s"
                .formatted(name, PASSWORD, members.isEmpty() ? "" : ", " + members));
    assertStatus(answer, 201);
    return new TestUser(answer.json().at("/data/id").asText(), name);
  }

  /** A user as the built-in administrator reads it. */
  JsonNode user(TestUser user) {
    Answer answer = get(user.path());
    assertStatus(answer, 200);
    return answer.json().get("data");
  }

  /** The values of a member in the rows of a list, in its order. */
  static List<String> values(Answer list, String member) {
    List<String> values = new ArrayList<>();
    list.json().get("data").forEach(row -> values.add(row.get(member).asText()));
    return values;
  }

  static List<String> names(Answer list) {
    return values(list, "name");
  }

  private static void assertStatus(Answer answer, int status) {
    if (answer.status() != status) {
      throw new AssertionError(answer.status() + ": " + answer.text());
    }
  }
}
