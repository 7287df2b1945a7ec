package dev.roster.server.nimble;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.server.http.RequestContext;
import dev.roster.server.nimble.Tokens.ListedToken;
import dev.roster.server.nimble.api.TokensApi;
import jakarta.inject.Inject;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;

/** Tokens, over HTTP. {@link ObjectQueries} reads the query parameters from the URL itself. */
public class TokenResource implements TokensApi {

  private final SessionService sessions;
  private final NimbleAuthenticator authenticator;
  private final BodyMapper mapper;
  private final ObjectQueries queries;
  private final RequestContext context;

  @Inject
  TokenResource(
      SessionService sessions,
      NimbleAuthenticator authenticator,
      BodyMapper mapper,
      ObjectQueries queries,
      RequestContext context) {
    this.sessions = sessions;
    this.authenticator = authenticator;
    this.mapper = mapper;
    this.queries = queries;
    this.context = context;
  }

  @Override
  public RestResponse<ObjectNode> tokensList(
      String filter,
      Integer startRow,
      Integer endRow,
      Integer pageSize,
      String sortBy,
      String ignoringCaseSortBy) {
    return NimbleResponses.list(sessions.list(queries.list(Tokens.SET, false)));
  }

  @Override
  public RestResponse<ObjectNode> tokensListDetail(
      String filter,
      String fields,
      Integer startRow,
      Integer endRow,
      Integer pageSize,
      String sortBy,
      String ignoringCaseSortBy) {
    return NimbleResponses.list(sessions.list(queries.list(Tokens.SET, true)));
  }

  @Override
  public RestResponse<ObjectNode> tokensCreate(ObjectNode envelope) {
    RequestBody body = RequestBody.required(envelope);
    if (body.fetch()) {
      // Only the body tells a query, which needs a session, from a log-in, which needs none.
      authenticator.require(context.request());
      return NimbleResponses.list(sessions.list(queries.fetch(Tokens.SET, false, body)));
    }
    queries.none();
    return NimbleResponses.created(
        Tokens.SET.write(sessions.logIn(mapper.logIn(body, context.request().remoteAddress()))));
  }

  @Override
  public RestResponse<ObjectNode> tokensQueryDetail(
      ObjectNode envelope,
      String fields,
      Integer startRow,
      Integer endRow,
      Integer pageSize,
      String sortBy,
      String ignoringCaseSortBy) {
    RequestBody body = RequestBody.required(envelope).onlyFetch();
    return NimbleResponses.list(sessions.list(queries.fetch(Tokens.SET, true, body)));
  }

  @Override
  public RestResponse<ObjectNode> tokensRead(String id, String fields) {
    String tokenId = ObjectId.ofPath(id);
    List<Field<ListedToken>> members = queries.members(Tokens.SET);
    return NimbleResponses.object(ObjectSet.write(sessions.get(tokenId), members));
  }

  @Override
  public RestResponse<ObjectNode> tokensDelete(String id) {
    String tokenId = ObjectId.ofPath(id);
    queries.none();
    sessions.delete(tokenId);
    return NimbleResponses.nothing();
  }

  @Override
  public RestResponse<ObjectNode> tokensReportUserDetails(String id, ObjectNode envelope) {
    RequestBody body = RequestBody.optional(envelope).notFetch();
    String tokenId = ObjectId.ofPath(id);
    queries.none();
    mapper.checkAction(body, tokenId);
    Session session = sessions.find(tokenId);
    ObjectNode details =
        JsonNodeFactory.instance
            .objectNode()
            .put("user_name", session.userName())
            .put("user_id", session.userId())
            .put("role", session.role().wireValue())
            .put("inactivity_timeout", session.timeout())
            .put("primary_group_id", "")
            .put("primary_group_name", "")
            .put("group_count", 0);
    details.putArray("groups");
    return NimbleResponses.object(details);
  }
}
