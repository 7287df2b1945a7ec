package dev.roster.server.apimanagement;

import dev.roster.server.apimanagement.UserChanges.GivenIdentity;
import dev.roster.server.apimanagement.api.model.UserContract;
import dev.roster.server.apimanagement.api.model.UserContractProperties;
import dev.roster.server.apimanagement.api.model.UserCreateParameterProperties;
import dev.roster.server.apimanagement.api.model.UserCreateParameters;
import dev.roster.server.apimanagement.api.model.UserIdentityContract;
import dev.roster.server.apimanagement.api.model.UserUpdateParameters;
import dev.roster.server.apimanagement.api.model.UserUpdateParametersProperties;
import dev.roster.server.json.EnumText;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.openapitools.jackson.nullable.JsonNullable;

/** Users on the wire. */
@Singleton
class UserMapper {

  private static final String USERS = "/users";

  private final GroupMapper groups;

  @Inject
  UserMapper(GroupMapper groups) {
    this.groups = groups;
  }

  /** A user of a service, without groups. */
  UserContract toModel(ServiceInstance service, User user) {
    return toModel(service, user, Optional.empty());
  }

  /**
   * A user of a service.
   *
   * @param inGroups left out if empty
   */
  UserContract toModel(ServiceInstance service, User user, Optional<List<Group>> inGroups) {
    UserContractProperties properties = properties(user);
    inGroups.ifPresent(
        list ->
            properties.setGroups(
                list.stream().map(group -> groups.insideUser(service, group)).toList()));
    return model(service.resourceId(), ServiceInstance.TYPE, user, properties);
  }

  /** A user as a listing of a group shows it. */
  UserContract toMember(ServiceInstance service, Group group, User user) {
    return member(service, group, user, properties(user));
  }

  /** A user as the answer to its joining a group shows it: groups and identities are empty. */
  UserContract toNewMember(ServiceInstance service, Group group, User user) {
    return member(service, group, user, properties(user).groups(List.of()).identities(List.of()));
  }

  private UserContract member(
      ServiceInstance service, Group group, User user, UserContractProperties properties) {
    return model(
        groups.resourceId(service, group), ServiceInstance.TYPE + "/groups", user, properties);
  }

  private static UserContract model(
      String parentId, String parentType, User user, UserContractProperties properties) {
    return new UserContract()
        .id(parentId + USERS + "/" + user.id())
        .type(parentType + USERS)
        .name(user.id())
        .properties(properties);
  }

  private static UserContractProperties properties(User user) {
    return new UserContractProperties()
        .firstName(user.firstName())
        .lastName(user.lastName())
        .email(user.email())
        .state(new EnumText(user.state().wireValue()))
        .registrationDate(ApiManagementTime.model(user.registeredAt()))
        .note(user.note())
        .identities(identities(user));
  }

  /** What a user signs in with. */
  static List<UserIdentityContract> identities(User user) {
    return user.identities().stream()
        .map(identity -> new UserIdentityContract().provider(identity.provider()).id(identity.id()))
        .toList();
  }

  /** What the body of a PUT says. */
  static UserDefinition definition(UserCreateParameters body) {
    UserCreateParameterProperties properties =
        body.getProperties() == null ? new UserCreateParameterProperties() : body.getProperties();
    return new UserDefinition(
        properties.getEmail(),
        properties.getFirstName(),
        properties.getLastName(),
        properties.getPassword(),
        text(properties.getState()),
        properties.getNote(),
        given(properties.getIdentities()));
  }

  /** What the body of a PATCH says. */
  static UserChanges changes(UserUpdateParameters body) {
    UserUpdateParametersProperties properties =
        body.getProperties() == null ? new UserUpdateParametersProperties() : body.getProperties();
    return new UserChanges(
        properties.getEmail(),
        properties.getFirstName(),
        properties.getLastName(),
        properties.getPassword(),
        map(properties.getState(), UserMapper::text),
        properties.getNote(),
        map(properties.getIdentities(), UserMapper::given));
  }

  /** Turns the value of a member into another, and keeps it absent or null. */
  static <T, R> JsonNullable<R> map(
      JsonNullable<T> member, java.util.function.Function<T, R> function) {
    return member.isPresent()
        ? JsonNullable.of(member.get() == null ? null : function.apply(member.get()))
        : JsonNullable.undefined();
  }

  static String text(EnumText value) {
    return value == null ? null : value.text();
  }

  private static List<GivenIdentity> given(List<UserIdentityContract> identities) {
    return identities == null
        ? null
        : identities.stream()
            .map(
                identity ->
                    identity == null
                        ? new GivenIdentity(null, null)
                        : new GivenIdentity(identity.getProvider(), identity.getId()))
            .toList();
  }
}
