-- HPE Nimble Storage: users and their sessions. Every key starts with the space, and no other index begins with columns
-- that the primary key begins with; V3 tells why.

-- What ids end in. 1 is the built-in administrator, 3 the user of the documentation's sample; none is given twice.
create sequence nimble_user_serial start with 4;
create sequence nimble_session_serial;

create table nimble_user (
  space              text not null,
  serial             bigint not null,
  name               text collate "C" not null,
  description        text not null,
  role               text not null,
  -- Argon2id
  password_hash      text not null,
  -- seconds; 0 takes the group's
  inactivity_timeout bigint not null,
  created_at         timestamptz not null,
  modified_at        timestamptz not null,
  full_name          text not null,
  email_address      text not null,
  disabled           boolean not null,
  last_login_at      timestamptz,
  last_logout_at     timestamptz,
  -- in a row
  failed_log_ins     integer not null default 0,
  -- after too many of them
  locked             boolean not null default false,
  primary key (space, serial),
  constraint nimble_user_name unique (name, space)
) with (fillfactor = 80);

create table nimble_session (
  space              text not null,
  serial             bigint not null default nextval('nimble_session_serial'),
  -- SHA-256; the token itself is not kept
  token_hash         text collate "C" not null,
  user_serial        bigint not null,
  app_name           text not null,
  source_ip          text not null,
  created_at         timestamptz not null,
  -- of the last request, give or take a second
  used_at            timestamptz not null,
  primary key (space, serial),
  unique (token_hash, space),
  foreign key (space, user_serial) references nimble_user on delete cascade
) with (fillfactor = 80);

create index nimble_session_of_user on nimble_session (user_serial, space);
