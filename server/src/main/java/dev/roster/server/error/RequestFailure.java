package dev.roster.server.error;

/**
 * What the framework refused, before the API's own code had a say; each API has an error for it.
 *
 * @param kind what is wrong
 * @param subject the parameter or property at fault, empty if unknown
 * @param value what was sent, empty if unknown or if it might be a secret
 * @param reason one sentence without secrets, empty if there is nothing to say
 */
public record RequestFailure(Kind kind, String subject, String value, String reason) {

  /** A failure of which only the kind is known. */
  public RequestFailure(Kind kind) {
    this(kind, "", "", "");
  }

  /** What can be wrong with a request. */
  public enum Kind {
    /** The URL cannot be decoded. */
    UNREADABLE_URL,
    /** No operation has this path. */
    UNKNOWN_PATH,
    /** The path exists, the verb does not. */
    WRONG_METHOD,
    /** The body's media type is not taken. */
    UNSUPPORTED_MEDIA_TYPE,
    /** The answer's media type is not offered. */
    NOT_ACCEPTABLE,
    /** The body is missing, is not well-formed, or has a value of another type. */
    MALFORMED_BODY,
    /** The body is larger than the API takes. */
    BODY_TOO_LARGE,
    /** A member of the body is required and missing. */
    MISSING_PROPERTY,
    /** A member of the body has the right type and a value that is not taken. */
    INVALID_PROPERTY,
    /** The body has a member that the API does not know, and it is set to care. */
    UNKNOWN_PROPERTY,
    /** A query or path parameter cannot be converted. */
    INVALID_PARAMETER,
    /** A number in the query is out of its range. */
    OUT_OF_RANGE_PARAMETER,
    /** A header cannot be converted. */
    INVALID_HEADER,
    /** The time for the request is over. */
    TIMED_OUT,
    /** No capacity at the moment. */
    BUSY,
    /** A defect of the server. */
    INTERNAL
  }
}
