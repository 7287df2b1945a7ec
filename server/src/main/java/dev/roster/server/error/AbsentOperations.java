package dev.roster.server.error;

import dev.roster.server.http.Api;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Operations that the real services have and Roster does not. Their errors keep the vendor's status
 * and code, and say so, as their callers would search for a fault of their own otherwise.
 */
final class AbsentOperations {

  private static final String HINT =
      " Roster does not have this operation; see README, 'What is covered'.";

  /** The errors of a path or a verb that an API does not have. */
  private static final Set<String> CODES =
      Set.of(
          "InvalidUri",
          "UnsupportedHttpVerb",
          "InvalidResourceType",
          "MethodNotAllowed",
          "SM_no_path_found",
          "SM_no_action_found",
          "SM_no_method_for_URL_pattern",
          "ResourceNotFound");

  /** Verb and path of operations around the users, by API. */
  private static final Map<Api, List<Pattern>> OPERATIONS =
      Map.of(
          Api.AZURE_BATCH,
          List.of(
              operation("PATCH", "/pools/[^/]+"),
              operation(
                  "POST",
                  "/pools/[^/]+/(removenodes|resize|stopresize|enableautoscale|disableautoscale"
                      + "|evaluateautoscale|updateproperties|upgradeos)"),
              operation(
                  "(GET|POST)",
                  "/pools/[^/]+/nodes/[^/]+/(files|rdp|remoteloginsettings|extensions"
                      + "|uploadbatchservicelogs|start|deallocate)(/.*)?"),
              operation(
                  "[A-Z]+",
                  "/(jobs|jobschedules|certificates|applications|supportedimages|nodecounts"
                      + "|poolusagemetrics|lifetimepoolstats|lifetimejobstats)(/.*)?")),
          Api.AZURE_API_MANAGEMENT,
          List.of(
              operation(
                  "[A-Z]+",
                  "/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.ApiManagement"
                      + "/service/[^/]+/(subscriptions|products|identityProviders|notifications"
                      + "|portalsettings|policies|namedValues|tenant)(/.*)?")),
          Api.NIMBLE,
          List.of(
              operation(
                  "[A-Z]+",
                  "/v1/(user_policies|user_groups|active_directory_memberships|groups|pools"
                      + "|volumes|volume_collections|snapshots|disks|events|alarms|audit_log"
                      + "|initiators|initiator_groups|access_control_records|performance_policies"
                      + "|software_versions|subnets|network_configs|shelves|folders|jobs)(/.*)?"),
              operation("(PUT|POST|DELETE)", "/v1/arrays(/.*)?")),
          Api.AZURE_PACK,
          List.of(operation("[A-Z]+", "/(plans|subscriptions|addons|adminusers|services)(/.*)?")));

  private AbsentOperations() {}

  private static Pattern operation(String verb, String path) {
    return Pattern.compile(verb + " (" + path + ")", Pattern.CASE_INSENSITIVE);
  }

  /**
   * Completes the text of an error.
   *
   * @param path as routing reads it
   */
  static ApiError explain(Api api, String verb, String path, ApiError error) {
    String operation = verb + " " + path;
    boolean absent =
        CODES.contains(error.code())
            && OPERATIONS.get(api).stream()
                .anyMatch(pattern -> pattern.matcher(operation).matches());
    return absent
        ? new ApiError(
            error.status(), error.code(), error.message() + HINT, error.details(), error.headers())
        : error;
  }
}
