package dev.roster.server.apimanagement;

import dev.roster.server.http.UrlSegments;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A path of Azure Resource Manager, taken apart.
 *
 * <p>Such as {@code
 * /subscriptions/{id}/resourceGroups/{name}/providers/{namespace}/{type}/{name}/...}. Keywords are
 * in any case.
 *
 * @param subscriptionId empty if there is none
 * @param resourceGroup empty if there is none
 * @param namespace of the resource provider, that of resource groups if the path names no other
 * @param types the types of the resource and those above it, as written
 * @param names their names; one less than types for a collection or an action
 */
record ArmPath(
    String subscriptionId,
    String resourceGroup,
    String namespace,
    List<String> types,
    List<String> names) {

  private static final String OWN_NAMESPACE = "Microsoft.Resources";
  private static final String SUBSCRIPTIONS = "subscriptions";
  private static final String RESOURCE_GROUPS = "resourceGroups";
  private static final String PROVIDERS = "providers";

  /** Copies the lists. */
  ArmPath {
    types = List.copyOf(types);
    names = List.copyOf(names);
  }

  /** Takes a path apart. */
  static ArmPath parse(String rawPath) {
    List<String> segments = segments(rawPath);
    String subscription = "";
    String group = "";
    String namespace = OWN_NAMESPACE;
    List<String> types = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < segments.size(); i += 2) {
      String type = segments.get(i);
      String name = i + 1 < segments.size() ? segments.get(i + 1) : null;
      if (type.equalsIgnoreCase(PROVIDERS) && name != null && namespace.equals(OWN_NAMESPACE)) {
        namespace = name;
        types.clear();
        names.clear();
        continue;
      }
      if (i == 0 && type.equalsIgnoreCase(SUBSCRIPTIONS) && name != null) {
        subscription = name;
      }
      if (i == 2 && type.equalsIgnoreCase(RESOURCE_GROUPS) && name != null) {
        group = name;
      }
      types.add(type);
      if (name != null) {
        names.add(name);
      }
    }
    return new ArmPath(subscription, group, namespace, types, names);
  }

  /** The segments of a path, decoded; empty ones are left out, as routing does. */
  private static List<String> segments(String rawPath) {
    List<String> segments = new ArrayList<>();
    int start = 0;
    while (start < rawPath.length()) {
      int slash = rawPath.indexOf('/', start);
      int end = slash < 0 ? rawPath.length() : slash;
      if (end > start) {
        segments.add(UrlSegments.decode(rawPath.substring(start, end)));
      }
      start = end + 1;
    }
    return segments;
  }

  /** The resource type without its namespace, such as {@code service/users}. */
  String type() {
    return String.join("/", types);
  }

  /** Whether this is the type, in any case. */
  boolean isOf(String type) {
    return type().equalsIgnoreCase(type);
  }

  /** Whether the path ends in the name of a resource, and not in a collection or an action. */
  boolean isResource() {
    return names.size() == types.size();
  }

  /** The name of the service; empty if the path names none. */
  String serviceName() {
    return names.isEmpty() ? "" : names.get(0);
  }

  /** The key under which names are found in any case. */
  static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
