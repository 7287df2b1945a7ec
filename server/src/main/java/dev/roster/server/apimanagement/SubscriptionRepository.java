package dev.roster.server.apimanagement;

import dev.roster.server.database.SpaceSql;
import dev.roster.server.database.SpaceStatements;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The product subscriptions of users. */
@Singleton
class SubscriptionRepository {

  private static final SpaceSql ADD =
      SpaceSql.of(
          """
          insert into apim_subscription (space, service_id, sid_key, id, ordinal, user_key, product,
              created_at, version)
            select :space, :service, :sid, :id, v.version, :user, :product, :now, v.version
            from (select nextval('apim_version') as version offset 0) v
          """);

  private static final SpaceSql OF_USER =
      SpaceSql.of(
          """
          select s.id, u.id as user_id, s.product, s.created_at, s.version
            from apim_subscription s
            join apim_user u
              on u.space = s.space and u.service_id = s.service_id and u.user_key = s.user_key
            where s.space = :space and s.service_id = :service and s.user_key = :user
            order by s.ordinal
          """);

  private final SpaceStatements statements;

  @Inject
  SubscriptionRepository(SpaceStatements statements) {
    this.statements = statements;
  }

  /** Stores a new subscription. */
  void add(ServiceInstance service, String id, String userId, String product, Instant now) {
    Map<String, Object> parameters = userKey(service, userId);
    parameters.put("sid", ArmPath.key(id));
    parameters.put("id", id);
    parameters.put("product", product);
    parameters.put("now", now);
    statements.update(ADD, parameters);
  }

  /** All subscriptions of a user, in the order of their making. */
  List<Subscription> ofUser(ServiceInstance service, String userId) {
    return statements.select(
        OF_USER, userKey(service, userId), SubscriptionRepository::subscription);
  }

  private static Map<String, Object> userKey(ServiceInstance service, String userId) {
    Map<String, Object> key = new HashMap<>();
    key.put("service", service.id());
    key.put("user", ArmPath.key(userId));
    return key;
  }

  private static Subscription subscription(ResultSet row) throws SQLException {
    return new Subscription(
        row.getString("id"),
        row.getString("user_id"),
        row.getString("product"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        VersionTag.of(row.getLong("version")));
  }
}
