package dev.roster.server.apimanagement;

import dev.roster.server.apimanagement.ServiceInstance.ServiceDefinition;
import dev.roster.server.database.Transactions;
import dev.roster.server.http.StorableText;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The rules for services. */
@Singleton
class ServiceInstanceService {

  private static final int LONGEST_PUBLISHER = 100;
  private static final int SECRET_BYTES = 64;

  private final ServiceInstanceRepository services;
  private final UserRepository users;
  private final GroupRepository groups;
  private final GroupUserRepository members;
  private final SubscriptionRepository subscriptions;
  private final Transactions transactions;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  /** A service that was put. */
  record Put(ServiceInstance service, boolean created) {}

  @Inject
  ServiceInstanceService(
      ServiceInstanceRepository services,
      UserRepository users,
      GroupRepository groups,
      GroupUserRepository members,
      SubscriptionRepository subscriptions,
      Transactions transactions,
      Clock clock) {
    this.services = services;
    this.users = users;
    this.groups = groups;
    this.members = members;
    this.subscriptions = subscriptions;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Makes a service with its owner and its groups, or changes what a present one says of itself.
   *
   * @throws dev.roster.server.error.ApiException ValidationError
   */
  Put put(ArmPath path, ServiceDefinition definition) {
    check(definition);
    return transactions.call(() -> make(path, definition));
  }

  /** Does what {@link #put} does within the caller's transaction, unchecked. */
  Put make(ArmPath path, ServiceDefinition definition) {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    boolean created = services.put(path, definition, secret, now);
    ServiceInstance service = services.find(path).service().orElseThrow();
    if (created) {
      fill(service, now);
    }
    return new Put(service, created);
  }

  /** Looks at a service. */
  Optional<ServiceInstance> find(ArmPath path) {
    return services.find(path).service();
  }

  /** Deletes a service with everything in it; tells whether it was there. */
  boolean delete(ServiceInstance service) {
    return transactions.call(() -> services.delete(service));
  }

  private static void check(ServiceDefinition definition) {
    new FieldFaults()
        .checkText("location", definition.location(), Integer.MAX_VALUE)
        .checkText("sku", definition.skuName(), Integer.MAX_VALUE)
        .checkText("publisherEmail", definition.publisherEmail(), LONGEST_PUBLISHER)
        .checkText("publisherName", definition.publisherName(), LONGEST_PUBLISHER)
        .checkLength(
            "notificationSenderEmail", definition.notificationSenderEmail(), LONGEST_PUBLISHER)
        .check("tags", definition.tags().keySet().stream().allMatch(StorableText::isStorable))
        .end();
  }

  /** What every new service has: the system's groups, the owner, and its subscriptions. */
  private void fill(ServiceInstance service, Instant now) {
    for (SystemGroup group : SystemGroup.values()) {
      groups.add(service, group.id(), group.definition(), true);
    }
    User owner = User.owner(service.definition().publisherEmail(), now);
    users.add(service, owner, null);
    members.add(service, SystemGroup.ADMINISTRATORS.id(), owner.id());
    members.add(service, SystemGroup.DEVELOPERS.id(), owner.id());
    if (!service.definition().skuName().equalsIgnoreCase(Subscription.TIER_WITHOUT_SAMPLES)) {
      for (String product : Subscription.SAMPLE_PRODUCTS) {
        subscriptions.add(service, Subscription.newId(random), owner.id(), product, now);
      }
    }
  }
}
