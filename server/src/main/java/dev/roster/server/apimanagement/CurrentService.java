package dev.roster.server.apimanagement;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;

/** The service that the request is for, once the front door has found it, and the API's version. */
@RequestScoped
class CurrentService {

  private ServiceInstance service;
  private String version = "";

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

  void speak(String version) {
    this.version = version;
  }

  /** Whether the request speaks this version of the API or a later one. */
  boolean speaksFrom(String first) {
    // Versions begin with their dates.
    return version.compareTo(first) >= 0;
  }
}
