package dev.roster.server.apimanagement;

import dev.roster.server.http.ApiRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What the contract demands of the parameters in path and query, beyond that they are there. */
@Singleton
class ParameterRules {

  private static final int LONGEST_USER_ID = 80;
  private static final int LONGEST_GROUP_ID = 256;
  private static final int LONGEST_SUBSCRIPTION_ID = 256;
  private static final int LONGEST_ARM_SUBSCRIPTION = 90;
  private static final int LONGEST_RESOURCE_GROUP = 90;
  private static final int LONGEST_SERVICE_NAME = 50;

  private static final Pattern SERVICE_NAME =
      Pattern.compile("[a-zA-Z](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?");
  private static final Pattern SUBSCRIPTION_ID = Pattern.compile("[^*#&+:<>?]+");

  private static final Set<String> LISTS =
      Set.of(
          "service/users",
          "service/users/groups",
          "service/users/subscriptions",
          "service/groups",
          "service/groups/users");

  /**
   * Checks the parameters of an operation.
   *
   * @throws dev.roster.server.error.ApiException ValidationError with each faulty one
   */
  void check(ApiRequest request, ArmPath path) {
    FieldFaults faults = new FieldFaults();
    checkNames(request, path, faults);
    String type = path.type().toLowerCase(Locale.ROOT);
    String verb = request.method();
    if (LISTS.contains(type) && !path.isResource()) {
      checkNumber(request, "$top", 1, faults);
      checkNumber(request, "$skip", 0, faults);
      if (type.equals("service/users")) {
        checkBoolean(request, "expandGroups", faults);
      }
    }
    if (type.equals("service/users") && path.isResource()) {
      if (verb.equals(HttpMethod.PUT) || verb.equals(HttpMethod.DELETE)) {
        checkBoolean(request, "notify", faults);
      }
      if (verb.equals(HttpMethod.DELETE)) {
        checkBoolean(request, "deleteSubscriptions", faults);
      }
    }
    faults.end();
  }

  private static void checkNames(ApiRequest request, ArmPath path, FieldFaults faults) {
    List<String> names = path.names();
    for (int i = 1; i < names.size(); i++) {
      String name = names.get(i);
      switch (path.types().get(i).toLowerCase(Locale.ROOT)) {
        case "users" -> faults.checkLength("userId", name, LONGEST_USER_ID);
        case "groups" -> faults.checkLength("groupId", name, LONGEST_GROUP_ID);
        case "subscriptions" ->
            faults
                .checkLength("sid", name, LONGEST_SUBSCRIPTION_ID)
                .check("sid", SUBSCRIPTION_ID.matcher(name).matches());
        default -> {
          // an action
        }
      }
    }
    // Elsewhere a name that no service can have is one that no service has.
    if (request.method().equals(HttpMethod.PUT) && path.isOf("service")) {
      faults
          .checkLength("subscriptionId", path.subscriptionId(), LONGEST_ARM_SUBSCRIPTION)
          .checkLength("resourceGroupName", path.resourceGroup(), LONGEST_RESOURCE_GROUP)
          .checkLength("serviceName", path.serviceName(), LONGEST_SERVICE_NAME)
          .check("serviceName", SERVICE_NAME.matcher(path.serviceName()).matches());
    }
  }

  private static void checkNumber(ApiRequest request, String name, int least, FieldFaults faults) {
    request
        .queryParameter(name)
        .filter(value -> !isNumber(value, least))
        .ifPresent(
            value ->
                faults.add(
                    name,
                    "'%s' has to be a whole number from %d to %d."
                        .formatted(name, least, Integer.MAX_VALUE)));
  }

  private static boolean isNumber(String text, int least) {
    try {
      return Integer.parseInt(text) >= least;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static void checkBoolean(ApiRequest request, String name, FieldFaults faults) {
    request
        .queryParameter(name)
        .filter(value -> !value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false"))
        .ifPresent(value -> faults.add(name, "'%s' has to be true or false.".formatted(name)));
  }
}
