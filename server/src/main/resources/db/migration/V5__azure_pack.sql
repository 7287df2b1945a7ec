-- Windows Azure Pack: users, and which of their tokens are no longer taken. Every key starts with the space. Columns named
-- ..._key hold a text in lower case, as the API compares it.

create table pack_user (
  space              text not null,
  user_key           text collate "C" not null,
  name               text not null,
  email              text not null,
  email_key          text collate "C" not null,
  -- the number on the wire
  state              smallint not null,
  created_at         timestamptz not null,
  subscription_count integer not null,
  -- what the resource providers reported before the last synchronisation
  last_error         text,
  -- when the last synchronisation ends, or has ended, and what with; null if it succeeds
  synced_at          timestamptz not null,
  sync_failure       text,
  -- when the deletion ends; the row then counts as gone unless its synchronisation failed
  deleted_at         timestamptz,
  primary key (space, user_key)
) with (fillfactor = 80);

create table pack_invalid_token (
  space              text not null,
  user_key           text collate "C" not null,
  -- tokens that end at this time or before are refused
  expires_at         timestamptz not null,
  primary key (space, user_key)
);
