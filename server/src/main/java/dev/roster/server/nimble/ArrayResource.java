package dev.roster.server.nimble;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.server.nimble.api.ArraysApi;
import jakarta.inject.Inject;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;

/** The array, over HTTP. {@link ObjectQueries} reads the query parameters from the URL itself. */
public class ArrayResource implements ArraysApi {

  private final ObjectQueries queries;

  @Inject
  ArrayResource(ObjectQueries queries) {
    this.queries = queries;
  }

  @Override
  public RestResponse<ObjectNode> arraysList(
      Integer startRow,
      Integer endRow,
      Integer pageSize,
      String sortBy,
      String ignoringCaseSortBy) {
    return NimbleResponses.list(
        queries.list(StorageArray.SET, false).answer(List.of(StorageArray.ONE)));
  }

  @Override
  public RestResponse<ObjectNode> arraysRead(String id, String fields) {
    String arrayId = ObjectId.ofPath(id);
    List<Field<StorageArray>> members = queries.members(StorageArray.SET);
    if (!arrayId.equalsIgnoreCase(StorageArray.ONE.id())) {
      throw NimbleErrors.noSuchObject(arrayId);
    }
    return NimbleResponses.object(ObjectSet.write(StorageArray.ONE, members));
  }

  @Override
  public RestResponse<ObjectNode> arraysListDetail(
      String fields,
      Integer startRow,
      Integer endRow,
      Integer pageSize,
      String sortBy,
      String ignoringCaseSortBy) {
    return NimbleResponses.list(
        queries.list(StorageArray.SET, true).answer(List.of(StorageArray.ONE)));
  }
}
