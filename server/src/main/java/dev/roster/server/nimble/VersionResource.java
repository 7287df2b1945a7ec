package dev.roster.server.nimble;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.server.nimble.api.VersionsApi;
import jakarta.inject.Inject;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;

/** Versions, over HTTP. {@link ObjectQueries} reads the query parameters from the URL itself. */
public class VersionResource implements VersionsApi {

  private final ObjectQueries queries;

  @Inject
  VersionResource(ObjectQueries queries) {
    this.queries = queries;
  }

  @Override
  public RestResponse<ObjectNode> versionsList(
      Integer startRow,
      Integer endRow,
      Integer pageSize,
      String sortBy,
      String ignoringCaseSortBy) {
    return versions(false);
  }

  @Override
  public RestResponse<ObjectNode> versionsListDetail(
      String fields,
      Integer startRow,
      Integer endRow,
      Integer pageSize,
      String sortBy,
      String ignoringCaseSortBy) {
    return versions(true);
  }

  @Override
  public RestResponse<ObjectNode> versionsListInV1(
      Integer startRow,
      Integer endRow,
      Integer pageSize,
      String sortBy,
      String ignoringCaseSortBy) {
    return versions(false);
  }

  @Override
  public RestResponse<ObjectNode> versionsListDetailInV1(
      String fields,
      Integer startRow,
      Integer endRow,
      Integer pageSize,
      String sortBy,
      String ignoringCaseSortBy) {
    return versions(true);
  }

  private RestResponse<ObjectNode> versions(boolean detail) {
    return NimbleResponses.list(
        queries.list(StorageArray.VERSIONS, detail).answer(List.of(StorageArray.ONE)));
  }
}
