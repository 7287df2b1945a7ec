package dev.roster.server.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.server.batch.BatchWorld.Node;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.MutableClock;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class GetNodeTest {

  @Inject BatchWorld world;
  @Inject MutableClock clock;

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  @Test
  @Covers({
    "batch.get-node.no-validators",
    "batch.get-node.exact-version",
    "batch.get-node.identity",
    "batch.get-node.idle-at-once"
  })
  void showsAWholeNode() {
    Instant now = clock.stop();
    Node node = world.linuxNode();

    Answer answer = world.call("GET", node.path()).send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).contains("application/json;odata=minimalmetadata");
    assertThat(answer.header("ETag")).isEmpty();
    assertThat(answer.header("Last-Modified")).isEmpty();
    assertThat(answer.json())
        .isEqualTo(
            json(
                """
                {"odata.metadata": "ORIGIN/$metadata#nodes/@Element",
                 "id": "NODE", "url": "ORIGIN/pools/POOL/nodes/NODE",
                 "state": "idle", "schedulingState": "enabled", "stateTransitionTime": "NOW",
                 "lastBootTime": "NOW", "allocationTime": "NOW", "ipAddress": "10.0.0.4",
                 "affinityId": "TVM:NODE", "vmSize": "standard_d2s_v3", "totalTasksRun": 0,
                 "runningTasksCount": 0, "runningTaskSlotsCount": 0, "totalTasksSucceeded": 0,
                 "certificateReferences": [], "isDedicated": true,
                 "endpointConfiguration": {"inboundEndpoints": [{"name": "SSHRule.0",
                   "protocol": "tcp", "publicIPAddress": "127.0.0.1", "publicFQDN": "localhost",
                   "frontendPort": 50000, "backendPort": 22}]},
                 "nodeAgentInfo": {"version": "1.10.0", "lastUpdateTime": "NOW"},
                 "virtualMachineInfo": {"imageReference": {"publisher": "canonical",
                   "offer": "ubuntu-24_04-lts", "sku": "server", "version": "latest",
                   "exactVersion": "latest"}}}
                """
                    .replace("ORIGIN", world.origin())
                    .replace("NODE", node.id())
                    .replace("POOL", node.poolId())
                    .replace("NOW", now.toString())));
  }

  @Test
  @Covers("batch.get-node.select")
  void keepsMetadataAndMachineBesideTheSelected() {
    Node node = world.linuxNode();

    Answer answer = world.call("GET", node.path() + "?$select=id,%20state").send();

    assertThat(answer.json().properties().stream().map(Map.Entry::getKey))
        .containsExactlyInAnyOrder("odata.metadata", "id", "state", "virtualMachineInfo");
    assertThat(answer.json().get("id").asText()).isEqualTo(node.id());
  }

  @ParameterizedTest
  @EnumSource(names = {"CREATING", "STARTING"})
  @Covers("batch.get-node.unready-members")
  void lacksWhatOnlyABootedNodeHas(NodeState state) {
    Node node = world.linuxNode();
    world.pin(node, state);

    JsonNode shown = world.call("GET", node.path()).send().json();

    assertThat(shown.get("state").asText()).isEqualTo(state.wireValue());
    assertThat(shown.has("lastBootTime")).isFalse();
    assertThat(shown.has("certificateReferences")).isFalse();
    assertThat(shown.has("nodeAgentInfo")).isFalse();
    assertThat(shown.has("endpointConfiguration")).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"CREATING", "STARTING"})
  void hasBootedInEveryOtherState(NodeState state) {
    Instant now = clock.stop();
    Node node = world.linuxNode();
    clock.advance(Duration.ofMinutes(1));
    world.pin(node, state);

    JsonNode shown = world.call("GET", node.path()).send().json();

    assertThat(shown.get("state").asText()).isEqualTo(state.wireValue());
    assertThat(shown.get("stateTransitionTime").asText()).isEqualTo(now.plusSeconds(60).toString());
    assertThat(shown.get("lastBootTime").asText()).isEqualTo(now.toString());
    assertThat(shown.get("certificateReferences")).isEmpty();
    assertThat(shown.at("/nodeAgentInfo/lastUpdateTime").asText()).isEqualTo(now.toString());
  }

  @Test
  @Covers({
    "batch.get-node.ssh-endpoint",
    "batch.get-remote-login-settings.data-service-id",
    "batch.get-remote-login-settings.settings"
  })
  void countsThePortsByNode() {
    String poolId = world.node(BatchWorld.linuxPool(world.newPoolId(), 3)).poolId();
    List<ComputeNode> nodes = world.nodesOf(poolId);

    for (int n = 0; n < 3; n++) {
      String path = new Node(poolId, nodes.get(n).id).path();
      assertThat(
              world.call("GET", path).send().json().at("/endpointConfiguration/inboundEndpoints"))
          .isEqualTo(
              json(
                  """
                  [{"name": "SSHRule.%d", "protocol": "tcp", "publicIPAddress": "127.0.0.1",
                    "publicFQDN": "localhost", "frontendPort": %d, "backendPort": 22}]
                  """
                      .formatted(n, 50000 + n)));
      Answer settings = world.call("GET", path + "/remoteloginsettings").send();
      assertThat(settings.header("DataServiceId"))
          .contains(world.origin() + path + "/remoteloginsettings");
      assertThat(settings.json())
          .isEqualTo(
              json(
                  """
                  {"odata.metadata": "%s/$metadata#Microsoft.Azure.Batch.Protocol.Entities.RemoteLoginSettings",
                   "remoteLoginIPAddress": "127.0.0.1", "remoteLoginPort": %d}
                  """
                      .formatted(world.origin(), 50000 + n)));
    }
  }

  @Test
  @Covers({"batch.get-node.windows-endpoint", "batch.get-remote-login-settings.settings"})
  void aWindowsMachineIsReachedByRemoteDesktop() {
    Node node = world.windowsNode();

    assertThat(
            world
                .call("GET", node.path())
                .send()
                .json()
                .at("/endpointConfiguration/inboundEndpoints/0"))
        .isEqualTo(
            json(
                """
                {"name": "SSHRule.0", "protocol": "tcp", "publicIPAddress": "127.0.0.1",
                 "publicFQDN": "localhost", "frontendPort": 50000, "backendPort": 3389}
                """));
    assertThat(
            world
                .call("GET", node.path() + "/remoteloginsettings")
                .send()
                .json()
                .get("remoteLoginPort")
                .asInt())
        .isEqualTo(50000);
  }

  @Test
  @Covers("batch.get-node.cloud-service-endpoint")
  void aCloudServiceNodeHasAnEndpointAndNoMachine() {
    Node node = world.cloudServiceNode();

    JsonNode shown = world.call("GET", node.path()).send().json();

    assertThat(shown.get("virtualMachineInfo").toString()).isEqualTo("{}");
    assertThat(shown.at("/endpointConfiguration/inboundEndpoints/0"))
        .isEqualTo(
            json(
                """
                {"name": "Microsoft.WindowsAzure.Plugins.RemoteForwarder.RdpInput",
                 "protocol": "tcp", "publicIPAddress": "127.0.0.1",
                 "frontendPort": 3389, "backendPort": 20000}
                """));
  }

  @Test
  @Covers("batch.get-remote-login-settings.cloud-service-refused")
  void aCloudServiceNodeHasNoLoginSettings() {
    assertThat(
            Refusal.of(
                world.call("GET", world.cloudServiceNode().path() + "/remoteloginsettings").send()))
        .isEqualTo(
            Refusal.of(
                409,
                "OperationNotValidOnNode",
                "Reason",
                "Nodes of pools with cloudServiceConfiguration have a remote desktop file instead."));
  }

  @Test
  @Covers("batch.get-remote-desktop.file")
  void aCloudServiceNodeHasARemoteDesktopFile() {
    Answer answer = world.call("GET", world.cloudServiceNode().path() + "/rdp").send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).contains("application/octet-stream");
    assertThat(answer.text())
        .isEqualTo("full address:s:127.0.0.1\r\nLoadBalanceInfo:s:Cookie: mstshash=TVM#TVM_IN_0");
  }

  @Test
  @Covers("batch.get-remote-desktop.virtual-machine-refused")
  void aVirtualMachineHasNoRemoteDesktopFile() {
    for (Node node : List.of(world.linuxNode(), world.windowsNode())) {
      assertThat(Refusal.of(world.call("GET", node.path() + "/rdp").send()))
          .isEqualTo(
              Refusal.of(
                  409,
                  "OperationNotValidOnNode",
                  "Reason",
                  "Nodes of pools with virtualMachineConfiguration have remote login settings"
                      + " instead."));
    }
  }

  @Test
  @Covers({"batch.common.pool-unknown", "batch.common.node-unknown"})
  void unknownPoolsAndNodesAreNotFound() {
    Node node = world.linuxNode();
    Node other = world.linuxNode();

    for (String what : List.of("", "/remoteloginsettings", "/rdp")) {
      assertThat(Refusal.of(world.call("GET", "/pools/absent/nodes/" + node.id() + what).send()))
          .isEqualTo(Refusal.of(404, "PoolNotFound"));
      assertThat(
              Refusal.of(
                  world
                      .call("GET", "/pools/" + node.poolId() + "/nodes/" + other.id() + what)
                      .send()))
          .isEqualTo(Refusal.of(404, "NodeNotFound"));
    }
  }

  private JsonNode json(String text) {
    try {
      return new com.fasterxml.jackson.databind.ObjectMapper().readTree(text);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
