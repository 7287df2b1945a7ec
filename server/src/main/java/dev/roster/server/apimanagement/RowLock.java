package dev.roster.server.apimanagement;

import dev.roster.server.database.SpaceSql;
import java.util.EnumMap;
import java.util.Map;

/** What a row that was read is kept from until the transaction ends. */
enum RowLock {
  /** Nothing. */
  NONE(""),

  /** Changes and deletion by others; they may refer to it, as memberships do. */
  TO_CHANGE(" for no key update"),

  /** Changes and deletion by others, and their references to it. */
  TO_DELETE(" for update"),

  /** Deletion by others. */
  TO_REFER(" for key share");

  private final String clause;

  RowLock(String clause) {
    this.clause = clause;
  }

  /** The statement that reads a row, for each lock. */
  static Map<RowLock, SpaceSql> statements(String select) {
    Map<RowLock, SpaceSql> statements = new EnumMap<>(RowLock.class);
    for (RowLock lock : values()) {
      statements.put(lock, SpaceSql.of(select + lock.clause));
    }
    return statements;
  }
}
