package dev.roster.server.apimanagement;

import dev.roster.server.apimanagement.ApiManagementWorld.Service;
import dev.roster.testing.StoredRows;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** The users of services as they are stored. */
@Singleton
class StoredUsers extends StoredRows {

  private static final List<String> TABLES =
      List.of("apim_user", "apim_user_count", "apim_group", "apim_group_user", "apim_subscription");

  /** What belongs to a service, with all versions, one text a row. */
  List<String> of(Service service) {
    return ofId(id(service));
  }

  /** As {@link #of}, for a service that may be gone. */
  List<String> ofId(long serviceId) {
    List<String> rows = new ArrayList<>();
    for (String table : TABLES) {
      rows.addAll(
          query("select r::text from " + table + " r where service_id = ? order by 1", serviceId));
    }
    return rows;
  }

  /** The hash of a user's password; null without one. */
  String passwordHash(Service service, String userId) {
    return query(
            "select password_hash from apim_user where service_id = ? and user_key = ?",
            id(service),
            ArmPath.key(userId))
        .get(0);
  }

  /** The number by which rows name a service. */
  long id(Service service) {
    return Long.parseLong(
        query(
                "select service_id::text from apim_service"
                    + " where subscription_key = ? and group_key = ? and service_key = ?",
                ArmPath.key(service.subscriptionId()),
                ArmPath.key(service.resourceGroup()),
                ArmPath.key(service.name()))
            .get(0));
  }

  /**
   * Adds users with the ids {@code <prefix>1} and so on at once, past the server's rules.
   *
   * @param prefix lower case
   */
  void addMany(Service service, String prefix, int count) {
    execute(
        """
        insert into apim_user (space, service_id, user_key, id, ordinal, first_name,
            first_name_key, last_name, last_name_key, email, email_key, state, identities,
            registered_at, version, companion_version)
          select 'default', ?, ? || i, ? || i, nextval('apim_version'), 'First', 'first', 'Last',
            'last', ? || i || '@example.com', ? || i || '@example.com', 'active', '[]',
            '2030-01-01T00:00:00Z', nextval('apim_version'), nextval('apim_version')
          from generate_series(1, ?) i order by i
        """,
        id(service),
        prefix,
        prefix,
        prefix,
        prefix,
        count);
  }
}
