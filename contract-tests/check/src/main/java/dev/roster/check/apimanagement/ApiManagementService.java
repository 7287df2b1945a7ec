package dev.roster.check.apimanagement;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.check.Setting;
import dev.roster.check.replay.ReplayFixture;
import dev.roster.check.replay.Request;
import dev.roster.check.replay.Target;
import dev.roster.testing.Answer;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A service of API Management, with users and groups of the test's own. */
public final class ApiManagementService extends ReplayFixture {

  static final String VERSION = "2022-08-01";
  static final String USERS = "/users";
  static final String GROUPS = "/groups";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Set<String> removed = new HashSet<>();

  /** A user of the test. */
  record User(String id, String email) {

    String path() {
      return USERS + "/" + encoded(id);
    }
  }

  /** A group of the test. */
  record Group(String id) {

    String path() {
      return GROUPS + "/" + id;
    }

    String member(User user) {
      return path() + user.path();
    }
  }

  /** Asks for the service. */
  public static Answer firstAnswer(Target target) {
    return authorized(target, target.request("GET", path(target) + "?api-version=" + VERSION))
        .sendUnchecked();
  }

  /** A part of a path or query, encoded. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** A body with these properties. */
  static String properties(Object... namesAndValues) {
    ObjectNode properties = JSON.createObjectNode();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      properties.set((String) namesAndValues[i], JSON.valueToTree(namesAndValues[i + 1]));
    }
    return JSON.createObjectNode().set("properties", properties).toString();
  }

  /** The path of the service, and of what lies under it. */
  String path(String pathInService) {
    return path(target()) + pathInService;
  }

  /** The path of another service of the same resource group. */
  String pathOfNeighbour(String service) {
    return path(target()).replaceFirst("[^/]+$", service);
  }

  /** Name of the service. */
  String name() {
    return target().required(Setting.API_MANAGEMENT_SERVICE);
  }

  /** A request with bearer token and api-version, to what lies under the service. */
  Request request(String method, String pathInService) {
    return requestOf(VERSION, method, pathInService);
  }

  /** A request with another api-version. */
  Request requestOf(String version, String method, String pathInService) {
    return authorized(
        method,
        path(pathInService) + (pathInService.contains("?") ? "&" : "?") + "api-version=" + version);
  }

  /** A request with the bearer token, to exactly this path and query. */
  Request authorized(String method, String pathAndQuery) {
    return authorized(target(), anonymous(method, pathAndQuery));
  }

  private static Request authorized(Target target, Request request) {
    return request.header(
        "Authorization", "Bearer " + target.required(Setting.API_MANAGEMENT_BEARER));
  }

  private static String path(Target target) {
    return "/subscriptions/%s/resourceGroups/%s/providers/Microsoft.ApiManagement/service/%s"
        .formatted(
            target.required(Setting.API_MANAGEMENT_SUBSCRIPTION),
            target.required(Setting.API_MANAGEMENT_RESOURCE_GROUP),
            target.required(Setting.API_MANAGEMENT_SERVICE));
  }

  /** An address that nobody else has. */
  static String newEmail() {
    return newName() + "@example.com";
  }

  /** A password that is told nowhere. */
  String newPassword() {
    String password = "Pw-" + newName();
    target().keepSecret(password);
    return password;
  }

  /** Keeps a text out of everything that is told. */
  void keepSecret(String text) {
    target().keepSecret(text);
  }

  /** A new user. */
  User newUser() {
    return newUser(newName());
  }

  /** A new user with further properties. */
  User newUser(String id, Object... namesAndValues) {
    User user = new User(id, newEmail());
    Answer answer = put(user, namesAndValues);
    assertThat(answer.status()).as("status of the new user").isEqualTo(201);
    return user;
  }

  /** A PUT of a user with names, its address and further properties; it is removed. */
  Answer put(User user, Object... namesAndValues) {
    return removed(user, putRequest(user, namesAndValues));
  }

  /** What {@link #put} sends. */
  Request putRequest(User user, Object... namesAndValues) {
    List<Object> properties =
        new ArrayList<>(List.of("email", user.email(), "firstName", "First", "lastName", "Last"));
    properties.addAll(List.of(namesAndValues));
    return request("PUT", user.path()).json(properties(properties.toArray()));
  }

  /** Sends a PUT of a user that is removed after the test, also when the answer is at fault. */
  Answer removed(User user, Request put) {
    removeOnce(user.path() + "?deleteSubscriptions=true");
    return put.send();
  }

  /** A PATCH of whatever state an entity has. */
  Answer patch(String pathInService, String body) {
    return request("PATCH", pathInService).header("If-Match", "*").json(body).send();
  }

  /** A new group. */
  Group newGroup() {
    return newGroup("displayName", newName());
  }

  /** A new group with these properties. */
  Group newGroup(Object... namesAndValues) {
    Group group = new Group(newName());
    Answer answer = put(group, namesAndValues);
    assertThat(answer.status()).as("status of the new group").isEqualTo(201);
    return group;
  }

  /** A PUT of a group, which is removed. */
  Answer put(Group group, Object... namesAndValues) {
    return removed(group, request("PUT", group.path()).json(properties(namesAndValues)));
  }

  /** Sends a PUT of a group that is removed after the test, also when the answer is at fault. */
  Answer removed(Group group, Request put) {
    removeOnce(group.path());
    return put.send();
  }

  private void removeOnce(String pathInService) {
    if (removed.add(pathInService)) {
      removeAfterwards(() -> request("DELETE", pathInService).header("If-Match", "*"));
    }
  }

  /** Makes a user a member of a group. */
  Answer add(Group group, User user) {
    return request("PUT", group.member(user)).send();
  }

  /** A GET that has to succeed. */
  Answer read(String pathInService) {
    Answer answer = request("GET", pathInService).send();
    assertThat(answer.status()).isEqualTo(200);
    return answer;
  }

  /** The properties of an entity as a GET tells them. */
  JsonNode propertiesOf(String pathInService) {
    return read(pathInService).json().path("properties");
  }

  /** A list's entries that meet a condition. */
  Answer filtered(String list, String filter) {
    return request("GET", list + "?$filter=" + encoded(filter)).send();
  }

  /**
   * The page that a link leads to, asked of the service that is checked, whatever host it names.
   */
  Answer follow(String link) {
    URI uri = URI.create(link);
    return authorized("GET", uri.getRawPath() + "?" + uri.getRawQuery()).send();
  }

  /** The names of a list's entries. */
  static List<String> names(Answer list) {
    assertThat(list.status()).isEqualTo(200);
    List<String> names = new ArrayList<>();
    list.json().path("value").forEach(entry -> names.add(entry.path("name").asText()));
    return names;
  }

  /** The names of the members of an object. */
  static List<String> members(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** The tag of an answer. */
  static String tag(Answer answer) {
    assertThat(answer.header("ETag")).as("ETag").isPresent();
    return answer.header("ETag").orElseThrow();
  }

  /** The counters that a tag is made of. */
  static List<Long> counters(Answer answer) {
    String tag = tag(answer);
    assertThat(tag).as("ETag").matches("\"[A-Za-z0-9+/]+=*\"");
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(tag.replace("\"", "")));
    assertThat(bytes.remaining() % Long.BYTES).as("bytes beyond the counters").isZero();
    List<Long> counters = new ArrayList<>();
    while (bytes.hasRemaining()) {
      counters.add(bytes.getLong());
    }
    return counters;
  }

  /** Checks that an answer has no body. */
  static void assertBare(Answer answer, int status) {
    assertThat(answer.status()).as("status").isEqualTo(status);
    assertThat(answer.bytes()).as("body").isEmpty();
  }

  /**
   * Checks an error.
   *
   * @return the error
   */
  static JsonNode assertError(Answer answer, int status, String code) {
    assertThat(answer.status()).as("status").isEqualTo(status);
    JsonNode error = answer.json().path("error");
    assertThat(error.path("code").asText()).as("code").isEqualTo(code);
    assertThat(error.path("message").asText()).as("message").isNotBlank();
    return error;
  }

  /** Checks an error of the service, which has no details. */
  static void assertError(Answer answer, int status, String code, String message) {
    JsonNode error = assertError(answer, status, code);
    assertThat(error.path("message").asText()).as("message").isEqualTo(message);
    assertThat(error.has("details")).as("details are told").isTrue();
    assertThat(error.path("details").isNull()).as("details are null").isTrue();
  }

  /** Checks that the entity has changed since. */
  static void assertPreconditionFailed(Answer answer) {
    assertError(answer, 412, "PreconditionFailed", "Resource was modified since last retrieval.");
  }

  /** Checks a failed validation, which names these fields. */
  static void assertInvalid(Answer answer, String... targets) {
    JsonNode error = assertError(answer, 400, "ValidationError");
    List<String> named = new ArrayList<>();
    for (JsonNode detail : error.path("details")) {
      assertThat(detail.path("code").asText()).as("code of a detail").isEqualTo("ValidationError");
      assertThat(detail.path("message").asText()).as("message of a detail").isNotBlank();
      named.add(detail.path("target").asText());
    }
    assertThat(named).as("targets").containsExactlyInAnyOrder(targets);
  }
}
