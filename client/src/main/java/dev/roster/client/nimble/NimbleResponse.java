package dev.roster.client.nimble;

/**
 * An answer of the array.
 *
 * @param value what the envelope of the body holds, or a page with its rows; null where the
 *     operation answers nothing
 * @param status HTTP status: 201 for what was created, otherwise 200, or 206 when a real array had
 *     to leave something out
 * @param <T> type of the value
 */
public record NimbleResponse<T>(T value, int status) {

  <U> NimbleResponse<U> with(U other) {
    return new NimbleResponse<>(other, status);
  }
}
