package dev.roster.server.apimanagement;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;

/** The service that the request is for, once the front door has found it. */
@RequestScoped
class CurrentService {

  private ServiceInstance service;

  void set(ServiceInstance service) {
    this.service = service;
  }

  /** The service; empty before it is found, and for requests that make one. */
  Optional<ServiceInstance> find() {
    return Optional.ofNullable(service);
  }

  /** The service of a request that the front door let pass. */
  ServiceInstance get() {
    return find().orElseThrow();
  }
}
