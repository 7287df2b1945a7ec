package dev.roster.server.apimanagement;

import java.time.Instant;
import java.util.Map;

/**
 * A service, with the names of its path as they were first given.
 *
 * @param id Roster's own; users and groups are kept under it
 */
record ServiceInstance(
    long id,
    String subscriptionId,
    String resourceGroup,
    String name,
    ServiceDefinition definition,
    Instant createdAt,
    VersionTag version) {

  /** The resource type with its namespace. */
  static final String TYPE = "Microsoft.ApiManagement/service";

  /** What a caller says of a service. */
  record ServiceDefinition(
      String location,
      Map<String, String> tags,
      String skuName,
      int skuCapacity,
      String publisherEmail,
      String publisherName,
      String notificationSenderEmail) {}

  /** The region, as it was sent. */
  String location() {
    return definition.location();
  }

  /** The resource id, in ARM's own case. */
  String resourceId() {
    return "/subscriptions/%s/resourceGroups/%s/providers/%s/%s"
        .formatted(subscriptionId, resourceGroup, TYPE, name);
  }
}
