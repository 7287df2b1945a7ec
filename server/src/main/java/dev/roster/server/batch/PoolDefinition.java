package dev.roster.server.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.server.error.ApiException;
import dev.roster.server.http.StorableText;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A checked request for a new pool.
 *
 * <p>The members that matter here are read; all others are kept as they came.
 */
final class PoolDefinition {

  /** The most nodes that one pool may have; the documentation names no such limit. */
  static final int MOST_NODES = 1000;

  static final String CLOUD_SERVICE_CONFIGURATION = "cloudServiceConfiguration";
  static final String VIRTUAL_MACHINE_CONFIGURATION = "virtualMachineConfiguration";
  static final String IMAGE_REFERENCE = "imageReference";
  static final String TARGET_DEDICATED_NODES = "targetDedicatedNodes";
  static final String TARGET_LOW_PRIORITY_NODES = "targetLowPriorityNodes";

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final String LATEST = "latest";

  private final ObjectNode json;

  private PoolDefinition(ObjectNode json) {
    this.json = json;
  }

  /**
   * Checks a request body.
   *
   * @throws ApiException InvalidRequestBody, MissingRequiredProperty or InvalidPropertyValue
   */
  static PoolDefinition of(ObjectNode body) {
    PoolDefinition definition = new PoolDefinition(body.deepCopy());
    definition.json.remove("odata.metadata");
    definition.removeNulls();
    checkTexts(definition.json, "");
    definition.checkId();
    definition.text(definition.json, "vmSize", "vmSize");
    definition.checkConfiguration();
    definition.checkNodes();
    definition.checkTypes();
    definition.complete();
    return definition;
  }

  String id() {
    return json.get("id").textValue();
  }

  boolean isCloudService() {
    return json.has(CLOUD_SERVICE_CONFIGURATION);
  }

  int dedicatedNodes() {
    return json.path(TARGET_DEDICATED_NODES).asInt();
  }

  int lowPriorityNodes() {
    return json.path(TARGET_LOW_PRIORITY_NODES).asInt();
  }

  /**
   * Whether the nodes run Windows: always with cloudServiceConfiguration, else if the node agent,
   * the image or the configuration says so.
   */
  boolean isWindows() {
    if (isCloudService()) {
      return true;
    }
    JsonNode configuration = json.path(VIRTUAL_MACHINE_CONFIGURATION);
    JsonNode image = configuration.path(IMAGE_REFERENCE);
    return configuration.has("windowsConfiguration")
        || mentionsWindows(configuration.path("nodeAgentSKUId"))
        || mentionsWindows(image.path("offer"))
        || mentionsWindows(image.path("publisher"));
  }

  /** The request as JSON, with what the service fills in. */
  ObjectNode json() {
    return json;
  }

  private static boolean mentionsWindows(JsonNode text) {
    return text.asText("").toLowerCase(Locale.ROOT).contains("windows");
  }

  private static void checkTexts(JsonNode value, String path) {
    if (value.isTextual() && !StorableText.isStorable(value.textValue())) {
      throw BatchErrors.invalidPropertyValue(path, "The text has a character that is not allowed.");
    }
    value
        .properties()
        .forEach(
            member ->
                checkTexts(
                    member.getValue(),
                    path.isEmpty() ? member.getKey() : path + "." + member.getKey()));
    if (value.isArray()) {
      value.forEach(element -> checkTexts(element, path));
    }
  }

  private void removeNulls() {
    json.properties().removeIf(member -> member.getValue().isNull());
  }

  private void checkId() {
    String id = text(json, "id", "id");
    if (!ID.matcher(id).matches()) {
      throw BatchErrors.invalidPropertyValue(
          "id", id, "The id has 1 to 64 letters, digits, hyphens and underscores.");
    }
  }

  private void checkConfiguration() {
    boolean cloudService = json.has(CLOUD_SERVICE_CONFIGURATION);
    boolean virtualMachine = json.has(VIRTUAL_MACHINE_CONFIGURATION);
    if (cloudService == virtualMachine) {
      throw BatchErrors.invalidPropertyValue(
          cloudService ? CLOUD_SERVICE_CONFIGURATION : VIRTUAL_MACHINE_CONFIGURATION,
          "A pool has either cloudServiceConfiguration or virtualMachineConfiguration.");
    }
    if (cloudService) {
      text(
          object(json, CLOUD_SERVICE_CONFIGURATION, CLOUD_SERVICE_CONFIGURATION),
          "osFamily",
          CLOUD_SERVICE_CONFIGURATION + ".osFamily");
      return;
    }
    ObjectNode configuration =
        object(json, VIRTUAL_MACHINE_CONFIGURATION, VIRTUAL_MACHINE_CONFIGURATION);
    object(configuration, IMAGE_REFERENCE, VIRTUAL_MACHINE_CONFIGURATION + "." + IMAGE_REFERENCE);
    text(configuration, "nodeAgentSKUId", VIRTUAL_MACHINE_CONFIGURATION + ".nodeAgentSKUId");
  }

  private void checkNodes() {
    long dedicated = count(TARGET_DEDICATED_NODES);
    long lowPriority = count(TARGET_LOW_PRIORITY_NODES);
    if (dedicated + lowPriority > MOST_NODES) {
      throw BatchErrors.invalidPropertyValue(
          dedicated > MOST_NODES ? TARGET_DEDICATED_NODES : TARGET_LOW_PRIORITY_NODES,
          "A pool may have at most " + MOST_NODES + " nodes.");
    }
  }

  private long count(String name) {
    JsonNode count = json.path(name);
    if (count.isMissingNode()) {
      return 0;
    }
    if (!count.isIntegralNumber() || !count.canConvertToInt()) {
      throw BatchErrors.invalidRequestBody();
    }
    if (count.intValue() < 0) {
      throw BatchErrors.invalidPropertyValue(
          name, count.asText(), "The number may not be negative.");
    }
    return count.intValue();
  }

  /** The other members that the contract models have to be of its types; they are only kept. */
  private void checkTypes() {
    checkType("displayName", JsonNodeType.STRING);
    checkType("resizeTimeout", JsonNodeType.STRING);
    checkType("targetNodeCommunicationMode", JsonNodeType.STRING);
    checkType("enableAutoScale", JsonNodeType.BOOLEAN);
    checkType("enableInterNodeCommunication", JsonNodeType.BOOLEAN);
    checkType("taskSlotsPerNode", JsonNodeType.NUMBER);
    checkType("taskSchedulingPolicy", JsonNodeType.OBJECT);
    checkType("metadata", JsonNodeType.ARRAY);
    checkType("userAccounts", JsonNodeType.ARRAY);
    checkType("networkConfiguration", JsonNodeType.OBJECT);
    checkType("startTask", JsonNodeType.OBJECT);
    checkType("resourceTags", JsonNodeType.OBJECT);
  }

  private void checkType(String name, JsonNodeType type) {
    if (json.has(name) && json.get(name).getNodeType() != type) {
      throw BatchErrors.invalidRequestBody();
    }
  }

  /** Fills in what the service fills in. */
  private void complete() {
    json.put("vmSize", json.get("vmSize").textValue().toLowerCase(Locale.ROOT));
    putIfAbsent("resizeTimeout", "PT15M");
    if (!json.has("enableAutoScale")) {
      json.put("enableAutoScale", false);
    }
    if (!json.has("enableInterNodeCommunication")) {
      json.put("enableInterNodeCommunication", false);
    }
    if (!json.has("taskSlotsPerNode")) {
      json.put("taskSlotsPerNode", 1);
    }
    if (!json.has("taskSchedulingPolicy")) {
      json.putObject("taskSchedulingPolicy").put("nodeFillType", "spread");
    }
    json.put(TARGET_DEDICATED_NODES, dedicatedNodes());
    json.put(TARGET_LOW_PRIORITY_NODES, lowPriorityNodes());
    if (!isCloudService()) {
      ObjectNode image = (ObjectNode) json.get(VIRTUAL_MACHINE_CONFIGURATION).get(IMAGE_REFERENCE);
      if (!image.has("version") && !image.has("virtualMachineImageId")) {
        image.put("version", LATEST);
      }
    }
  }

  private void putIfAbsent(String name, String value) {
    if (!json.has(name)) {
      json.put(name, value);
    }
  }

  private static ObjectNode object(ObjectNode parent, String name, String path) {
    JsonNode value = parent.path(name);
    if (value.isMissingNode() || value.isNull()) {
      throw BatchErrors.missingRequiredProperty(path);
    }
    if (!(value instanceof ObjectNode object)) {
      throw BatchErrors.invalidRequestBody();
    }
    return object;
  }

  private static String text(ObjectNode parent, String name, String path) {
    JsonNode value = parent.path(name);
    if (value.isMissingNode() || value.isNull() || value.asText().isEmpty()) {
      throw BatchErrors.missingRequiredProperty(path);
    }
    if (!value.isTextual()) {
      throw BatchErrors.invalidRequestBody();
    }
    return value.textValue();
  }
}
