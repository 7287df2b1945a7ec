package dev.roster.server.apimanagement;

import dev.roster.server.apimanagement.api.ApiManagementServiceApi;
import dev.roster.server.apimanagement.api.model.ApiManagementServiceParameters;
import dev.roster.server.apimanagement.api.model.ApiManagementServiceResource;
import dev.roster.server.http.RequestContext;
import jakarta.inject.Inject;
import org.jboss.resteasy.reactive.RestResponse;

/** Services, over HTTP. */
public class ServiceInstanceResource implements ApiManagementServiceApi {

  private final ServiceInstanceService services;
  private final ServiceInstanceMapper mapper;
  private final CurrentService current;
  private final RequestContext context;

  @Inject
  ServiceInstanceResource(
      ServiceInstanceService services,
      ServiceInstanceMapper mapper,
      CurrentService current,
      RequestContext context) {
    this.services = services;
    this.mapper = mapper;
    this.current = current;
    this.context = context;
  }

  @Override
  public RestResponse<ApiManagementServiceResource> apiManagementServiceCreateOrUpdate(
      String subscriptionId,
      String resourceGroupName,
      String serviceName,
      String apiVersion,
      ApiManagementServiceParameters body) {
    ServiceInstanceService.Put put =
        services.put(
            ArmPath.parse(context.request().rawPath()), mapper.definition(Bodies.required(body)));
    return ApiManagementResponses.put(
        put.created(), mapper.toModel(put.service()), put.service().version());
  }

  @Override
  public RestResponse<ApiManagementServiceResource> apiManagementServiceGet(
      String subscriptionId, String resourceGroupName, String serviceName, String apiVersion) {
    ServiceInstance service = current.get();
    return ApiManagementResponses.ok(mapper.toModel(service), service.version());
  }

  @Override
  public RestResponse<Void> apiManagementServiceDelete(
      String subscriptionId, String resourceGroupName, String serviceName, String apiVersion) {
    return ApiManagementResponses.deleted(current.find().map(services::delete).orElse(false));
  }
}
