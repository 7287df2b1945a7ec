package dev.roster.server.apimanagement;

import dev.roster.server.error.ApiException;
import dev.roster.server.http.EntityTags;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;

/**
 * The conditions that a write carries; empty headers count as absent.
 *
 * <p>Source: the addendum of the ARM conventions, Azure/azure-resource-manager-rpc.
 */
record Preconditions(Optional<EntityTags> ifMatch, Optional<EntityTags> ifNoneMatch) {

  /** Reads the headers; null stands for absent. */
  static Preconditions of(String ifMatch, String ifNoneMatch) {
    return new Preconditions(tags(ifMatch), tags(ifNoneMatch));
  }

  /** Reads the one header of an operation that has no other. */
  static Preconditions ofIfMatch(String ifMatch) {
    return of(ifMatch, null);
  }

  private static Optional<EntityTags> tags(String header) {
    return Optional.ofNullable(header).filter(text -> !text.isBlank()).map(EntityTags::parse);
  }

  /**
   * Checks the conditions against what is there.
   *
   * @throws ApiException PreconditionFailed
   */
  void check(VersionTag present) {
    boolean stale = ifMatch.isPresent() && !ifMatch.get().nameStrongly(present.opaque());
    boolean unwanted = ifNoneMatch.isPresent() && ifNoneMatch.get().nameWeakly(present.opaque());
    if (stale || unwanted) {
      throw ApiManagementErrors.preconditionFailed();
    }
  }

  /**
   * Checks the conditions against nothing being there.
   *
   * @throws ApiException PreconditionFailed
   */
  void checkMissing() {
    if (ifMatch.isPresent()) {
      throw ApiManagementErrors.preconditionFailed();
    }
  }

  /** The refusal of a write that has to carry If-Match. */
  static ApiException missing() {
    return ApiManagementErrors.validation(
        HttpHeaders.IF_MATCH, FieldFaults.empty(HttpHeaders.IF_MATCH));
  }
}
