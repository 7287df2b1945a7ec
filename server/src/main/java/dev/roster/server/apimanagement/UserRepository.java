package dev.roster.server.apimanagement;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roster.server.database.SpaceSql;
import dev.roster.server.database.SpaceStatements;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The users of services. */
@Singleton
class UserRepository {

  /** The unique constraint that keeps addresses apart. */
  static final String EMAIL_CONSTRAINT = "apim_user_email";

  private static final String COLUMNS =
      """
      u.id, u.first_name, u.last_name, u.email, u.state, u.note, u.identities, u.registered_at,
      u.version, u.companion_version
      """;

  private static final String BY_KEY =
      " from apim_user u where u.space = :space and u.service_id = :service and u.user_key = :user";

  private static final Map<RowLock, SpaceSql> FIND =
      RowLock.statements("select " + COLUMNS + BY_KEY);

  private static final SpaceSql ADD =
      SpaceSql.of(
          """
          insert into apim_user as u (space, service_id, user_key, id, first_name, first_name_key,
              last_name, last_name_key, email, email_key, state, note, note_key, password_hash,
              identities, registered_at, ordinal, version, companion_version)
            select :space, :service, :user, :id, :firstName, :firstNameKey, :lastName, :lastNameKey,
              :email, :emailKey, :state, :note, :noteKey, :passwordHash,
              cast(:identities as jsonb), :registeredAt, v.version, v.version,
              nextval('apim_version')
            from (select nextval('apim_version') as version offset 0) v
            returning\s"""
              + COLUMNS);

  private static final SpaceSql REPLACE =
      SpaceSql.of(
          """
          update apim_user u
            set first_name = :firstName, first_name_key = :firstNameKey, last_name = :lastName,
              last_name_key = :lastNameKey, email = :email, email_key = :emailKey, state = :state,
              note = :note, note_key = :noteKey,
              password_hash = coalesce(:passwordHash, u.password_hash),
              identities = cast(:identities as jsonb), version = v.version,
              companion_version = nextval('apim_version')
            from (select nextval('apim_version') as version offset 0) v
            where u.space = :space and u.service_id = :service and u.user_key = :user
            returning\s"""
              + COLUMNS);

  private static final SpaceSql DELETE = SpaceSql.of("delete" + BY_KEY);

  /** The service twice, for indexes that begin with the one or the other; see the migration. */
  private static final String OF_SERVICE =
      " u.space = :space and u.service_id = :service and u.listed_in = :service";

  /** The groups of a user as JSON, in the order of their making. */
  private static final String GROUPS =
      """
      (select coalesce(json_agg(json_build_object('id', g.id, 'displayName', g.display_name,
            'description', g.description, 'builtIn', g.built_in, 'type', g.type,
            'externalId', g.external_id) order by g.ordinal), '[]')
          from apim_group_user m
          join apim_group g
            on g.space = m.space and g.service_id = m.service_id and g.group_key = m.group_key
          where m.space = u.space and m.service_id = u.service_id and m.user_key = u.user_key)
      """;

  /** Kept by triggers, so that nothing has to be counted. */
  private static final String COUNT_OF_SERVICE =
      """
      select cast(coalesce(sum(c.users), 0) as bigint) as count from apim_user_count c
        where c.space = :space and c.service_id = :service
      """;

  private final SpaceStatements statements;
  private final PageStatements pages;
  private final ObjectMapper json;

  /**
   * A user in a listing.
   *
   * @param groups empty if they were not asked for
   */
  record Listed(User user, Optional<List<Group>> groups) {}

  /** A group as {@link #GROUPS} writes it. */
  private record GroupJson(
      String id,
      String displayName,
      String description,
      boolean builtIn,
      String type,
      String externalId) {}

  @Inject
  UserRepository(SpaceStatements statements, PageStatements pages, ObjectMapper json) {
    this.statements = statements;
    this.pages = pages;
    this.json = json;
  }

  Optional<User> find(ServiceInstance service, String id, RowLock lock) {
    return statements.selectOne(FIND.get(lock), key(service, id), this::user);
  }

  /**
   * Stores a new user.
   *
   * @param passwordHash null without a password
   * @return the user with its version
   */
  User add(ServiceInstance service, User user, String passwordHash) {
    Map<String, Object> parameters = values(service, user, passwordHash);
    parameters.put("id", user.id());
    parameters.put("registeredAt", user.registeredAt());
    return statements.selectOne(ADD, parameters, this::user).orElseThrow();
  }

  /**
   * Stores a user that is there already.
   *
   * @param passwordHash null to keep the present one
   * @return the user with its new version
   */
  User replace(ServiceInstance service, User user, String passwordHash) {
    return statements
        .selectOne(REPLACE, values(service, user, passwordHash), this::user)
        .orElseThrow();
  }

  void delete(ServiceInstance service, String id) {
    statements.update(DELETE, key(service, id));
  }

  /** A page of the users of a service, in the order of their making. */
  Page<Listed> list(ServiceInstance service, Listing listing, boolean withGroups) {
    return listing.condition().isEmpty()
        ? listAll(service, listing, withGroups)
        : listSome(service, listing, withGroups);
  }

  /** A page of the members of a group, in the order in which the users were made. */
  Page<Listed> listMembers(ServiceInstance service, String groupId, Listing listing) {
    String members =
        """
        from apim_group_user m%s
        where m.space = :space and m.service_id = :service and m.listed_in = :service
          and m.group_key = :group
        """;
    String join =
        """
         join apim_user u
          on u.space = m.space and u.service_id = m.service_id and u.user_key = m.user_key
        """;
    String joined = members.formatted(join) + listing.andCondition();
    String sql =
        """
        with total as (select count(*) as count %1$s),
        page as materialized (
          select u.* %2$s order by m.user_ordinal limit :top offset :skip)
        select total.count, %3$s, null as groups
        from total left join page u on true order by u.ordinal
        """
            .formatted(
                listing.condition().isEmpty() ? members.formatted("") : joined, joined, COLUMNS);
    return pages.select(
        sql, listing, Map.of("service", service.id(), "group", ArmPath.key(groupId)), this::listed);
  }

  /**
   * Without a condition the number of users is known, so that the second half of them is read from
   * the end: the last page costs what the first does.
   */
  private Page<Listed> listAll(ServiceInstance service, Listing listing, boolean withGroups) {
    String users = "select u.* from apim_user u where" + OF_SERVICE;
    String sql =
        """
        with total as materialized (%1$s),
        page as materialized (
          (%2$s order by u.ordinal
            limit (select case when :skip <= count / 2 then :top else 0 end from total)
            offset :skip)
          union all
          (%2$s order by u.ordinal desc
            limit (select case when :skip > count / 2
              then greatest(least(:top, count - :skip), 0) else 0 end from total)
            offset (select greatest(count - :skip - :top, 0) from total)))
        select total.count, %3$s, %4$s as groups
        from total left join page u on true order by u.ordinal
        """
            .formatted(COUNT_OF_SERVICE, users, COLUMNS, withGroups ? GROUPS : "null");
    return pages.select(sql, listing, Map.of("service", service.id()), this::listed);
  }

  private Page<Listed> listSome(ServiceInstance service, Listing listing, boolean withGroups) {
    String users = "from apim_user u where" + OF_SERVICE + listing.andCondition();
    String sql =
        """
        with total as (select count(*) as count %1$s),
        page as materialized (select u.* %1$s order by u.ordinal limit :top offset :skip)
        select total.count, %2$s, %3$s as groups
        from total left join page u on true order by u.ordinal
        """
            .formatted(users, COLUMNS, withGroups ? GROUPS : "null");
    return pages.select(sql, listing, Map.of("service", service.id()), this::listed);
  }

  private static Map<String, Object> key(ServiceInstance service, String id) {
    Map<String, Object> key = new HashMap<>();
    key.put("service", service.id());
    key.put("user", ArmPath.key(id));
    return key;
  }

  private Map<String, Object> values(ServiceInstance service, User user, String passwordHash) {
    Map<String, Object> values = key(service, user.id());
    values.put("firstName", user.firstName());
    values.put("firstNameKey", lower(user.firstName()));
    values.put("lastName", user.lastName());
    values.put("lastNameKey", lower(user.lastName()));
    values.put("email", user.email());
    values.put("emailKey", lower(user.email()));
    values.put("state", user.state().wireValue());
    values.put("note", user.note());
    values.put("noteKey", lower(user.note()));
    values.put("passwordHash", passwordHash);
    values.put("identities", write(user.identities()));
    return values;
  }

  private static String lower(String text) {
    return text == null ? null : text.toLowerCase(Locale.ROOT);
  }

  private Listed listed(ResultSet row) throws SQLException {
    String groups = row.getString("groups");
    return new Listed(user(row), Optional.ofNullable(groups).map(this::groups));
  }

  private List<Group> groups(String text) {
    List<Group> groups = new ArrayList<>();
    for (GroupJson group : read(text, new TypeReference<List<GroupJson>>() {})) {
      groups.add(
          new Group(
              group.id(),
              new Group.GroupDefinition(
                  group.displayName(), group.description(), group.type(), group.externalId()),
              group.builtIn(),
              null));
    }
    return groups;
  }

  private User user(ResultSet row) throws SQLException {
    return new User(
        row.getString("id"),
        row.getString("first_name"),
        row.getString("last_name"),
        row.getString("email"),
        UserState.of(row.getString("state")).orElseThrow(),
        row.getString("note"),
        read(row.getString("identities"), new TypeReference<List<Identity>>() {}),
        row.getObject("registered_at", OffsetDateTime.class).toInstant(),
        new VersionTag(row.getLong("version"), Optional.of(row.getLong("companion_version"))));
  }

  private String write(List<Identity> identities) {
    try {
      return json.writeValueAsString(identities);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Texts can be written", e);
    }
  }

  private <T> T read(String text, TypeReference<T> type) {
    try {
      return json.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The database keeps what was written", e);
    }
  }
}
