package dev.roster.server.batch;

import dev.roster.server.batch.api.ComputeNodeApi;
import dev.roster.server.batch.api.model.ComputeNode;
import dev.roster.server.batch.api.model.ComputeNodeGetRemoteLoginSettingsResult;
import dev.roster.server.batch.api.model.ComputeNodeListResult;
import dev.roster.server.batch.api.model.NodeDisableSchedulingParameter;
import dev.roster.server.batch.api.model.NodeRebootParameter;
import dev.roster.server.batch.api.model.NodeReimageParameter;
import dev.roster.server.http.PageReader;
import dev.roster.server.http.PageReader.Page;
import dev.roster.server.odata.SelectList;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Nodes, over HTTP. */
public class ComputeNodeResource implements ComputeNodeApi {

  private final ComputeNodeService nodes;
  private final ComputeNodeMapper mapper;
  private final BatchQueries queries;
  private final BatchUrls urls;

  @Inject
  ComputeNodeResource(
      ComputeNodeService nodes, ComputeNodeMapper mapper, BatchQueries queries, BatchUrls urls) {
    this.nodes = nodes;
    this.mapper = mapper;
    this.queries = queries;
    this.urls = urls;
  }

  @Override
  public RestResponse<ComputeNodeListResult> computeNodeList(
      String poolId,
      String apiVersion,
      String filter,
      String select,
      Integer maxresults,
      String skiptoken,
      Integer timeout) {
    SelectList selected = queries.select(select, NodeProperties.SELECTABLE);
    PageReader<ComputeNodeService.Sight> reader =
        new PageReader<>(
            (after, most) -> nodes.list(poolId, queries.number(after, skiptoken), most),
            sight -> Integer.toString(sight.node().ordinal));
    Page<ComputeNodeService.Sight> page =
        reader.read(
            queries.after(skiptoken),
            queries.pageSize(maxresults),
            queries.filter(filter, NodeProperties.FILTERABLE, NodeProperties::value));
    return BatchResponses.ok(
        new ComputeNodeListResult()
            .odataMetadata(urls.metadata("nodes"))
            .value(page.items().stream().map(sight -> mapper.toModel(sight, selected)).toList())
            .odataNextLink(queries.nextLink(page)));
  }

  @Override
  public RestResponse<ComputeNode> computeNodeGet(
      String poolId, String nodeId, String apiVersion, String select, Integer timeout) {
    SelectList selected = queries.select(select, NodeProperties.SELECTABLE);
    ComputeNode node = mapper.toModel(nodes.get(poolId, nodeId), selected);
    return BatchResponses.ok(node.odataMetadata(urls.metadata("nodes/@Element")));
  }

  @Override
  public RestResponse<ComputeNodeGetRemoteLoginSettingsResult> computeNodeGetRemoteLoginSettings(
      String poolId, String nodeId, String apiVersion, Integer timeout) {
    ComputeNodeService.Sight sight = nodes.get(poolId, nodeId);
    if (sight.pool().cloudService) {
      throw BatchErrors.operationNotValidOnNode(
          "Nodes of pools with cloudServiceConfiguration have a remote desktop file instead.");
    }
    return BatchResponses.builder(
            new ComputeNodeGetRemoteLoginSettingsResult()
                .odataMetadata(
                    urls.metadata("Microsoft.Azure.Batch.Protocol.Entities.RemoteLoginSettings"))
                .remoteLoginIPAddress(ComputeNodeMapper.PUBLIC_ADDRESS)
                .remoteLoginPort(mapper.publicPort(sight.node())))
        .header(BatchProtocol.DATA_SERVICE_ID, urls.current())
        .build();
  }

  @Override
  public RestResponse<String> computeNodeGetRemoteDesktop(
      String poolId, String nodeId, String apiVersion, Integer timeout) {
    ComputeNodeService.Sight sight = nodes.get(poolId, nodeId);
    if (!sight.pool().cloudService) {
      throw BatchErrors.operationNotValidOnNode(
          "Nodes of pools with virtualMachineConfiguration have remote login settings instead.");
    }
    String file =
        "full address:s:"
            + ComputeNodeMapper.PUBLIC_ADDRESS
            + "\r\nLoadBalanceInfo:s:Cookie: mstshash=TVM#TVM_IN_"
            + sight.node().ordinal;
    return ResponseBuilder.ok(file)
        .header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_OCTET_STREAM)
        .build();
  }

  @Override
  public RestResponse<Void> computeNodeReboot(
      String poolId,
      String nodeId,
      String apiVersion,
      Integer timeout,
      NodeRebootParameter parameter) {
    nodes.reboot(poolId, nodeId);
    return done(RestResponse.Status.ACCEPTED);
  }

  @Override
  public RestResponse<Void> computeNodeReimage(
      String poolId,
      String nodeId,
      String apiVersion,
      Integer timeout,
      NodeReimageParameter parameter) {
    nodes.reimage(poolId, nodeId);
    return done(RestResponse.Status.ACCEPTED);
  }

  @Override
  public RestResponse<Void> computeNodeDisableScheduling(
      String poolId,
      String nodeId,
      String apiVersion,
      Integer timeout,
      NodeDisableSchedulingParameter parameter) {
    nodes.setScheduling(poolId, nodeId, false);
    return done(RestResponse.Status.OK);
  }

  @Override
  public RestResponse<Void> computeNodeEnableScheduling(
      String poolId, String nodeId, String apiVersion, Integer timeout) {
    nodes.setScheduling(poolId, nodeId, true);
    return done(RestResponse.Status.OK);
  }

  /** The service names the action itself as the entity that the answer is about. */
  private RestResponse<Void> done(RestResponse.Status status) {
    return ResponseBuilder.<Void>create(status)
        .header(BatchProtocol.DATA_SERVICE_ID, urls.current())
        .build();
  }
}
