package dev.roster.server.apimanagement;

import dev.roster.server.apimanagement.api.UserIdentityApi;
import dev.roster.server.apimanagement.api.model.UserIdentityCollection;
import jakarta.inject.Inject;
import org.jboss.resteasy.reactive.RestResponse;

/** What users sign in with, over HTTP. */
public class UserIdentityResource implements UserIdentityApi {

  private final UserService users;
  private final CurrentService current;

  @Inject
  UserIdentityResource(UserService users, CurrentService current) {
    this.users = users;
    this.current = current;
  }

  @Override
  public RestResponse<UserIdentityCollection> userIdentitiesList(
      String subscriptionId,
      String resourceGroupName,
      String serviceName,
      String userId,
      String apiVersion) {
    User user = users.get(current.get(), userId);
    return ApiManagementResponses.ok(
        new UserIdentityCollection()
            .value(UserMapper.identities(user))
            .count((long) user.identities().size())
            // There is one page only, which the service says here and nowhere else.
            .nextLink(null));
  }
}
