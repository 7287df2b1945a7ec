package dev.roster.server.batch;

import dev.roster.server.batch.api.ComputeNodeUserApi;
import dev.roster.server.batch.api.model.ComputeNodeUser;
import dev.roster.server.batch.api.model.NodeUpdateUserParameter;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Accounts on nodes, over HTTP. */
public class ComputeNodeUserResource implements ComputeNodeUserApi {

  private final ComputeNodeUserService users;
  private final BatchUrls urls;

  @Inject
  ComputeNodeUserResource(ComputeNodeUserService users, BatchUrls urls) {
    this.users = users;
    this.urls = urls;
  }

  @Override
  public RestResponse<Void> computeNodeAddUser(
      String poolId, String nodeId, String apiVersion, ComputeNodeUser user, Integer timeout) {
    users.add(
        new AccountName(poolId, nodeId, user.getName()),
        Boolean.TRUE.equals(user.getIsAdmin()),
        new Credentials(user.getPassword(), user.getSshPublicKey(), user.getExpiryTime()));
    String url = urls.user(poolId, nodeId, user.getName());
    return ResponseBuilder.<Void>create(RestResponse.Status.CREATED)
        .header(HttpHeaders.LOCATION, url)
        .header(BatchProtocol.DATA_SERVICE_ID, url)
        .build();
  }

  @Override
  public RestResponse<Void> computeNodeUpdateUser(
      String poolId,
      String nodeId,
      String userName,
      String apiVersion,
      NodeUpdateUserParameter update,
      Integer timeout) {
    users.update(
        new AccountName(poolId, nodeId, userName),
        new Credentials(update.getPassword(), update.getSshPublicKey(), update.getExpiryTime()));
    return ResponseBuilder.<Void>ok()
        .header(BatchProtocol.DATA_SERVICE_ID, urls.user(poolId, nodeId, userName))
        .build();
  }

  @Override
  public RestResponse<Void> computeNodeDeleteUser(
      String poolId, String nodeId, String userName, String apiVersion, Integer timeout) {
    users.delete(new AccountName(poolId, nodeId, userName));
    return ResponseBuilder.<Void>ok().build();
  }
}
