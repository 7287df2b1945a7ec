package dev.roster.server.batch;

import dev.roster.server.error.ApiError;
import dev.roster.server.error.ApiException;
import dev.roster.server.http.EntityTags;
import dev.roster.server.http.HttpDate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** The conditional headers of a request for a pool, as sent; null stands for absent. */
record Conditions(
    String ifMatch, String ifNoneMatch, String ifModifiedSince, String ifUnmodifiedSince) {

  private static final int NOT_MODIFIED = 304;

  /**
   * Checks that the headers can be understood.
   *
   * @throws ApiException MultipleConditionHeadersNotSupported, InvalidHeaderValue
   */
  Conditions {
    if (ifMatch != null && ifNoneMatch != null) {
      throw BatchErrors.multipleConditionHeadersNotSupported();
    }
    checkDate("If-Modified-Since", ifModifiedSince);
    checkDate("If-Unmodified-Since", ifUnmodifiedSince);
  }

  /**
   * Checks the conditions of a read.
   *
   * @throws ApiException ConditionNotMet, as 304 if the caller has the current pool already
   */
  void checkRead(Pool pool) {
    checkUnchanged(pool);
    if (isKnownToCaller(pool)) {
      throw new ApiException(
          new ApiError(NOT_MODIFIED, "ConditionNotMet", "The pool has not changed."));
    }
  }

  /**
   * Checks the conditions of a write.
   *
   * @throws ApiException ConditionNotMet
   */
  void checkWrite(Pool pool) {
    checkUnchanged(pool);
    if (isKnownToCaller(pool)) {
      throw BatchErrors.conditionNotMet();
    }
  }

  private void checkUnchanged(Pool pool) {
    boolean otherTag = ifMatch != null && !names(ifMatch, pool);
    boolean changed =
        date(ifUnmodifiedSince).map(since -> modified(pool).isAfter(since)).orElse(false);
    if (otherTag || changed) {
      throw BatchErrors.conditionNotMet();
    }
  }

  private boolean isKnownToCaller(Pool pool) {
    if (ifNoneMatch != null) {
      return names(ifNoneMatch, pool);
    }
    return date(ifModifiedSince).map(since -> !modified(pool).isAfter(since)).orElse(false);
  }

  private static boolean names(String tags, Pool pool) {
    return EntityTags.parse(tags).nameWeakly(List.of(pool.entityTag()));
  }

  private static void checkDate(String header, String value) {
    if (value != null && HttpDate.parse(value).isEmpty()) {
      throw BatchErrors.invalidHeaderValue(header, value);
    }
  }

  private static Optional<Instant> date(String value) {
    return Optional.ofNullable(value).flatMap(HttpDate::parse);
  }

  private static Instant modified(Pool pool) {
    return pool.modifiedAt.truncatedTo(ChronoUnit.SECONDS);
  }
}
