package dev.roster.client.batch;

import java.time.Instant;

/**
 * What must hold of a pool for an operation to go on; null where nothing is asked for.
 *
 * <p>Immutable: each method returns changed conditions, as in {@code
 * PoolConditions.none().ifMatch(pool.eTag())}.
 *
 * @param ifMatch entity tag that the pool must have, sent as it is
 * @param ifNoneMatch entity tag that the pool must not have, sent as it is
 * @param ifModifiedSince time after which the pool must have changed, sent in whole seconds
 * @param ifUnmodifiedSince time after which the pool must not have changed, sent in whole seconds
 */
public record PoolConditions(
    String ifMatch, String ifNoneMatch, Instant ifModifiedSince, Instant ifUnmodifiedSince) {

  private static final PoolConditions NONE = new PoolConditions(null, null, null, null);

  /**
   * Asks for nothing.
   *
   * @return conditions without any set
   */
  public static PoolConditions none() {
    return NONE;
  }

  /**
   * Sets the tag that the pool must have.
   *
   * @param eTag from {@link BatchResponse#eTag()}, or {@code *} for any
   * @return changed conditions
   */
  public PoolConditions ifMatch(String eTag) {
    return new PoolConditions(eTag, ifNoneMatch, ifModifiedSince, ifUnmodifiedSince);
  }

  /**
   * Sets the tag that the pool must not have.
   *
   * @param eTag from {@link BatchResponse#eTag()}
   * @return changed conditions
   */
  public PoolConditions ifNoneMatch(String eTag) {
    return new PoolConditions(ifMatch, eTag, ifModifiedSince, ifUnmodifiedSince);
  }

  /**
   * Sets the time after which the pool must have changed.
   *
   * @param time from {@link BatchResponse#lastModified()}; a fraction of a second is dropped
   * @return changed conditions
   */
  public PoolConditions ifModifiedSince(Instant time) {
    return new PoolConditions(ifMatch, ifNoneMatch, time, ifUnmodifiedSince);
  }

  /**
   * Sets the time after which the pool must not have changed.
   *
   * @param time from {@link BatchResponse#lastModified()}; a fraction of a second is dropped
   * @return changed conditions
   */
  public PoolConditions ifUnmodifiedSince(Instant time) {
    return new PoolConditions(ifMatch, ifNoneMatch, ifModifiedSince, time);
  }
}
