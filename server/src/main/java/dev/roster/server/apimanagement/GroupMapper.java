package dev.roster.server.apimanagement;

import dev.roster.server.apimanagement.Group.GroupDefinition;
import dev.roster.server.apimanagement.api.model.GroupContract;
import dev.roster.server.apimanagement.api.model.GroupContractProperties;
import dev.roster.server.apimanagement.api.model.GroupCreateParameters;
import dev.roster.server.apimanagement.api.model.GroupCreateParametersProperties;
import dev.roster.server.apimanagement.api.model.GroupUpdateParameters;
import dev.roster.server.apimanagement.api.model.GroupUpdateParametersProperties;
import dev.roster.server.json.EnumText;
import jakarta.inject.Singleton;

/** Groups on the wire. */
@Singleton
class GroupMapper {

  private static final String GROUPS = "/groups";

  /** The resource id of a group of a service. */
  String resourceId(ServiceInstance service, Group group) {
    return service.resourceId() + GROUPS + "/" + group.id();
  }

  /** A group of a service. */
  GroupContract toModel(ServiceInstance service, Group group) {
    return new GroupContract()
        .id(resourceId(service, group))
        .type(ServiceInstance.TYPE + GROUPS)
        .name(group.id())
        .properties(properties(group));
  }

  /**
   * A group that a PUT has created. One of an identity provider that came without an id shows the
   * beginning of the id, and null from then on (rule apim.put-group.external-without-id).
   */
  GroupContract toCreated(ServiceInstance service, Group group) {
    GroupContract model = toModel(service, group);
    GroupDefinition definition = group.definition();
    if (definition.type().equals(Group.EXTERNAL) && definition.externalId() == null) {
      model.getProperties().externalId("aad:///groups/");
    }
    return model;
  }

  /** A group as a listing of a user shows it. */
  GroupContract toGroupOf(ServiceInstance service, User user, Group group) {
    return new GroupContract()
        .id(service.resourceId() + "/users/" + user.id() + GROUPS + "/" + group.id())
        .type(ServiceInstance.TYPE + "/users" + GROUPS)
        .name(group.id())
        .properties(properties(group));
  }

  /** A group inside a user: with its id, and its name a second time (rule apim.put-user.groups). */
  GroupContractProperties insideUser(ServiceInstance service, Group group) {
    return properties(group).id(resourceId(service, group)).name(group.definition().displayName());
  }

  private static GroupContractProperties properties(Group group) {
    GroupDefinition definition = group.definition();
    return new GroupContractProperties()
        .displayName(definition.displayName())
        .description(definition.description())
        .builtIn(group.builtIn())
        .type(new EnumText(definition.type()))
        .externalId(definition.externalId());
  }

  /** What the body of a PUT says. */
  static GroupDefinition definition(GroupCreateParameters body) {
    GroupCreateParametersProperties properties =
        body.getProperties() == null ? new GroupCreateParametersProperties() : body.getProperties();
    return new GroupDefinition(
        properties.getDisplayName(),
        properties.getDescription(),
        UserMapper.text(properties.getType()),
        properties.getExternalId());
  }

  /** What the body of a PATCH says. */
  static GroupChanges changes(GroupUpdateParameters body) {
    GroupUpdateParametersProperties properties =
        body.getProperties() == null ? new GroupUpdateParametersProperties() : body.getProperties();
    return new GroupChanges(
        properties.getDisplayName(),
        properties.getDescription(),
        UserMapper.map(properties.getType(), UserMapper::text),
        properties.getExternalId());
  }
}
