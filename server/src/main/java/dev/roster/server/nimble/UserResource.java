package dev.roster.server.nimble;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.server.nimble.BodyMapper.NewUser;
import dev.roster.server.nimble.api.UsersApi;
import jakarta.inject.Inject;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;

/** Users, over HTTP. {@link ObjectQueries} reads the query parameters from the URL itself. */
public class UserResource implements UsersApi {

  private final UserService users;
  private final BodyMapper mapper;
  private final ObjectQueries queries;
  private final CurrentSession current;

  @Inject
  UserResource(
      UserService users, BodyMapper mapper, ObjectQueries queries, CurrentSession current) {
    this.users = users;
    this.mapper = mapper;
    this.queries = queries;
    this.current = current;
  }

  @Override
  public RestResponse<ObjectNode> usersList(
      String filter,
      Integer startRow,
      Integer endRow,
      Integer pageSize,
      String sortBy,
      String ignoringCaseSortBy) {
    return NimbleResponses.list(users.list(queries.list(Users.SET, false)));
  }

  @Override
  public RestResponse<ObjectNode> usersListDetail(
      String filter,
      String fields,
      Integer startRow,
      Integer endRow,
      Integer pageSize,
      String sortBy,
      String ignoringCaseSortBy) {
    return NimbleResponses.list(users.list(queries.list(Users.SET, true)));
  }

  @Override
  public RestResponse<ObjectNode> usersCreate(ObjectNode envelope) {
    RequestBody body = RequestBody.required(envelope);
    if (body.fetch()) {
      return NimbleResponses.list(users.list(queries.fetch(Users.SET, false, body)));
    }
    queries.none();
    current.requireAdministrator();
    NewUser user = mapper.newUser(body);
    return NimbleResponses.created(
        Users.SET.write(users.create(user.definition(), user.password())));
  }

  @Override
  public RestResponse<ObjectNode> usersQueryDetail(
      ObjectNode envelope,
      String fields,
      Integer startRow,
      Integer endRow,
      Integer pageSize,
      String sortBy,
      String ignoringCaseSortBy) {
    RequestBody body = RequestBody.required(envelope).onlyFetch();
    return NimbleResponses.list(users.list(queries.fetch(Users.SET, true, body)));
  }

  @Override
  public RestResponse<ObjectNode> usersRead(String id, String fields) {
    String userId = ObjectId.ofPath(id);
    List<Field<User>> members = queries.members(Users.SET);
    return NimbleResponses.object(ObjectSet.write(users.get(userId), members));
  }

  @Override
  public RestResponse<ObjectNode> usersUpdate(String id, ObjectNode envelope) {
    RequestBody body = RequestBody.required(envelope).notFetch();
    String userId = ObjectId.ofPath(id);
    queries.none();
    users.checkPermission(userId);
    UserChanges changes = mapper.changes(body, userId);
    users.checkPermission(changes);
    return NimbleResponses.object(Users.SET.write(users.update(userId, changes)));
  }

  @Override
  public RestResponse<ObjectNode> usersDelete(String id) {
    String userId = ObjectId.ofPath(id);
    queries.none();
    current.requireAdministrator();
    users.delete(userId);
    return NimbleResponses.nothing();
  }

  @Override
  public RestResponse<ObjectNode> usersUnlock(String id, ObjectNode envelope) {
    RequestBody body = RequestBody.optional(envelope).notFetch();
    String userId = ObjectId.ofPath(id);
    queries.none();
    current.requireAdministrator();
    mapper.checkAction(body, userId);
    users.unlock(userId);
    return NimbleResponses.object(
        JsonNodeFactory.instance
            .objectNode()
            .put("id", users.get(userId).id())
            .put("auth_lock", false));
  }
}
