package dev.roster.server.batch;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Parameters;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/** The accounts on nodes. */
@Singleton
class ComputeNodeUserRepository
    implements PanacheRepositoryBase<ComputeNodeUser, ComputeNodeUser.Key> {

  /** An account by its name, on a node that is idle or running. */
  private static final String ON_OPERATIONAL_NODE =
      " poolKey = :pool and nodeId = :node"
          + " and (windows = false and nameKey = :name or windows = true and nameKey = :lowerName)"
          + " and exists (select 1 from ComputeNode n where n.poolKey = :pool and n.id = :node"
          + " and (n.pinnedState is null and n.operationalAt <= :now and n.schedulingEnabled = true"
          + " or n.pinnedState in (IDLE, RUNNING)))";

  private static final String REPLACE =
      "passwordHash = :passwordHash, sshPublicKey = :sshPublicKey, expiresAt = :expiresAt,"
          + " effectiveExpiresAt = case when windows = true then cast(:expiresAt as Instant) else cast(:endOfDay as Instant) end,"
          + " updatedAt = :now where"
          + ON_OPERATIONAL_NODE
          // What Windows demands; AccountRules tells the caller.
          + " and (windows = false or :onlyPassword = true)"
          + " and (effectiveExpiresAt > :now or :expiredStay = true)";

  private static final String DELETE =
      ON_OPERATIONAL_NODE + " and (effectiveExpiresAt > :now or :expiredStay = true)";

  /**
   * Replaces what can be changed of an account, in one statement that checks everything else.
   *
   * @return whether there was such an account on a node that allows it
   */
  boolean replace(AccountName account, AccountSettings settings, boolean expiredStay, Instant now) {
    return update(
            REPLACE,
            account
                .parameters()
                .and("passwordHash", settings.passwordHash())
                .and("sshPublicKey", settings.sshPublicKey())
                .and("expiresAt", settings.expiresAt())
                .and("endOfDay", BatchTime.endOfDay(settings.expiresAt()))
                .and(
                    "onlyPassword",
                    settings.passwordHash() != null && settings.sshPublicKey() == null)
                .and("expiredStay", expiredStay)
                .and("now", now))
        > 0;
  }

  /**
   * Deletes an account, in one statement that checks everything else.
   *
   * @return whether there was such an account on a node that allows it
   */
  boolean delete(AccountName account, boolean expiredStay, Instant now) {
    return delete(DELETE, account.parameters().and("expiredStay", expiredStay).and("now", now)) > 0;
  }

  /** Deletes an account that has expired, if there is one. */
  void deleteExpired(AccountName account, boolean windows, Instant now) {
    delete(
        "poolKey = :pool and nodeId = :node and nameKey = :name and effectiveExpiresAt <= :now",
        Parameters.with("pool", account.poolKey())
            .and("node", account.nodeId())
            .and("name", ComputeNodeUser.nameKey(account.name(), windows))
            .and("now", now));
  }

  /** Deletes all accounts of a node. */
  void deleteAll(ComputeNode node) {
    delete("poolKey = ?1 and nodeId = ?2", node.poolKey, node.id);
  }

  /** All accounts of a node, in the order of their names. */
  List<ComputeNodeUser> of(ComputeNode node) {
    return list("poolKey = ?1 and nodeId = ?2 order by nameKey", node.poolKey, node.id);
  }
}
