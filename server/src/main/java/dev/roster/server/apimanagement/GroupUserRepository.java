package dev.roster.server.apimanagement;

import dev.roster.server.database.SpaceSql;
import dev.roster.server.database.SpaceStatements;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;

/** Which users are in which groups. */
@Singleton
class GroupUserRepository {

  private static final SpaceSql ADD =
      SpaceSql.of(
          """
          insert into apim_group_user as m
              (space, service_id, group_key, user_key, user_ordinal, version)
            select u.space, u.service_id, :group, u.user_key, u.ordinal, nextval('apim_version')
              from apim_user u
              where u.space = :space and u.service_id = :service and u.user_key = :user
            on conflict (space, service_id, group_key, user_key)
              do update set version = m.version
            returning m.version, m.xmax = 0 as created
          """);

  private static final String BY_KEY =
      """
       from apim_group_user where space = :space and service_id = :service
         and group_key = :group and user_key = :user
      """;

  private static final SpaceSql FIND = SpaceSql.of("select version" + BY_KEY);

  private static final SpaceSql REMOVE = SpaceSql.of("delete" + BY_KEY);

  private static final SpaceSql REMOVE_FROM_ALL =
      SpaceSql.of(
          """
          delete from apim_group_user
            where space = :space and service_id = :service and user_key = :user
          """);

  private final SpaceStatements statements;

  /**
   * A membership that is there.
   *
   * @param created whether it was not there before
   */
  record Added(VersionTag version, boolean created) {}

  @Inject
  GroupUserRepository(SpaceStatements statements) {
    this.statements = statements;
  }

  /**
   * Makes a user of the service a member of a group of it, unless it is one. One statement does
   * both, because others may end the membership between two.
   *
   * @return empty if there is no such user
   */
  Optional<Added> add(ServiceInstance service, String groupId, String userId) {
    return statements.selectOne(
        ADD,
        key(service, groupId, userId),
        row -> new Added(VersionTag.of(row.getLong("version")), row.getBoolean("created")));
  }

  /** The version of a membership; empty if there is none. */
  Optional<VersionTag> find(ServiceInstance service, String groupId, String userId) {
    return statements.selectOne(
        FIND, key(service, groupId, userId), row -> VersionTag.of(row.getLong("version")));
  }

  /** Ends a membership; tells whether there was one. */
  boolean remove(ServiceInstance service, String groupId, String userId) {
    return statements.update(REMOVE, key(service, groupId, userId)) > 0;
  }

  /** Ends all memberships of a user. */
  void removeFromAll(ServiceInstance service, String userId) {
    statements.update(
        REMOVE_FROM_ALL, Map.of("service", service.id(), "user", ArmPath.key(userId)));
  }

  private static Map<String, Object> key(ServiceInstance service, String groupId, String userId) {
    return Map.of(
        "service", service.id(), "group", ArmPath.key(groupId), "user", ArmPath.key(userId));
  }
}
