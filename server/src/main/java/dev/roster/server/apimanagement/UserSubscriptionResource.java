package dev.roster.server.apimanagement;

import dev.roster.server.apimanagement.api.UserSubscriptionApi;
import dev.roster.server.apimanagement.api.model.SubscriptionCollection;
import dev.roster.server.apimanagement.api.model.SubscriptionContract;
import jakarta.inject.Inject;
import java.util.function.Predicate;
import org.jboss.resteasy.reactive.RestResponse;

/** Product subscriptions seen from one user, over HTTP. */
public class UserSubscriptionResource implements UserSubscriptionApi {

  private final UserService users;
  private final SubscriptionService subscriptions;
  private final SubscriptionMapper mapper;
  private final ApiManagementQueries queries;
  private final CurrentService current;

  @Inject
  UserSubscriptionResource(
      UserService users,
      SubscriptionService subscriptions,
      SubscriptionMapper mapper,
      ApiManagementQueries queries,
      CurrentService current) {
    this.users = users;
    this.subscriptions = subscriptions;
    this.mapper = mapper;
    this.queries = queries;
    this.current = current;
  }

  @Override
  public RestResponse<SubscriptionCollection> userSubscriptionList(
      String subscriptionId,
      String resourceGroupName,
      String serviceName,
      String userId,
      String apiVersion,
      String filter,
      Integer top,
      Integer skip) {
    ServiceInstance service = current.get();
    Predicate<Subscription> condition =
        queries.subscriptions(
            filter, (subscription, property) -> mapper.property(service, subscription, property));
    User user = users.get(service, userId);
    Page<Subscription> page =
        subscriptions.list(service, user, condition, queries.top(top), queries.skip(skip));
    return ApiManagementResponses.ok(
        new SubscriptionCollection()
            .value(
                page.items().stream()
                    .map(subscription -> mapper.toModel(service, subscription))
                    .toList())
            .count(page.count())
            .nextLink(queries.nextLink(page, skip)));
  }

  @Override
  public RestResponse<SubscriptionContract> userSubscriptionGet(
      String subscriptionId,
      String resourceGroupName,
      String serviceName,
      String userId,
      String sid,
      String apiVersion) {
    ServiceInstance service = current.get();
    Subscription subscription = subscriptions.get(service, users.get(service, userId), sid);
    return ApiManagementResponses.ok(mapper.toModel(service, subscription), subscription.version());
  }
}
