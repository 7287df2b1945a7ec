package dev.roster.server.azurepack;

import java.util.Optional;

/**
 * What a request says of a user, of what callers may write.
 *
 * @param name without blanks at its ends; empty if it is absent or null
 * @param email empty if it is absent or null
 * @param state empty if it is absent
 */
record UserInput(Optional<String> name, Optional<String> email, Optional<UserState> state) {}
