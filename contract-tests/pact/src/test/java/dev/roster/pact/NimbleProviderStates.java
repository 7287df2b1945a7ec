package dev.roster.pact;

/**
 * The {@link ProviderStates} of HPE Nimble Storage.
 *
 * <p>All of them have the built-in administrator. The user is that of the documentation's sample.
 */
public final class NimbleProviderStates {

  /** Id of the built-in administrator. */
  public static final String ADMINISTRATOR_ID = "1000000000000004d3000000000000000000000001";

  /** Id of the user. */
  public static final String USER_ID = "1000000000000004d3000000000000000000000003";

  /** Name of the user. */
  public static final String USER_NAME = "user729060021";

  /** Password of the user. */
  public static final String USER_PASSWORD = "password-91";

  /** Description of the user, as long as nobody changes it. */
  public static final String USER_DESCRIPTION = "Runs the nightly backup";

  /** Token of whoever is logged in; of the administrator if two are. Made up. */
  public static final String SESSION_TOKEN = "0123456789abcdef0123456789abcdef";

  /** Id of the session with that token. */
  public static final String SESSION_ID = "1900000000000004d3000000000000000000abcdef";

  /** Id of the session of the user, if two are logged in. */
  public static final String OTHER_SESSION_ID = "1900000000000004d3000000000000000000abcdf0";

  /** Nobody else than the administrator, and no session. */
  public static final String NO_SESSION = "an array that nobody is logged in to";

  /** The session of the administrator. */
  public static final String ADMINISTRATOR = "an array with its administrator logged in";

  /** The user, and the session of the administrator. */
  public static final String USER = "an array with the user, and its administrator logged in";

  /** The user, whom too many failed log-ins have locked, and the session of the administrator. */
  public static final String LOCKED_USER =
      "an array with the user, who is locked, and its administrator logged in";

  /** The user and its session. */
  public static final String USER_LOGGED_IN = "an array with the user logged in";

  /** The user and a session of each. */
  public static final String BOTH_LOGGED_IN =
      "an array with its administrator and the user logged in";

  /** As many sessions of the administrator as the server allows. */
  public static final String ALL_SESSIONS =
      "an array with all the sessions its administrator may have";

  /** As many users as the server allows, and the session of the administrator. */
  public static final String FULL = "an array with all the users it may have";

  private NimbleProviderStates() {}
}
