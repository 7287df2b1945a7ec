package dev.roster.server.azurepack;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.regex.Pattern;

/** The paths of the API, which it takes in other spellings as well. */
@Singleton
class PackPaths {

  private static final Pattern USERS = Pattern.compile("/users");
  private static final Pattern USER = Pattern.compile("/users/[^/]+");
  private static final Pattern INVALID_TOKENS = Pattern.compile("/invalidusertokens");

  @Inject
  PackPaths() {}

  /** The path with its keyword in lower case and without a slash at its end. */
  String canonical(String path) {
    String trimmed = path;
    while (trimmed.length() > 1 && trimmed.endsWith("/")) {
      trimmed = trimmed.substring(0, trimmed.length() - 1);
    }
    int keyword = trimmed.indexOf('/', 1);
    return keyword < 0
        ? trimmed.toLowerCase(Locale.ROOT)
        : trimmed.substring(0, keyword).toLowerCase(Locale.ROOT) + trimmed.substring(keyword);
  }

  /** The verbs of a path, for an Allow header; empty if it is none of the API's. */
  String allowed(String path) {
    String canonical = canonical(path);
    if (USERS.matcher(canonical).matches()) {
      return "GET, POST";
    }
    if (USER.matcher(canonical).matches()) {
      return "DELETE, GET, PUT";
    }
    return INVALID_TOKENS.matcher(canonical).matches() ? "POST" : "";
  }

  /** Whether a path is that of all users. */
  static boolean isUsers(String path) {
    return USERS.matcher(path).matches();
  }
}
