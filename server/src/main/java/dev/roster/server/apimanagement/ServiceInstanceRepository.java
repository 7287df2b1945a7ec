package dev.roster.server.apimanagement;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roster.server.apimanagement.ServiceInstance.ServiceDefinition;
import dev.roster.server.database.SpaceSql;
import dev.roster.server.database.SpaceStatements;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The services, with the subscriptions and resource groups that they are in. */
@Singleton
class ServiceInstanceRepository {

  private static final String COLUMNS =
      """
      i.service_id, i.name as service_name, i.location, i.tags, i.sku_name, i.sku_capacity,
      i.publisher_email, i.publisher_name, i.notification_sender_email, i.created_at, i.version
      """;

  /** One row, whatever is there. */
  private static final SpaceSql FIND =
      SpaceSql.of(
          "select s.id as subscription_id, g.name as resource_group, "
              + COLUMNS
              + """
              from (values (true)) as one
              left join arm_subscription s
                on s.space = :space and s.subscription_key = :subscription
              left join arm_resource_group g
                on g.space = s.space and g.subscription_key = s.subscription_key
                  and g.group_key = :group
              left join apim_service i
                on i.space = g.space and i.subscription_key = g.subscription_key
                  and i.group_key = g.group_key and i.service_key = :service
              """);

  private static final SpaceSql ADD_SUBSCRIPTION =
      SpaceSql.of(
          """
          insert into arm_subscription (space, subscription_key, id)
            values (:space, :subscription, :subscriptionId) on conflict do nothing
          """);

  private static final SpaceSql ADD_RESOURCE_GROUP =
      SpaceSql.of(
          """
          insert into arm_resource_group (space, subscription_key, group_key, name)
            values (:space, :subscription, :group, :groupName) on conflict do nothing
          """);

  /** Only a row that was just inserted has no transaction that ended it. */
  private static final SpaceSql PUT =
      SpaceSql.of(
          """
          insert into apim_service as i (space, subscription_key, group_key, service_key, name, location,
              tags, sku_name, sku_capacity, publisher_email, publisher_name,
              notification_sender_email, token_secret, created_at, version)
            values (:space, :subscription, :group, :service, :name, :location, :tags,
              :skuName, :skuCapacity, :publisherEmail, :publisherName, :notificationSenderEmail,
              :tokenSecret, :now, nextval('apim_version'))
            on conflict (space, subscription_key, group_key, service_key) do update
              set location = excluded.location, tags = excluded.tags, sku_name = excluded.sku_name,
                sku_capacity = excluded.sku_capacity, publisher_email = excluded.publisher_email,
                publisher_name = excluded.publisher_name,
                notification_sender_email = excluded.notification_sender_email,
                version = excluded.version
            returning xmax = 0 as created
          """);

  private static final SpaceSql DELETE =
      SpaceSql.of("delete from apim_service where space = :space and service_id = :id");

  private static final SpaceSql TOKEN_SECRET =
      SpaceSql.of(
          "select token_secret from apim_service where space = :space and service_id = :id");

  private final SpaceStatements statements;
  private final ObjectMapper json;

  /** What of a path is there, with the names as they were first given. */
  record Place(
      Optional<String> subscription,
      Optional<String> resourceGroup,
      Optional<ServiceInstance> service) {}

  @Inject
  ServiceInstanceRepository(SpaceStatements statements, ObjectMapper json) {
    this.statements = statements;
    this.json = json;
  }

  /** Looks for all that a path names, in one statement. */
  Place find(ArmPath path) {
    return statements.selectOne(FIND, keys(path), this::place).orElseThrow();
  }

  /**
   * Makes a service, with its subscription and resource group, or changes one.
   *
   * @param tokenSecret for a new one
   * @return whether it is new
   */
  boolean put(ArmPath path, ServiceDefinition definition, byte[] tokenSecret, Instant now) {
    Map<String, Object> parameters = keys(path);
    parameters.put("subscriptionId", path.subscriptionId());
    parameters.put("groupName", path.resourceGroup());
    statements.update(ADD_SUBSCRIPTION, parameters);
    statements.update(ADD_RESOURCE_GROUP, parameters);
    parameters.put("name", path.serviceName());
    parameters.put("location", definition.location());
    parameters.put("tags", write(definition.tags()));
    parameters.put("skuName", definition.skuName());
    parameters.put("skuCapacity", definition.skuCapacity());
    parameters.put("publisherEmail", definition.publisherEmail());
    parameters.put("publisherName", definition.publisherName());
    parameters.put("notificationSenderEmail", definition.notificationSenderEmail());
    parameters.put("tokenSecret", tokenSecret);
    parameters.put("now", now);
    return statements.selectOne(PUT, parameters, row -> row.getBoolean("created")).orElseThrow();
  }

  /** Deletes a service with everything in it; tells whether it was there. */
  boolean delete(ServiceInstance service) {
    return statements.update(DELETE, Map.of("id", service.id())) > 0;
  }

  /** What signs the tokens of the service's users; empty if the service is gone. */
  Optional<byte[]> tokenSecret(ServiceInstance service) {
    return statements.selectOne(
        TOKEN_SECRET, Map.of("id", service.id()), row -> row.getBytes("token_secret"));
  }

  private static Map<String, Object> keys(ArmPath path) {
    Map<String, Object> keys = new HashMap<>();
    keys.put("subscription", ArmPath.key(path.subscriptionId()));
    keys.put("group", ArmPath.key(path.resourceGroup()));
    keys.put("service", ArmPath.key(path.serviceName()));
    return keys;
  }

  private Place place(ResultSet row) throws SQLException {
    Optional<ServiceInstance> service =
        row.getString("service_name") == null ? Optional.empty() : Optional.of(service(row));
    return new Place(
        Optional.ofNullable(row.getString("subscription_id")),
        Optional.ofNullable(row.getString("resource_group")),
        service);
  }

  private ServiceInstance service(ResultSet row) throws SQLException {
    return new ServiceInstance(
        row.getLong("service_id"),
        row.getString("subscription_id"),
        row.getString("resource_group"),
        row.getString("service_name"),
        new ServiceDefinition(
            row.getString("location"),
            read(row.getString("tags")),
            row.getString("sku_name"),
            row.getInt("sku_capacity"),
            row.getString("publisher_email"),
            row.getString("publisher_name"),
            row.getString("notification_sender_email")),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        VersionTag.of(row.getLong("version")));
  }

  private String write(Map<String, String> tags) {
    try {
      return json.writeValueAsString(tags);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Texts can be written", e);
    }
  }

  private Map<String, String> read(String tags) {
    try {
      return json.readValue(tags, new TypeReference<Map<String, String>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The database keeps what was written", e);
    }
  }
}
