package dev.roster.server.apimanagement;

import dev.roster.server.apimanagement.api.model.SubscriptionContract;
import dev.roster.server.apimanagement.api.model.SubscriptionContractProperties;
import dev.roster.server.apimanagement.api.model.SubscriptionState;
import jakarta.inject.Singleton;

/** Product subscriptions on the wire. */
@Singleton
class SubscriptionMapper {

  private static final String USERS = "/users/";

  /** A subscription as its owner's listing shows it; what is unset is null. */
  SubscriptionContract toModel(ServiceInstance service, Subscription subscription) {
    return new SubscriptionContract()
        .id(ownerId(service, subscription) + "/subscriptions/" + subscription.id())
        .type(ServiceInstance.TYPE + "/users/subscriptions")
        .name(subscription.id())
        .properties(
            new SubscriptionContractProperties()
                .ownerId(ownerId(service, subscription))
                .scope(scope(service, subscription))
                .displayName(null)
                .state(SubscriptionState.ACTIVE)
                .createdDate(ApiManagementTime.model(subscription.createdAt()))
                .startDate(null)
                .expirationDate(null)
                .endDate(null)
                .notificationDate(null)
                .stateComment(null)
                .allowTracing(true));
  }

  /** The text of a property that a filter may use; null if it is unset. */
  String property(ServiceInstance service, Subscription subscription, String name) {
    return switch (name) {
      case "name" -> subscription.id();
      case "ownerId" -> ownerId(service, subscription);
      case "scope" -> scope(service, subscription);
      case "userId" -> subscription.userId();
      case "productId" -> subscription.product();
      default -> null;
    };
  }

  private static String ownerId(ServiceInstance service, Subscription subscription) {
    return service.resourceId() + USERS + subscription.userId();
  }

  private static String scope(ServiceInstance service, Subscription subscription) {
    return service.resourceId() + "/products/" + subscription.product();
  }
}
