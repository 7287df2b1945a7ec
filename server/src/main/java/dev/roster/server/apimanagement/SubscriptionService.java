package dev.roster.server.apimanagement;

import dev.roster.server.error.ApiException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Predicate;

/** The rules for product subscriptions. */
@Singleton
class SubscriptionService {

  private final SubscriptionRepository subscriptions;

  @Inject
  SubscriptionService(SubscriptionRepository subscriptions) {
    this.subscriptions = subscriptions;
  }

  /** Looks at a page of the subscriptions of a user that meet a condition. */
  Page<Subscription> list(
      ServiceInstance service, User user, Predicate<Subscription> condition, int top, int skip) {
    List<Subscription> found =
        subscriptions.ofUser(service, user.id()).stream().filter(condition).toList();
    return new Page<>(found.stream().skip(skip).limit(top).toList(), found.size());
  }

  /**
   * Looks at a subscription of a user.
   *
   * @param id in any case
   * @throws ApiException Subscription not found
   */
  Subscription get(ServiceInstance service, User user, String id) {
    return subscriptions.ofUser(service, user.id()).stream()
        .filter(subscription -> subscription.id().equalsIgnoreCase(id))
        .findFirst()
        .orElseThrow(ApiManagementErrors::subscriptionOfUserNotFound);
  }
}
