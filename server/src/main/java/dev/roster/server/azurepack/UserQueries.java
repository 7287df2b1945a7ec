package dev.roster.server.azurepack;

import dev.roster.server.http.ApiRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Map;

/** Reads the parameters of lists and deletions, which may be written in any case. */
@Singleton
class UserQueries {

  private static final Map<String, String> SORT_COLUMNS =
      Map.of(
          "name", "u.user_key",
          "email", "u.email_key",
          "state", "u.state",
          "createdtime", "u.created_at",
          "subscriptioncount", "u.subscription_count",
          "activationsyncstate",
              "case when u.synced_at > :now then 1 when u.sync_failure is not null then 2 else 0 end",
          "lasterrormessage",
              "(case when u.synced_at <= :now and u.sync_failure is not null then u.sync_failure else u.last_error end) collate \"C\"");

  /**
   * What a deletion takes along.
   *
   * @param force whether what subscriptions consist of stays at its providers
   */
  record Deletion(boolean deleteSubscriptions, boolean force) {}

  @Inject
  UserQueries() {}

  /**
   * The query of a list.
   *
   * @throws dev.roster.server.error.ApiException ResourceNotFound, as the documentation says
   */
  UserQuery list(ApiRequest request) {
    String property = request.queryParameter("sortProperty").orElse("Name");
    String column = SORT_COLUMNS.get(property.toLowerCase(Locale.ROOT));
    if (column == null) {
      throw PackErrors.incorrectParameter("sortProperty", property);
    }
    return new UserQuery(
        number(request, "skip", 0),
        number(request, "take", Integer.MAX_VALUE),
        column,
        isDescending(request),
        UserRepository.lower(request.queryParameter("filter").orElse("")));
  }

  private static boolean isDescending(ApiRequest request) {
    String direction = request.queryParameter("sortDirection").orElse("asc");
    return switch (direction.toLowerCase(Locale.ROOT)) {
      case "asc", "ascending" -> false;
      case "desc", "descending" -> true;
      default -> throw PackErrors.incorrectParameter("sortDirection", direction);
    };
  }

  private static int number(ApiRequest request, String name, int absent) {
    String text = request.queryParameter(name).orElse("");
    if (text.isEmpty()) {
      return absent;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // as for a negative one
    }
    throw PackErrors.incorrectParameter(name, text);
  }

  /**
   * The flags of a deletion.
   *
   * @throws dev.roster.server.error.ApiException InvalidInput
   */
  Deletion deletion(ApiRequest request) {
    return new Deletion(flag(request, "deleteSubscriptions"), flag(request, "force"));
  }

  private static boolean flag(ApiRequest request, String name) {
    String text = request.queryParameter(name).orElse("false");
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false", "" -> false;
      default ->
          throw PackErrors.invalidInput(
              "The value '%s' of the parameter '%s' is neither True nor False."
                  .formatted(text, name));
    };
  }
}
