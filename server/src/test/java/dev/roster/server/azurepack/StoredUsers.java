package dev.roster.server.azurepack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.testing.StoredRows;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;

/** The users as the database has them. */
@Singleton
class StoredUsers extends StoredRows {

  /** Every column of a user as one text; empty if it is not stored. */
  List<String> of(String name) {
    return ofSpace("default", name);
  }

  /** As {@link #of}, in another space. */
  List<String> ofSpace(String space, String name) {
    return query(
        "select u::text from pack_user u where space = ? and user_key = ?",
        space,
        UserRepository.lower(name));
  }

  /** How many users are stored. */
  int count() {
    return Integer.parseInt(
        query("select count(*)::text from pack_user where space = 'default'").get(0));
  }

  /**
   * Gives a user what no request can give it.
   *
   * @param assignments such as {@code last_error = ?}
   */
  void change(String name, String assignments, Object... values) {
    Object[] parameters = Arrays.copyOf(values, values.length + 1);
    parameters[values.length] = UserRepository.lower(name);
    assertThat(
            execute(
                "update pack_user set " + assignments + " where space = 'default' and user_key = ?",
                parameters))
        .isEqualTo(1);
  }
}
