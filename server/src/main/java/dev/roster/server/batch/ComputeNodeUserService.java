package dev.roster.server.batch;

import dev.roster.server.auth.Passwords;
import dev.roster.server.config.Choices;
import dev.roster.server.database.DatabaseFailures;
import dev.roster.server.database.Transactions;
import dev.roster.server.error.ApiException;
import dev.roster.server.http.RequestContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The rules for accounts on nodes. */
@Singleton
class ComputeNodeUserService {

  /** How often a write is tried whose obstacle is gone when it is looked for. */
  private static final int TRIES = 3;

  private final ComputeNodeUserRepository users;
  private final ComputeNodeService nodes;
  private final AccountRules rules;
  private final Passwords passwords;
  private final Transactions transactions;
  private final Choices choices;
  private final Clock clock;
  private final RequestContext context;

  @Inject
  ComputeNodeUserService(
      ComputeNodeUserRepository users,
      ComputeNodeService nodes,
      AccountRules rules,
      Passwords passwords,
      Transactions transactions,
      Choices choices,
      Clock clock,
      RequestContext context) {
    this.users = users;
    this.nodes = nodes;
    this.rules = rules;
    this.passwords = passwords;
    this.transactions = transactions;
    this.choices = choices;
    this.clock = clock;
    this.context = context;
  }

  /**
   * Adds an account.
   *
   * @throws ApiException MissingRequiredProperty, InvalidPropertyValue, PoolNotFound, NodeNotFound,
   *     NodeUserExists, or what the state of pool and node forbids
   */
  void add(AccountName account, boolean admin, Credentials credentials) {
    rules.checkName(account.name());
    AccountSettings settings = settings(credentials);
    try {
      transactions.run(
          () -> {
            Instant now = clock.instant();
            // The lock keeps the node from being reimaged before the account is there.
            ComputeNode node =
                nodes.findForChange(
                    account.poolId(), account.nodeId(), now, LockModeType.PESSIMISTIC_READ);
            rules.checkNameFormat(node, account.name());
            rules.checkCredentials(node, credentials);
            nodes.requireOperational(node, now);
            if (!expiredStay()) {
              users.deleteExpired(account, node.windows, now);
            }
            users.persistAndFlush(ComputeNodeUser.of(node, account.name(), admin, settings, now));
          });
    } catch (PersistenceException e) {
      if (DatabaseFailures.isUniqueViolation(e)) {
        throw BatchErrors.nodeUserExists();
      }
      throw e;
    }
  }

  /**
   * Replaces password, key and expiry of an account; what is not given is removed or reset.
   *
   * @throws ApiException NodeUserNotFound, and as for {@link #add}
   */
  void update(AccountName account, Credentials credentials) {
    AccountSettings settings = settings(credentials);
    Consumer<ComputeNode> rulesOfNode = node -> rules.checkCredentials(node, credentials);
    write(
        account,
        rulesOfNode,
        now -> {
          if (rules.wantsComplexPasswords()) {
            explain(account, rulesOfNode);
          }
          return users.replace(account, settings, expiredStay(), now);
        });
  }

  /**
   * Deletes an account.
   *
   * @throws ApiException NodeUserNotFound, PoolNotFound, NodeNotFound, or what the state of pool
   *     and node forbids
   */
  void delete(AccountName account) {
    write(account, node -> {}, now -> users.delete(account, expiredStay(), now));
  }

  /**
   * Runs a statement that checks everything by itself; only if it found nothing to do is the reason
   * looked for.
   */
  private void write(
      AccountName account, Consumer<ComputeNode> rulesOfNode, Predicate<Instant> statement) {
    for (int i = 0; i < TRIES; i++) {
      if (statement.test(clock.instant())) {
        return;
      }
      explain(account, rulesOfNode);
    }
    throw BatchErrors.serverBusy();
  }

  /** Throws the reason why an account cannot be changed; returns if there is none any more. */
  private void explain(AccountName account, Consumer<ComputeNode> rulesOfNode) {
    transactions.run(() -> explain(account, rulesOfNode, clock.instant()));
  }

  private void explain(AccountName account, Consumer<ComputeNode> rulesOfNode, Instant now) {
    ComputeNode node =
        nodes.findForChange(account.poolId(), account.nodeId(), now, LockModeType.NONE);
    rulesOfNode.accept(node);
    nodes.requireOperational(node, now);
    ComputeNodeUser user = users.findById(account.key(node.windows));
    if (user == null || user.isExpired(now) && !expiredStay()) {
      throw BatchErrors.nodeUserNotFound();
    }
  }

  private AccountSettings settings(Credentials credentials) {
    String password = credentials.password();
    return new AccountSettings(
        password == null || password.isEmpty() ? null : passwords.hash(password, context),
        credentials.sshPublicKey(),
        BatchTime.expiry(credentials.expiryTime(), clock.instant()));
  }

  private boolean expiredStay() {
    return choices.is("batch.common.expired-users", "keep");
  }
}
