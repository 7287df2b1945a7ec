package dev.roster.pact;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.client.nimble.NimbleClient;
import dev.roster.client.nimble.NimbleException;
import java.util.Map;

/** One interaction with HPE Nimble Storage. */
final class NimbleExpectation
    extends Expectation<NimbleExpectation, NimbleClient, NimbleException> {

  static final String PROVIDER = "nimble";

  /** Of an object of the server's own making. */
  static final String USER_ID_PATTERN = "1000000000000004d3[0-9a-f]{24}";

  private static final String TOKEN_ID_PATTERN = "1900000000000004d3[0-9a-f]{24}";
  private static final String TOKENS = "/v1/tokens";

  private final Caller caller;

  /** Who logs in. */
  enum Caller {
    ADMINISTRATOR("admin", "admin"),
    USER(NimbleProviderStates.USER_NAME, NimbleProviderStates.USER_PASSWORD);

    private final String username;
    private final String password;

    Caller(String username, String password) {
      this.username = username;
      this.password = password;
    }
  }

  private NimbleExpectation(String operationId, String description, Caller caller) {
    super(ProvenApi.NIMBLE, NimbleException.class, operationId, description);
    this.caller = caller;
  }

  /**
   * Begins an interaction without a session.
   *
   * @param operationId of the contract
   * @param description unlike that of any other interaction
   */
  static NimbleExpectation of(String operationId, String description) {
    return new NimbleExpectation(operationId, description, Caller.ADMINISTRATOR);
  }

  /**
   * Begins an interaction in a session of the administrator, who logs in before it.
   *
   * @param operationId of the contract
   * @param description unlike that of any other interaction
   */
  static NimbleExpectation inSession(String operationId, String description) {
    return inSession(operationId, description, Caller.ADMINISTRATOR);
  }

  /** As {@link #inSession(String, String)}, of another caller. */
  static NimbleExpectation inSession(String operationId, String description, Caller caller) {
    return new NimbleExpectation(operationId, description, caller)
        .inSession()
        .then(
            logIn(caller, "logs in as " + caller.username)
                .given(NimbleProviderStates.USER)
                .answer(201)
                .body(
                    JsonBody.of(
                            """
                            {"data": {"id": "%s", "session_token": "%s", "username": "%s",
                              "app_name": "roster-client", "source_ip": "127.0.0.1",
                              "creation_time": 1426801551, "last_modified": 1426801551}}
                            """
                                .formatted(
                                    NimbleProviderStates.SESSION_ID,
                                    NimbleProviderStates.SESSION_TOKEN,
                                    caller.username))
                        .matching("id", TOKEN_ID_PATTERN)
                        .matching("session_token", "[0-9a-f]{32}")
                        .matching("source_ip", "[0-9a-f:.]+")
                        .wholeNumber("creation_time")
                        .wholeNumber("last_modified")
                        .build()));
  }

  /** Begins a log-in, whatever its answer is. */
  static NimbleExpectation logIn(Caller caller, String description) {
    return new NimbleExpectation("Tokens_Create", description, caller)
        .request("POST", TOKENS)
        .sending(
            """
            {"data": {"username": "%s", "password": "%s", "app_name": "roster-client"}}
            """
                .formatted(caller.username, caller.password));
  }

  @Override
  NimbleExpectation self() {
    return this;
  }

  @Override
  NimbleClient client(String endpoint) {
    return NimbleClient.builder()
        .endpoint(endpoint)
        .username(caller.username)
        .password(caller.password)
        .build();
  }

  /** Sends the token of a session that is there already. */
  NimbleExpectation inSession() {
    return credentials(NimbleProviderStates.SESSION_TOKEN);
  }

  /** A body with exactly these values. */
  NimbleExpectation body(String json) {
    return body(JsonBody.of(json).build());
  }

  /**
   * An error of the array.
   *
   * @param arguments what is concerned, by kind
   */
  NimbleExpectation error(int status, String code, String text, Map<String, String> arguments) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode messages = body.putArray("messages");
    switch (status) {
      case 400 -> message(messages, "SM_http_bad_request", "The request is not acceptable.");
      case 401 -> message(messages, "SM_http_unauthorized", "The request has no valid session.");
      case 403 -> message(messages, "SM_http_forbidden", "The request is not permitted.");
      case 404 -> message(messages, "SM_http_not_found", "The request names nothing that exists.");
      case 409 ->
          message(messages, "SM_http_conflict", "The request conflicts with the present state.");
      default -> throw new IllegalArgumentException("No refusal of the array: " + status);
    }
    ObjectNode specific = message(messages, code, text);
    if (!arguments.isEmpty()) {
      ObjectNode node = specific.putObject("arguments");
      arguments.forEach(node::put);
    }
    return answer(status).body(body.toString());
  }

  private static ObjectNode message(ArrayNode messages, String code, String text) {
    return messages.addObject().put("code", code).put("severity", "error").put("text", text);
  }
}
