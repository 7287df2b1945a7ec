package dev.roster.server.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Fills in the members that the creator of a pool left out, as the service does. */
final class PoolDefaults {

  static final String USER_ACCOUNTS = "userAccounts";
  static final String WINDOWS_USER = "windowsUserConfiguration";

  private static final String ELEVATION_LEVEL = "elevationLevel";
  private static final String NON_ADMIN = "nonadmin";

  private PoolDefaults() {}

  /**
   * Completes the definition of a pool.
   *
   * @param pool checked, and changed in place; unchecked members of other types than the service
   *     has are left alone
   */
  static void complete(ObjectNode pool, boolean windows) {
    pool.put("vmSize", pool.get("vmSize").textValue().toLowerCase(Locale.ROOT));
    put(pool, "resizeTimeout", "PT15M");
    putIfAbsent(pool, "enableAutoScale", BooleanNode.FALSE);
    putIfAbsent(pool, "enableInterNodeCommunication", BooleanNode.FALSE);
    putIfAbsent(pool, "taskSlotsPerNode", IntNode.valueOf(1));
    if (!pool.has(PoolDefinition.TASK_SCHEDULING_POLICY)) {
      pool.putObject(PoolDefinition.TASK_SCHEDULING_POLICY)
          .put(PoolDefinition.NODE_FILL_TYPE, "Spread");
    }
    putIfAbsent(pool, PoolDefinition.TARGET_DEDICATED_NODES, IntNode.valueOf(0));
    putIfAbsent(pool, PoolDefinition.TARGET_LOW_PRIORITY_NODES, IntNode.valueOf(0));
    if (pool.path(PoolDefinition.CLOUD_SERVICE_CONFIGURATION) instanceof ObjectNode guest) {
      put(guest, "osVersion", "*");
    }
    if (pool.path(PoolDefinition.VIRTUAL_MACHINE_CONFIGURATION) instanceof ObjectNode machine) {
      completeMachine(machine);
    }
    if (pool.path("startTask") instanceof ObjectNode task) {
      completeTask(task);
    }
    String loginMode =
        pool.has(PoolDefinition.CLOUD_SERVICE_CONFIGURATION) ? "interactive" : "batch";
    for (ObjectNode account : objects(pool.path(USER_ACCOUNTS))) {
      put(account, ELEVATION_LEVEL, NON_ADMIN);
      if (windows) {
        putIfAbsent(account, WINDOWS_USER, account.objectNode());
        if (account.get(WINDOWS_USER) instanceof ObjectNode user) {
          put(user, "loginMode", loginMode);
        }
      }
    }
  }

  private static void completeMachine(ObjectNode machine) {
    ObjectNode image = (ObjectNode) machine.get(PoolDefinition.IMAGE_REFERENCE);
    if (!image.has("virtualMachineImageId")) {
      put(image, "version", "latest");
    }
    for (ObjectNode disk : objects(machine.path("dataDisks"))) {
      put(disk, "caching", "none");
      put(disk, "storageAccountType", "standard_lrs");
    }
  }

  private static void completeTask(ObjectNode task) {
    ObjectNode user = task.objectNode();
    user.putObject("autoUser").put("scope", "pool").put(ELEVATION_LEVEL, NON_ADMIN);
    putIfAbsent(task, "userIdentity", user);
    putIfAbsent(task, "maxTaskRetryCount", IntNode.valueOf(0));
    putIfAbsent(task, "waitForSuccess", BooleanNode.TRUE);
  }

  private static List<ObjectNode> objects(JsonNode array) {
    List<ObjectNode> objects = new ArrayList<>();
    for (JsonNode element : array) {
      if (element instanceof ObjectNode object) {
        objects.add(object);
      }
    }
    return objects;
  }

  private static void put(ObjectNode object, String name, String value) {
    putIfAbsent(object, name, TextNode.valueOf(value));
  }

  private static void putIfAbsent(ObjectNode object, String name, JsonNode value) {
    if (!object.hasNonNull(name)) {
      object.set(name, value);
    }
  }
}
