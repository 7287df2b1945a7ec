package dev.roster.server.apimanagement;

import dev.roster.server.apimanagement.Group.GroupDefinition;
import dev.roster.server.database.SpaceSql;
import dev.roster.server.database.SpaceStatements;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The groups of services. */
@Singleton
class GroupRepository {

  private static final String COLUMNS =
      "g.id, g.display_name, g.description, g.built_in, g.type, g.external_id, g.version ";

  private static final String BY_KEY =
      " from apim_group g"
          + " where g.space = :space and g.service_id = :service and g.group_key = :group";

  private static final Map<RowLock, SpaceSql> FIND =
      RowLock.statements("select " + COLUMNS + BY_KEY);

  private static final SpaceSql ADD =
      SpaceSql.of(
          """
          insert into apim_group as g (space, service_id, group_key, id, display_name,
              display_name_key, description, description_key, built_in, type, external_id,
              external_id_key, ordinal, version)
            select :space, :service, :group, :id, :displayName, :displayNameKey, :description,
              :descriptionKey, :builtIn, :type, :externalId, :externalIdKey, v.version, v.version
            from (select nextval('apim_version') as version offset 0) v
            returning\s"""
              + COLUMNS);

  private static final SpaceSql REPLACE =
      SpaceSql.of(
          """
          update apim_group g
            set display_name = :displayName, display_name_key = :displayNameKey,
              description = :description, description_key = :descriptionKey, type = :type,
              external_id = :externalId, external_id_key = :externalIdKey,
              version = nextval('apim_version')
            where g.space = :space and g.service_id = :service and g.group_key = :group
            returning\s"""
              + COLUMNS);

  private static final SpaceSql DELETE = SpaceSql.of("delete" + BY_KEY);

  private static final SpaceSql OF_USER =
      SpaceSql.of(
          "select "
              + COLUMNS
              + """
              from apim_group_user m
              join apim_group g
                on g.space = m.space and g.service_id = m.service_id and g.group_key = m.group_key
              where m.space = :space and m.service_id = :service and m.user_key = :user
              order by g.ordinal
              """);

  private final SpaceStatements statements;

  private final PageStatements pages;

  @Inject
  GroupRepository(SpaceStatements statements, PageStatements pages) {
    this.statements = statements;
    this.pages = pages;
  }

  Optional<Group> find(ServiceInstance service, String id, RowLock lock) {
    return statements.selectOne(FIND.get(lock), key(service, id), GroupRepository::group);
  }

  /** Stores a new group. */
  Group add(ServiceInstance service, String id, GroupDefinition definition, boolean builtIn) {
    Map<String, Object> parameters = values(service, id, definition);
    parameters.put("id", id);
    parameters.put("builtIn", builtIn);
    return statements.selectOne(ADD, parameters, GroupRepository::group).orElseThrow();
  }

  /** Stores a group that is there already. */
  Group replace(ServiceInstance service, String id, GroupDefinition definition) {
    return statements
        .selectOne(REPLACE, values(service, id, definition), GroupRepository::group)
        .orElseThrow();
  }

  void delete(ServiceInstance service, String id) {
    statements.update(DELETE, key(service, id));
  }

  /** All groups of a user, in the order of their making. */
  List<Group> ofUser(ServiceInstance service, String userId) {
    return statements.select(OF_USER, userKey(service, userId), GroupRepository::group);
  }

  /** A page of the groups of a service, in the order of their making. */
  Page<Group> list(ServiceInstance service, Listing listing) {
    return page(
        "from apim_group g where g.space = :space and g.service_id = :service",
        listing,
        key(service, ""));
  }

  /** A page of the groups of a user, in the order of their making. */
  Page<Group> listOfUser(ServiceInstance service, String userId, Listing listing) {
    String ofUser =
        """
        from apim_group_user m
        join apim_group g
          on g.space = m.space and g.service_id = m.service_id and g.group_key = m.group_key
        where m.space = :space and m.service_id = :service and m.user_key = :user
        """;
    return page(ofUser, listing, userKey(service, userId));
  }

  private Page<Group> page(String from, Listing listing, Map<String, Object> parameters) {
    String sql =
        """
        with total as (select count(*) as count %1$s),
        page as materialized (select g.* %1$s order by g.ordinal limit :top offset :skip)
        select total.count, %2$s from total left join page g on true order by g.ordinal
        """
            .formatted(from + listing.andCondition(), COLUMNS);
    return pages.select(sql, listing, parameters, GroupRepository::group);
  }

  private static Map<String, Object> key(ServiceInstance service, String id) {
    Map<String, Object> key = new HashMap<>();
    key.put("service", service.id());
    key.put("group", ArmPath.key(id));
    return key;
  }

  private static Map<String, Object> userKey(ServiceInstance service, String userId) {
    Map<String, Object> key = new HashMap<>();
    key.put("service", service.id());
    key.put("user", ArmPath.key(userId));
    return key;
  }

  private static Map<String, Object> values(
      ServiceInstance service, String id, GroupDefinition definition) {
    Map<String, Object> values = key(service, id);
    values.put("displayName", definition.displayName());
    values.put("displayNameKey", lower(definition.displayName()));
    values.put("description", definition.description());
    values.put("descriptionKey", lower(definition.description()));
    values.put("type", definition.type());
    values.put("externalId", definition.externalId());
    values.put("externalIdKey", lower(definition.externalId()));
    return values;
  }

  private static String lower(String text) {
    return text == null ? null : text.toLowerCase(Locale.ROOT);
  }

  private static Group group(ResultSet row) throws SQLException {
    return new Group(
        row.getString("id"),
        new GroupDefinition(
            row.getString("display_name"),
            row.getString("description"),
            row.getString("type"),
            row.getString("external_id")),
        row.getBoolean("built_in"),
        VersionTag.of(row.getLong("version")));
  }
}
