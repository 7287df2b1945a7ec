package dev.roster.server.apimanagement;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Optional;

/**
 * One way for a user to sign in.
 *
 * @param provider in the spelling of {@link #PROVIDERS}
 * @param id what the provider knows the user by; may be null
 */
record Identity(String provider, String id) {

  /** E-mail address and password. */
  static final String BASIC = "Basic";

  /** The owner's Azure account. */
  static final String AZURE = "Azure";

  private static final List<String> PROVIDERS =
      List.of(BASIC, AZURE, "Aad", "AadB2C", "Facebook", "Google", "Microsoft", "Twitter");

  /** The provider that a caller means, in any case; empty if there is none. */
  static Optional<String> provider(String name) {
    return name == null
        ? Optional.empty()
        : PROVIDERS.stream().filter(known -> known.equalsIgnoreCase(name)).findFirst();
  }

  /** Whether the service gives it by itself, so that callers neither add nor remove it. */
  @JsonIgnore
  boolean isGivenByService() {
    return provider.equals(BASIC) || provider.equals(AZURE);
  }
}
