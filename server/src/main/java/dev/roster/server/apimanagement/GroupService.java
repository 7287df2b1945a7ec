package dev.roster.server.apimanagement;

import dev.roster.server.apimanagement.Group.GroupDefinition;
import dev.roster.server.database.DatabaseFailures;
import dev.roster.server.database.Transactions;
import dev.roster.server.error.ApiException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.openapitools.jackson.nullable.JsonNullable;

/** The rules for groups. */
@Singleton
class GroupService {

  private static final int LONGEST_NAME = 300;
  private static final int LONGEST_DESCRIPTION = 1000;

  private static final String DISPLAY_NAME = "displayName";
  private static final String DESCRIPTION = "description";
  private static final String TYPE = "type";

  /** The types that a caller may give a group. */
  private static final Set<String> TYPES = Set.of(Group.CUSTOM, Group.EXTERNAL);

  private final GroupRepository groups;
  private final Transactions transactions;

  /** A group that was put. */
  record Put(Group group, boolean created) {}

  @Inject
  GroupService(GroupRepository groups, Transactions transactions) {
    this.groups = groups;
    this.transactions = transactions;
  }

  /**
   * Looks at a group.
   *
   * @throws ApiException Group not found
   */
  Group get(ServiceInstance service, String id) {
    return groups.find(service, id, RowLock.NONE).orElseThrow(ApiManagementErrors::groupNotFound);
  }

  /** Looks at a page of groups. */
  Page<Group> list(ServiceInstance service, Listing listing) {
    return groups.list(service, listing);
  }

  /**
   * Creates a group, or replaces what a present one says.
   *
   * @param definition with null for what the caller left out
   * @throws ApiException ValidationError, PreconditionFailed, MethodNotAllowed for a system group
   */
  Put put(
      ServiceInstance service, String id, GroupDefinition definition, Preconditions conditions) {
    FieldFaults faults =
        new FieldFaults().checkText(DISPLAY_NAME, definition.displayName(), LONGEST_NAME);
    checkOthers(faults, definition.description(), definition.type());
    faults.end();
    while (true) {
      try {
        return putOnce(service, id, definition, conditions);
      } catch (RuntimeException e) {
        // Somebody else created the group meanwhile, so that it is there the next time, unless it
        // is deleted again; the transaction ends this with the time for the request.
        if (!DatabaseFailures.isUniqueViolation(e)) {
          throw missingService(service, e);
        }
      }
    }
  }

  private Put putOnce(
      ServiceInstance service, String id, GroupDefinition definition, Preconditions conditions) {
    return transactions.call(
        () -> {
          Optional<Group> present = groups.find(service, id, RowLock.TO_CHANGE);
          if (present.isEmpty()) {
            conditions.checkMissing();
            return new Put(
                groups.add(service, id, withType(definition, Group.CUSTOM), false), true);
          }
          requireChangeable(present.get());
          conditions.check(present.get().version());
          GroupDefinition next = withType(definition, present.get().definition().type());
          return new Put(groups.replace(service, id, next), false);
        });
  }

  /**
   * Changes what the caller names of a group.
   *
   * @throws ApiException ValidationError, Group not found, PreconditionFailed, MethodNotAllowed for
   *     a system group
   */
  Group update(ServiceInstance service, String id, GroupChanges changes, Preconditions conditions) {
    FieldFaults faults = new FieldFaults();
    UserChanges.value(changes.displayName())
        .ifPresent(name -> faults.checkText(DISPLAY_NAME, name, LONGEST_NAME));
    checkOthers(faults, changes.description().orElse(null), changes.type().orElse(null));
    faults.end();
    return transactions.call(
        () -> {
          Group present =
              groups
                  .find(service, id, RowLock.TO_CHANGE)
                  .orElseThrow(ApiManagementErrors::groupNotFound);
          requireChangeable(present);
          conditions.check(present.version());
          return groups.replace(service, id, changed(present.definition(), changes));
        });
  }

  private static GroupDefinition changed(GroupDefinition present, GroupChanges changes) {
    return new GroupDefinition(
        UserChanges.value(changes.displayName()).orElse(present.displayName()),
        presentOr(changes.description(), present.description()),
        UserChanges.value(changes.type())
            .map(type -> type.toLowerCase(Locale.ROOT))
            .orElse(present.type()),
        presentOr(changes.externalId(), present.externalId()));
  }

  /** What can be unset: null is a value. */
  private static String presentOr(JsonNullable<String> change, String present) {
    return change.isPresent() ? change.get() : present;
  }

  /**
   * Deletes a group; its members stay users.
   *
   * @return whether there was one
   * @throws ApiException PreconditionFailed, MethodNotAllowed for a system group
   */
  boolean delete(ServiceInstance service, String id, Preconditions conditions) {
    return transactions.call(
        () -> {
          Optional<Group> present = groups.find(service, id, RowLock.TO_DELETE);
          if (present.isEmpty()) {
            return false;
          }
          if (present.get().builtIn()) {
            throw ApiManagementErrors.systemEntityNotDeleted();
          }
          conditions.check(present.get().version());
          groups.delete(service, id);
          return true;
        });
  }

  private static void checkOthers(FieldFaults faults, String description, String type) {
    faults
        .checkLength(DESCRIPTION, description, LONGEST_DESCRIPTION)
        .check(TYPE, type == null || TYPES.contains(type.toLowerCase(Locale.ROOT)));
  }

  private static GroupDefinition withType(GroupDefinition definition, String otherwise) {
    return new GroupDefinition(
        definition.displayName(),
        definition.description(),
        definition.type() == null ? otherwise : definition.type().toLowerCase(Locale.ROOT),
        definition.externalId());
  }

  private static void requireChangeable(Group group) {
    if (group.builtIn()) {
      throw ApiManagementErrors.systemEntityNotModified();
    }
  }

  /** Somebody may have deleted the service meanwhile. */
  private static RuntimeException missingService(ServiceInstance service, RuntimeException e) {
    return DatabaseFailures.isForeignKeyViolation(e)
        ? ApiManagementErrors.serviceNotFound(service.name(), service.resourceGroup())
        : e;
  }
}
