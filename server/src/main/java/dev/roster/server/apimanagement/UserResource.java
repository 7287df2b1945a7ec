package dev.roster.server.apimanagement;

import dev.roster.server.apimanagement.UserRepository.Listed;
import dev.roster.server.apimanagement.api.UserApi;
import dev.roster.server.apimanagement.api.model.GenerateSsoUrlResult;
import dev.roster.server.apimanagement.api.model.UserCollection;
import dev.roster.server.apimanagement.api.model.UserContract;
import dev.roster.server.apimanagement.api.model.UserCreateParameters;
import dev.roster.server.apimanagement.api.model.UserTokenParameterProperties;
import dev.roster.server.apimanagement.api.model.UserTokenParameters;
import dev.roster.server.apimanagement.api.model.UserTokenResult;
import dev.roster.server.apimanagement.api.model.UserUpdateParameters;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestResponse;

/** Users, over HTTP. */
public class UserResource implements UserApi {

  /** The first version in which the deletion of a user has no status 200. */
  private static final String DELETION_WITHOUT_200 = "2023-05-01-preview";

  private static final Pattern ESCAPE = Pattern.compile("%[0-9A-F]{2}");

  private final UserService users;
  private final UserTokens tokens;
  private final UserMapper mapper;
  private final ApiManagementQueries queries;
  private final CurrentService current;

  @Inject
  UserResource(
      UserService users,
      UserTokens tokens,
      UserMapper mapper,
      ApiManagementQueries queries,
      CurrentService current) {
    this.users = users;
    this.tokens = tokens;
    this.mapper = mapper;
    this.queries = queries;
    this.current = current;
  }

  @Override
  public RestResponse<UserCollection> userListByService(
      String subscriptionId,
      String resourceGroupName,
      String serviceName,
      String apiVersion,
      String filter,
      Integer top,
      Integer skip,
      Boolean expandGroups) {
    ServiceInstance service = current.get();
    Page<Listed> page =
        users.list(service, queries.users(filter, top, skip), Boolean.TRUE.equals(expandGroups));
    return ApiManagementResponses.ok(
        new UserCollection()
            .value(
                page.items().stream()
                    .map(listed -> mapper.toModel(service, listed.user(), listed.groups()))
                    .toList())
            .count(page.count())
            .nextLink(queries.nextLink(page, skip)));
  }

  @Override
  public RestResponse<Void> userGetEntityTag(
      String subscriptionId,
      String resourceGroupName,
      String serviceName,
      String userId,
      String apiVersion) {
    return ApiManagementResponses.head(users.get(current.get(), userId).version());
  }

  @Override
  public RestResponse<UserContract> userGet(
      String subscriptionId,
      String resourceGroupName,
      String serviceName,
      String userId,
      String apiVersion) {
    ServiceInstance service = current.get();
    User user = users.get(service, userId);
    return ApiManagementResponses.ok(mapper.toModel(service, user), user.version());
  }

  @Override
  public RestResponse<UserContract> userCreateOrUpdate(
      String subscriptionId,
      String resourceGroupName,
      String serviceName,
      String userId,
      String apiVersion,
      UserCreateParameters body,
      Boolean notify,
      String ifMatch,
      String ifNoneMatch) {
    ServiceInstance service = current.get();
    UserService.Put put =
        users.put(
            service,
            userId,
            UserMapper.definition(Bodies.required(body)),
            Preconditions.of(ifMatch, ifNoneMatch));
    return ApiManagementResponses.put(
        put.created(),
        mapper.toModel(service, put.user(), Optional.of(put.groups())),
        put.user().version());
  }

  @Override
  public RestResponse<UserContract> userUpdate(
      String subscriptionId,
      String resourceGroupName,
      String serviceName,
      String userId,
      String apiVersion,
      String ifMatch,
      UserUpdateParameters body) {
    ServiceInstance service = current.get();
    User user =
        users.update(
            service,
            userId,
            UserMapper.changes(Bodies.required(body)),
            Preconditions.ofIfMatch(ifMatch));
    return ApiManagementResponses.patched(
        mapper.toModel(service, user, Optional.of(List.of())), user.version());
  }

  @Override
  public RestResponse<Void> userDelete(
      String subscriptionId,
      String resourceGroupName,
      String serviceName,
      String userId,
      String apiVersion,
      String ifMatch,
      Boolean deleteSubscriptions,
      Boolean notify,
      String appType) {
    boolean existed = users.delete(current.get(), userId, Preconditions.ofIfMatch(ifMatch));
    return ApiManagementResponses.deleted(existed && !current.speaksFrom(DELETION_WITHOUT_200));
  }

  @Override
  public RestResponse<GenerateSsoUrlResult> userGenerateSsoUrl(
      String subscriptionId,
      String resourceGroupName,
      String serviceName,
      String userId,
      String apiVersion) {
    ServiceInstance service = current.get();
    String token = tokens.signOnToken(service, users.get(service, userId));
    // The service writes escapes in lower case.
    String encoded =
        ESCAPE
            .matcher(URLEncoder.encode(token, StandardCharsets.UTF_8))
            .replaceAll(escape -> ArmPath.key(escape.group()));
    return ApiManagementResponses.ok(
        new GenerateSsoUrlResult()
            .value(
                "https://%s.portal.azure-api.net/signin-sso?token=%s"
                    .formatted(service.name(), encoded)));
  }

  @Override
  public RestResponse<UserTokenResult> userGetSharedAccessToken(
      String subscriptionId,
      String resourceGroupName,
      String serviceName,
      String userId,
      String apiVersion,
      UserTokenParameters body) {
    ServiceInstance service = current.get();
    UserTokenParameters sent = Bodies.required(body);
    UserTokenParameterProperties properties =
        sent.getProperties() == null ? new UserTokenParameterProperties() : sent.getProperties();
    tokens.check(UserMapper.text(properties.getKeyType()), properties.getExpiry());
    return ApiManagementResponses.ok(
        new UserTokenResult()
            .value(
                tokens.sharedAccessToken(
                    service,
                    users.get(service, userId),
                    UserMapper.text(properties.getKeyType()),
                    properties.getExpiry())));
  }
}
