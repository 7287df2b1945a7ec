package dev.roster.server.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roster.server.batch.api.model.ComputeNode;
import dev.roster.server.batch.api.model.ComputeNode.SchedulingStateEnum;
import dev.roster.server.batch.api.model.ComputeNode.StateEnum;
import dev.roster.server.batch.api.model.ComputeNodeEndpointConfiguration;
import dev.roster.server.batch.api.model.ImageReference;
import dev.roster.server.batch.api.model.InboundEndpoint;
import dev.roster.server.batch.api.model.InboundEndpoint.ProtocolEnum;
import dev.roster.server.batch.api.model.NodeAgentInformation;
import dev.roster.server.batch.api.model.VirtualMachineInfo;
import dev.roster.server.odata.SelectList;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Shows nodes as the service does. */
@Singleton
class ComputeNodeMapper {

  /** Nothing listens there; a login attempt fails at once and never leaves the machine. */
  static final String PUBLIC_ADDRESS = "127.0.0.1";

  private static final int FIRST_PORT = 50_000;
  private static final int SSH_PORT = 22;
  private static final int RDP_PORT = 3389;
  private static final int RDP_BACKEND_PORT = 20_000;
  private static final String NODE_AGENT_VERSION = "1.10.0";

  /** Hosts of 10.0.0.0/8 from 10.0.0.4 on: a virtual network keeps the first four. */
  private static final int FIRST_HOST = 4;

  private static final int BYTE = 256;

  private final BatchUrls urls;
  private final ObjectMapper json;

  @Inject
  ComputeNodeMapper(BatchUrls urls, ObjectMapper json) {
    this.urls = urls;
    this.json = json;
  }

  /** Shows the selected properties of a node; virtualMachineInfo always, as the service does. */
  ComputeNode toModel(ComputeNodeService.Sight sight, SelectList select) {
    ComputeNode model = new ComputeNode();
    Pool pool = sight.pool();
    dev.roster.server.batch.ComputeNode node = sight.node();
    Instant now = sight.now();
    NodeState state = node.stateAt(now);
    Optional<Instant> lastBoot = node.lastBootAt(now);
    JsonNode definition = pool.definition(json);
    Selected selected = new Selected(select);

    selected.set("id", model::setId, () -> node.id);
    selected.set("url", model::setUrl, () -> urls.node(pool.id, node.id));
    selected.set("state", model::setState, () -> StateEnum.fromValue(state.wireValue()));
    selected.set(
        "schedulingState",
        model::setSchedulingState,
        () -> node.schedulingEnabled ? SchedulingStateEnum.ENABLED : SchedulingStateEnum.DISABLED);
    selected.set(
        "stateTransitionTime", model::setStateTransitionTime, () -> utc(node.stateSince(now)));
    selected.set("allocationTime", model::setAllocationTime, () -> utc(node.createdAt));
    selected.set("ipAddress", model::setIpAddress, () -> privateAddress(node));
    selected.set("affinityId", model::setAffinityId, () -> "TVM:" + node.id);
    selected.set("vmSize", model::setVmSize, () -> definition.path("vmSize").asText());
    selected.set("totalTasksRun", model::setTotalTasksRun, () -> 0);
    selected.set("runningTasksCount", model::setRunningTasksCount, () -> 0);
    selected.set("runningTaskSlotsCount", model::setRunningTaskSlotsCount, () -> 0);
    selected.set("totalTasksSucceeded", model::setTotalTasksSucceeded, () -> 0);
    selected.set("isDedicated", model::setIsDedicated, () -> node.dedicated);
    selected.set(
        "endpointConfiguration", model::setEndpointConfiguration, () -> endpoints(pool, node));
    lastBoot.ifPresent(
        booted -> {
          selected.set("lastBootTime", model::setLastBootTime, () -> utc(booted));
          selected.set("certificateReferences", model::setCertificateReferences, List::of);
          selected.set("nodeAgentInfo", model::setNodeAgentInfo, () -> agent(booted));
        });
    model.setVirtualMachineInfo(virtualMachine(definition));
    return model;
  }

  /** The port of the node's public address that leads to its remote login. */
  int publicPort(dev.roster.server.batch.ComputeNode node) {
    return FIRST_PORT + node.ordinal;
  }

  private record Selected(SelectList select) {
    <T> void set(String property, Consumer<T> setter, Supplier<T> value) {
      if (select.includes(property)) {
        setter.accept(value.get());
      }
    }
  }

  private ComputeNodeEndpointConfiguration endpoints(
      Pool pool, dev.roster.server.batch.ComputeNode node) {
    InboundEndpoint endpoint =
        new InboundEndpoint().protocol(ProtocolEnum.TCP).publicIPAddress(PUBLIC_ADDRESS);
    if (pool.cloudService) {
      endpoint
          .name("Microsoft.WindowsAzure.Plugins.RemoteForwarder.RdpInput")
          .frontendPort(RDP_PORT)
          .backendPort(RDP_BACKEND_PORT);
    } else {
      endpoint
          .name("SSHRule." + node.ordinal)
          .publicFQDN("localhost")
          .frontendPort(publicPort(node))
          .backendPort(pool.windows ? RDP_PORT : SSH_PORT);
    }
    return new ComputeNodeEndpointConfiguration().inboundEndpoints(List.of(endpoint));
  }

  private static NodeAgentInformation agent(Instant booted) {
    return new NodeAgentInformation().version(NODE_AGENT_VERSION).lastUpdateTime(utc(booted));
  }

  private static VirtualMachineInfo virtualMachine(JsonNode definition) {
    VirtualMachineInfo info = new VirtualMachineInfo();
    JsonNode image =
        definition
            .path(PoolDefinition.VIRTUAL_MACHINE_CONFIGURATION)
            .path(PoolDefinition.IMAGE_REFERENCE);
    if (!image.isMissingNode()) {
      info.setImageReference(
          new ImageReference()
              .publisher(image.path("publisher").asText(null))
              .offer(image.path("offer").asText(null))
              .sku(image.path("sku").asText(null))
              .version(image.path("version").asText(null))
              .exactVersion(image.path("version").asText(null))
              .virtualMachineImageId(image.path("virtualMachineImageId").asText(null)));
    }
    return info;
  }

  private static String privateAddress(dev.roster.server.batch.ComputeNode node) {
    int host = FIRST_HOST + node.ordinal;
    return "10.0." + host / BYTE + "." + host % BYTE;
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}
