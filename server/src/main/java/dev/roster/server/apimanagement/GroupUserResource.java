package dev.roster.server.apimanagement;

import dev.roster.server.apimanagement.UserRepository.Listed;
import dev.roster.server.apimanagement.api.GroupUserApi;
import dev.roster.server.apimanagement.api.model.UserCollection;
import dev.roster.server.apimanagement.api.model.UserContract;
import jakarta.inject.Inject;
import org.jboss.resteasy.reactive.RestResponse;

/** Users seen from one group, over HTTP. */
public class GroupUserResource implements GroupUserApi {

  private final GroupService groups;
  private final GroupUserService members;
  private final UserMapper mapper;
  private final ApiManagementQueries queries;
  private final CurrentService current;

  @Inject
  GroupUserResource(
      GroupService groups,
      GroupUserService members,
      UserMapper mapper,
      ApiManagementQueries queries,
      CurrentService current) {
    this.groups = groups;
    this.members = members;
    this.mapper = mapper;
    this.queries = queries;
    this.current = current;
  }

  @Override
  public RestResponse<UserCollection> groupUserList(
      String subscriptionId,
      String resourceGroupName,
      String serviceName,
      String groupId,
      String apiVersion,
      String filter,
      Integer top,
      Integer skip) {
    ServiceInstance service = current.get();
    Listing listing = queries.members(filter, top, skip);
    Group group = groups.get(service, groupId);
    Page<Listed> page = members.list(service, group, listing);
    return ApiManagementResponses.ok(
        new UserCollection()
            .value(
                page.items().stream()
                    .map(listed -> mapper.toMember(service, group, listed.user()))
                    .toList())
            .count(page.count())
            .nextLink(queries.nextLink(page, skip)));
  }

  @Override
  public RestResponse<Void> groupUserCheckEntityExists(
      String subscriptionId,
      String resourceGroupName,
      String serviceName,
      String groupId,
      String userId,
      String apiVersion) {
    if (!members.isMember(current.get(), groupId, userId)) {
      throw ApiManagementErrors.userNotFound();
    }
    return RestResponse.noContent();
  }

  @Override
  public RestResponse<UserContract> groupUserCreate(
      String subscriptionId,
      String resourceGroupName,
      String serviceName,
      String groupId,
      String userId,
      String apiVersion) {
    ServiceInstance service = current.get();
    GroupUserService.Put put = members.add(service, groupId, userId);
    return ApiManagementResponses.put(
        put.created(), mapper.toNewMember(service, put.group(), put.user()), put.version());
  }

  @Override
  public RestResponse<Void> groupUserDelete(
      String subscriptionId,
      String resourceGroupName,
      String serviceName,
      String groupId,
      String userId,
      String apiVersion) {
    return ApiManagementResponses.deleted(members.remove(current.get(), groupId, userId));
  }
}
