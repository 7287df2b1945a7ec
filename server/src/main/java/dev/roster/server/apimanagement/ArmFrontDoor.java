package dev.roster.server.apimanagement;

import dev.roster.server.apimanagement.ServiceInstanceRepository.Place;
import dev.roster.server.config.Choices;
import dev.roster.server.error.ApiException;
import dev.roster.server.http.ApiRequest;
import dev.roster.server.http.ApiVersions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import java.util.regex.Pattern;

/**
 * What Azure Resource Manager asks of a request before it reaches the service: the version, whether
 * what the path names is there, and the verb (rule apim.common.check-order).
 */
@Singleton
class ArmFrontDoor {

  private static final String API_VERSION = "api-version";

  private static final Pattern VERSION = Pattern.compile("\\d{4}-\\d{2}-\\d{2}(-preview)?");

  private final ArmPaths paths;
  private final ServiceInstanceRepository services;
  private final CurrentService current;
  private final ApiVersions versions;

  /** The list of an error, newest first. */
  private final String supported;

  @Inject
  ArmFrontDoor(
      ArmPaths paths, ServiceInstanceRepository services, CurrentService current, Choices choices) {
    this.paths = paths;
    this.services = services;
    this.current = current;
    this.versions =
        ApiVersions.of(
            "azure-api-management", choices.is("apim.common.api-versions-retired", "served"));
    this.supported = String.join(",", versions.newestFirst());
  }

  /**
   * Lets a request pass, and keeps the service that it is for.
   *
   * @throws ApiException with ARM's error for the first fault
   */
  void admit(ApiRequest request) {
    String version =
        request
            .queryParameter(API_VERSION)
            .filter(value -> !value.isEmpty())
            .orElseThrow(ApiManagementErrors::missingApiVersionParameter);
    ArmPath path = ArmPath.parse(request.rawPath());
    boolean known = paths.isKnown(request.rawPath());
    boolean service = known && path.isResource() && path.types().size() == 1;
    // A service that is put makes its subscription and its resource group known.
    boolean putsService = service && request.method().equals(HttpMethod.PUT);
    Place place = services.find(path);
    if (!putsService && !path.subscriptionId().isEmpty() && place.subscription().isEmpty()) {
      throw ApiManagementErrors.subscriptionNotFound(path.subscriptionId());
    }
    if (!known) {
      throw ApiManagementErrors.invalidResourceType(
          path.type(), path.namespace(), version, supported);
    }
    checkVersion(version, path, place);
    current.speak(version);
    if (!putsService && place.resourceGroup().isEmpty()) {
      throw ApiManagementErrors.resourceGroupNotFound(path.resourceGroup());
    }
    boolean mayBeMissing = putsService || service && request.method().equals(HttpMethod.DELETE);
    if (!mayBeMissing && place.service().isEmpty()) {
      throw ApiManagementErrors.serviceNotFound(path.serviceName(), path.resourceGroup());
    }
    place.service().ifPresent(current::set);
    // Routing would answer a HEAD like a GET.
    if (!paths.isKnown(request.method(), request.rawPath())) {
      throw wrongVerb(request);
    }
  }

  /** The refusal of a verb that the path does not have. */
  ApiException wrongVerb(ApiRequest request) {
    return ApiManagementErrors.methodNotAllowed(
        request.method(), request.origin() + request.rawPath(), paths.allowed(request.rawPath()));
  }

  private void checkVersion(String version, ArmPath path, Place place) {
    if (!VERSION.matcher(version).matches()) {
      throw ApiManagementErrors.invalidApiVersionParameter(version, supported);
    }
    if (!versions.contains(version)) {
      String location = place.service().map(ServiceInstance::location).orElse("");
      throw ApiManagementErrors.noRegisteredProviderFound(
          location, version, path.type(), supported);
    }
  }
}
