package dev.roster.server.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.server.error.ApiException;
import dev.roster.server.http.StorableText;
import dev.roster.server.json.SecretMembers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A checked request for a new pool.
 *
 * <p>The members that matter here are read; all others are kept as they came, but for secrets.
 */
final class PoolDefinition {

  /** The most nodes that one pool may have; the documentation names no such limit. */
  static final int MOST_NODES = 1000;

  static final String CLOUD_SERVICE_CONFIGURATION = "cloudServiceConfiguration";
  static final String VIRTUAL_MACHINE_CONFIGURATION = "virtualMachineConfiguration";
  static final String IMAGE_REFERENCE = "imageReference";
  static final String TARGET_DEDICATED_NODES = "targetDedicatedNodes";
  static final String TARGET_LOW_PRIORITY_NODES = "targetLowPriorityNodes";
  static final String TASK_SCHEDULING_POLICY = "taskSchedulingPolicy";
  static final String NODE_FILL_TYPE = "nodeFillType";

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final String WINDOWS_CONFIGURATION = "windowsConfiguration";
  private static final String METADATA = "metadata";
  private static final Map<String, String> FILL_TYPES = Map.of("spread", "Spread", "pack", "Pack");
  private static final List<String> IMAGE_TEXTS =
      List.of("publisher", "offer", "sku", "version", "virtualMachineImageId", "exactVersion");
  private static final String UNSTORABLE = "The text has a character that is not allowed.";

  /** So that a pool can be shown within a listing without reaching the writer's own limit. */
  private static final int DEEPEST_NESTING = 500;

  /** What the service itself says of a pool; clients that copy a pool send it back. */
  private static final Set<String> TOLD_BY_SERVICE =
      Set.of(
          "odata.metadata",
          "url",
          "eTag",
          "lastModified",
          "creationTime",
          "state",
          "stateTransitionTime",
          "allocationState",
          "allocationStateTransitionTime",
          "currentDedicatedNodes",
          "currentLowPriorityNodes");

  static final SecretMembers SECRETS = SecretMembers.of("azure-batch", "Pool_Add");

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
    definition.json.remove(TOLD_BY_SERVICE);
    checkTexts(definition.json, "", 1);
    if (!SECRETS.areOfTheirTypes(definition.json)) {
      throw BatchErrors.invalidRequestBody();
    }
    SECRETS.dropFrom(definition.json);
    removeNulls(definition.json);
    definition.checkId();
    text(definition.json, "vmSize", "vmSize");
    definition.checkConfiguration();
    definition.checkNodes();
    definition.checkTypes();
    definition.checkUserAccounts();
    PoolDefaults.complete(definition.json, definition.isWindows());
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
    return configuration.has(WINDOWS_CONFIGURATION)
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

  private static void checkTexts(JsonNode value, String path, int depth) {
    if (depth > DEEPEST_NESTING) {
      throw BatchErrors.invalidRequestBody();
    }
    if (value.isTextual() && !StorableText.isStorable(value.textValue())) {
      throw BatchErrors.invalidPropertyValue(path, UNSTORABLE);
    }
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      if (!StorableText.isStorable(member.getKey())) {
        // Without the name, which no answer could carry.
        throw BatchErrors.invalidPropertyValue(path, UNSTORABLE);
      }
      checkTexts(member.getValue(), join(path, member.getKey()), depth + 1);
    }
    if (value.isArray()) {
      value.forEach(element -> checkTexts(element, path, depth + 1));
    }
  }

  private static void removeNulls(ObjectNode object) {
    object.properties().removeIf(member -> member.getValue().isNull());
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
      checkCloudService(object(json, CLOUD_SERVICE_CONFIGURATION, CLOUD_SERVICE_CONFIGURATION));
    } else {
      checkVirtualMachine(
          object(json, VIRTUAL_MACHINE_CONFIGURATION, VIRTUAL_MACHINE_CONFIGURATION));
    }
  }

  private static void checkCloudService(ObjectNode configuration) {
    removeNulls(configuration);
    text(configuration, "osFamily", CLOUD_SERVICE_CONFIGURATION + ".osFamily");
    checkType(configuration, "osVersion", JsonNodeType.STRING);
  }

  private static void checkVirtualMachine(ObjectNode configuration) {
    removeNulls(configuration);
    ObjectNode image =
        object(
            configuration, IMAGE_REFERENCE, VIRTUAL_MACHINE_CONFIGURATION + "." + IMAGE_REFERENCE);
    removeNulls(image);
    for (String name : IMAGE_TEXTS) {
      checkType(image, name, JsonNodeType.STRING);
    }
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
    checkInteger(name);
    JsonNode count = json.path(name);
    if (count.intValue() < 0) {
      throw BatchErrors.invalidPropertyValue(
          name, count.asText(), "The number may not be negative.");
    }
    return count.intValue();
  }

  private void checkInteger(String name) {
    JsonNode number = json.path(name);
    if (!number.isMissingNode() && !(number.isIntegralNumber() && number.canConvertToInt())) {
      throw BatchErrors.invalidRequestBody();
    }
  }

  /** The other members that the contract models have to be of its types; they are only kept. */
  private void checkTypes() {
    checkType(json, "displayName", JsonNodeType.STRING);
    checkType(json, "resizeTimeout", JsonNodeType.STRING);
    checkType(json, "enableAutoScale", JsonNodeType.BOOLEAN);
    checkType(json, "enableInterNodeCommunication", JsonNodeType.BOOLEAN);
    checkInteger("taskSlotsPerNode");
    if (json.has(TASK_SCHEDULING_POLICY)) {
      checkPolicy(object(json, TASK_SCHEDULING_POLICY, TASK_SCHEDULING_POLICY));
    }
    for (ObjectNode item : objects(METADATA)) {
      text(item, "name", METADATA + ".name");
      if (!item.hasNonNull("value")) {
        throw BatchErrors.missingRequiredProperty(METADATA + ".value");
      }
      checkType(item, "value", JsonNodeType.STRING);
    }
    objects("certificateReferences");
  }

  /** User accounts have settings of the operating system that their nodes run, and of no other. */
  private void checkUserAccounts() {
    String foreign = isWindows() ? "linuxUserConfiguration" : PoolDefaults.WINDOWS_USER;
    for (JsonNode account : json.path(PoolDefaults.USER_ACCOUNTS)) {
      if (account.hasNonNull(foreign)) {
        throw BatchErrors.invalidPropertyValue(
            foreign,
            "The user configuration for user account '%s' has a mismatch with the OS (Windows/Linux)"
                    .formatted(account.path("name").asText())
                + " configuration specified in VirtualMachineConfiguration");
      }
    }
  }

  private static void checkPolicy(ObjectNode policy) {
    String path = TASK_SCHEDULING_POLICY + "." + NODE_FILL_TYPE;
    String fillType = text(policy, NODE_FILL_TYPE, path);
    String shown = FILL_TYPES.get(fillType.toLowerCase(Locale.ROOT));
    if (shown == null) {
      throw BatchErrors.invalidPropertyValue(path, fillType, "The value is spread or pack.");
    }
    policy.put(NODE_FILL_TYPE, shown);
  }

  private List<ObjectNode> objects(String name) {
    checkType(json, name, JsonNodeType.ARRAY);
    List<ObjectNode> objects = new ArrayList<>();
    for (JsonNode element : json.path(name)) {
      if (!(element instanceof ObjectNode object)) {
        throw BatchErrors.invalidRequestBody();
      }
      objects.add(object);
    }
    return objects;
  }

  private static void checkType(ObjectNode parent, String name, JsonNodeType type) {
    if (parent.has(name) && parent.get(name).getNodeType() != type) {
      throw BatchErrors.invalidRequestBody();
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
    if (value.isMissingNode() || value.isNull() || value.isTextual() && value.asText().isEmpty()) {
      throw BatchErrors.missingRequiredProperty(path);
    }
    if (!value.isTextual()) {
      throw BatchErrors.invalidRequestBody();
    }
    return value.textValue();
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
