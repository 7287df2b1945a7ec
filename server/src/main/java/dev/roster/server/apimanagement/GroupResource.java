package dev.roster.server.apimanagement;

import dev.roster.server.apimanagement.api.GroupApi;
import dev.roster.server.apimanagement.api.model.GroupCollection;
import dev.roster.server.apimanagement.api.model.GroupContract;
import dev.roster.server.apimanagement.api.model.GroupCreateParameters;
import dev.roster.server.apimanagement.api.model.GroupUpdateParameters;
import jakarta.inject.Inject;
import org.jboss.resteasy.reactive.RestResponse;

/** Groups, over HTTP. */
public class GroupResource implements GroupApi {

  private final GroupService groups;
  private final GroupMapper mapper;
  private final ApiManagementQueries queries;
  private final CurrentService current;

  @Inject
  GroupResource(
      GroupService groups,
      GroupMapper mapper,
      ApiManagementQueries queries,
      CurrentService current) {
    this.groups = groups;
    this.mapper = mapper;
    this.queries = queries;
    this.current = current;
  }

  @Override
  public RestResponse<GroupCollection> groupListByService(
      String subscriptionId,
      String resourceGroupName,
      String serviceName,
      String apiVersion,
      String filter,
      Integer top,
      Integer skip) {
    ServiceInstance service = current.get();
    Page<Group> page = groups.list(service, queries.groups(filter, top, skip));
    return ApiManagementResponses.ok(
        new GroupCollection()
            .value(page.items().stream().map(group -> mapper.toModel(service, group)).toList())
            .count(page.count())
            .nextLink(queries.nextLink(page, skip)));
  }

  @Override
  public RestResponse<Void> groupGetEntityTag(
      String subscriptionId,
      String resourceGroupName,
      String serviceName,
      String groupId,
      String apiVersion) {
    return ApiManagementResponses.head(groups.get(current.get(), groupId).version());
  }

  @Override
  public RestResponse<GroupContract> groupGet(
      String subscriptionId,
      String resourceGroupName,
      String serviceName,
      String groupId,
      String apiVersion) {
    ServiceInstance service = current.get();
    Group group = groups.get(service, groupId);
    return ApiManagementResponses.ok(mapper.toModel(service, group), group.version());
  }

  @Override
  public RestResponse<GroupContract> groupCreateOrUpdate(
      String subscriptionId,
      String resourceGroupName,
      String serviceName,
      String groupId,
      String apiVersion,
      GroupCreateParameters body,
      String ifMatch,
      String ifNoneMatch) {
    ServiceInstance service = current.get();
    GroupService.Put put =
        groups.put(
            service,
            groupId,
            GroupMapper.definition(Bodies.required(body)),
            Preconditions.of(ifMatch, ifNoneMatch));
    GroupContract model =
        put.created()
            ? mapper.toCreated(service, put.group())
            : mapper.toModel(service, put.group());
    return ApiManagementResponses.put(put.created(), model, put.group().version());
  }

  @Override
  public RestResponse<GroupContract> groupUpdate(
      String subscriptionId,
      String resourceGroupName,
      String serviceName,
      String groupId,
      String apiVersion,
      String ifMatch,
      GroupUpdateParameters body) {
    ServiceInstance service = current.get();
    Group group =
        groups.update(
            service,
            groupId,
            GroupMapper.changes(Bodies.required(body)),
            Preconditions.ofIfMatch(ifMatch));
    return ApiManagementResponses.ok(mapper.toModel(service, group), group.version());
  }

  @Override
  public RestResponse<Void> groupDelete(
      String subscriptionId,
      String resourceGroupName,
      String serviceName,
      String groupId,
      String apiVersion,
      String ifMatch) {
    return ApiManagementResponses.deleted(
        groups.delete(current.get(), groupId, Preconditions.ofIfMatch(ifMatch)));
  }
}
