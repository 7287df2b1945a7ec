package dev.roster.check.apimanagement;

import dev.roster.check.Setting;
import dev.roster.check.replay.ReplayFixture;
import dev.roster.check.replay.Request;
import dev.roster.check.replay.Target;
import dev.roster.testing.Answer;

/** A service of API Management, as the caller named it. */
public final class ApiManagementService extends ReplayFixture {

  static final String VERSION = "2022-08-01";

  /** Asks for the service. */
  public static Answer firstAnswer(Target target) {
    return authorized(target, target.request("GET", path(target) + "?api-version=" + VERSION))
        .sendUnchecked();
  }

  /** A request with bearer token and api-version, to what lies under the service. */
  Request request(String method, String pathInService) {
    return authorized(
        target(),
        anonymous(
            method,
            path(target())
                + pathInService
                + (pathInService.contains("?") ? "&" : "?")
                + "api-version="
                + VERSION));
  }

  private static Request authorized(Target target, Request request) {
    return request.header(
        "Authorization", "Bearer " + target.required(Setting.API_MANAGEMENT_BEARER));
  }

  private static String path(Target target) {
    return "/subscriptions/%s/resourceGroups/%s/providers/Microsoft.ApiManagement/service/%s"
        .formatted(
            target.required(Setting.API_MANAGEMENT_SUBSCRIPTION),
            target.required(Setting.API_MANAGEMENT_RESOURCE_GROUP),
            target.required(Setting.API_MANAGEMENT_SERVICE));
  }
}
