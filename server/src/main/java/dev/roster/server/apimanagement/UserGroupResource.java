package dev.roster.server.apimanagement;

import dev.roster.server.apimanagement.api.UserGroupApi;
import dev.roster.server.apimanagement.api.model.GroupCollection;
import jakarta.inject.Inject;
import org.jboss.resteasy.reactive.RestResponse;

/** Groups seen from one user, over HTTP. */
public class UserGroupResource implements UserGroupApi {

  private final UserService users;
  private final GroupUserService members;
  private final GroupMapper mapper;
  private final ApiManagementQueries queries;
  private final CurrentService current;

  @Inject
  UserGroupResource(
      UserService users,
      GroupUserService members,
      GroupMapper mapper,
      ApiManagementQueries queries,
      CurrentService current) {
    this.users = users;
    this.members = members;
    this.mapper = mapper;
    this.queries = queries;
    this.current = current;
  }

  @Override
  public RestResponse<GroupCollection> userGroupList(
      String subscriptionId,
      String resourceGroupName,
      String serviceName,
      String userId,
      String apiVersion,
      String filter,
      Integer top,
      Integer skip) {
    ServiceInstance service = current.get();
    Listing listing = queries.groupsOfUser(filter, top, skip);
    User user = users.get(service, userId);
    Page<Group> page = members.listGroups(service, user, listing);
    return ApiManagementResponses.ok(
        new GroupCollection()
            .value(
                page.items().stream().map(group -> mapper.toGroupOf(service, user, group)).toList())
            .count(page.count())
            .nextLink(queries.nextLink(page, skip)));
  }
}
