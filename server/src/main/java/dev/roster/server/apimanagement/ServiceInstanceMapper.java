package dev.roster.server.apimanagement;

import dev.roster.server.apimanagement.ServiceInstance.ServiceDefinition;
import dev.roster.server.apimanagement.api.model.ApiManagementServiceParameters;
import dev.roster.server.apimanagement.api.model.ApiManagementServiceParametersProperties;
import dev.roster.server.apimanagement.api.model.ApiManagementServiceProperties;
import dev.roster.server.apimanagement.api.model.ApiManagementServiceResource;
import dev.roster.server.apimanagement.api.model.ApiManagementServiceSkuProperties;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Services on the wire. */
@Singleton
class ServiceInstanceMapper {

  private static final String DEFAULT_SENDER = "apimgmt-noreply@mail.windowsazure.com";

  /** What the body of a PUT says; null where a required member is missing. */
  ServiceDefinition definition(ApiManagementServiceParameters body) {
    ApiManagementServiceParametersProperties properties =
        body.getProperties() == null
            ? new ApiManagementServiceParametersProperties()
            : body.getProperties();
    ApiManagementServiceSkuProperties sku =
        body.getSku() == null ? new ApiManagementServiceSkuProperties() : body.getSku();
    return new ServiceDefinition(
        body.getLocation(),
        tags(body),
        sku.getName(),
        sku.getCapacity() == null ? 1 : sku.getCapacity(),
        properties.getPublisherEmail(),
        properties.getPublisherName(),
        properties.getNotificationSenderEmail() == null
            ? DEFAULT_SENDER
            : properties.getNotificationSenderEmail());
  }

  /** The tags in the order sent; null counts as omitted, as it does elsewhere. */
  private static Map<String, String> tags(ApiManagementServiceParameters body) {
    Map<String, String> tags = new LinkedHashMap<>();
    if (body.getTags() != null) {
      tags.putAll(body.getTags());
      tags.values().removeIf(Objects::isNull);
    }
    return tags;
  }

  /** A service that is ready; its hosts are the real service's and lead nowhere here. */
  ApiManagementServiceResource toModel(ServiceInstance service) {
    ServiceDefinition definition = service.definition();
    String host = "https://" + service.name();
    return new ApiManagementServiceResource()
        .id(service.resourceId())
        .name(service.name())
        .type(ServiceInstance.TYPE)
        .tags(definition.tags())
        .location(definition.location())
        .etag(service.version().unquoted())
        .properties(
            new ApiManagementServiceProperties()
                .publisherEmail(definition.publisherEmail())
                .publisherName(definition.publisherName())
                .notificationSenderEmail(definition.notificationSenderEmail())
                .provisioningState("Succeeded")
                .targetProvisioningState("")
                .createdAtUtc(ApiManagementTime.model(service.createdAt()))
                .gatewayUrl(host + ".azure-api.net")
                .portalUrl(host + ".portal.azure-api.net")
                .developerPortalUrl(host + ".developer.azure-api.net")
                .managementApiUrl(host + ".management.azure-api.net")
                .scmUrl(host + ".scm.azure-api.net"))
        .sku(
            new ApiManagementServiceSkuProperties()
                .name(definition.skuName())
                .capacity(definition.skuCapacity()));
  }
}
