package dev.roster.server.error;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/** Roster's own errors, for paths that belong to no emulated API. */
@Singleton
public class RosterErrorDialect {

  private static final Map<RequestFailure.Kind, Integer> STATUS =
      Map.of(
          RequestFailure.Kind.UNKNOWN_PATH, 404,
          RequestFailure.Kind.WRONG_METHOD, 405,
          RequestFailure.Kind.UNSUPPORTED_MEDIA_TYPE, 415,
          RequestFailure.Kind.NOT_ACCEPTABLE, 406,
          RequestFailure.Kind.BODY_TOO_LARGE, 413,
          RequestFailure.Kind.TIMED_OUT, 503,
          RequestFailure.Kind.BUSY, 503,
          RequestFailure.Kind.INTERNAL, 500);

  private static final int BAD_REQUEST = 400;

  Response write(RequestFailure failure) {
    String hint =
        failure.kind() == RequestFailure.Kind.UNKNOWN_PATH
            ? "No emulated API has this path. The contracts are listed at /q/swagger-ui."
            : failure.reason();
    return write(
        new ApiError(
            STATUS.getOrDefault(failure.kind(), BAD_REQUEST), failure.kind().name(), hint));
  }

  Response write(ApiError error) {
    return Response.status(error.status())
        .type(MediaType.APPLICATION_JSON_TYPE)
        .entity(Map.of("code", error.code(), "message", error.message()))
        .build();
  }
}
