package dev.roster.server.batch;

import dev.roster.server.database.SpaceSql;
import dev.roster.server.database.SpaceStatements;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Parameters;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The accounts on nodes. */
@Singleton
class ComputeNodeUserRepository
    implements PanacheRepositoryBase<ComputeNodeUser, ComputeNodeUser.Key> {

  /**
   * An account by its name, on a node that is idle or running.
   *
   * <p>What else has to be the case stands in the statement too, so that one round trip does; who
   * wants to know why nothing was changed looks afterwards.
   */
  private static final String ON_OPERATIONAL_NODE =
      """
       batch_compute_node n
       where u.space = :space and u.pool_key = :pool and u.node_id = :node
         and u.name_key in (:name, :lowerName)
         and u.name_key = case when u.windows then :lowerName else :name end
         and (:expiredStay or u.effective_expires_at > :now)
         and n.space = u.space and n.pool_key = u.pool_key and n.id = u.node_id
         and (n.pinned_state is null and n.operational_at <= :now and n.scheduling_enabled
           or n.pinned_state in ('IDLE', 'RUNNING'))
      """;

  private static final SpaceSql REPLACE =
      SpaceSql.of(
          """
      update batch_compute_node_user u
        set password_hash = :passwordHash, ssh_public_key = :sshPublicKey,
          expires_at = :expiresAt,
          effective_expires_at =
            case when u.windows then cast(:expiresAt as timestamptz)
              else cast(:endOfDay as timestamptz) end,
          updated_at = :now
        from
      """
              + ON_OPERATIONAL_NODE
              // What Windows demands; AccountRules tells the caller.
              + " and (not u.windows or :onlyPassword)");

  private static final SpaceSql DELETE =
      SpaceSql.of("delete from batch_compute_node_user u using" + ON_OPERATIONAL_NODE);

  private final SpaceStatements statements;

  @Inject
  ComputeNodeUserRepository(SpaceStatements statements) {
    this.statements = statements;
  }

  /**
   * Replaces what can be changed of an account, in one statement that checks everything else.
   *
   * @return whether there was such an account on a node that allows it
   */
  boolean replace(AccountName account, AccountSettings settings, boolean expiredStay, Instant now) {
    Map<String, Object> parameters = account.parameters();
    parameters.put("passwordHash", settings.passwordHash());
    parameters.put("sshPublicKey", settings.sshPublicKey());
    parameters.put("expiresAt", settings.expiresAt());
    parameters.put("endOfDay", BatchTime.endOfDay(settings.expiresAt()));
    parameters.put(
        "onlyPassword", settings.passwordHash() != null && settings.sshPublicKey() == null);
    parameters.put("expiredStay", expiredStay);
    parameters.put("now", now);
    return statements.update(REPLACE, parameters) > 0;
  }

  /**
   * Deletes an account, in one statement that checks everything else.
   *
   * @return whether there was such an account on a node that allows it
   */
  boolean delete(AccountName account, boolean expiredStay, Instant now) {
    Map<String, Object> parameters = account.parameters();
    parameters.put("expiredStay", expiredStay);
    parameters.put("now", now);
    return statements.update(DELETE, parameters) > 0;
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
