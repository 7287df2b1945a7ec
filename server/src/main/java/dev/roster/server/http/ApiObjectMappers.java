package dev.roster.server.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ext.ContextResolver;
import jakarta.ws.rs.ext.Provider;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gives each API's generated models the JSON of that API; other types get Quarkus's own. */
@Provider
public class ApiObjectMappers implements ContextResolver<ObjectMapper> {

  @Inject Mappers mappers;

  @Override
  public ObjectMapper getContext(Class<?> type) {
    return mappers.of(type.getPackageName());
  }

  /** The mappers by package; a proxy, because providers are made before the configuration. */
  @ApplicationScoped
  static class Mappers {

    private final Map<String, ObjectMapper> byPackage = new HashMap<>();

    @Inject
    Mappers(@All List<ApiObjectMapper> mappers) {
      mappers.forEach(mapper -> byPackage.put(mapper.modelPackage(), mapper.mapper()));
    }

    ObjectMapper of(String modelPackage) {
      return byPackage.get(modelPackage);
    }
  }
}
