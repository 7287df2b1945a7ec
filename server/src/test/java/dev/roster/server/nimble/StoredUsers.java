package dev.roster.server.nimble;

import dev.roster.server.nimble.NimbleWorld.TestUser;
import dev.roster.testing.StoredRows;
import jakarta.inject.Singleton;
import java.util.List;

/** The users of the array as they are stored. */
@Singleton
class StoredUsers extends StoredRows {

  static long serial(String id) {
    return ObjectId.Type.USER.serial(id).orElseThrow();
  }

  /** Every column of a user, one text; none if it is gone. */
  List<String> of(TestUser user) {
    return ofSpace("default", serial(user.id()));
  }

  /** As {@link #of}, in a space. */
  List<String> ofSpace(String space, long serial) {
    return query("select t::text from nimble_user t where space = ? and serial = ?", space, serial);
  }

  /** The ids of all users, so that a refused creation can be seen to have made none. */
  List<String> serials() {
    return query("select serial::text from nimble_user order by space, serial");
  }

  String passwordHash(String id) {
    return query(
            "select password_hash from nimble_user where space = 'default' and serial = ?",
            serial(id))
        .get(0);
  }
}
