package dev.roster.server.batch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.server.batch.api.PoolApi;
import dev.roster.server.batch.api.model.CloudPoolListResult;
import dev.roster.server.http.HttpDate;
import dev.roster.server.http.PageReader;
import dev.roster.server.http.PageReader.Page;
import dev.roster.server.odata.SelectList;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Pools, over HTTP. */
public class PoolResource implements PoolApi {

  private final PoolService pools;
  private final PoolMapper mapper;
  private final BatchQueries queries;
  private final BatchUrls urls;

  @Inject
  PoolResource(PoolService pools, PoolMapper mapper, BatchQueries queries, BatchUrls urls) {
    this.pools = pools;
    this.mapper = mapper;
    this.queries = queries;
    this.urls = urls;
  }

  @Override
  public RestResponse<Void> poolAdd(String apiVersion, ObjectNode body, Integer timeout) {
    Pool pool = pools.add(PoolDefinition.of(body));
    String url = urls.pool(pool.id);
    return withValidators(ResponseBuilder.<Void>create(RestResponse.Status.CREATED), pool)
        .header(HttpHeaders.LOCATION, url)
        .header(BatchProtocol.DATA_SERVICE_ID, url)
        .build();
  }

  @Override
  public RestResponse<CloudPoolListResult> poolList(
      String apiVersion,
      String filter,
      String select,
      String expand,
      Integer maxresults,
      String skiptoken,
      Integer timeout) {
    queries.checkExpand(expand);
    SelectList selected = queries.select(select);
    PageReader<PoolService.Sight> reader =
        new PageReader<>(
            (after, most) -> pools.list(after.orElse(""), most), sight -> sight.pool().key);
    Page<PoolService.Sight> page =
        reader.read(
            queries.after(skiptoken),
            queries.pageSize(maxresults),
            queries.filter(
                filter,
                PoolProperties.FILTERABLE,
                (sight, property) -> PoolProperties.value(sight, property, mapper)));
    return BatchResponses.ok(
        new CloudPoolListResult()
            .odataMetadata(urls.metadata("pools"))
            .value(page.items().stream().map(sight -> mapper.toModel(sight, selected)).toList())
            .odataNextLink(queries.nextLink(page)));
  }

  @Override
  public RestResponse<ObjectNode> poolGet(
      String poolId,
      String apiVersion,
      String select,
      String expand,
      String ifMatch,
      String ifNoneMatch,
      String ifModifiedSince,
      String ifUnmodifiedSince,
      Integer timeout) {
    queries.checkExpand(expand);
    SelectList selected = queries.select(select);
    PoolService.Sight sight =
        pools.get(poolId, new Conditions(ifMatch, ifNoneMatch, ifModifiedSince, ifUnmodifiedSince));
    ObjectNode model = mapper.toModel(sight, selected);
    model.put("odata.metadata", urls.metadata("pools/@Element"));
    return withValidators(BatchResponses.builder(model), sight.pool()).build();
  }

  @Override
  public RestResponse<Void> poolExists(
      String poolId,
      String apiVersion,
      String ifMatch,
      String ifNoneMatch,
      String ifModifiedSince,
      String ifUnmodifiedSince,
      Integer timeout) {
    PoolService.Sight sight =
        pools.get(poolId, new Conditions(ifMatch, ifNoneMatch, ifModifiedSince, ifUnmodifiedSince));
    return withValidators(ResponseBuilder.<Void>ok(), sight.pool()).build();
  }

  @Override
  public RestResponse<Void> poolDelete(
      String poolId,
      String apiVersion,
      String ifMatch,
      String ifNoneMatch,
      String ifModifiedSince,
      String ifUnmodifiedSince,
      Integer timeout) {
    pools.delete(poolId, new Conditions(ifMatch, ifNoneMatch, ifModifiedSince, ifUnmodifiedSince));
    return ResponseBuilder.<Void>create(RestResponse.Status.ACCEPTED).build();
  }

  private static <T> ResponseBuilder<T> withValidators(ResponseBuilder<T> response, Pool pool) {
    return response
        .header(HttpHeaders.ETAG, pool.entityTag())
        .header(HttpHeaders.LAST_MODIFIED, HttpDate.format(pool.modifiedAt));
  }
}
