package dev.roster.server.azurepack;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;

/** Whom the caller of the request at hand may act for; anybody, unless its token is a tenant's. */
@RequestScoped
class Caller {

  private boolean restricted;
  private Optional<String> user = Optional.empty();

  /**
   * Notes that the token is a tenant's.
   *
   * @param owner the user of the token; empty if it names none
   */
  void restrictTo(Optional<String> owner) {
    restricted = true;
    user = owner;
  }

  /** Whether the caller may act for a user. */
  boolean mayActFor(String name) {
    return !restricted || user.filter(own -> UserRules.isSame(own, name)).isPresent();
  }
}
