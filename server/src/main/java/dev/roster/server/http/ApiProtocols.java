package dev.roster.server.http;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The protocol of each API.
 *
 * <p>Filters are made before the configuration is known, so what they use has to be a proxy.
 */
@ApplicationScoped
public class ApiProtocols {

  private final Map<Api, ApiProtocol> protocols = new EnumMap<>(Api.class);

  @Inject
  ApiProtocols(@All List<ApiProtocol> protocols) {
    protocols.forEach(protocol -> this.protocols.put(protocol.api(), protocol));
  }

  /** The protocol that the request has to follow; empty if its path is no API's. */
  public Optional<ApiProtocol> of(RequestContext context) {
    return context.api().map(protocols::get);
  }

  ApiProtocol of(Api api) {
    return protocols.get(api);
  }
}
