package dev.roster.specs;

import static org.openapitools.openapidiff.core.model.BackwardIncompatibleProp.OPERATION_ID_CHANGED;
import static org.openapitools.openapidiff.core.model.BackwardIncompatibleProp.REQUEST_MIN_LENGTH_INCREASED;
import static org.openapitools.openapidiff.core.model.BackwardIncompatibleProp.RESPONSE_NUMERIC_RANGE_INCREASED;

import io.swagger.v3.oas.models.media.Schema;
import java.io.ByteArrayOutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.openapitools.openapidiff.core.OpenApiCompare;
import org.openapitools.openapidiff.core.compare.OpenApiDiffOptions;
import org.openapitools.openapidiff.core.model.ChangedOpenApi;
import org.openapitools.openapidiff.core.model.ChangedOperation;
import org.openapitools.openapidiff.core.model.Endpoint;
import org.openapitools.openapidiff.core.output.ConsoleRender;

/**
 * What a contract no longer keeps of what its released state promised.
 *
 * @param places what is broken, an operationId, a schema's property or the id of a rule, and how
 * @param diff every difference, for reading
 */
record BreakingChanges(Map<String, String> places, String diff) {

  /** Three kinds of change are no break to the library but to callers of the generated client. */
  private static final OpenApiDiffOptions OPTIONS =
      OpenApiDiffOptions.builder()
          .configProperty(OPERATION_ID_CHANGED.getPropertyName(), "true")
          .configProperty(REQUEST_MIN_LENGTH_INCREASED.getPropertyName(), "true")
          .configProperty(RESPONSE_NUMERIC_RANGE_INCREASED.getPropertyName(), "true")
          .build();

  /** Compares the texts of two contracts. */
  @SuppressWarnings("rawtypes")
  static BreakingChanges between(String released, String current) {
    ChangedOpenApi changes = OpenApiCompare.fromContents(released, current, null, OPTIONS);
    Map<String, String> places = new TreeMap<>();
    for (Endpoint gone : changes.getMissingEndpoints()) {
      places.put(
          gone.getOperation().getOperationId(),
          "is gone: " + gone.getMethod() + " " + gone.getPathUrl());
    }
    for (ChangedOperation changed : changes.getChangedOperations()) {
      if (changed.isIncompatible()) {
        places.put(
            changed.getOldOperation().getOperationId(),
            "breaks its callers: " + changed.getHttpMethod() + " " + changed.getPathUrl());
      }
    }
    // The library lets a member go that no answer has to have; whoever reads it misses it all the
    // same.
    Map<String, Schema> schemas = changes.getNewSpecOpenApi().getComponents().getSchemas();
    changes
        .getOldSpecOpenApi()
        .getComponents()
        .getSchemas()
        .forEach(
            (name, schema) -> {
              for (String property : properties(schema)) {
                if (schemas.containsKey(name)
                    && !properties(schemas.get(name)).contains(property)) {
                  places.put(name + "." + property, "is gone: a property");
                }
              }
            });
    Map<String, List<Object>> now = variantsByRule(current);
    variantsByRule(released)
        .forEach(
            (rule, variants) -> {
              if (!now.containsKey(rule)) {
                places.put(rule, "is gone: a rule");
              } else if (!now.get(rule).containsAll(variants)) {
                places.put(rule, "has lost a variant: " + variants + " became " + now.get(rule));
              } else if (!variants.isEmpty() && !variants.get(0).equals(now.get(rule).get(0))) {
                places.put(rule, "has another default: " + now.get(rule).get(0));
              }
            });
    return new BreakingChanges(places, rendered(changes));
  }

  @SuppressWarnings("rawtypes")
  private static Set<String> properties(Schema schema) {
    Set<String> names = new TreeSet<>();
    if (schema.getProperties() != null) {
      for (Object name : schema.getProperties().keySet()) {
        names.add((String) name);
      }
    }
    return names;
  }

  private static Map<String, List<Object>> variantsByRule(String contract) {
    Map<String, List<Object>> variants = new LinkedHashMap<>();
    for (Map<?, ?> rule : Contract.of("", contract, "").rules()) {
      variants.put(
          (String) rule.get("id"),
          rule.get("variants") instanceof List<?> own ? List.copyOf(own) : List.of());
    }
    return variants;
  }

  private static String rendered(ChangedOpenApi changes) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    new ConsoleRender().render(changes, new OutputStreamWriter(text, StandardCharsets.UTF_8));
    return text.toString(StandardCharsets.UTF_8);
  }
}
