package dev.roster.server.azurepack;

import dev.roster.testing.StoredRows;
import jakarta.inject.Singleton;

/** Sets what no request can: what resource providers have made of a user. */
@Singleton
class ProviderState extends StoredRows {

  /** Gives a user subscriptions and an error. */
  void set(String name, int subscriptions, String lastError) {
    change(
        "update pack_user set subscription_count = ?, last_error = ? where user_key = ?",
        subscriptions,
        lastError,
        UserRepository.lower(name));
  }

  /** Begins a deletion that ends in no test's time. */
  void beginDeletion(String name) {
    change(
        "update pack_user set state = 3, deleted_at = '2999-01-01T00:00:00Z' where user_key = ?",
        UserRepository.lower(name));
  }

  private void change(String sql, Object... parameters) {
    int rows = execute(sql, parameters);
    if (rows != 1) {
      throw new AssertionError(rows + " rows: " + sql);
    }
  }
}
