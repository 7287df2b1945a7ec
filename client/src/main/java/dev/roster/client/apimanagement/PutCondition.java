package dev.roster.client.apimanagement;

import java.util.Objects;

/**
 * What must hold for a PUT to go on.
 *
 * <p>Immutable; at most one condition is set.
 *
 * @param ifMatch version that the entity must have, {@link ETag#ANY} for any; null if it may as
 *     well be missing
 * @param absent whether the entity must be missing, sent as {@code If-None-Match: *}
 */
public record PutCondition(ETag ifMatch, boolean absent) {

  private static final PutCondition NONE = new PutCondition(null, false);
  private static final PutCondition IF_ABSENT = new PutCondition(null, true);

  /**
   * Takes the conditions.
   *
   * @throws IllegalArgumentException if both are set, as nothing could meet them
   */
  public PutCondition {
    if (ifMatch != null && absent) {
      throw new IllegalArgumentException("No entity is both there and missing");
    }
  }

  /**
   * Asks for nothing: the entity is created or written anew.
   *
   * @return no condition
   */
  public static PutCondition none() {
    return NONE;
  }

  /**
   * Goes on only if the entity has a version, and so never creates one.
   *
   * @param eTag from {@link ApiManagementResponse#eTag()}, or {@link ETag#ANY}
   * @return the condition
   */
  public static PutCondition ifMatch(ETag eTag) {
    return new PutCondition(Objects.requireNonNull(eTag, "eTag"), false);
  }

  /**
   * Goes on only if there is no such entity, and so never overwrites one.
   *
   * @return the condition
   */
  public static PutCondition ifAbsent() {
    return IF_ABSENT;
  }

  String ifMatchHeader() {
    return ifMatch == null ? null : ifMatch.value();
  }

  String ifNoneMatchHeader() {
    return absent ? "*" : null;
  }
}
