package dev.roster.server.error;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import dev.roster.server.auth.KeysUnavailableException;
import dev.roster.server.database.DatabaseFailures;
import dev.roster.server.error.RequestFailure.Kind;
import dev.roster.server.http.BodyTooLargeException;
import dev.roster.server.http.RequestContext;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Inject;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.CharConversionException;
import java.time.temporal.Temporal;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Turns every exception into an error of the API that the path belongs to.
 *
 * <p>The framework answers many requests itself, mostly with an empty body; these mappers are the
 * only way out, so that no answer under an API's path roots has a foreign body.
 */
public class ExceptionMappers {

  private static final Logger LOG = Logger.getLogger(ExceptionMappers.class);

  @Inject ErrorDialects dialects;
  @Inject RequestContext context;
  @Inject RoutingRefusals routingRefusals;

  /** A documented error. */
  @ServerExceptionMapper
  public Response documented(ApiException exception) {
    return dialects.write(exception.error(), context);
  }

  /** What JAX-RS refuses: routing, negotiation, conversion of parameters, unreadable bodies. */
  @ServerExceptionMapper
  public Uni<Response> refused(WebApplicationException exception) {
    RequestFailure failure = classify(exception);
    Uni<Response> answer = Uni.createFrom().item(() -> routingRefusals.answer(failure));
    // Routing refuses on the thread that serves all connections; nothing may wait there.
    return routingRefusals.asksFirst(failure)
        ? answer
            .onFailure()
            .recoverWithItem(this::unexpected)
            .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
        : answer;
  }

  /** A body that is JSON but not of the contract's types; outranks Quarkus's own mapper. */
  @ServerExceptionMapper(priority = 1)
  public Response mismatched(MismatchedInputException exception) {
    return dialects.write(unreadable(exception), context);
  }

  /** Constraints of the contract. */
  @ServerExceptionMapper
  public Response invalid(ConstraintViolationException exception) {
    return dialects.write(violation(exception), context);
  }

  /** Everything else; a defect unless the database or the clock says otherwise. */
  @ServerExceptionMapper
  public Response unexpected(Throwable exception) {
    for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
      if (cause instanceof ApiException documented) {
        return documented(documented);
      }
      if (cause instanceof BodyTooLargeException) {
        return dialects.write(new RequestFailure(Kind.BODY_TOO_LARGE), context);
      }
      if (cause instanceof KeysUnavailableException) {
        LOG.warnf("Request %s could not be admitted: %s", context.requestId(), cause.getMessage());
        return dialects.write(new RequestFailure(Kind.BUSY), context);
      }
      if (cause instanceof JacksonException unreadable) {
        return dialects.write(unreadable(unreadable), context);
      }
      if (cause instanceof CharConversionException) {
        // Jackson's, for what starts like UTF-16 or UTF-32 and goes on as something else
        return dialects.write(new RequestFailure(Kind.MALFORMED_BODY), context);
      }
    }
    return switch (DatabaseFailures.classify(exception)) {
      case TIMED_OUT -> dialects.write(new RequestFailure(Kind.TIMED_OUT), context);
      case BUSY -> dialects.write(new RequestFailure(Kind.BUSY), context);
      case OTHER -> {
        LOG.errorf(exception, "Request %s failed", context.requestId());
        yield dialects.write(new RequestFailure(Kind.INTERNAL), context);
      }
    };
  }

  private RequestFailure classify(WebApplicationException exception) {
    Throwable cause = exception.getCause();
    if (cause instanceof JacksonException unreadable) {
      return unreadable(unreadable);
    }
    if (cause instanceof BodyTooLargeException) {
      return new RequestFailure(Kind.BODY_TOO_LARGE);
    }
    if (exception instanceof NotFoundException) {
      // With a cause it is a parameter that does not convert; quarkus answers 404 for those.
      return new RequestFailure(cause == null ? Kind.UNKNOWN_PATH : Kind.INVALID_PARAMETER);
    }
    if (exception instanceof NotAllowedException) {
      return new RequestFailure(Kind.WRONG_METHOD);
    }
    if (exception instanceof NotSupportedException) {
      return new RequestFailure(
          Kind.UNSUPPORTED_MEDIA_TYPE, "", header(HttpHeaders.CONTENT_TYPE), "");
    }
    if (exception instanceof NotAcceptableException) {
      return new RequestFailure(Kind.NOT_ACCEPTABLE, "", header(HttpHeaders.ACCEPT), "");
    }
    if (exception instanceof BadRequestException && cause instanceof IllegalArgumentException) {
      return new RequestFailure(Kind.INVALID_HEADER);
    }
    int status = exception.getResponse().getStatus();
    if (status == Response.Status.REQUEST_ENTITY_TOO_LARGE.getStatusCode()) {
      return new RequestFailure(Kind.BODY_TOO_LARGE);
    }
    return status < Response.Status.INTERNAL_SERVER_ERROR.getStatusCode()
        ? new RequestFailure(Kind.MALFORMED_BODY)
        : new RequestFailure(Kind.INTERNAL);
  }

  private String header(String name) {
    return context.request().header(name).orElse("");
  }

  private static RequestFailure unreadable(JacksonException exception) {
    if (exception instanceof UnrecognizedPropertyException unknown) {
      return new RequestFailure(
          Kind.UNKNOWN_PROPERTY, unknown.getPropertyName(), "", "The member is not known.");
    }
    boolean rightTypeWrongValue =
        exception instanceof InvalidFormatException invalid && isTextForText(invalid)
            || exception instanceof ValueInstantiationException;
    if (rightTypeWrongValue && !path((JsonMappingException) exception).isEmpty()) {
      // Not Jackson's own message: it names Java classes.
      return new RequestFailure(
          Kind.INVALID_PROPERTY,
          path((JsonMappingException) exception),
          harmlessValue(exception),
          "The value is not valid for this property.");
    }
    return new RequestFailure(Kind.MALFORMED_BODY);
  }

  /** Whether a text was sent for a property that is written as a text; texts may be withheld. */
  private static boolean isTextForText(InvalidFormatException exception) {
    Class<?> type = exception.getTargetType();
    boolean textual =
        type == String.class || type.isEnum() || Temporal.class.isAssignableFrom(type);
    return textual && (exception.getValue() == null || exception.getValue() instanceof String);
  }

  /** The value that was sent, unless its property is a text: that may be a password. */
  private static String harmlessValue(JacksonException exception) {
    return exception instanceof InvalidFormatException invalid
            && invalid.getTargetType() != String.class
            && invalid.getValue() instanceof String value
        ? value
        : "";
  }

  /** Such as {@code properties.identities[0].provider}. */
  private static String path(JsonMappingException exception) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference reference : exception.getPath()) {
      if (reference.getFieldName() != null) {
        path.append(path.isEmpty() ? "" : ".").append(reference.getFieldName());
      } else if (reference.getIndex() >= 0) {
        path.append('[').append(reference.getIndex()).append(']');
      }
    }
    return path.toString();
  }

  private static RequestFailure violation(ConstraintViolationException exception) {
    ConstraintViolation<?> violation = exception.getConstraintViolations().iterator().next();
    Class<?> constraint = violation.getConstraintDescriptor().getAnnotation().annotationType();
    String parameter = "";
    StringBuilder property = new StringBuilder();
    for (Path.Node node : violation.getPropertyPath()) {
      switch (node.getKind()) {
        case PARAMETER -> parameter = node.getName();
        case PROPERTY -> property.append(property.isEmpty() ? "" : ".").append(node.getName());
        default -> {
          // the method, and container elements without a name
        }
      }
    }
    if (property.isEmpty()) {
      if (constraint == NotNull.class) {
        return new RequestFailure(Kind.MALFORMED_BODY);
      }
      boolean range = constraint == Min.class || constraint == Max.class;
      return new RequestFailure(
          range ? Kind.OUT_OF_RANGE_PARAMETER : Kind.INVALID_PARAMETER,
          parameter,
          "",
          violation.getMessage());
    }
    return new RequestFailure(
        constraint == NotNull.class ? Kind.MISSING_PROPERTY : Kind.INVALID_PROPERTY,
        property.toString(),
        "",
        violation.getMessage());
  }
}
