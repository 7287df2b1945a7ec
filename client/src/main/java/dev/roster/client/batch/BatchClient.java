package dev.roster.client.batch;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roster.client.batch.api.ComputeNodeApi;
import dev.roster.client.batch.api.ComputeNodeUserApi;
import dev.roster.client.batch.api.PoolApi;
import dev.roster.client.batch.invoker.ApiClient;
import dev.roster.client.batch.invoker.ApiException;
import dev.roster.client.batch.invoker.ApiResponse;
import dev.roster.client.batch.model.CloudPool;
import dev.roster.client.batch.model.CloudPoolListResult;
import dev.roster.client.batch.model.ComputeNode;
import dev.roster.client.batch.model.ComputeNodeGetRemoteLoginSettingsResult;
import dev.roster.client.batch.model.ComputeNodeListResult;
import dev.roster.client.batch.model.ComputeNodeUser;
import dev.roster.client.batch.model.NodeDisableSchedulingParameter;
import dev.roster.client.batch.model.NodeRebootParameter;
import dev.roster.client.batch.model.NodeReimageParameter;
import dev.roster.client.batch.model.NodeUpdateUserParameter;
import dev.roster.client.batch.model.PoolAddParameter;
import dev.roster.client.http.Failures;
import dev.roster.client.http.HttpDates;
import dev.roster.client.http.PageLinks;
import dev.roster.client.http.Pages;
import dev.roster.client.http.PathSegments;
import dev.roster.client.http.RefusedException;
import dev.roster.client.http.Transport;
import dev.roster.client.http.TransportHttpClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Objects;
import java.util.UUID;

/**
 * Manages the user accounts of Azure Batch compute nodes, with the pools and nodes around them.
 *
 * <p>Instances are immutable and safe for use by many threads; make one per account and keep it.
 *
 * <p>Every call makes exactly one request: nothing is retried, so a caller decides what a second
 * attempt may do. Every request carries a fresh {@code client-request-id} and the time in {@code
 * ocp-date}.
 *
 * <p>Errors of every call: {@link BatchException} when the service refuses, {@link
 * BatchTimeoutException} when a time-out of this client ran out, {@link BatchTransportException}
 * when no usable answer arrived, {@link IllegalArgumentException} when an id or name is empty, is
 * {@code .} or {@code ..}, or holds half a surrogate pair, as a URL cannot carry those.
 *
 * <p>Source: <a
 * href="https://learn.microsoft.com/en-us/rest/api/batchservice/?view=rest-batchservice-2023-11-01.18.0">Batch
 * service REST API</a>, version 2023-11-01.18.0.
 */
public final class BatchClient {

  static final Failures FAILURES =
      new Failures(BatchTransportException::new, BatchTimeoutException::new);

  private final URI endpoint;
  private final String apiVersion;
  private final Integer serverTimeoutSeconds;
  private final Transport transport;
  private final PageLinks links;
  private final ObjectMapper mapper;
  private final ComputeNodeUserApi users;
  private final ComputeNodeApi nodes;
  private final PoolApi pools;

  BatchClient(URI endpoint, String apiVersion, Integer serverTimeoutSeconds, Transport transport) {
    this.endpoint = endpoint;
    this.apiVersion = apiVersion;
    this.serverTimeoutSeconds = serverTimeoutSeconds;
    this.transport = transport;
    this.links = new PageLinks(endpoint, "odata.nextLink", FAILURES);
    this.mapper = ApiClient.createDefaultObjectMapper();
    ApiClient generated = new GeneratedClient(endpoint, mapper, new TransportHttpClient(transport));
    this.users = new ComputeNodeUserApi(generated);
    this.nodes = new ComputeNodeApi(generated);
    this.pools = new PoolApi(generated);
  }

  /**
   * Starts to describe a client.
   *
   * @return a builder that still needs an endpoint and credentials
   */
  public static BatchClientBuilder builder() {
    return new BatchClientBuilder();
  }

  /**
   * Adds a user account to a node that is idle or running.
   *
   * <p>Codes to expect: {@code NodeUserExists} (409), {@code NodeNotFound} and {@code PoolNotFound}
   * (404). Source: operation ComputeNode_AddUser.
   *
   * @param poolId id of the pool
   * @param nodeId id of the node
   * @param user the account; unset members are not sent and take the service's defaults
   * @return status 201 and the account's URL in {@code location}
   */
  public BatchResponse<Void> addUser(String poolId, String nodeId, ComputeNodeUser user) {
    PathSegments.check(poolId, nodeId);
    Objects.requireNonNull(user, "user");
    return call(
        user.getPassword(),
        id ->
            users.computeNodeAddUserWithHttpInfo(
                poolId, nodeId, apiVersion, user, serverTimeoutSeconds, id, true, null));
  }

  /**
   * Replaces password, key and expiry of a user account.
   *
   * <p>What is left unset is not sent, and the service then removes the password or the key and
   * sets the expiry to one day from now. Codes to expect: {@code NodeUserNotFound} (404). Source:
   * operation ComputeNode_UpdateUser.
   *
   * @param poolId id of the pool
   * @param nodeId id of the node
   * @param userName name of the account
   * @param update the new values
   * @return status 200
   */
  public BatchResponse<Void> updateUser(
      String poolId, String nodeId, String userName, NodeUpdateUserParameter update) {
    PathSegments.check(poolId, nodeId, userName);
    Objects.requireNonNull(update, "update");
    return call(
        update.getPassword(),
        id ->
            users.computeNodeUpdateUserWithHttpInfo(
                poolId,
                nodeId,
                userName,
                apiVersion,
                update,
                serverTimeoutSeconds,
                id,
                true,
                null));
  }

  /**
   * Deletes a user account from a node that is idle or running.
   *
   * <p>Codes to expect: {@code NodeUserNotFound} (404), also for a second delete. Source: operation
   * ComputeNode_DeleteUser.
   *
   * @param poolId id of the pool
   * @param nodeId id of the node
   * @param userName name of the account
   * @return status 200
   */
  public BatchResponse<Void> deleteUser(String poolId, String nodeId, String userName) {
    PathSegments.check(poolId, nodeId, userName);
    return call(
        id ->
            users.computeNodeDeleteUserWithHttpInfo(
                poolId, nodeId, userName, apiVersion, serverTimeoutSeconds, id, true, null));
  }

  /**
   * Reads one page of the nodes of a pool.
   *
   * <p>Source: operation ComputeNode_List.
   *
   * @param poolId id of the pool
   * @return the first page
   */
  public BatchResponse<ComputeNodeListResult> listNodes(String poolId) {
    return listNodes(poolId, ListOptions.none());
  }

  /**
   * Reads one page of the nodes of a pool, filtered and trimmed as asked.
   *
   * <p>Source: operation ComputeNode_List.
   *
   * @param poolId id of the pool
   * @param options filter, properties and page size
   * @return the first page
   */
  public BatchResponse<ComputeNodeListResult> listNodes(String poolId, ListOptions options) {
    PathSegments.check(poolId);
    return call(
        id ->
            nodes.computeNodeListWithHttpInfo(
                poolId,
                apiVersion,
                options.filter(),
                options.select(),
                options.maxResults(),
                null,
                serverTimeoutSeconds,
                id,
                true,
                null));
  }

  /**
   * Reads the page of nodes that a link leads to.
   *
   * @param nextLink {@code odata.nextLink} of the page before, requested as it is
   * @return the next page
   * @throws BatchTransportException also when the link leads to another server, which must not see
   *     this client's credentials
   */
  public BatchResponse<ComputeNodeListResult> listNodesNext(String nextLink) {
    return nextPage(nextLink, ComputeNodeListResult.class);
  }

  /**
   * Reads all nodes of a pool, page by page as they are needed.
   *
   * <p>Each iterator starts anew at the first page; its {@code hasNext} makes the requests and
   * throws their errors. As a stream: {@code StreamSupport.stream(nodes.spliterator(), false)}.
   *
   * @param poolId id of the pool
   * @return the nodes in the service's order
   */
  public Iterable<ComputeNode> listAllNodes(String poolId) {
    return listAllNodes(poolId, ListOptions.none());
  }

  /**
   * Reads all nodes that match, page by page as they are needed.
   *
   * @param poolId id of the pool
   * @param options filter, properties and page size
   * @return the nodes in the service's order
   * @see #listAllNodes(String)
   */
  public Iterable<ComputeNode> listAllNodes(String poolId, ListOptions options) {
    PathSegments.check(poolId);
    Objects.requireNonNull(options, "options");
    return new Pages<>(
        () -> listNodes(poolId, options).value(),
        link -> listNodesNext(link).value(),
        ComputeNodeListResult::getValue,
        ComputeNodeListResult::getOdataNextLink);
  }

  /**
   * Reads a node.
   *
   * <p>Codes to expect: {@code NodeNotFound} and {@code PoolNotFound} (404). Source: operation
   * ComputeNode_Get.
   *
   * @param poolId id of the pool
   * @param nodeId id of the node
   * @return the node; states this client does not know read as {@code UNKNOWN_DEFAULT_OPEN_API}
   */
  public BatchResponse<ComputeNode> getNode(String poolId, String nodeId) {
    return getNode(poolId, nodeId, null);
  }

  /**
   * Reads some properties of a node.
   *
   * @param poolId id of the pool
   * @param nodeId id of the node
   * @param select comma-separated names of properties, such as {@code id,state}; null for all
   * @return the node, the other properties null
   * @see #getNode(String, String)
   */
  public BatchResponse<ComputeNode> getNode(String poolId, String nodeId, String select) {
    PathSegments.check(poolId, nodeId);
    return call(
        id ->
            nodes.computeNodeGetWithHttpInfo(
                poolId, nodeId, apiVersion, select, serverTimeoutSeconds, id, true, null));
  }

  /**
   * Reads where to log in to a node of a virtual-machine pool.
   *
   * <p>Source: operation ComputeNode_GetRemoteLoginSettings.
   *
   * @param poolId id of the pool
   * @param nodeId id of the node
   * @return public address and port
   */
  public BatchResponse<ComputeNodeGetRemoteLoginSettingsResult> getRemoteLoginSettings(
      String poolId, String nodeId) {
    PathSegments.check(poolId, nodeId);
    return call(
        id ->
            nodes.computeNodeGetRemoteLoginSettingsWithHttpInfo(
                poolId, nodeId, apiVersion, serverTimeoutSeconds, id, true, null));
  }

  /**
   * Reads the remote-desktop file of a node of a cloud-service pool.
   *
   * <p>Source: operation ComputeNode_GetRemoteDesktop.
   *
   * @param poolId id of the pool
   * @param nodeId id of the node
   * @return the bytes of the RDP file
   */
  public BatchResponse<byte[]> getRemoteDesktop(String poolId, String nodeId) {
    PathSegments.check(poolId, nodeId);
    // The generated call writes a temporary file, whose name the server chooses.
    URI uri =
        URI.create(
            endpoint
                + "/pools/"
                + ApiClient.urlEncode(poolId)
                + "/nodes/"
                + ApiClient.urlEncode(nodeId)
                + "/rdp?api-version="
                + ApiClient.urlEncode(apiVersion)
                + (serverTimeoutSeconds == null ? "" : "&timeout=" + serverTimeoutSeconds));
    return get(uri, "application/octet-stream, application/json", bytes -> bytes);
  }

  /**
   * Restarts a node, putting its running tasks back into the queue.
   *
   * <p>Source: operation ComputeNode_Reboot.
   *
   * @param poolId id of the pool
   * @param nodeId id of the node
   * @return status 202
   */
  public BatchResponse<Void> rebootNode(String poolId, String nodeId) {
    return rebootNode(poolId, nodeId, new NodeRebootParameter());
  }

  /**
   * Restarts a node.
   *
   * @param poolId id of the pool
   * @param nodeId id of the node
   * @param parameter what becomes of running tasks
   * @return status 202
   * @see #rebootNode(String, String)
   */
  public BatchResponse<Void> rebootNode(
      String poolId, String nodeId, NodeRebootParameter parameter) {
    PathSegments.check(poolId, nodeId);
    Objects.requireNonNull(parameter, "parameter");
    return call(
        id ->
            nodes.computeNodeRebootWithHttpInfo(
                poolId, nodeId, apiVersion, serverTimeoutSeconds, id, true, null, parameter));
  }

  /**
   * Sets up a node of a cloud-service pool anew, putting its running tasks back into the queue.
   *
   * <p>Source: operation ComputeNode_Reimage.
   *
   * @param poolId id of the pool
   * @param nodeId id of the node
   * @return status 202
   */
  public BatchResponse<Void> reimageNode(String poolId, String nodeId) {
    return reimageNode(poolId, nodeId, new NodeReimageParameter());
  }

  /**
   * Sets up a node of a cloud-service pool anew.
   *
   * @param poolId id of the pool
   * @param nodeId id of the node
   * @param parameter what becomes of running tasks
   * @return status 202
   * @see #reimageNode(String, String)
   */
  public BatchResponse<Void> reimageNode(
      String poolId, String nodeId, NodeReimageParameter parameter) {
    PathSegments.check(poolId, nodeId);
    Objects.requireNonNull(parameter, "parameter");
    return call(
        id ->
            nodes.computeNodeReimageWithHttpInfo(
                poolId, nodeId, apiVersion, serverTimeoutSeconds, id, true, null, parameter));
  }

  /**
   * Takes a node out of scheduling, putting its running tasks back into the queue.
   *
   * <p>Source: operation ComputeNode_DisableScheduling.
   *
   * @param poolId id of the pool
   * @param nodeId id of the node
   * @return status 200
   */
  public BatchResponse<Void> disableScheduling(String poolId, String nodeId) {
    return disableScheduling(poolId, nodeId, new NodeDisableSchedulingParameter());
  }

  /**
   * Takes a node out of scheduling.
   *
   * @param poolId id of the pool
   * @param nodeId id of the node
   * @param parameter what becomes of running tasks
   * @return status 200
   * @see #disableScheduling(String, String)
   */
  public BatchResponse<Void> disableScheduling(
      String poolId, String nodeId, NodeDisableSchedulingParameter parameter) {
    PathSegments.check(poolId, nodeId);
    Objects.requireNonNull(parameter, "parameter");
    return call(
        id ->
            nodes.computeNodeDisableSchedulingWithHttpInfo(
                poolId, nodeId, apiVersion, serverTimeoutSeconds, id, true, null, parameter));
  }

  /**
   * Puts a node back into scheduling.
   *
   * <p>Source: operation ComputeNode_EnableScheduling.
   *
   * @param poolId id of the pool
   * @param nodeId id of the node
   * @return status 200
   */
  public BatchResponse<Void> enableScheduling(String poolId, String nodeId) {
    PathSegments.check(poolId, nodeId);
    return call(
        id ->
            nodes.computeNodeEnableSchedulingWithHttpInfo(
                poolId, nodeId, apiVersion, serverTimeoutSeconds, id, true, null));
  }

  /**
   * Adds a pool.
   *
   * <p>Codes to expect: {@code PoolExists} (409). Source: operation Pool_Add.
   *
   * @param pool the pool; members the model lacks go into its additional properties
   * @return status 201 and the pool's URL in {@code location}
   */
  public BatchResponse<Void> addPool(PoolAddParameter pool) {
    Objects.requireNonNull(pool, "pool");
    return call(
        id -> pools.poolAddWithHttpInfo(apiVersion, pool, serverTimeoutSeconds, id, true, null));
  }

  /**
   * Reads one page of the pools of the account.
   *
   * <p>Source: operation Pool_List.
   *
   * @return the first page
   */
  public BatchResponse<CloudPoolListResult> listPools() {
    return listPools(ListOptions.none());
  }

  /**
   * Reads one page of the pools of the account, filtered and trimmed as asked.
   *
   * <p>Source: operation Pool_List.
   *
   * @param options filter, properties and page size
   * @return the first page
   */
  public BatchResponse<CloudPoolListResult> listPools(ListOptions options) {
    return call(
        id ->
            pools.poolListWithHttpInfo(
                apiVersion,
                options.filter(),
                options.select(),
                null,
                options.maxResults(),
                null,
                serverTimeoutSeconds,
                id,
                true,
                null));
  }

  /**
   * Reads the page of pools that a link leads to.
   *
   * @param nextLink {@code odata.nextLink} of the page before, requested as it is
   * @return the next page
   * @throws BatchTransportException also when the link leads to another server, which must not see
   *     this client's credentials
   */
  public BatchResponse<CloudPoolListResult> listPoolsNext(String nextLink) {
    return nextPage(nextLink, CloudPoolListResult.class);
  }

  /**
   * Reads all pools of the account, page by page as they are needed.
   *
   * @return the pools in the service's order
   * @see #listAllNodes(String)
   */
  public Iterable<CloudPool> listAllPools() {
    return listAllPools(ListOptions.none());
  }

  /**
   * Reads all pools that match, page by page as they are needed.
   *
   * @param options filter, properties and page size
   * @return the pools in the service's order
   * @see #listAllNodes(String)
   */
  public Iterable<CloudPool> listAllPools(ListOptions options) {
    Objects.requireNonNull(options, "options");
    return new Pages<>(
        () -> listPools(options).value(),
        link -> listPoolsNext(link).value(),
        CloudPoolListResult::getValue,
        CloudPoolListResult::getOdataNextLink);
  }

  /**
   * Reads a pool.
   *
   * <p>Codes to expect: {@code PoolNotFound} (404). Source: operation Pool_Get.
   *
   * @param poolId id of the pool
   * @return the pool, with its entity tag and time of change
   */
  public BatchResponse<CloudPool> getPool(String poolId) {
    return getPool(poolId, null, PoolConditions.none());
  }

  /**
   * Reads a pool if conditions hold.
   *
   * <p>Codes to expect: {@code ConditionNotMet} (412), {@code PoolNotFound} (404).
   *
   * @param poolId id of the pool
   * @param conditions what must hold
   * @return the pool, or status 304 with a null value when it is as the caller knows it
   */
  public BatchResponse<CloudPool> getPool(String poolId, PoolConditions conditions) {
    return getPool(poolId, null, conditions);
  }

  /**
   * Reads some properties of a pool if conditions hold.
   *
   * @param poolId id of the pool
   * @param select comma-separated names of properties, such as {@code id,state}; null for all
   * @param conditions what must hold
   * @return the pool, the other properties null, or status 304 with a null value
   * @see #getPool(String, PoolConditions)
   */
  public BatchResponse<CloudPool> getPool(String poolId, String select, PoolConditions conditions) {
    PathSegments.check(poolId);
    try {
      return call(
          id ->
              pools.poolGetWithHttpInfo(
                  poolId,
                  apiVersion,
                  select,
                  null,
                  conditions.ifMatch(),
                  conditions.ifNoneMatch(),
                  HttpDates.format(conditions.ifModifiedSince()),
                  HttpDates.format(conditions.ifUnmodifiedSince()),
                  serverTimeoutSeconds,
                  id,
                  true,
                  null));
    } catch (BatchException e) {
      return answerOf(e, 304, null);
    }
  }

  /**
   * Asks whether a pool exists.
   *
   * <p>Source: operation Pool_Exists.
   *
   * @param poolId id of the pool
   * @return true with status 200, or false with status 404
   */
  public BatchResponse<Boolean> poolExists(String poolId) {
    return poolExists(poolId, PoolConditions.none());
  }

  /**
   * Asks whether a pool exists and meets conditions.
   *
   * <p>A condition that is not met is a {@link BatchException} with status 412.
   *
   * @param poolId id of the pool
   * @param conditions what must hold
   * @return true with status 200, or with 304 when it is as the caller knows it; false with 404
   */
  public BatchResponse<Boolean> poolExists(String poolId, PoolConditions conditions) {
    PathSegments.check(poolId);
    try {
      BatchResponse<Void> answer =
          call(
              id ->
                  pools.poolExistsWithHttpInfo(
                      poolId,
                      apiVersion,
                      conditions.ifMatch(),
                      conditions.ifNoneMatch(),
                      HttpDates.format(conditions.ifModifiedSince()),
                      HttpDates.format(conditions.ifUnmodifiedSince()),
                      serverTimeoutSeconds,
                      id,
                      true,
                      null));
      return answer.with(true);
    } catch (BatchException e) {
      return e.status() == 304 ? answerOf(e, 304, true) : answerOf(e, 404, false);
    }
  }

  /**
   * Begins to delete a pool with its nodes and their users.
   *
   * <p>Codes to expect: {@code PoolBeingDeleted} (409), {@code PoolNotFound} (404). Source:
   * operation Pool_Delete.
   *
   * @param poolId id of the pool
   * @return status 202; the pool stays in state deleting until it is gone
   */
  public BatchResponse<Void> deletePool(String poolId) {
    return deletePool(poolId, PoolConditions.none());
  }

  /**
   * Begins to delete a pool if conditions hold.
   *
   * <p>Codes to expect besides: {@code ConditionNotMet} (412).
   *
   * @param poolId id of the pool
   * @param conditions what must hold
   * @return status 202
   * @see #deletePool(String)
   */
  public BatchResponse<Void> deletePool(String poolId, PoolConditions conditions) {
    PathSegments.check(poolId);
    return call(
        id ->
            pools.poolDeleteWithHttpInfo(
                poolId,
                apiVersion,
                conditions.ifMatch(),
                conditions.ifNoneMatch(),
                HttpDates.format(conditions.ifModifiedSince()),
                HttpDates.format(conditions.ifUnmodifiedSince()),
                serverTimeoutSeconds,
                id,
                true,
                null));
  }

  /** Tells the endpoint and the version, never the credentials. */
  @Override
  public String toString() {
    return "BatchClient[" + endpoint + ", " + apiVersion + "]";
  }

  private <T> BatchResponse<T> call(Call<T> call) {
    return call(null, call);
  }

  private static <T> BatchResponse<T> call(String password, Call<T> call) {
    UUID clientRequestId = UUID.randomUUID();
    try {
      ApiResponse<T> answer = call.send(clientRequestId);
      HttpHeaders headers = HttpHeaders.of(answer.getHeaders(), (name, value) -> true);
      return BatchResponse.of(
          answer.getData(), answer.getStatusCode(), headers, clientRequestId.toString());
    } catch (RefusedException e) {
      throw ErrorAnswer.read(e.refusal().hiding(password));
    } catch (ApiException e) {
      // Transport throws every other failure itself; what is left is JSON.
      throw FAILURES.unreadable(e);
    }
  }

  private <T> BatchResponse<T> nextPage(String nextLink, Class<T> type) {
    return get(links.checked(nextLink), "application/json", bytes -> mapper.readValue(bytes, type));
  }

  private <T> BatchResponse<T> get(URI uri, String accept, BodyReader<T> reader) {
    String clientRequestId = UUID.randomUUID().toString();
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("client-request-id", clientRequestId)
            .header("return-client-request-id", "true")
            .header("Accept", accept)
            .build();
    try {
      HttpResponse<byte[]> answer = transport.send(request);
      return BatchResponse.of(
          reader.read(answer.body()), answer.statusCode(), answer.headers(), clientRequestId);
    } catch (RefusedException e) {
      throw ErrorAnswer.read(e.refusal());
    } catch (IOException e) {
      throw FAILURES.unreadable(e);
    }
  }

  private static <T> BatchResponse<T> answerOf(BatchException refusal, int expected, T value) {
    if (refusal.status() != expected) {
      throw refusal;
    }
    return BatchResponse.of(value, refusal.status(), refusal.headers(), refusal.clientRequestId());
  }

  /** A generated operation that still lacks its client-request-id. */
  @FunctionalInterface
  private interface Call<T> {
    ApiResponse<T> send(UUID clientRequestId) throws ApiException;
  }

  /** Turns the bytes of an answer into its value. */
  @FunctionalInterface
  private interface BodyReader<T> {
    T read(byte[] body) throws IOException;
  }

  /** Makes the generated operations use the transport of this client. */
  private static final class GeneratedClient extends ApiClient {

    private final HttpClient http;

    GeneratedClient(URI endpoint, ObjectMapper mapper, HttpClient http) {
      super(createDefaultHttpClientBuilder(), mapper, endpoint.toString());
      this.http = http;
    }

    @Override
    public HttpClient getHttpClient() {
      return http;
    }
  }
}
