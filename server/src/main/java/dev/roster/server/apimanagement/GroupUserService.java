package dev.roster.server.apimanagement;

import dev.roster.server.apimanagement.UserRepository.Listed;
import dev.roster.server.database.Transactions;
import dev.roster.server.error.ApiException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The rules for memberships. */
@Singleton
class GroupUserService {

  private final UserRepository users;
  private final GroupRepository groups;
  private final GroupUserRepository members;
  private final Transactions transactions;

  /** A membership that was put. */
  record Put(User user, Group group, VersionTag version, boolean created) {}

  @Inject
  GroupUserService(
      UserRepository users,
      GroupRepository groups,
      GroupUserRepository members,
      Transactions transactions) {
    this.users = users;
    this.groups = groups;
    this.members = members;
    this.transactions = transactions;
  }

  /**
   * Looks at a page of the members of a group.
   *
   * @throws ApiException Group not found
   */
  Page<Listed> list(ServiceInstance service, Group group, Listing listing) {
    return users.listMembers(service, group.id(), listing);
  }

  /**
   * Looks at a page of the groups of a user.
   *
   * @throws ApiException User not found
   */
  Page<Group> listGroups(ServiceInstance service, User user, Listing listing) {
    return groups.listOfUser(service, user.id(), listing);
  }

  /** Whether a user is in a group; not if there is no such user or group. */
  boolean isMember(ServiceInstance service, String groupId, String userId) {
    return members.find(service, groupId, userId).isPresent();
  }

  /**
   * Adds a user to a group.
   *
   * @throws ApiException Group not found, User not found, MethodNotAllowed for a system group
   */
  Put add(ServiceInstance service, String groupId, String userId) {
    return transactions.call(
        () -> {
          Group group =
              groups
                  .find(service, groupId, RowLock.TO_REFER)
                  .orElseThrow(ApiManagementErrors::groupNotFound);
          requireChangeable(group);
          User user =
              users
                  .find(service, userId, RowLock.TO_REFER)
                  .orElseThrow(ApiManagementErrors::userNotFound);
          GroupUserRepository.Added added =
              members.add(service, groupId, userId).orElseThrow(ApiManagementErrors::userNotFound);
          return new Put(user, group, added.version(), added.created());
        });
  }

  /**
   * Takes a user out of a group.
   *
   * @return whether the user was in it
   * @throws ApiException MethodNotAllowed for a system group
   */
  boolean remove(ServiceInstance service, String groupId, String userId) {
    return transactions.call(
        () -> {
          groups
              .find(service, groupId, RowLock.NONE)
              .ifPresent(GroupUserService::requireChangeable);
          return members.remove(service, groupId, userId);
        });
  }

  private static void requireChangeable(Group group) {
    if (group.builtIn()) {
      throw ApiManagementErrors.systemEntityNotModified();
    }
  }
}
