package dev.roster.server.azurepack;

import dev.roster.server.azurepack.api.UsersApi;
import dev.roster.server.http.RequestContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Clock;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.RestResponse.Status;

/** Users, over HTTP. {@link UserQueries} reads the query parameters from the URL itself. */
public class UserResource implements UsersApi {

  private final UserService users;
  private final InputReader reader;
  private final UserQueries queries;
  private final RequestContext context;
  private final Clock clock;

  @Inject
  UserResource(
      UserService users,
      InputReader reader,
      UserQueries queries,
      RequestContext context,
      Clock clock) {
    this.users = users;
    this.reader = reader;
    this.queries = queries;
    this.context = context;
    this.clock = clock;
  }

  @Override
  public RestResponse<String> usersList(
      String skip, String take, String sortProperty, String sortDirection, String filter) {
    Format format = Negotiation.of(context.request());
    Page page = users.list(queries.list(context.request()));
    return answer(Status.OK, format, Documents.users(format, page, clock.instant()));
  }

  @Override
  public RestResponse<String> usersCreate(Payload body) {
    return user(Status.CREATED, users.create(reader.user(context.request(), body)));
  }

  @Override
  public RestResponse<String> usersRetrieve(String userName) {
    return user(Status.OK, users.get(userName));
  }

  @Override
  public RestResponse<String> usersUpdate(String userName, Payload body) {
    return user(Status.OK, users.update(userName, reader.user(context.request(), body)));
  }

  @Override
  public RestResponse<Void> usersDelete(String userName, String deleteSubscriptions, String force) {
    users.delete(userName, queries.deletion(context.request()));
    return Negotiation.empty(Status.ACCEPTED, context.request());
  }

  private RestResponse<String> user(Status status, User user) {
    Format format = Negotiation.of(context.request());
    return answer(status, format, Documents.user(format, user, clock.instant()));
  }

  private static RestResponse<String> answer(Status status, Format format, String body) {
    return ResponseBuilder.create(status, body)
        .header(HttpHeaders.CONTENT_TYPE, format.contentType())
        .build();
  }
}
