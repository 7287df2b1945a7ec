package dev.roster.vendorsdks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.microsoft.azure.AzureResponseBuilder;
import com.microsoft.azure.PagedList;
import com.microsoft.azure.batch.BatchClient;
import com.microsoft.azure.batch.ComputeNodeOperations;
import com.microsoft.azure.batch.DetailLevel;
import com.microsoft.azure.batch.PoolOperations;
import com.microsoft.azure.batch.auth.BatchSharedKeyCredentials;
import com.microsoft.azure.batch.protocol.models.AllocationState;
import com.microsoft.azure.batch.protocol.models.BatchErrorDetail;
import com.microsoft.azure.batch.protocol.models.BatchErrorException;
import com.microsoft.azure.batch.protocol.models.CloudPool;
import com.microsoft.azure.batch.protocol.models.ComputeNode;
import com.microsoft.azure.batch.protocol.models.ComputeNodeGetRemoteLoginSettingsResult;
import com.microsoft.azure.batch.protocol.models.ComputeNodeListOptions;
import com.microsoft.azure.batch.protocol.models.ComputeNodeRebootOption;
import com.microsoft.azure.batch.protocol.models.ComputeNodeReimageOption;
import com.microsoft.azure.batch.protocol.models.ComputeNodeState;
import com.microsoft.azure.batch.protocol.models.ComputeNodeUser;
import com.microsoft.azure.batch.protocol.models.DisableComputeNodeSchedulingOption;
import com.microsoft.azure.batch.protocol.models.ImageReference;
import com.microsoft.azure.batch.protocol.models.InboundEndpoint;
import com.microsoft.azure.batch.protocol.models.PoolAddParameter;
import com.microsoft.azure.batch.protocol.models.PoolListOptions;
import com.microsoft.azure.batch.protocol.models.PoolState;
import com.microsoft.azure.batch.protocol.models.SchedulingState;
import com.microsoft.azure.batch.protocol.models.VirtualMachineConfiguration;
import com.microsoft.azure.serializer.AzureJacksonAdapter;
import com.microsoft.rest.RestClient;
import com.microsoft.rest.credentials.TokenCredentials;
import dev.roster.testing.Covers;
import dev.roster.testing.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.joda.time.DateTime;
import org.joda.time.DateTimeZone;
import org.joda.time.Period;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Microsoft's Batch client for Java, as it is published, against the packaged server.
 *
 * <p>Its calls to reboot, to reimage and to disable scheduling fail before they send anything
 * unless they are given an option.
 */
class AzureBatchSdkIT {

  private static final String ACCOUNT = "devbatch";
  private static final String KEY = "Zm9vYmFyYmF6a2V5Zm9vYmFyYmF6a2V5MDEyMzQ1Njc4OWFiY2RlZg==";

  private static final String SAMPLE_POOL = "poolId";
  private static final String SAMPLE_NODE = "tvm-1695681911_1-20161121t182739z";

  private static final String PASSWORD = "Str0ng-enough!";
  private static final String SSH_KEY = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ== someone@example";

  /** Not sent, so that the server decides. */
  private static final DateTime DEFAULT_EXPIRY = null;

  @TempDir private static Path dataDir;

  private static final RecordedAnswers answers = new RecordedAnswers("azure-batch");

  private static ServerProcess server;
  private static BatchClient client;
  private static PoolOperations pools;
  private static ComputeNodeOperations nodes;

  @BeforeAll
  static void start() {
    // A node that reboots does so for longer than the tests run.
    server = ServerProcess.start(dataDir, Map.of("roster.batch.node.rebooting", "1h"));
    client = signedWith(KEY);
    pools = client.poolOperations();
    nodes = client.computeNodeOperations();
  }

  @AfterAll
  static void stop() {
    if (client != null) {
      close(client);
    }
    if (server != null) {
      server.close();
    }
  }

  @Test
  void sampleWorldIsReadAsTheDocumentationShowsIt() throws Exception {
    CloudPool pool = pools.getPool(SAMPLE_POOL);
    assertThat(pool.state()).isEqualTo(PoolState.ACTIVE);
    assertThat(pool.allocationState()).isEqualTo(AllocationState.STEADY);
    assertThat(pool.currentDedicatedNodes()).isEqualTo(1);
    assertThat(nodes.listComputeNodes(SAMPLE_POOL))
        .extracting(ComputeNode::id)
        .containsExactly(SAMPLE_NODE);
    nodes.updateComputeNodeUser(SAMPLE_POOL, SAMPLE_NODE, "userName", PASSWORD, DEFAULT_EXPIRY);
  }

  @Test
  void poolIsCreatedReadAndDeleted() throws Exception {
    String id = newId();
    assertThat(pools.existsPool(id)).isFalse();

    createLinuxPool(id, 2);

    assertThat(pools.existsPool(id)).isTrue();
    CloudPool pool = pools.getPool(id);
    assertThat(pool.id()).isEqualTo(id);
    assertThat(pool.url()).isEqualTo(server.endpoint() + "/pools/" + id);
    assertThat(pool.state()).isEqualTo(PoolState.ACTIVE);
    assertThat(pool.allocationState()).isEqualTo(AllocationState.STEADY);
    assertThat(pool.vmSize()).isEqualTo("standard_d2s_v3");
    assertThat(pool.targetDedicatedNodes()).isEqualTo(2);
    assertThat(pool.currentDedicatedNodes()).isEqualTo(2);
    assertThat(pool.targetLowPriorityNodes()).isZero();
    assertThat(pool.taskSlotsPerNode()).isEqualTo(1);
    assertThat(pool.resizeTimeout()).isEqualTo(Period.minutes(15));
    assertThat(pool.virtualMachineConfiguration().nodeAgentSKUId())
        .isEqualTo("batch.node.ubuntu 22.04");
    assertThat(pool.virtualMachineConfiguration().imageReference().version()).isEqualTo("latest");

    pools.deletePool(id);

    assertThat(pools.existsPool(id)).isFalse();
    assertError(() -> pools.getPool(id), 404, "PoolNotFound", "The specified pool does not exist.");
  }

  @Test
  void poolSentAsOldSdksDoWithCloudServiceConfigurationIsAWindowsPool() throws Exception {
    String id = newId();
    pools.createPool(
        new CloudServicePool("5").withId(id).withVmSize("Small").withTargetDedicatedNodes(1));
    ComputeNode node = onlyNode(id);
    assertThat(node.vmSize()).isEqualTo("small");

    BatchErrorException missing =
        assertError(
            () -> nodes.addComputeNodeUser(id, node.id(), new ComputeNodeUser().withName("u")),
            400,
            "MissingRequiredProperty",
            "A required property was not specified in the request body.");
    assertThat(missing.body().values())
        .extracting(BatchErrorDetail::key, BatchErrorDetail::value)
        .containsExactly(tuple("PropertyName", "password"));
    nodes.addComputeNodeUser(
        id, node.id(), new ComputeNodeUser().withName("u").withPassword(PASSWORD));
    nodes.reimageComputeNode(id, node.id(), ComputeNodeReimageOption.REQUEUE);
    assertError(
        () -> nodes.deleteComputeNodeUser(id, node.id(), "u"),
        404,
        "NodeUserNotFound",
        "The specified node user does not exist.");
    pools.deletePool(id);
  }

  @Test
  void poolsAreListedWithFilterAndSelect() throws Exception {
    String id = newId();
    createLinuxPool(id, 0);
    PagedList<CloudPool> found =
        pools.listPools(
            new DetailLevel.Builder()
                .withFilterClause("id eq '" + id + "'")
                .withSelectClause("id,vmSize")
                .build());
    assertThat(found)
        .singleElement()
        .satisfies(
            pool -> {
              assertThat(pool.id()).isEqualTo(id);
              assertThat(pool.vmSize()).isEqualTo("standard_d2s_v3");
              assertThat(pool.state()).isNull();
              assertThat(pool.virtualMachineConfiguration()).isNull();
            });
    pools.deletePool(id);
  }

  @Test
  @Covers("batch.list-pools.paging")
  void poolsAreListedPageByPage() throws Exception {
    String prefix = newId();
    for (String suffix : List.of("c", "a", "b")) {
      createLinuxPool(prefix + suffix, 0);
    }
    PagedList<CloudPool> found =
        client
            .protocolLayer()
            .pools()
            .list(
                new PoolListOptions()
                    .withFilter("startswith(id, '" + prefix + "')")
                    .withMaxResults(2));
    assertThat(found.currentPage().items())
        .extracting(CloudPool::id)
        .containsExactly(prefix + "a", prefix + "b");
    assertThat(found.hasNextPage()).isTrue();
    found.loadAll();
    assertThat(found)
        .extracting(CloudPool::id)
        .containsExactly(prefix + "a", prefix + "b", prefix + "c");
    for (CloudPool pool : found) {
      pools.deletePool(pool.id());
    }
  }

  @Test
  @Covers("batch.list-nodes.paging")
  void nodesAreListedPageByPage() throws Exception {
    String id = newId();
    createLinuxPool(id, 5);
    List<String> all = nodes.listComputeNodes(id).stream().map(ComputeNode::id).toList();
    assertThat(all).hasSize(5).doesNotHaveDuplicates();

    PagedList<ComputeNode> paged =
        client
            .protocolLayer()
            .computeNodes()
            .list(id, new ComputeNodeListOptions().withMaxResults(2));
    assertThat(paged.currentPage().items()).hasSize(2);
    paged.loadNextPage();
    assertThat(paged.currentPage().items()).hasSize(2);
    paged.loadNextPage();
    assertThat(paged.currentPage().items()).hasSize(1);
    assertThat(paged.hasNextPage()).isFalse();
    assertThat(paged).extracting(ComputeNode::id).containsExactlyElementsOf(all);
    pools.deletePool(id);
  }

  @Test
  @Covers({"batch.list-nodes.filter-state", "batch.disable-scheduling.disabled"})
  void nodesAreListedWithFilterAndSelect() throws Exception {
    String id = newId();
    createLinuxPool(id, 3);
    String second = nodes.listComputeNodes(id).get(1).id();
    nodes.disableComputeNodeScheduling(id, second, DisableComputeNodeSchedulingOption.REQUEUE);

    PagedList<ComputeNode> idle = nodes.listComputeNodes(id, detail("state eq 'idle'", "id,state"));
    assertThat(idle)
        .hasSize(2)
        .allSatisfy(
            node -> {
              assertThat(node.id()).isNotEqualTo(second);
              assertThat(node.state()).isEqualTo(ComputeNodeState.IDLE);
              assertThat(node.ipAddress()).isNull();
              assertThat(node.vmSize()).isNull();
            });
    assertThat(nodes.listComputeNodes(id, detail("state ne 'idle'", "id,state,schedulingState")))
        .extracting(ComputeNode::id, ComputeNode::state, ComputeNode::schedulingState)
        .containsExactly(tuple(second, ComputeNodeState.OFFLINE, SchedulingState.DISABLED));
    pools.deletePool(id);
  }

  @Test
  @Covers({"batch.get-node.identity", "batch.get-node.ssh-endpoint"})
  void nodeIsReadWithAllItsMembers() throws Exception {
    String id = newId();
    createLinuxPool(id, 2);
    List<ComputeNode> listed = nodes.listComputeNodes(id);
    for (int i = 0; i < listed.size(); i++) {
      String nodeId = listed.get(i).id();
      ComputeNode node = nodes.getComputeNode(id, nodeId);
      assertThat(node.id()).isEqualTo(nodeId).matches("tvmps_[0-9a-f]{64}_d");
      assertThat(node.url()).isEqualTo(server.endpoint() + "/pools/" + id + "/nodes/" + nodeId);
      assertThat(node.affinityId()).isEqualTo("TVM:" + nodeId);
      assertThat(node.state()).isEqualTo(ComputeNodeState.IDLE);
      assertThat(node.schedulingState()).isEqualTo(SchedulingState.ENABLED);
      assertThat(node.isDedicated()).isTrue();
      assertThat(node.vmSize()).isEqualTo("standard_d2s_v3");
      assertThat(node.lastBootTime()).isNotNull();
      assertThat(node.nodeAgentInfo().version()).isNotEmpty();
      InboundEndpoint endpoint = node.endpointConfiguration().inboundEndpoints().get(0);
      assertThat(endpoint.name()).isEqualTo("SSHRule." + i);
      assertThat(endpoint.protocol().toString()).isEqualTo("tcp");
      assertThat(endpoint.frontendPort()).isEqualTo(50000 + i);
      assertThat(endpoint.backendPort()).isEqualTo(22);
    }
    ComputeNode selected =
        nodes.getComputeNode(id, listed.get(0).id(), detail(null, "schedulingState"));
    assertThat(selected.schedulingState()).isEqualTo(SchedulingState.ENABLED);
    assertThat(selected.id()).isNull();
    pools.deletePool(id);
  }

  @Test
  void userIsAddedUpdatedAndDeleted() throws Exception {
    String id = newId();
    createLinuxPool(id, 1);
    String node = onlyNode(id).id();
    ComputeNodeUser user =
        new ComputeNodeUser()
            .withName("alice")
            .withIsAdmin(true)
            .withExpiryTime(DateTime.now(DateTimeZone.UTC).plusDays(7))
            .withPassword(PASSWORD)
            .withSshPublicKey(SSH_KEY);

    nodes.addComputeNodeUser(id, node, user);
    assertError(
        () -> nodes.addComputeNodeUser(id, node, user),
        409,
        "NodeUserExists",
        "The specified node user already exists.");

    nodes.updateComputeNodeUser(
        id, node, "alice", "other" + PASSWORD, DateTime.now(DateTimeZone.UTC).plusDays(2));
    nodes.updateComputeNodeUser(id, node, "alice", SSH_KEY);
    nodes.updateComputeNodeUser(id, node, "alice", null, DEFAULT_EXPIRY);

    nodes.deleteComputeNodeUser(id, node, "alice");
    assertError(
        () -> nodes.deleteComputeNodeUser(id, node, "alice"),
        404,
        "NodeUserNotFound",
        "The specified node user does not exist.");
    assertError(
        () -> nodes.updateComputeNodeUser(id, node, "alice", SSH_KEY),
        404,
        "NodeUserNotFound",
        "The specified node user does not exist.");
    nodes.addComputeNodeUser(id, node, new ComputeNodeUser().withName("alice"));
    pools.deletePool(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "with space",
        "plus+plus",
        "semi;colon",
        "sla/sh",
        "per%cent",
        "quest?ion",
        "ha#sh",
        "a&b=c",
        "dot.dash-under_score",
        "Jürgen",
        "名前",
        "emoji😀",
        "DOMAIN\\user",
        "o'brien",
        "(tilde)~!*"
      })
  @Covers("batch.add-user.special-names")
  void namesWithSpecialCharactersAreAddedUpdatedAndDeleted(String name) throws Exception {
    nodes.addComputeNodeUser(SAMPLE_POOL, SAMPLE_NODE, new ComputeNodeUser().withName(name));
    nodes.updateComputeNodeUser(SAMPLE_POOL, SAMPLE_NODE, name, PASSWORD, DEFAULT_EXPIRY);
    assertError(
        () ->
            nodes.addComputeNodeUser(
                SAMPLE_POOL, SAMPLE_NODE, new ComputeNodeUser().withName(name)),
        409,
        "NodeUserExists",
        "The specified node user already exists.");
    nodes.deleteComputeNodeUser(SAMPLE_POOL, SAMPLE_NODE, name);
    assertError(
        () -> nodes.deleteComputeNodeUser(SAMPLE_POOL, SAMPLE_NODE, name),
        404,
        "NodeUserNotFound",
        "The specified node user does not exist.");
  }

  @Test
  @Covers("batch.get-remote-login-settings.settings")
  void remoteLoginSettingsNameAddressAndPort() throws Exception {
    String id = newId();
    createLinuxPool(id, 2);
    List<ComputeNode> listed = nodes.listComputeNodes(id);
    for (int i = 0; i < listed.size(); i++) {
      ComputeNodeGetRemoteLoginSettingsResult settings =
          nodes.getComputeNodeRemoteLoginSettings(id, listed.get(i).id());
      assertThat(settings.remoteLoginIPAddress()).isEqualTo("127.0.0.1");
      assertThat(settings.remoteLoginPort()).isEqualTo(50000 + i);
    }
    pools.deletePool(id);
  }

  @Test
  @Covers({"batch.update-user.only-idle-or-running", "batch.delete-user.only-idle-or-running"})
  void rebootingNodeRefusesUsers() throws Exception {
    String id = newId();
    createLinuxPool(id, 1);
    String node = onlyNode(id).id();
    nodes.addComputeNodeUser(id, node, new ComputeNodeUser().withName("alice"));

    nodes.rebootComputeNode(id, node, ComputeNodeRebootOption.REQUEUE);

    assertThat(nodes.getComputeNode(id, node).state()).isEqualTo(ComputeNodeState.REBOOTING);
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> nodes.addComputeNodeUser(id, node, new ComputeNodeUser().withName("bob")),
            () -> nodes.updateComputeNodeUser(id, node, "alice", SSH_KEY),
            () -> nodes.deleteComputeNodeUser(id, node, "alice"),
            () -> nodes.rebootComputeNode(id, node, ComputeNodeRebootOption.REQUEUE))) {
      assertError(call, 409, "NodeBeingRebooted", "The specified node is being rebooted.");
    }
    pools.deletePool(id);
  }

  @Test
  @Covers({
    "batch.disable-scheduling.already",
    "batch.enable-scheduling.enabled",
    "batch.enable-scheduling.already"
  })
  void schedulingIsDisabledAndEnabled() throws Exception {
    String id = newId();
    createLinuxPool(id, 1);
    String node = onlyNode(id).id();

    nodes.disableComputeNodeScheduling(id, node, DisableComputeNodeSchedulingOption.REQUEUE);
    assertThat(nodes.getComputeNode(id, node).state()).isEqualTo(ComputeNodeState.OFFLINE);
    assertError(
        () ->
            nodes.disableComputeNodeScheduling(
                id, node, DisableComputeNodeSchedulingOption.REQUEUE),
        409,
        "NodeAlreadyInTargetSchedulingState",
        "The specified node is already in the target scheduling state.");

    nodes.enableComputeNodeScheduling(id, node);
    ComputeNode enabled = nodes.getComputeNode(id, node);
    assertThat(enabled.state()).isEqualTo(ComputeNodeState.IDLE);
    assertThat(enabled.schedulingState()).isEqualTo(SchedulingState.ENABLED);
    assertError(
        () -> nodes.enableComputeNodeScheduling(id, node),
        409,
        "NodeAlreadyInTargetSchedulingState",
        "The specified node is already in the target scheduling state.");
    pools.deletePool(id);
  }

  @Test
  @Covers("batch.reimage-node.virtual-machine-refused")
  void reimageOfAVirtualMachineIsRefused() throws Exception {
    BatchErrorException refused =
        assertError(
            () ->
                nodes.reimageComputeNode(
                    SAMPLE_POOL, SAMPLE_NODE, ComputeNodeReimageOption.REQUEUE),
            409,
            "OperationNotValidOnNode",
            "The specified operation is not valid on the node.");
    assertThat(refused.body().values()).extracting(BatchErrorDetail::key).containsExactly("Reason");
  }

  @Test
  @Covers({"batch.common.pool-unknown", "batch.common.node-unknown", "batch.common.user-unknown"})
  void unknownPoolNodeAndUserAreToldApart() {
    ComputeNodeUser user = new ComputeNodeUser().withName("alice");
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> pools.getPool("nosuchpool"),
            () -> pools.deletePool("nosuchpool"),
            () -> nodes.listComputeNodes("nosuchpool"),
            () -> nodes.addComputeNodeUser("nosuchpool", SAMPLE_NODE, user))) {
      assertError(call, 404, "PoolNotFound", "The specified pool does not exist.");
    }
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> nodes.getComputeNode(SAMPLE_POOL, "nosuchnode"),
            () ->
                nodes.rebootComputeNode(SAMPLE_POOL, "nosuchnode", ComputeNodeRebootOption.REQUEUE),
            () -> nodes.addComputeNodeUser(SAMPLE_POOL, "nosuchnode", user))) {
      assertError(call, 404, "NodeNotFound", "The specified node does not exist.");
    }
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> nodes.updateComputeNodeUser(SAMPLE_POOL, SAMPLE_NODE, "nobody", SSH_KEY),
            () -> nodes.deleteComputeNodeUser(SAMPLE_POOL, SAMPLE_NODE, "nobody"))) {
      BatchErrorException unknown =
          assertError(call, 404, "NodeUserNotFound", "The specified node user does not exist.");
      assertThat(unknown.body().values()).isNull();
    }
  }

  @Test
  @Covers("batch.common.windows-ssh-key")
  void windowsNodesNeedAPasswordAndRefuseAKey() throws Exception {
    String id = newId();
    pools.createPool(
        id,
        "standard_d2s_v3",
        new VirtualMachineConfiguration()
            .withImageReference(
                new ImageReference()
                    .withPublisher("microsoftwindowsserver")
                    .withOffer("windowsserver")
                    .withSku("2022-datacenter"))
            .withNodeAgentSKUId("batch.node.windows amd64"),
        1);
    String node = onlyNode(id).id();

    assertDetails(
        () -> nodes.addComputeNodeUser(id, node, new ComputeNodeUser().withName("alice")),
        "MissingRequiredProperty",
        "A required property was not specified in the request body.",
        Map.of("PropertyName", "password"));
    assertDetails(
        () ->
            nodes.addComputeNodeUser(
                id,
                node,
                new ComputeNodeUser()
                    .withName("alice")
                    .withPassword(PASSWORD)
                    .withSshPublicKey(SSH_KEY)),
        "InvalidPropertyValue",
        "The value provided for one of the properties in the request body is invalid.",
        Map.of(
            "PropertyName",
            "sshPublicKey",
            "Reason",
            "The property can be specified only for Linux nodes."));

    nodes.addComputeNodeUser(
        id, node, new ComputeNodeUser().withName("alice").withPassword(PASSWORD));
    // This call of the SDK sends nothing but the key.
    assertDetails(
        () -> nodes.updateComputeNodeUser(id, node, "alice", SSH_KEY),
        "InvalidPropertyValue",
        "The value provided for one of the properties in the request body is invalid.",
        Map.of(
            "PropertyName",
            "sshPublicKey",
            "Reason",
            "The property can be specified only for Linux nodes."));
    nodes.updateComputeNodeUser(id, node, "ALICE", PASSWORD, DEFAULT_EXPIRY);
    pools.deletePool(id);
  }

  @Test
  @Covers("batch.common.signature-wrong")
  void wrongKeyIsRefused() {
    BatchClient stranger = signedWith("d3Jvbmcga2V5");
    BatchErrorException refused =
        assertError(
            () -> stranger.poolOperations().getPool(SAMPLE_POOL),
            403,
            "AuthenticationFailed",
            "Server failed to authenticate the request. Make sure the value of Authorization header"
                + " is formed correctly including the signature.");
    assertThat(refused.body().values())
        .singleElement()
        .satisfies(
            detail -> {
              assertThat(detail.key()).isEqualTo("AuthenticationErrorDetail");
              assertThat(detail.value()).contains("/devbatch/pools/poolId\napi-version:");
            });
    close(stranger);
  }

  @Test
  @Covers({"batch.update-user.security", "batch.delete-user.security"})
  void bearerTokenIsAcceptedAsTheSharedKeyIs() throws Exception {
    BatchClient bearer =
        BatchClient.open(
            new RestClient.Builder()
                .withBaseUrl(server.endpoint().toString())
                .withCredentials(new TokenCredentials("Bearer", "any-token"))
                .withInterceptor(AzureBatchSdkIT::record)
                .withSerializerAdapter(new AzureJacksonAdapter())
                .withResponseBuilderFactory(new AzureResponseBuilder.Factory())
                .build(),
            server.endpoint().toString());
    for (ComputeNodeOperations caller : List.of(bearer.computeNodeOperations(), nodes)) {
      caller.addComputeNodeUser(SAMPLE_POOL, SAMPLE_NODE, new ComputeNodeUser().withName("bearer"));
      caller.updateComputeNodeUser(SAMPLE_POOL, SAMPLE_NODE, "bearer", PASSWORD, DEFAULT_EXPIRY);
      caller.deleteComputeNodeUser(SAMPLE_POOL, SAMPLE_NODE, "bearer");
    }
    assertThat(bearer.poolOperations().existsPool(SAMPLE_POOL)).isTrue();
    assertError(
        () ->
            bearer
                .computeNodeOperations()
                .deleteComputeNodeUser(SAMPLE_POOL, SAMPLE_NODE, "bearer"),
        404,
        "NodeUserNotFound",
        "The specified node user does not exist.");
    close(bearer);
  }

  private static BatchClient signedWith(String key) {
    return BatchClient.open(
        new BatchSharedKeyCredentials(server.endpoint().toString(), ACCOUNT, key) {
          @Override
          public void applyCredentialsFilter(OkHttpClient.Builder http) {
            http.addInterceptor(AzureBatchSdkIT::record);
            super.applyCredentialsFilter(http);
          }
        });
  }

  private static Response record(Interceptor.Chain chain) throws IOException {
    Response answer = chain.proceed(chain.request());
    answers.add(
        chain.request().method(),
        chain.request().url().uri(),
        answer.code(),
        answer.headers().toMultimap(),
        answer.peekBody(Long.MAX_VALUE).bytes());
    return answer;
  }

  /** Ends the client's threads, which would keep the JVM of the tests alive. */
  private static void close(BatchClient client) {
    client.protocolLayer().restClient().close();
  }

  private static String newId() {
    return "sdk-" + UUID.randomUUID();
  }

  private static void createLinuxPool(String id, int size) throws Exception {
    pools.createPool(
        id,
        "Standard_D2s_v3",
        new VirtualMachineConfiguration()
            .withImageReference(
                new ImageReference()
                    .withPublisher("canonical")
                    .withOffer("0001-com-ubuntu-server-jammy")
                    .withSku("22_04-lts"))
            .withNodeAgentSKUId("batch.node.ubuntu 22.04"),
        size);
  }

  private static ComputeNode onlyNode(String pool) throws Exception {
    List<ComputeNode> all = nodes.listComputeNodes(pool);
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private static DetailLevel detail(String filter, String select) {
    return new DetailLevel.Builder().withFilterClause(filter).withSelectClause(select).build();
  }

  private static void assertDetails(
      ThrowingCallable call, String code, String message, Map<String, String> details) {
    BatchErrorException error = assertError(call, 400, code, message);
    assertThat(error.body().values())
        .extracting(detail -> Map.entry(detail.key(), detail.value()))
        .containsExactlyInAnyOrderElementsOf(details.entrySet());
  }

  private static BatchErrorException assertError(
      ThrowingCallable call, int status, String code, String message) {
    BatchErrorException error = catchThrowableOfType(BatchErrorException.class, call);
    assertThat(error).isNotNull();
    assertThat(error.response().code()).isEqualTo(status);
    assertThat(error.body().code()).isEqualTo(code);
    assertThat(error.body().message().lang()).isEqualTo("en-US");
    String[] lines = error.body().message().value().split("\n", -1);
    assertThat(lines).hasSize(3);
    assertThat(lines[0]).isEqualTo(message);
    assertThat(lines[1]).isEqualTo("RequestId:" + error.response().headers().get("request-id"));
    assertThat(lines[2]).matches("Time:\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{7}Z");
    return error;
  }

  /** The configuration that the SDK dropped after 2023-11-01 and that the contract still has. */
  private static final class CloudServicePool extends PoolAddParameter {

    private final Map<String, String> configuration;

    CloudServicePool(String osFamily) {
      this.configuration = Map.of("osFamily", osFamily);
    }

    @JsonProperty("cloudServiceConfiguration")
    Map<String, String> cloudServiceConfiguration() {
      return configuration;
    }
  }
}
