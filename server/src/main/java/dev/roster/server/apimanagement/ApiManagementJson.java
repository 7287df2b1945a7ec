package dev.roster.server.apimanagement;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.roster.server.apimanagement.api.model.UserContract;
import dev.roster.server.http.ApiObjectMapper;
import dev.roster.server.json.TextDeserializer;
import dev.roster.server.json.TimeDeserializer;
import dev.roster.server.json.TimeSerializer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import org.openapitools.jackson.nullable.JsonNullableModule;

/** The JSON of API Management: types are strict, members that nobody knows are passed over. */
@Singleton
class ApiManagementJson implements ApiObjectMapper {

  private final ObjectMapper mapper;

  @Inject
  ApiManagementJson() {
    SimpleModule module = new SimpleModule();
    module.addDeserializer(String.class, new TextDeserializer());
    module.addDeserializer(OffsetDateTime.class, new TimeDeserializer(ApiManagementTime::parse));
    module.addSerializer(OffsetDateTime.class, new TimeSerializer(ApiManagementTime::format));
    mapper =
        JsonMapper.builder()
            .addModule(module)
            .addModule(new JsonNullableModule())
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
  }

  @Override
  public String modelPackage() {
    return UserContract.class.getPackageName();
  }

  @Override
  public ObjectMapper mapper() {
    return mapper;
  }
}
