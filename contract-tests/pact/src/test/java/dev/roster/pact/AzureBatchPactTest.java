package dev.roster.pact;

import static dev.roster.pact.AzureBatchExpectation.CLIENT_REQUEST_ID;
import static dev.roster.pact.AzureBatchExpectation.ENTITY_TAG;
import static dev.roster.pact.AzureBatchExpectation.ENTITY_TAG_PATTERN;
import static dev.roster.pact.AzureBatchExpectation.LAST_MODIFIED_TIME;
import static dev.roster.pact.AzureBatchExpectation.REQUEST_ID;
import static dev.roster.pact.AzureBatchExpectation.TIME;
import static dev.roster.pact.AzureBatchProviderStates.NODE_ID;
import static dev.roster.pact.AzureBatchProviderStates.POOL_ID;
import static dev.roster.pact.AzureBatchProviderStates.USER_NAME;
import static dev.roster.pact.Expectation.ORIGIN;
import static dev.roster.pact.Expectation.url;
import static dev.roster.pact.Expectation.urlPattern;
import static org.assertj.core.api.Assertions.assertThat;

import au.com.dius.pact.consumer.dsl.LambdaDsl;
import au.com.dius.pact.consumer.dsl.LambdaDslObject;
import au.com.dius.pact.consumer.dsl.Matchers;
import dev.roster.client.batch.BatchClient;
import dev.roster.client.batch.BatchException;
import dev.roster.client.batch.BatchResponse;
import dev.roster.client.batch.ListOptions;
import dev.roster.client.batch.PoolConditions;
import dev.roster.client.batch.model.CloudPool;
import dev.roster.client.batch.model.CloudPoolListResult;
import dev.roster.client.batch.model.ComputeNode;
import dev.roster.client.batch.model.ComputeNodeGetRemoteLoginSettingsResult;
import dev.roster.client.batch.model.ComputeNodeListResult;
import dev.roster.client.batch.model.ComputeNodeUser;
import dev.roster.client.batch.model.ImageReference;
import dev.roster.client.batch.model.NodeDisableSchedulingParameter;
import dev.roster.client.batch.model.NodeDisableSchedulingParameter.NodeDisableSchedulingOptionEnum;
import dev.roster.client.batch.model.NodeRebootParameter;
import dev.roster.client.batch.model.NodeRebootParameter.NodeRebootOptionEnum;
import dev.roster.client.batch.model.NodeReimageParameter;
import dev.roster.client.batch.model.NodeReimageParameter.NodeReimageOptionEnum;
import dev.roster.client.batch.model.NodeUpdateUserParameter;
import dev.roster.client.batch.model.PoolAddParameter;
import dev.roster.client.batch.model.VirtualMachineConfiguration;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the client expects of Azure Batch, and what it makes of it.
 *
 * <p>Bodies are those of the documentation's samples where it has some. This is the only class that
 * writes this pact, as it begins by removing the one of an earlier build.
 */
class AzureBatchPactTest {

  private static final String POOL = "/pools/" + POOL_ID;
  private static final String NODES = POOL + "/nodes";
  private static final String NODE = NODES + "/" + NODE_ID;
  private static final String USERS = NODE + "/users";
  private static final String USER = USERS + "/" + USER_NAME;

  /** The documented password, the only one that may stand in a pact. */
  private static final String PASSWORD = "12345";

  private static final String EXPIRY = "2016-11-27T00:45:48.7320857Z";
  private static final String SSH_KEY = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ== userName";
  private static final String NODE_TIME = "2016-11-21T18:28:01.9321702Z";

  /** The operations on users, as their documentation's samples call them. */
  enum UserOperation {
    ADD("ComputeNode_AddUser", "POST", USERS) {
      @Override
      String body() {
        return """
        {"name": "userName", "isAdmin": false, "expiryTime": "%s", "password": "%s"}
        """
            .formatted(EXPIRY, PASSWORD);
      }

      @Override
      BatchResponse<Void> call(BatchClient client) {
        return client.addUser(
            POOL_ID,
            NODE_ID,
            new ComputeNodeUser()
                .name(USER_NAME)
                .isAdmin(false)
                .expiryTime(OffsetDateTime.parse(EXPIRY))
                .password(PASSWORD));
      }
    },

    UPDATE("ComputeNode_UpdateUser", "PUT", USER) {
      @Override
      String body() {
        return """
        {"password": "%s", "expiryTime": "%s"}
        """
            .formatted(PASSWORD, EXPIRY);
      }

      @Override
      BatchResponse<Void> call(BatchClient client) {
        return client.updateUser(
            POOL_ID,
            NODE_ID,
            USER_NAME,
            new NodeUpdateUserParameter()
                .password(PASSWORD)
                .expiryTime(OffsetDateTime.parse(EXPIRY)));
      }
    },

    DELETE("ComputeNode_DeleteUser", "DELETE", USER) {
      @Override
      String body() {
        return null;
      }

      @Override
      BatchResponse<Void> call(BatchClient client) {
        return client.deleteUser(POOL_ID, NODE_ID, USER_NAME);
      }
    };

    private final String operationId;
    private final String method;
    private final String path;

    UserOperation(String operationId, String method, String path) {
      this.operationId = operationId;
      this.method = method;
      this.path = path;
    }

    abstract String body();

    abstract BatchResponse<Void> call(BatchClient client);

    /** Begins an interaction with the sample's request. */
    AzureBatchExpectation sample(String description) {
      AzureBatchExpectation sample =
          AzureBatchExpectation.of(operationId, description).request(method, path);
      return body() == null ? sample : sample.sending(body());
    }
  }

  /** The operations on one node, and the list of a pool's nodes. */
  enum NodeOperation {
    LIST("ComputeNode_List", "GET", NODES, client -> client.listNodes(POOL_ID)),
    GET("ComputeNode_Get", "GET", NODE, client -> client.getNode(POOL_ID, NODE_ID)),
    GET_REMOTE_LOGIN_SETTINGS(
        "ComputeNode_GetRemoteLoginSettings",
        "GET",
        NODE + "/remoteloginsettings",
        client -> client.getRemoteLoginSettings(POOL_ID, NODE_ID)),
    GET_REMOTE_DESKTOP(
        "ComputeNode_GetRemoteDesktop",
        "GET",
        NODE + "/rdp",
        client -> client.getRemoteDesktop(POOL_ID, NODE_ID)),
    REBOOT(
        "ComputeNode_Reboot",
        "POST",
        NODE + "/reboot",
        client -> client.rebootNode(POOL_ID, NODE_ID)),
    REIMAGE(
        "ComputeNode_Reimage",
        "POST",
        NODE + "/reimage",
        client -> client.reimageNode(POOL_ID, NODE_ID)),
    DISABLE_SCHEDULING(
        "ComputeNode_DisableScheduling",
        "POST",
        NODE + "/disablescheduling",
        client -> client.disableScheduling(POOL_ID, NODE_ID)),
    ENABLE_SCHEDULING(
        "ComputeNode_EnableScheduling",
        "POST",
        NODE + "/enablescheduling",
        client -> client.enableScheduling(POOL_ID, NODE_ID));

    private final String operationId;
    private final String method;
    private final String path;
    private final Consumer<BatchClient> call;

    NodeOperation(String operationId, String method, String path, Consumer<BatchClient> call) {
      this.operationId = operationId;
      this.method = method;
      this.path = path;
      this.call = call;
    }

    /** Begins an interaction with a request that asks for nothing special. */
    AzureBatchExpectation plain(String description) {
      AzureBatchExpectation plain =
          AzureBatchExpectation.of(operationId, description).request(method, path);
      return switch (this) {
        case REBOOT, REIMAGE, DISABLE_SCHEDULING -> plain.sending("{}");
        case LIST, GET, GET_REMOTE_LOGIN_SETTINGS, GET_REMOTE_DESKTOP, ENABLE_SCHEDULING -> plain;
      };
    }
  }

  @BeforeAll
  static void forgetEarlierPacts() throws IOException {
    Pacts.forget(ProvenApi.AZURE_BATCH);
  }

  // --- Users

  @Test
  void addsTheUserOfTheDocumentedSample() {
    BatchResponse<Void> answer =
        UserOperation.ADD
            .sample("adds the documented user")
            .given(AzureBatchProviderStates.NODE_WITHOUT_USERS)
            .answer(201)
            .header("Location", url(USER))
            .header("DataServiceId", url(USER))
            .met(UserOperation.ADD::call);

    assertThat(answer).isEqualTo(answered(201, null, ORIGIN + USER, ORIGIN + USER));
  }

  @Test
  void addsUserWithNothingButName() {
    BatchResponse<Void> answer =
        AzureBatchExpectation.of("ComputeNode_AddUser", "adds a user with nothing but a name")
            .given(AzureBatchProviderStates.NODE_WITHOUT_USERS)
            .request("POST", USERS)
            .sending("{\"name\": \"userName\"}")
            .answer(201)
            .header("Location", url(USER))
            .header("DataServiceId", url(USER))
            .met(c -> c.addUser(POOL_ID, NODE_ID, new ComputeNodeUser().name(USER_NAME)));

    assertThat(answer).isEqualTo(answered(201, null, ORIGIN + USER, ORIGIN + USER));
  }

  @Test
  void addsUserWhoseNameNeedsEncoding() {
    BatchResponse<Void> answer =
        AzureBatchExpectation.of(
                "ComputeNode_AddUser", "adds a user whose name needs encoding in a URL")
            .given(AzureBatchProviderStates.NODE_WITHOUT_USERS)
            .request("POST", USERS)
            .sending("{\"name\": \"J\\u00f6rg + 1\"}")
            .answer(201)
            .header("Location", url(USERS + "/J%C3%B6rg%20%2B%201"))
            .header("DataServiceId", url(USERS + "/J%C3%B6rg%20%2B%201"))
            .met(c -> c.addUser(POOL_ID, NODE_ID, new ComputeNodeUser().name("J\u00f6rg + 1")));

    assertThat(answer.location()).isEqualTo(ORIGIN + USERS + "/J%C3%B6rg%20%2B%201");
  }

  @Test
  void updatesTheUserOfTheDocumentedSample() {
    BatchResponse<Void> answer =
        UserOperation.UPDATE
            .sample("updates the documented user")
            .given(AzureBatchProviderStates.NODE_WITH_USER)
            .answer(200)
            .header("DataServiceId", url(USER))
            .met(UserOperation.UPDATE::call);

    assertThat(answer).isEqualTo(answered(200, null, ORIGIN + USER, null));
  }

  @Test
  void updatesUserBackToDefaults() {
    BatchResponse<Void> answer =
        AzureBatchExpectation.of("ComputeNode_UpdateUser", "updates a user back to the defaults")
            .given(AzureBatchProviderStates.NODE_WITH_USER)
            .request("PUT", USER)
            .sending("{}")
            .answer(200)
            .header("DataServiceId", url(USER))
            .met(c -> c.updateUser(POOL_ID, NODE_ID, USER_NAME, new NodeUpdateUserParameter()));

    assertThat(answer).isEqualTo(answered(200, null, ORIGIN + USER, null));
  }

  @Test
  void updatesUserToKeyInPlaceOfPassword() {
    BatchResponse<Void> answer =
        AzureBatchExpectation.of(
                "ComputeNode_UpdateUser", "updates a user to a key in place of a password")
            .given(AzureBatchProviderStates.NODE_WITH_USER)
            .request("PUT", USER)
            .sending("{\"sshPublicKey\": \"%s\"}".formatted(SSH_KEY))
            .answer(200)
            .header("DataServiceId", url(USER))
            .met(
                c ->
                    c.updateUser(
                        POOL_ID,
                        NODE_ID,
                        USER_NAME,
                        new NodeUpdateUserParameter().sshPublicKey(SSH_KEY)));

    assertThat(answer).isEqualTo(answered(200, null, ORIGIN + USER, null));
  }

  @Test
  void updatesUserOfWindowsNode() {
    BatchResponse<Void> answer =
        UserOperation.UPDATE
            .sample("updates a user of a Windows node")
            .given(AzureBatchProviderStates.WINDOWS_NODE)
            .answer(200)
            .header("DataServiceId", url(USER))
            .met(UserOperation.UPDATE::call);

    assertThat(answer).isEqualTo(answered(200, null, ORIGIN + USER, null));
  }

  @Test
  void deletesTheUserOfTheDocumentedSample() {
    BatchResponse<Void> answer =
        UserOperation.DELETE
            .sample("deletes the documented user")
            .given(AzureBatchProviderStates.NODE_WITH_USER)
            .answer(200)
            .met(UserOperation.DELETE::call);

    assertThat(answer).isEqualTo(answered(200, null, null, null));
  }

  // --- Refusals of operations on users

  /** A state of the server, and the code and text of the refusal that it leads to. */
  record RefusingState(String state, int status, String code, String text) {

    @Override
    public String toString() {
      return state + " is " + code;
    }

    /** Lets the client be refused. */
    void refuses(AzureBatchExpectation expectation, Consumer<BatchClient> call, String... details) {
      assertRefusal(
          expectation.given(state).error(status, code, text, details).refused(call),
          status,
          code,
          text,
          IntStream.range(0, details.length / 2)
              .mapToObj(i -> new BatchException.Detail(details[2 * i], details[2 * i + 1]))
              .toArray(BatchException.Detail[]::new));
    }
  }

  private static final RefusingState NO_POOL =
      new RefusingState(
          AzureBatchProviderStates.NO_POOL,
          404,
          "PoolNotFound",
          "The specified pool does not exist.");

  private static final RefusingState NO_NODE =
      new RefusingState(
          AzureBatchProviderStates.POOL_WITHOUT_NODES,
          404,
          "NodeNotFound",
          "The specified node does not exist.");

  private static final RefusingState POOL_DELETING =
      new RefusingState(
          AzureBatchProviderStates.POOL_DELETING,
          409,
          "PoolBeingDeleted",
          "The specified pool is being deleted.");

  private static final List<RefusingState> NODE_STATES =
      List.of(
          new RefusingState(
              AzureBatchProviderStates.NODE_CREATING,
              409,
              "NodeBeingCreated",
              "The specified node is being created."),
          new RefusingState(
              AzureBatchProviderStates.NODE_STARTING,
              409,
              "NodeBeingStarted",
              "The specified node is being started."),
          new RefusingState(
              AzureBatchProviderStates.NODE_REBOOTING,
              409,
              "NodeBeingRebooted",
              "The specified node is being rebooted."),
          new RefusingState(
              AzureBatchProviderStates.NODE_REIMAGING,
              409,
              "NodeBeingReimaged",
              "The specified node is being reimaged."),
          new RefusingState(
              AzureBatchProviderStates.NODE_UNUSABLE,
              409,
              "NodeStateUnusable",
              "The specified node is unusable."));

  static Stream<Arguments> refusalsOfUserOperations() {
    return combined(
        Stream.of(UserOperation.values()),
        Stream.concat(Stream.of(NO_POOL, NO_NODE, POOL_DELETING), NODE_STATES.stream()).toList());
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("refusalsOfUserOperations")
  void userOperationIsRefusedInThisState(UserOperation operation, RefusingState state) {
    state.refuses(
        operation.sample(operation.operationId + " is refused with " + state.code()),
        operation::call);
  }

  @ParameterizedTest
  @EnumSource
  void userOperationIsRefusedOnNodeOutOfScheduling(UserOperation operation) {
    invalidFor(AzureBatchProviderStates.NODE_OFFLINE)
        .refuses(
            operation.sample(operation.operationId + " is refused out of scheduling"),
            operation::call,
            "Reason",
            "The node is in the state offline.");
  }

  private static RefusingState invalidFor(String state) {
    return new RefusingState(
        state,
        409,
        "OperationInvalidForCurrentState",
        "The specified operation is not valid for the current state of the resource.");
  }

  private static Stream<Arguments> combined(Stream<?> operations, List<RefusingState> states) {
    return operations.flatMap(
        operation -> states.stream().map(state -> Arguments.of(operation, state)));
  }

  @Test
  void userIsNotAddedTwice() {
    String text = "The specified node user already exists.";
    BatchException refusal =
        UserOperation.ADD
            .sample("adds a user who is there already")
            .given(AzureBatchProviderStates.NODE_WITH_USER)
            .error(409, "NodeUserExists", text)
            .refused(UserOperation.ADD::call);

    assertRefusal(refusal, 409, "NodeUserExists", text);
  }

  @ParameterizedTest
  @EnumSource(names = {"UPDATE", "DELETE"})
  void unknownUserIsRefused(UserOperation operation) {
    String text = "The specified node user does not exist.";
    BatchException refusal =
        operation
            .sample(operation.operationId + " is refused with NodeUserNotFound")
            .given(AzureBatchProviderStates.NODE_WITHOUT_USERS)
            .error(404, "NodeUserNotFound", text)
            .refused(operation::call);

    assertRefusal(refusal, 404, "NodeUserNotFound", text);
  }

  @Test
  void userWithoutNameIsRefused() {
    String text = "A required property was not specified in the request body.";
    BatchException refusal =
        AzureBatchExpectation.of("ComputeNode_AddUser", "adds a user without a name")
            .given(AzureBatchProviderStates.NODE_WITHOUT_USERS)
            .request("POST", USERS)
            .sending("{\"name\": null}")
            .error(400, "MissingRequiredProperty", text, "PropertyName", "name")
            .refused(c -> c.addUser(POOL_ID, NODE_ID, new ComputeNodeUser()));

    assertRefusal(
        refusal,
        400,
        "MissingRequiredProperty",
        text,
        new BatchException.Detail("PropertyName", "name"));
  }

  @Test
  void updateWithoutPasswordIsRefusedOnWindowsNode() {
    String text = "A required property was not specified in the request body.";
    BatchException refusal =
        AzureBatchExpectation.of(
                "ComputeNode_UpdateUser", "updates a user of a Windows node, no password")
            .given(AzureBatchProviderStates.WINDOWS_NODE)
            .request("PUT", USER)
            .sending("{\"expiryTime\": \"%s\"}".formatted(EXPIRY))
            .error(400, "MissingRequiredProperty", text, "PropertyName", "password")
            .refused(
                c ->
                    c.updateUser(
                        POOL_ID,
                        NODE_ID,
                        USER_NAME,
                        new NodeUpdateUserParameter().expiryTime(OffsetDateTime.parse(EXPIRY))));

    assertRefusal(
        refusal,
        400,
        "MissingRequiredProperty",
        text,
        new BatchException.Detail("PropertyName", "password"));
  }

  @Test
  void userWithKeyIsRefusedOnWindowsNode() {
    BatchException refusal =
        refusedKey(
            AzureBatchExpectation.of(
                    "ComputeNode_AddUser", "adds a user with a key to a Windows node")
                .request("POST", USERS)
                .sending(
                    "{\"name\": \"another\", \"password\": \"%s\", \"sshPublicKey\": \"%s\"}"
                        .formatted(PASSWORD, SSH_KEY)),
            c ->
                c.addUser(
                    POOL_ID,
                    NODE_ID,
                    new ComputeNodeUser()
                        .name("another")
                        .password(PASSWORD)
                        .sshPublicKey(SSH_KEY)));

    assertThat(refusal.code()).isEqualTo("InvalidPropertyValue");
  }

  @Test
  void updateWithKeyIsRefusedOnWindowsNode() {
    BatchException refusal =
        refusedKey(
            AzureBatchExpectation.of(
                    "ComputeNode_UpdateUser", "updates a user of a Windows node, with a key")
                .request("PUT", USER)
                .sending(
                    "{\"password\": \"%s\", \"sshPublicKey\": \"%s\"}"
                        .formatted(PASSWORD, SSH_KEY)),
            c ->
                c.updateUser(
                    POOL_ID,
                    NODE_ID,
                    USER_NAME,
                    new NodeUpdateUserParameter().password(PASSWORD).sshPublicKey(SSH_KEY)));

    assertThat(refusal.code()).isEqualTo("InvalidPropertyValue");
  }

  private static BatchException refusedKey(
      AzureBatchExpectation expectation, Consumer<BatchClient> call) {
    String text = "The value provided for one of the properties in the request body is invalid.";
    String reason = "The property can be specified only for Linux nodes.";
    BatchException refusal =
        expectation
            .given(AzureBatchProviderStates.WINDOWS_NODE)
            .error(
                400, "InvalidPropertyValue", text, "PropertyName", "sshPublicKey", "Reason", reason)
            .refused(call);
    assertRefusal(
        refusal,
        400,
        "InvalidPropertyValue",
        text,
        new BatchException.Detail("PropertyName", "sshPublicKey"),
        new BatchException.Detail("Reason", reason));
    return refusal;
  }

  // --- Refusals that any operation can meet

  @ParameterizedTest
  @EnumSource
  void missingApiVersionIsRefused(UserOperation operation) {
    String text = "A query parameter that's mandatory for this request is not specified.";
    BatchException refusal =
        operation
            .sample(operation.operationId + " is refused with MissingRequiredQueryParameter")
            .given(AzureBatchProviderStates.NODE_WITH_USER)
            .query("api-version", "")
            .error(400, "MissingRequiredQueryParameter", text, "QueryParameterName", "api-version")
            .refused(
                at -> AzureBatchExpectation.builder(at).apiVersion("").build(), operation::call);

    assertRefusal(
        refusal,
        400,
        "MissingRequiredQueryParameter",
        text,
        new BatchException.Detail("QueryParameterName", "api-version"));
  }

  @Test
  void unsupportedApiVersionIsRefused() {
    String text = "Value for one of the query parameters specified in the request URI is invalid.";
    BatchException refusal =
        UserOperation.UPDATE
            .sample("updates a user with an unsupported api-version")
            .given(AzureBatchProviderStates.NODE_WITH_USER)
            .query("api-version", "1999-01-01.1.0")
            .error(
                400,
                "InvalidQueryParameterValue",
                text,
                "QueryParameterName",
                "api-version",
                "QueryParameterValue",
                "1999-01-01.1.0",
                "Reason",
                "Supported versions: 2023-11-01.18.0")
            .refused(
                at -> AzureBatchExpectation.builder(at).apiVersion("1999-01-01.1.0").build(),
                UserOperation.UPDATE::call);

    assertRefusal(
        refusal,
        400,
        "InvalidQueryParameterValue",
        text,
        new BatchException.Detail("QueryParameterName", "api-version"),
        new BatchException.Detail("QueryParameterValue", "1999-01-01.1.0"),
        new BatchException.Detail("Reason", "Supported versions: 2023-11-01.18.0"));
  }

  @Test
  void userNameThatNoUrlCarriesIsRefused() {
    String text = "The URL in the request could not be parsed.";
    BatchException refusal =
        AzureBatchExpectation.of("ComputeNode_DeleteUser", "deletes a user with NUL in the name")
            .given(AzureBatchProviderStates.NODE_WITH_USER)
            .request("DELETE", USERS + "/a%00b")
            .error(400, "RequestUrlFailedToParse", text)
            .refused(client -> client.deleteUser(POOL_ID, NODE_ID, "a\u0000b"));

    assertRefusal(refusal, 400, "RequestUrlFailedToParse", text);
  }

  @Test
  void timeoutOfZeroIsRefused() {
    String text = "Value for one of the query parameters specified in the request URI is invalid.";
    BatchException refusal =
        UserOperation.UPDATE
            .sample("updates a user within no time")
            .given(AzureBatchProviderStates.NODE_WITH_USER)
            .query("timeout", "0")
            .error(
                400,
                "InvalidQueryParameterValue",
                text,
                "QueryParameterName",
                "timeout",
                "QueryParameterValue",
                "0",
                "Reason",
                "Timeout cannot be less than 1")
            .refused(
                at -> AzureBatchExpectation.builder(at).serverTimeout(Duration.ZERO).build(),
                UserOperation.UPDATE::call);

    assertRefusal(
        refusal,
        400,
        "InvalidQueryParameterValue",
        text,
        new BatchException.Detail("QueryParameterName", "timeout"),
        new BatchException.Detail("QueryParameterValue", "0"),
        new BatchException.Detail("Reason", "Timeout cannot be less than 1"));
  }

  @Test
  void signatureWithAnotherKeyIsRefused() {
    String text =
        "Server failed to authenticate the request. Make sure the value of Authorization header is"
            + " formed correctly including the signature.";
    BatchException refusal =
        UserOperation.DELETE
            .sample("deletes a user, signed for an account that the server does not know")
            .given(AzureBatchProviderStates.NODE_WITH_USER)
            .requestHeader(
                "Authorization",
                Matchers.regexp(
                    "SharedKey nobody:[A-Za-z0-9+/]{43}=",
                    "SharedKey nobody:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="))
            .answer(403)
            .error(403, "AuthenticationFailed", text)
            .refused(
                at -> AzureBatchExpectation.builder(at).sharedKey("nobody", "AAAA").build(),
                UserOperation.DELETE::call);

    assertRefusal(refusal, 403, "AuthenticationFailed", text);
  }

  /** The only request past the client, which never leaves Authorization out; a proxy may. */
  @Test
  void missingAuthorizationIsRefused() {
    HttpResponse<String> answer =
        UserOperation.DELETE
            .sample("deletes a user without Authorization")
            .given(AzureBatchProviderStates.NODE_WITH_USER)
            .withoutRequestHeader("Authorization")
            .error(
                400,
                "MissingRequiredHeader",
                "An HTTP header that's mandatory for this request is not specified.",
                "HeaderName",
                "Authorization")
            .metBy(
                endpoint ->
                    HttpRequest.newBuilder(
                            URI.create(
                                endpoint
                                    + USER
                                    + "?api-version="
                                    + AzureBatchExpectation.API_VERSION))
                        .header("client-request-id", CLIENT_REQUEST_ID)
                        .header("return-client-request-id", "true")
                        .header("ocp-date", AzureBatchExpectation.LAST_MODIFIED)
                        .method("DELETE", BodyPublishers.noBody())
                        .build());

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"MissingRequiredHeader\"");
  }

  // --- Nodes

  @Test
  void listsNodes() {
    ComputeNodeListResult nodes =
        AzureBatchExpectation.of("ComputeNode_List", "lists the nodes of a pool")
            .given(AzureBatchProviderStates.NODE_WITH_USER)
            .request("GET", NODES)
            .answer(200)
            .body(
                LambdaDsl.newJsonBody(
                        list -> {
                          metadata(list, "/$metadata#nodes");
                          list.array(
                              "value", value -> value.object(AzureBatchPactTest::nodeInList));
                        })
                    .build())
            .met(client -> client.listNodes(POOL_ID))
            .value();

    assertThat(nodes.getOdataNextLink()).isNull();
    assertThat(nodes.getValue())
        .singleElement()
        .satisfies(
            node -> {
              assertThat(node.getId()).isEqualTo(NODE_ID);
              assertThat(node.getState()).isEqualTo(ComputeNode.StateEnum.IDLE);
              assertThat(node.getLastBootTime()).isEqualTo(OffsetDateTime.parse(NODE_TIME));
            });
  }

  @Test
  void listsFirstPageOfSelectedIdleNodes() {
    String link =
        NODES
            + "?api-version="
            + AzureBatchExpectation.API_VERSION
            + "&$filter=state%20eq%20%27idle%27&$select=id%2Cstate&maxresults=1&$skiptoken=";
    ComputeNodeListResult nodes =
        AzureBatchExpectation.of(
                "ComputeNode_List", "lists the first page of the idle nodes of a pool")
            .given(AzureBatchProviderStates.TWO_NODES)
            .request("GET", NODES)
            .query("$filter", "state eq 'idle'")
            .query("$select", "id,state")
            .query("maxresults", "1")
            .answer(200)
            .body(
                LambdaDsl.newJsonBody(
                        list -> {
                          metadata(list, "/$metadata#nodes");
                          list.array(
                              "value",
                              value ->
                                  value.object(
                                      node -> {
                                        node.stringValue("id", NODE_ID);
                                        node.stringValue("state", "idle");
                                      }));
                          list.stringMatcher(
                              "odata.nextLink",
                              urlPattern(NODES + "?") + ".*\\$skiptoken=.+",
                              ORIGIN + link + "cG9vbElk");
                        })
                    .build())
            .met(
                client ->
                    client.listNodes(
                        POOL_ID,
                        ListOptions.none()
                            .filter("state eq 'idle'")
                            .select("id,state")
                            .maxResults(1)))
            .value();

    assertThat(nodes.getOdataNextLink()).isEqualTo(ORIGIN + link + "cG9vbElk");
    assertThat(nodes.getValue()).extracting(ComputeNode::getId).containsExactly(NODE_ID);
  }

  @Test
  void getsNode() {
    ComputeNode node =
        AzureBatchExpectation.of("ComputeNode_Get", "gets the documented node")
            .given(AzureBatchProviderStates.NODE_WITH_USER)
            .request("GET", NODE)
            .answer(200)
            .body(
                LambdaDsl.newJsonBody(
                        body -> {
                          metadata(body, "/$metadata#nodes/@Element");
                          nodeInList(body);
                          body.numberValue("runningTasksCount", 0);
                          body.numberValue("runningTaskSlotsCount", 0);
                          body.numberValue("totalTasksSucceeded", 0);
                          body.array("certificateReferences");
                          body.object(
                              "endpointConfiguration",
                              configuration ->
                                  configuration.array(
                                      "inboundEndpoints",
                                      endpoints -> endpoints.object(AzureBatchPactTest::sshRule)));
                          body.object(
                              "nodeAgentInfo",
                              agent -> {
                                agent.stringType("version", "1.10.0");
                                agent.stringMatcher("lastUpdateTime", TIME, NODE_TIME);
                              });
                          body.object(
                              "virtualMachineInfo",
                              machine ->
                                  machine.object("imageReference", AzureBatchPactTest::image));
                        })
                    .build())
            .met(client -> client.getNode(POOL_ID, NODE_ID))
            .value();

    assertThat(node.getState()).isEqualTo(ComputeNode.StateEnum.IDLE);
    assertThat(node.getSchedulingState()).isEqualTo(ComputeNode.SchedulingStateEnum.ENABLED);
    assertThat(node.getEndpointConfiguration().getInboundEndpoints())
        .singleElement()
        .satisfies(endpoint -> assertThat(endpoint.getFrontendPort()).isEqualTo(50000));
    assertThat(node.getVirtualMachineInfo().getImageReference().getPublisher())
        .isEqualTo("canonical");
  }

  @Test
  void getsRemoteLoginSettings() {
    ComputeNodeGetRemoteLoginSettingsResult settings =
        AzureBatchExpectation.of(
                "ComputeNode_GetRemoteLoginSettings", "gets where to log in to a node")
            .given(AzureBatchProviderStates.NODE_WITH_USER)
            .request("GET", NODE + "/remoteloginsettings")
            .answer(200)
            .body(
                LambdaDsl.newJsonBody(
                        body -> {
                          metadata(
                              body,
                              "/$metadata#Microsoft.Azure.Batch.Protocol.Entities.RemoteLoginSettings");
                          body.stringType("remoteLoginIPAddress", "127.0.0.1");
                          body.integerType("remoteLoginPort", 50000);
                        })
                    .build())
            .met(client -> client.getRemoteLoginSettings(POOL_ID, NODE_ID))
            .value();

    assertThat(settings.getRemoteLoginIPAddress()).isEqualTo("127.0.0.1");
    assertThat(settings.getRemoteLoginPort()).isEqualTo(50000);
  }

  @Test
  void remoteLoginSettingsAreRefusedOnCloudServiceNode() {
    assertNotValidOnNode(
        AzureBatchExpectation.of(
                "ComputeNode_GetRemoteLoginSettings", "gets where to log in to a cloud service")
            .given(AzureBatchProviderStates.CLOUD_SERVICE_NODE)
            .request("GET", NODE + "/remoteloginsettings"),
        client -> client.getRemoteLoginSettings(POOL_ID, NODE_ID));
  }

  @Test
  void getsRemoteDesktopFile() {
    byte[] file =
        "full address:s:127.0.0.1\r\nLoadBalanceInfo:s:Cookie: mstshash=TVM#TVM_IN_0"
            .getBytes(StandardCharsets.US_ASCII);
    BatchResponse<byte[]> answer =
        AzureBatchExpectation.of(
                "ComputeNode_GetRemoteDesktop", "gets the remote-desktop file of a node")
            .given(AzureBatchProviderStates.CLOUD_SERVICE_NODE)
            .request("GET", NODE + "/rdp")
            .answer(200)
            .bytes(file)
            .met(client -> client.getRemoteDesktop(POOL_ID, NODE_ID));

    assertThat(answer.value()).isEqualTo(file);
  }

  @Test
  void remoteDesktopFileIsRefusedOnVirtualMachine() {
    assertNotValidOnNode(
        AzureBatchExpectation.of(
                "ComputeNode_GetRemoteDesktop", "gets the remote-desktop file of a Linux machine")
            .given(AzureBatchProviderStates.NODE_WITH_USER)
            .request("GET", NODE + "/rdp"),
        client -> client.getRemoteDesktop(POOL_ID, NODE_ID));
  }

  @Test
  void rebootsNode() {
    BatchResponse<Void> answer =
        action("ComputeNode_Reboot", "reboots a node", "/reboot")
            .given(AzureBatchProviderStates.NODE_WITH_USER)
            .sending("{\"nodeRebootOption\": \"terminate\"}")
            .answer(202)
            .met(
                client ->
                    client.rebootNode(
                        POOL_ID,
                        NODE_ID,
                        new NodeRebootParameter()
                            .nodeRebootOption(NodeRebootOptionEnum.TERMINATE)));

    assertThat(answer).isEqualTo(answered(202, null, ORIGIN + NODE + "/reboot", null));
  }

  @Test
  void reimagesNodeOfCloudService() {
    BatchResponse<Void> answer =
        action("ComputeNode_Reimage", "reimages a node", "/reimage")
            .given(AzureBatchProviderStates.CLOUD_SERVICE_NODE)
            .sending("{\"nodeReimageOption\": \"terminate\"}")
            .answer(202)
            .met(
                client ->
                    client.reimageNode(
                        POOL_ID,
                        NODE_ID,
                        new NodeReimageParameter()
                            .nodeReimageOption(NodeReimageOptionEnum.TERMINATE)));

    assertThat(answer).isEqualTo(answered(202, null, ORIGIN + NODE + "/reimage", null));
  }

  @Test
  void reimageIsRefusedOnVirtualMachine() {
    assertNotValidOnNode(
        AzureBatchExpectation.of("ComputeNode_Reimage", "reimages a virtual machine")
            .given(AzureBatchProviderStates.NODE_WITH_USER)
            .request("POST", NODE + "/reimage")
            .sending("{}"),
        client -> client.reimageNode(POOL_ID, NODE_ID));
  }

  @Test
  void takesNodeOutOfScheduling() {
    BatchResponse<Void> answer =
        action("ComputeNode_DisableScheduling", "disables scheduling", "/disablescheduling")
            .given(AzureBatchProviderStates.NODE_WITH_USER)
            .sending("{\"nodeDisableSchedulingOption\": \"terminate\"}")
            .answer(200)
            .met(
                client ->
                    client.disableScheduling(
                        POOL_ID,
                        NODE_ID,
                        new NodeDisableSchedulingParameter()
                            .nodeDisableSchedulingOption(
                                NodeDisableSchedulingOptionEnum.TERMINATE)));

    assertThat(answer).isEqualTo(answered(200, null, ORIGIN + NODE + "/disablescheduling", null));
  }

  static Stream<Arguments> unknownOptions() {
    return Stream.of(
        Arguments.of(
            "ComputeNode_Reboot",
            "/reboot",
            "nodeRebootOption",
            (Consumer<BatchClient>)
                client ->
                    client.rebootNode(
                        POOL_ID,
                        NODE_ID,
                        new NodeRebootParameter()
                            .nodeRebootOption(NodeRebootOptionEnum.UNKNOWN_DEFAULT_OPEN_API))),
        Arguments.of(
            "ComputeNode_Reimage",
            "/reimage",
            "nodeReimageOption",
            (Consumer<BatchClient>)
                client ->
                    client.reimageNode(
                        POOL_ID,
                        NODE_ID,
                        new NodeReimageParameter()
                            .nodeReimageOption(NodeReimageOptionEnum.UNKNOWN_DEFAULT_OPEN_API))),
        Arguments.of(
            "ComputeNode_DisableScheduling",
            "/disablescheduling",
            "nodeDisableSchedulingOption",
            (Consumer<BatchClient>)
                client ->
                    client.disableScheduling(
                        POOL_ID,
                        NODE_ID,
                        new NodeDisableSchedulingParameter()
                            .nodeDisableSchedulingOption(
                                NodeDisableSchedulingOptionEnum.UNKNOWN_DEFAULT_OPEN_API))));
  }

  /** The client reads options that it does not know as this one, and sends it as any other. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("unknownOptions")
  void unknownOptionIsRefused(
      String operationId, String path, String option, Consumer<BatchClient> call) {
    String text = "The value provided for one of the properties in the request body is invalid.";
    String reason = "The value is not valid for this property.";
    BatchException refusal =
        AzureBatchExpectation.of(operationId, operationId + " is refused of an unknown option")
            .given(AzureBatchProviderStates.CLOUD_SERVICE_NODE)
            .request("POST", NODE + path)
            .sending("{\"%s\": \"unknown_default_open_api\"}".formatted(option))
            .error(400, "InvalidPropertyValue", text, "PropertyName", option, "Reason", reason)
            .refused(call);

    assertRefusal(
        refusal,
        400,
        "InvalidPropertyValue",
        text,
        new BatchException.Detail("PropertyName", option),
        new BatchException.Detail("Reason", reason));
  }

  @Test
  void putsNodeBackIntoScheduling() {
    BatchResponse<Void> answer =
        action("ComputeNode_EnableScheduling", "enables scheduling", "/enablescheduling")
            .given(AzureBatchProviderStates.NODE_OFFLINE)
            .answer(200)
            .met(client -> client.enableScheduling(POOL_ID, NODE_ID));

    assertThat(answer).isEqualTo(answered(200, null, ORIGIN + NODE + "/enablescheduling", null));
  }

  @Test
  void schedulingIsNotEnabledTwice() {
    String text = "The specified node is already in the target scheduling state.";
    BatchException refusal =
        AzureBatchExpectation.of(
                "ComputeNode_EnableScheduling", "enables scheduling that is enabled")
            .given(AzureBatchProviderStates.NODE_WITH_USER)
            .request("POST", NODE + "/enablescheduling")
            .error(409, "NodeAlreadyInTargetSchedulingState", text)
            .refused(client -> client.enableScheduling(POOL_ID, NODE_ID));

    assertRefusal(refusal, 409, "NodeAlreadyInTargetSchedulingState", text);
  }

  @Test
  void schedulingIsNotDisabledTwice() {
    new RefusingState(
            AzureBatchProviderStates.NODE_OFFLINE,
            409,
            "NodeAlreadyInTargetSchedulingState",
            "The specified node is already in the target scheduling state.")
        .refuses(
            NodeOperation.DISABLE_SCHEDULING.plain("disables scheduling that is disabled"),
            NodeOperation.DISABLE_SCHEDULING.call);
  }

  static Stream<Arguments> refusalsOfNodeOperations() {
    Set<NodeOperation> onOneNode = EnumSet.complementOf(EnumSet.of(NodeOperation.LIST));
    Set<NodeOperation> changes =
        EnumSet.range(NodeOperation.REBOOT, NodeOperation.ENABLE_SCHEDULING);
    Set<NodeOperation> interruptions =
        EnumSet.range(NodeOperation.REBOOT, NodeOperation.DISABLE_SCHEDULING);
    return Stream.of(
            combined(Stream.of(NodeOperation.values()), List.of(NO_POOL)),
            combined(onOneNode.stream(), List.of(NO_NODE)),
            combined(changes.stream(), List.of(POOL_DELETING)),
            combined(interruptions.stream(), NODE_STATES))
        .flatMap(refusals -> refusals);
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("refusalsOfNodeOperations")
  void nodeOperationIsRefusedInThisState(NodeOperation operation, RefusingState state) {
    state.refuses(
        operation.plain(operation.operationId + " is refused with " + state.code()),
        operation.call);
  }

  @ParameterizedTest
  @EnumSource(names = {"REBOOT", "REIMAGE", "DISABLE_SCHEDULING"})
  void nodeIsLeftAloneAfterItsStartTaskFailed(NodeOperation operation) {
    invalidFor(AzureBatchProviderStates.NODE_START_TASK_FAILED)
        .refuses(
            operation.plain(operation.operationId + " is refused after a failed start task"),
            operation.call,
            "Reason",
            "The node is in the state starttaskfailed.");
  }

  // --- Pools

  private static final String POOL_SAMPLE =
      """
      {"id": "poolId", "vmSize": "Standard_D2_v3", "targetDedicatedNodes": 1,
       "virtualMachineConfiguration": {"nodeAgentSKUId": "batch.node.ubuntu 20.04",
         "imageReference": {"publisher": "canonical", "offer": "0001-com-ubuntu-server-focal",
           "sku": "20_04-lts"}}}
      """;

  private static PoolAddParameter poolSample() {
    return new PoolAddParameter()
        .id(POOL_ID)
        .vmSize("Standard_D2_v3")
        .targetDedicatedNodes(1)
        .virtualMachineConfiguration(
            new VirtualMachineConfiguration()
                .nodeAgentSKUId("batch.node.ubuntu 20.04")
                .imageReference(
                    new ImageReference()
                        .publisher("canonical")
                        .offer("0001-com-ubuntu-server-focal")
                        .sku("20_04-lts")));
  }

  @Test
  void addsPool() {
    BatchResponse<Void> answer =
        AzureBatchExpectation.of("Pool_Add", "adds a pool")
            .given(AzureBatchProviderStates.NO_POOL)
            .request("POST", "/pools")
            .sending(POOL_SAMPLE)
            .answer(201)
            .validators()
            .header("Location", url(POOL))
            .header("DataServiceId", url(POOL))
            .met(client -> client.addPool(poolSample()));

    assertThat(answer)
        .isEqualTo(
            new BatchResponse<Void>(
                null,
                201,
                REQUEST_ID,
                CLIENT_REQUEST_ID,
                ENTITY_TAG,
                LAST_MODIFIED_TIME,
                ORIGIN + POOL,
                ORIGIN + POOL));
  }

  @Test
  void poolIsNotAddedTwice() {
    String text = "The specified pool already exists.";
    BatchException refusal =
        AzureBatchExpectation.of("Pool_Add", "adds a pool that exists")
            .given(AzureBatchProviderStates.NODE_WITH_USER)
            .request("POST", "/pools")
            .sending(POOL_SAMPLE)
            .error(409, "PoolExists", text)
            .refused(client -> client.addPool(poolSample()));

    assertRefusal(refusal, 409, "PoolExists", text);
  }

  @Test
  void poolIsNotAddedWhileOneOfTheIdIsBeingDeleted() {
    POOL_DELETING.refuses(
        AzureBatchExpectation.of("Pool_Add", "adds a pool that is being deleted")
            .request("POST", "/pools")
            .sending(POOL_SAMPLE),
        client -> client.addPool(poolSample()));
  }

  @Test
  void poolWithoutIdIsRefused() {
    faultyPool(
            "MissingRequiredProperty", "A required property was not specified in the request body.")
        .refuses(
            addition("adds a pool without an id", "\"poolId\"", "null"),
            client -> client.addPool(poolSample().id(null)),
            "PropertyName",
            "id");
  }

  @Test
  void poolIdWithBlanksIsRefused() {
    faultyPool(
            "InvalidPropertyValue",
            "The value provided for one of the properties in the request body is invalid.")
        .refuses(
            addition("adds a pool with a blank in its id", "\"poolId\"", "\"pool 1\""),
            client -> client.addPool(poolSample().id("pool 1")),
            "PropertyName",
            "id",
            "PropertyValue",
            "pool 1",
            "Reason",
            "The id has 1 to 64 letters, digits, hyphens and underscores.");
  }

  @Test
  void poolWithMetadataThatIsNoneIsRefused() {
    faultyPool("InvalidRequestBody", "The specified Request Body is not syntactically valid.")
        .refuses(
            addition(
                "adds a pool with null among its metadata",
                "\"poolId\"",
                "\"poolId\", \"metadata\": [null]"),
            client -> client.addPool(poolSample().addMetadataItem(null)));
  }

  private static RefusingState faultyPool(String code, String text) {
    return new RefusingState(AzureBatchProviderStates.NO_POOL, 400, code, text);
  }

  /** The sample with one of its values replaced. */
  private static AzureBatchExpectation addition(
      String description, String value, String replacement) {
    return AzureBatchExpectation.of("Pool_Add", description)
        .request("POST", "/pools")
        .sending(POOL_SAMPLE.replace(value, replacement));
  }

  @Test
  void listsPools() {
    CloudPoolListResult pools =
        AzureBatchExpectation.of("Pool_List", "lists the pools")
            .given(AzureBatchProviderStates.NODE_WITH_USER)
            .request("GET", "/pools")
            .query("$select", "id,state,allocationState")
            .answer(200)
            .body(
                LambdaDsl.newJsonBody(
                        list -> {
                          metadata(list, "/$metadata#pools");
                          list.array(
                              "value",
                              value ->
                                  value.object(
                                      pool -> {
                                        pool.stringValue("id", POOL_ID);
                                        pool.stringValue("state", "active");
                                        pool.stringValue("allocationState", "steady");
                                      }));
                        })
                    .build())
            .met(client -> client.listPools(ListOptions.none().select("id,state,allocationState")))
            .value();

    assertThat(pools.getValue())
        .singleElement()
        .satisfies(
            pool -> {
              assertThat(pool.getId()).isEqualTo(POOL_ID);
              assertThat(pool.getState()).isEqualTo(CloudPool.StateEnum.ACTIVE);
              assertThat(pool.getAllocationState()).isEqualTo(CloudPool.AllocationStateEnum.STEADY);
            });
  }

  @Test
  void getsPool() {
    BatchResponse<CloudPool> answer =
        AzureBatchExpectation.of("Pool_Get", "gets a pool")
            .given(AzureBatchProviderStates.NODE_WITH_USER)
            .request("GET", POOL)
            .answer(200)
            .validators()
            .body(LambdaDsl.newJsonBody(AzureBatchPactTest::pool).build())
            .met(client -> client.getPool(POOL_ID));

    assertThat(answer.eTag()).isEqualTo(ENTITY_TAG);
    assertThat(answer.lastModified()).isEqualTo(LAST_MODIFIED_TIME);
    CloudPool pool = answer.value();
    assertThat(pool.geteTag()).isEqualTo(ENTITY_TAG);
    assertThat(pool.getVmSize()).isEqualTo("standard_d2_v3");
    assertThat(pool.getCurrentDedicatedNodes()).isEqualTo(1);
    assertThat(pool.getVirtualMachineConfiguration().getImageReference().getVersion())
        .isEqualTo("latest");
  }

  @Test
  void getsNothingOfPoolThatIsKnown() {
    BatchResponse<CloudPool> answer =
        AzureBatchExpectation.of("Pool_Get", "gets a pool if its entity tag is another")
            .given(AzureBatchProviderStates.NODE_WITH_USER)
            .request("GET", POOL)
            .requestHeader("If-None-Match", presentTag())
            .answer(304)
            .met(client -> client.getPool(POOL_ID, PoolConditions.none().ifNoneMatch(ENTITY_TAG)));

    assertThat(answer.status()).isEqualTo(304);
    assertThat(answer.value()).isNull();
  }

  @Test
  void unknownPoolIsRefused() {
    NO_POOL.refuses(
        AzureBatchExpectation.of("Pool_Get", "gets a pool that does not exist")
            .request("GET", POOL),
        client -> client.getPool(POOL_ID));
  }

  @Test
  void poolThatChangedIsNotRead() {
    CHANGED.refuses(
        AzureBatchExpectation.of("Pool_Get", "gets a pool whose entity tag is another")
            .request("GET", POOL)
            .requestHeader("If-Match", ENTITY_TAG),
        client -> client.getPool(POOL_ID, PoolConditions.none().ifMatch(ENTITY_TAG)));
  }

  @Test
  void twoConditionsOnReadAreRefused() {
    MULTIPLE_CONDITIONS.refuses(
        AzureBatchExpectation.of("Pool_Get", "gets a pool by two entity tags")
            .request("GET", POOL)
            .requestHeader("If-Match", ENTITY_TAG)
            .requestHeader("If-None-Match", ENTITY_TAG),
        client -> client.getPool(POOL_ID, TWO_CONDITIONS));
  }

  private static final PoolConditions TWO_CONDITIONS =
      PoolConditions.none().ifMatch(ENTITY_TAG).ifNoneMatch(ENTITY_TAG);

  private static final RefusingState MULTIPLE_CONDITIONS =
      new RefusingState(
          AzureBatchProviderStates.NODE_WITH_USER,
          400,
          "MultipleConditionHeadersNotSupported",
          "Multiple condition headers are not supported.");

  private static final RefusingState CHANGED =
      new RefusingState(
          AzureBatchProviderStates.NODE_WITH_USER,
          412,
          "ConditionNotMet",
          "The condition specified using HTTP conditional header(s) is not met.");

  @Test
  void poolThatExistsIsToldSo() {
    BatchResponse<Boolean> answer =
        AzureBatchExpectation.of("Pool_Exists", "asks for a pool that exists")
            .given(AzureBatchProviderStates.NODE_WITH_USER)
            .request("HEAD", POOL)
            .answer(200)
            .validators()
            .met(client -> client.poolExists(POOL_ID));

    assertThat(answer.value()).isTrue();
    assertThat(answer.eTag()).isEqualTo(ENTITY_TAG);
  }

  @Test
  void poolThatIsKnownIsToldSo() {
    BatchResponse<Boolean> answer =
        AzureBatchExpectation.of("Pool_Exists", "asks for a pool if its entity tag is another")
            .given(AzureBatchProviderStates.NODE_WITH_USER)
            .request("HEAD", POOL)
            .requestHeader("If-None-Match", presentTag())
            .answer(304)
            .met(
                client ->
                    client.poolExists(POOL_ID, PoolConditions.none().ifNoneMatch(ENTITY_TAG)));

    assertThat(answer.status()).isEqualTo(304);
    assertThat(answer.value()).isTrue();
  }

  @Test
  void poolThatChangedIsToldSo() {
    BatchException refusal =
        AzureBatchExpectation.of("Pool_Exists", "asks for a pool whose entity tag is another")
            .given(AzureBatchProviderStates.NODE_WITH_USER)
            .request("HEAD", POOL)
            .requestHeader("If-Match", ENTITY_TAG)
            .answer(412)
            .refused(
                client -> client.poolExists(POOL_ID, PoolConditions.none().ifMatch(ENTITY_TAG)));

    assertThat(refusal.status()).isEqualTo(412);
  }

  @Test
  void twoConditionsOnWhetherPoolExistsAreRefused() {
    BatchException refusal =
        AzureBatchExpectation.of("Pool_Exists", "asks for a pool by two entity tags")
            .given(AzureBatchProviderStates.NODE_WITH_USER)
            .request("HEAD", POOL)
            .requestHeader("If-Match", ENTITY_TAG)
            .requestHeader("If-None-Match", ENTITY_TAG)
            .answer(400)
            .refused(client -> client.poolExists(POOL_ID, TWO_CONDITIONS));

    assertThat(refusal.status()).isEqualTo(400);
  }

  @Test
  void poolThatDoesNotExistIsToldSo() {
    BatchResponse<Boolean> answer =
        AzureBatchExpectation.of("Pool_Exists", "asks for a pool that does not exist")
            .given(AzureBatchProviderStates.NO_POOL)
            .request("HEAD", POOL)
            .answer(404)
            .met(client -> client.poolExists(POOL_ID));

    assertThat(answer.value()).isFalse();
  }

  @Test
  void deletesPoolThatIsUnchanged() {
    BatchResponse<Void> answer =
        AzureBatchExpectation.of("Pool_Delete", "deletes a pool if its entity tag is the same")
            .given(AzureBatchProviderStates.NODE_WITH_USER)
            .request("DELETE", POOL)
            .requestHeader("If-Match", presentTag())
            .answer(202)
            .met(client -> client.deletePool(POOL_ID, PoolConditions.none().ifMatch(ENTITY_TAG)));

    assertThat(answer).isEqualTo(answered(202, null, null, null));
  }

  @Test
  void poolThatChangedIsNotDeleted() {
    CHANGED.refuses(
        AzureBatchExpectation.of("Pool_Delete", "deletes a pool whose entity tag is another")
            .request("DELETE", POOL)
            .requestHeader("If-Match", ENTITY_TAG),
        client -> client.deletePool(POOL_ID, PoolConditions.none().ifMatch(ENTITY_TAG)));
  }

  @Test
  void twoConditionsOnDeleteAreRefused() {
    MULTIPLE_CONDITIONS.refuses(
        AzureBatchExpectation.of("Pool_Delete", "deletes a pool by two entity tags")
            .request("DELETE", POOL)
            .requestHeader("If-Match", ENTITY_TAG)
            .requestHeader("If-None-Match", ENTITY_TAG),
        client -> client.deletePool(POOL_ID, TWO_CONDITIONS));
  }

  @Test
  void unknownPoolIsNotDeleted() {
    NO_POOL.refuses(
        AzureBatchExpectation.of("Pool_Delete", "deletes a pool that does not exist")
            .request("DELETE", POOL),
        client -> client.deletePool(POOL_ID));
  }

  @Test
  void poolIsNotDeletedTwice() {
    POOL_DELETING.refuses(
        AzureBatchExpectation.of("Pool_Delete", "deletes a pool that is being deleted")
            .request("DELETE", POOL),
        client -> client.deletePool(POOL_ID));
  }

  // --- Parts

  private static void nodeInList(LambdaDslObject node) {
    node.stringValue("id", NODE_ID);
    node.stringMatcher("url", urlPattern(NODE), ORIGIN + NODE);
    node.stringValue("state", "idle");
    node.stringValue("schedulingState", "enabled");
    node.stringMatcher("stateTransitionTime", TIME, "2016-11-21T18:28:02.160301Z");
    node.stringMatcher("lastBootTime", TIME, NODE_TIME);
    node.stringMatcher("allocationTime", TIME, "2016-11-21T18:27:39.5417732Z");
    node.stringMatcher("ipAddress", "\\d+(\\.\\d+){3}", "10.0.0.4");
    node.stringValue("affinityId", "TVM:" + NODE_ID);
    node.stringValue("vmSize", "standard_d2_v3");
    node.numberValue("totalTasksRun", 0);
    node.booleanValue("isDedicated", true);
  }

  private static void sshRule(LambdaDslObject endpoint) {
    endpoint.stringValue("name", "SSHRule.0");
    endpoint.stringValue("protocol", "tcp");
    endpoint.stringType("publicIPAddress", "127.0.0.1");
    endpoint.stringType("publicFQDN", "localhost");
    endpoint.integerType("frontendPort", 50000);
    endpoint.numberValue("backendPort", 22);
  }

  private static void image(LambdaDslObject image) {
    image.stringValue("publisher", "canonical");
    image.stringValue("offer", "0001-com-ubuntu-server-focal");
    image.stringValue("sku", "20_04-lts");
    image.stringValue("version", "latest");
  }

  private static void pool(LambdaDslObject pool) {
    metadata(pool, "/$metadata#pools/@Element");
    pool.stringValue("id", POOL_ID);
    pool.stringMatcher("url", urlPattern(POOL), ORIGIN + POOL);
    pool.stringMatcher("eTag", ENTITY_TAG_PATTERN, ENTITY_TAG);
    pool.stringMatcher("lastModified", TIME, "2016-11-21T18:27:39.5417732Z");
    pool.stringMatcher("creationTime", TIME, "2016-11-21T18:27:39.5417732Z");
    pool.stringValue("state", "active");
    pool.stringMatcher("stateTransitionTime", TIME, "2016-11-21T18:27:39.5417732Z");
    pool.stringValue("allocationState", "steady");
    pool.stringMatcher("allocationStateTransitionTime", TIME, "2016-11-21T18:27:40.160301Z");
    pool.stringValue("vmSize", "standard_d2_v3");
    pool.stringValue("resizeTimeout", "PT15M");
    pool.numberValue("currentDedicatedNodes", 1);
    pool.numberValue("targetDedicatedNodes", 1);
    pool.numberValue("currentLowPriorityNodes", 0);
    pool.numberValue("targetLowPriorityNodes", 0);
    pool.booleanValue("enableAutoScale", false);
    pool.booleanValue("enableInterNodeCommunication", false);
    pool.array("certificateReferences");
    pool.numberValue("taskSlotsPerNode", 1);
    pool.object("taskSchedulingPolicy", policy -> policy.stringValue("nodeFillType", "Spread"));
    pool.object(
        "virtualMachineConfiguration",
        configuration -> {
          configuration.object("imageReference", AzureBatchPactTest::image);
          configuration.stringValue("nodeAgentSKUId", "batch.node.ubuntu 20.04");
        });
  }

  private static void metadata(LambdaDslObject body, String path) {
    body.stringMatcher("odata.metadata", urlPattern(path), ORIGIN + path);
  }

  private static AzureBatchExpectation action(
      String operationId, String description, String action) {
    return AzureBatchExpectation.of(operationId, description)
        .request("POST", NODE + action)
        .header("DataServiceId", url(NODE + action));
  }

  /** The tag that the pool has by then; here it is the documented one. */
  private static Object presentTag() {
    return Expectation.stateValue(ProviderStates.ENTITY_TAG, ENTITY_TAG);
  }

  private static <T> BatchResponse<T> answered(
      int status, T value, String dataServiceId, String location) {
    return new BatchResponse<>(
        value, status, REQUEST_ID, CLIENT_REQUEST_ID, null, null, dataServiceId, location);
  }

  private static void assertNotValidOnNode(
      AzureBatchExpectation expectation, Consumer<BatchClient> call) {
    String text = "The specified operation is not valid on the node.";
    String reason = "Nodes of such pools have no such thing.";
    BatchException refusal =
        expectation.error(409, "OperationNotValidOnNode", text, "Reason", reason).refused(call);
    assertRefusal(
        refusal, 409, "OperationNotValidOnNode", text, new BatchException.Detail("Reason", reason));
  }

  private static void assertRefusal(
      BatchException refusal,
      int status,
      String code,
      String text,
      BatchException.Detail... details) {
    assertThat(refusal.status()).isEqualTo(status);
    assertThat(refusal.code()).isEqualTo(code);
    assertThat(refusal.text()).isEqualTo(AzureBatchExpectation.errorText(text));
    assertThat(refusal.details()).isEqualTo(List.of(details));
    assertThat(refusal.requestId()).isEqualTo(REQUEST_ID);
  }
}
