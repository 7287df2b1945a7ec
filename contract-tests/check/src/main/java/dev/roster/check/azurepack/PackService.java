package dev.roster.check.azurepack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.check.Setting;
import dev.roster.check.replay.ReplayFixture;
import dev.roster.check.replay.Request;
import dev.roster.check.replay.Target;
import dev.roster.testing.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The administrator interface of a Windows Azure Pack, with users of the test's own. */
public final class PackService extends ReplayFixture {

  static final String USERS = "/users";
  static final String INVALID_TOKENS = "/invalidusertokens";
  static final String PRINCIPAL = "x-ms-principal-id";

  /** All members of a user, in their order. */
  static final List<String> USER_MEMBERS =
      List.of(
          "Name",
          "Email",
          "State",
          "CreatedTime",
          "SubscriptionCount",
          "ActivationSyncState",
          "LastErrorMessage");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Set<String> removed = new HashSet<>();

  /** Asks for users. */
  public static Answer firstAnswer(Target target) {
    return authorized(target, target.request("GET", USERS + "?take=1")).sendUnchecked();
  }

  /** A request with the administrator's token, for an answer in JSON. */
  Request request(String method, String path) {
    return authorized(target(), anonymous(method, path));
  }

  /** A request with the administrator's token, for an answer in XML. */
  Request requestForXml(String method, String path) {
    return request(method, path).header("Accept", "application/xml");
  }

  private static Request authorized(Target target, Request request) {
    // The pages call the principal required, though no client of Microsoft's sends one with these
    // requests, and without Accept articles saw another format than the pages have.
    return request
        .header("Authorization", "Bearer " + target.required(Setting.PACK_BEARER))
        .header(PRINCIPAL, "contract-check")
        .header("Accept", "application/json");
  }

  /** A name of a user, which is an address. */
  static String newUserName() {
    return newName() + "@example.com";
  }

  /** The path of a user. */
  static String user(String name) {
    return USERS + "/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** A JSON object. */
  static String object(Object... namesAndValues) {
    ObjectNode object = JSON.createObjectNode();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.set((String) namesAndValues[i], JSON.valueToTree(namesAndValues[i + 1]));
    }
    return object.toString();
  }

  /** An active user whose address is its name. */
  static String body(String name) {
    return object("Name", name, "Email", name, "State", 1);
  }

  /** A new active user's name. */
  String newUser() {
    return newUser(newUserName());
  }

  /** A new active user of this name. */
  String newUser(String name) {
    Answer answer = create(name, body(name));
    assertThat(answer.status()).as("status of the new user").isEqualTo(201);
    return name;
  }

  /** A POST of a user. */
  Answer create(String name, String json) {
    return create(name, request("POST", USERS).json(json));
  }

  /** Sends a POST of a user that is removed after the test, also when the answer is at fault. */
  Answer create(String name, Request post) {
    if (removed.add(name.toLowerCase(Locale.ROOT))) {
      removeAfterwards(() -> request("DELETE", user(name)));
    }
    return post.send();
  }

  /** A PUT of a user. */
  Answer update(String name, String json) {
    return request("PUT", user(name)).json(json).send();
  }

  /** A user as a GET tells it. */
  JsonNode read(String name) {
    Answer answer = request("GET", user(name)).send();
    assertThat(answer.status()).isEqualTo(200);
    return answer.json();
  }

  /** Checks that there is no such user. */
  void assertUnknown(String name) {
    assertError(request("GET", user(name)).send(), 404);
  }

  /** The names of the members of an object, in their order. */
  static List<String> members(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** The names of a list's users, in its order. */
  static List<String> names(Answer list) {
    assertThat(list.status()).isEqualTo(200);
    List<String> names = new ArrayList<>();
    list.json().path("items").forEach(user -> names.add(user.path("Name").asText()));
    return names;
  }

  /**
   * Checks an error, whose code is documented nowhere and only has to be one.
   *
   * @return the error
   */
  static JsonNode assertError(Answer answer, int status) {
    assertThat(answer.status()).as("status").isEqualTo(status);
    JsonNode error = answer.json();
    assertThat(members(error)).containsExactlyInAnyOrder("Code", "Message", "Details");
    assertThat(error.get("Code").asText()).as("Code").isNotBlank();
    assertThat(error.get("Message").asText()).as("Message").isNotBlank();
    return error;
  }

  /** Checks that the input is refused because of these members. */
  static void assertInvalid(Answer answer, String... sources) {
    List<String> named = new ArrayList<>();
    assertError(answer, 400)
        .get("Details")
        .forEach(detail -> named.add(detail.path("Source").asText()));
    assertThat(named).as("sources of the details").containsExactlyInAnyOrder(sources);
  }
}
