package dev.roster.server.batch;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.roster.server.batch.api.model.NodeUpdateUserParameter;
import dev.roster.server.config.Choices;
import dev.roster.server.http.ApiObjectMapper;
import dev.roster.server.json.TextDeserializer;
import dev.roster.server.json.TimeDeserializer;
import dev.roster.server.json.TimeSerializer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.Set;

/** The JSON of the Batch service: types are strict, members that nobody knows are not. */
@Singleton
class BatchJson implements ApiObjectMapper {

  private final ObjectMapper mapper;

  @Inject
  BatchJson(Choices choices) {
    SimpleModule module = new SimpleModule();
    module.addDeserializer(String.class, new TextDeserializer());
    boolean sevenDigits = choices.is("batch.common.long-fractions", "reject");
    module.addDeserializer(
        OffsetDateTime.class,
        new TimeDeserializer(sevenDigits ? BatchTime::parseSevenDigits : BatchTime::parse));
    module.setDeserializerModifier(new TextualEnums());
    module.addSerializer(OffsetDateTime.class, new TimeSerializer(BatchTime::trimmed));
    mapper =
        JsonMapper.builder()
            .addModule(module)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .addHandler(new UnknownMembers(choices.is("batch.common.unknown-members", "refuse")))
            .withCoercionConfig(
                LogicalType.Enum,
                config ->
                    config
                        .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
            .build();
  }

  @Override
  public String modelPackage() {
    return NodeUpdateUserParameter.class.getPackageName();
  }

  @Override
  public ObjectMapper mapper() {
    return mapper;
  }

  /** Passes over members that the contract does not know, or refuses them. */
  private static final class UnknownMembers extends DeserializationProblemHandler {

    /** Older documentation shows it in request bodies. */
    private static final String METADATA = "odata.metadata";

    /** Clients repeat what they added the account with; an update does not change it. */
    private static final Set<String> FIXED_BY_ADD = Set.of("name", "isAdmin");

    private final boolean refused;

    UnknownMembers(boolean refused) {
      this.refused = refused;
    }

    @Override
    public boolean handleUnknownProperty(
        DeserializationContext context,
        JsonParser parser,
        JsonDeserializer<?> deserializer,
        Object bean,
        String name)
        throws IOException {
      boolean fixedByAdd = bean instanceof NodeUpdateUserParameter && FIXED_BY_ADD.contains(name);
      if (refused && !name.equals(METADATA) && !fixedByAdd) {
        return false;
      }
      parser.skipChildren();
      return true;
    }
  }

  /** Takes texts only for enumerations, where Jackson also takes numbers and booleans. */
  private static final class TextualEnums extends BeanDeserializerModifier {

    private static final long serialVersionUID = 1L;

    @Override
    public JsonDeserializer<?> modifyEnumDeserializer(
        DeserializationConfig config,
        JavaType type,
        BeanDescription description,
        JsonDeserializer<?> deserializer) {
      return new TextualEnum(deserializer);
    }
  }

  private static final class TextualEnum extends DelegatingDeserializer {

    private static final long serialVersionUID = 1L;

    TextualEnum(JsonDeserializer<?> delegate) {
      super(delegate);
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> delegate) {
      return new TextualEnum(delegate);
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return parser.hasToken(JsonToken.VALUE_STRING)
          ? super.deserialize(parser, context)
          : context.handleUnexpectedToken(handledType(), parser);
    }
  }
}
