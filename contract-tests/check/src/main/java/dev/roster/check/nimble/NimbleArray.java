package dev.roster.check.nimble;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.check.Setting;
import dev.roster.check.replay.ReplayFixture;
import dev.roster.check.replay.Request;
import dev.roster.check.replay.Target;
import dev.roster.testing.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An array, with an administrator's session and users of the test's own. */
public final class NimbleArray extends ReplayFixture {

  static final String USERS = "/v1/users";
  static final String DETAIL = "/v1/users/detail";
  static final String TOKENS = "/v1/tokens";

  /** All members of a user. */
  static final List<String> USER_MEMBERS =
      List.of(
          "id",
          "name",
          "search_name",
          "description",
          "role_id",
          "role",
          "inactivity_timeout",
          "creation_time",
          "last_modified",
          "full_name",
          "email_addr",
          "disabled",
          "last_login",
          "last_logout",
          "logged_in");

  /** All members of a token. */
  static final List<String> TOKEN_MEMBERS =
      List.of(
          "id",
          "session_token",
          "username",
          "app_name",
          "source_ip",
          "creation_time",
          "last_modified");

  private static final Map<Integer, String> STATUS_CODES =
      Map.of(
          400, "SM_http_bad_request",
          401, "SM_http_unauthorized",
          403, "SM_http_forbidden",
          404, "SM_http_not_found",
          409, "SM_http_conflict");

  private static final ObjectMapper JSON = new ObjectMapper();

  private Session administrator;

  /** A user of the test. */
  record User(String id, String name, String password) {

    String path() {
      return USERS + "/" + id;
    }
  }

  /** A session of the test. */
  record Session(String id, String token) {

    String path() {
      return TOKENS + "/" + id;
    }
  }

  /** Asks whether the administrator can log in, and logs out again. */
  public static Answer firstAnswer(Target target) {
    Answer answer =
        target
            .request("POST", TOKENS)
            .json(
                data(
                    "username",
                    target.required(Setting.NIMBLE_USERNAME),
                    "password",
                    target.required(Setting.NIMBLE_PASSWORD)))
            .sendUnchecked();
    if (answer.status() == 201) {
      JsonNode session = answer.json().path("data");
      target
          .request("DELETE", TOKENS + "/" + session.path("id").asText())
          .header("X-Auth-Token", session.path("session_token").asText())
          .sendUnchecked();
    }
    return answer;
  }

  /** An envelope. */
  static String data(Object... namesAndValues) {
    ObjectNode data = JSON.createObjectNode();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      data.set((String) namesAndValues[i], JSON.valueToTree(namesAndValues[i + 1]));
    }
    return JSON.createObjectNode().set("data", data).toString();
  }

  /** The body of a query; the text is the list of criteria, all of which have to hold. */
  static String query(String... criteria) {
    return """
        {"data": {"_constructor": "AdvancedCriteria", "operator": "and", "criteria": [%s]},
         "operationType": "fetch"}
        """
        .formatted(String.join(", ", criteria));
  }

  /** One condition. */
  static String criterion(String member, String operator, String values) {
    return """
        {"fieldName": "%s", "operator": "%s", %s}"""
        .formatted(member, operator, values);
  }

  /** A session of the administrator whose name and password were given. */
  Session administrator() {
    if (administrator == null) {
      administrator =
          logIn(
              target().required(Setting.NIMBLE_USERNAME),
              target().required(Setting.NIMBLE_PASSWORD));
    }
    return administrator;
  }

  /** A request in a session. */
  Request in(Session session, String method, String path) {
    return anonymous(method, path).header("X-Auth-Token", session.token());
  }

  /** A request by the administrator. */
  Request request(String method, String path) {
    return in(administrator(), method, path);
  }

  /** A log-in, whatever becomes of it; a session that it makes is ended after the test. */
  Answer tryToLogIn(String name, String password) {
    return logIn(anonymous("POST", TOKENS).json(data("username", name, "password", password)));
  }

  /** Sends a log-in, and has its session ended after the test. */
  Answer logIn(Request request) {
    return request
        .whenCreated(
            answer -> {
              Session session = session(answer);
              target().keepSecret(session.token());
              removeAfterwards(() -> in(session, "DELETE", session.path()));
            })
        .send();
  }

  /** A new session. */
  Session logIn(String name, String password) {
    Answer answer = tryToLogIn(name, password);
    assertThat(answer.status()).as("status of the log-in").isEqualTo(201);
    return session(answer);
  }

  Session logIn(User user) {
    return logIn(user.name(), user.password());
  }

  private static Session session(Answer answer) {
    JsonNode data = answer.json().path("data");
    return new Session(data.path("id").asText(), data.path("session_token").asText());
  }

  /** A password that nobody else has. */
  String newPassword() {
    String password = "Pw-" + newName();
    target().keepSecret(password);
    return password;
  }

  /** A new guest. */
  User newUser() {
    return newUser(newName());
  }

  /** A new user with further members. */
  User newUser(String name, Object... namesAndValues) {
    String password = newPassword();
    List<Object> members = new ArrayList<>(List.of("name", name, "password", password));
    members.addAll(List.of(namesAndValues));
    Answer answer = create(request("POST", USERS).json(data(members.toArray())));
    assertThat(answer.status()).as("status of the new user").isEqualTo(201);
    return new User(answer.json().at("/data/id").asText(), name, password);
  }

  /** Sends the request for a new user, and has that user removed after the test. */
  Answer create(Request request) {
    return request
        .whenCreated(
            answer ->
                removeAfterwards(
                    () -> request("DELETE", USERS + "/" + answer.json().at("/data/id").asText())))
        .send();
  }

  /** A user as the administrator reads it. */
  JsonNode read(User user) {
    Answer answer = request("GET", user.path()).send();
    assertThat(answer.status()).isEqualTo(200);
    return answer.json().get("data");
  }

  /** The values of a member in the rows of a list. */
  static List<String> values(Answer list, String member) {
    assertThat(list.status()).isEqualTo(200);
    List<String> values = new ArrayList<>();
    list.json().path("data").forEach(row -> values.add(row.path(member).asText()));
    return values;
  }

  /**
   * Checks an error: its status, and the code of its second message.
   *
   * @return the second message
   */
  static JsonNode assertError(Answer answer, int status, String code) {
    assertThat(answer.status()).as("status").isEqualTo(status);
    JsonNode messages = answer.json().path("messages");
    assertThat(messages.path(0).path("code").asText())
        .as("code of the first message")
        .isEqualTo(STATUS_CODES.get(status));
    assertThat(messages.path(1).path("code").asText())
        .as("code of the second message")
        .isEqualTo(code);
    return messages.path(1);
  }

  /** Checks an error that names an argument. */
  static void assertError(Answer answer, int status, String code, String kind, String value) {
    assertThat(assertError(answer, status, code).path("arguments").path(kind).asText())
        .as("argument " + kind)
        .isEqualTo(value);
  }
}
