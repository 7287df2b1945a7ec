-- Azure API Management: services in their resource groups, users, groups, memberships and product subscriptions.
-- Every key starts with the space. Columns named ..._key hold a text in lower case, as the API compares it.
--
-- No other index begins with columns that the primary key begins with: PostgreSQL could take it to look for one row
-- before the table has statistics, and would then read all rows of the service. Listings have a column of their own for
-- that reason, listed_in, which is the service once more.

-- Subscriptions and resource groups that a request may name; a service that is put makes its own known.
create table arm_subscription (
  space            text not null,
  subscription_key text collate "C" not null,
  id               text not null,
  primary key (space, subscription_key)
);

create table arm_resource_group (
  space            text not null,
  subscription_key text collate "C" not null,
  group_key        text collate "C" not null,
  name             text not null,
  primary key (space, subscription_key, group_key),
  foreign key (space, subscription_key) references arm_subscription
);

-- The counters of entity tags, each above all earlier ones; the first of a row is also its place in listings.
create sequence apim_version;
create sequence apim_service_id;

create table apim_service (
  space            text not null,
  service_id       bigint not null default nextval('apim_service_id'),
  subscription_key text collate "C" not null,
  group_key        text collate "C" not null,
  service_key      text collate "C" not null,
  name             text not null,
  location         text not null,
  -- JSON as it was sent; jsonb would sort the names
  tags             text not null,
  sku_name         text not null,
  sku_capacity     integer not null,
  publisher_email  text not null,
  publisher_name   text not null,
  notification_sender_email text not null,
  -- signs the tokens of the service's users
  token_secret     bytea not null,
  created_at       timestamptz not null,
  version          bigint not null,
  primary key (space, service_id),
  unique (space, subscription_key, group_key, service_key),
  foreign key (space, subscription_key, group_key) references arm_resource_group
);

create table apim_user (
  space            text not null,
  service_id       bigint not null,
  user_key         text collate "C" not null,
  listed_in        bigint not null generated always as (service_id) stored,
  id               text not null,
  ordinal          bigint not null,
  first_name       text not null,
  first_name_key   text collate "C" not null,
  last_name        text not null,
  last_name_key    text collate "C" not null,
  email            text not null,
  email_key        text collate "C" not null,
  state            text collate "C" not null,
  note             text,
  note_key         text collate "C",
  -- Argon2id; null without a password
  password_hash    text,
  identities       jsonb not null,
  registered_at    timestamptz not null,
  version          bigint not null,
  companion_version bigint not null,
  primary key (space, service_id, user_key),
  constraint apim_user_email unique (email_key, space, service_id),
  foreign key (space, service_id) references apim_service on delete cascade
) with (fillfactor = 80);

create index apim_user_order on apim_user (listed_in, ordinal);
create index apim_user_state on apim_user (listed_in, state, ordinal);
create index apim_user_first_name on apim_user (listed_in, first_name_key, ordinal);
create index apim_user_last_name on apim_user (listed_in, last_name_key, ordinal);
create index apim_user_registered on apim_user (listed_in, registered_at, ordinal);

-- How many users a service has, so that a listing need not count them. In stripes, so that concurrent creations rarely
-- wait for each other.
create table apim_user_count (
  space            text not null,
  service_id       bigint not null,
  stripe           smallint not null,
  users            bigint not null,
  primary key (space, service_id, stripe),
  foreign key (space, service_id) references apim_service on delete cascade
) with (fillfactor = 50);

create function apim_count_added() returns trigger language plpgsql as $$
begin
  insert into apim_user_count (space, service_id, stripe, users)
    select space, service_id, hashtext(user_key) & 15, count(*) from added group by 1, 2, 3 order by 1, 2, 3
    on conflict (space, service_id, stripe) do update set users = apim_user_count.users + excluded.users;
  return null;
end $$;

create function apim_count_removed() returns trigger language plpgsql as $$
begin
  update apim_user_count c set users = c.users - r.users
    from (select space, service_id, hashtext(user_key) & 15 as stripe, count(*) as users
      from removed group by 1, 2, 3) r
    where c.space = r.space and c.service_id = r.service_id and c.stripe = r.stripe;
  return null;
end $$;

create trigger apim_user_added after insert on apim_user
  referencing new table as added for each statement execute function apim_count_added();
create trigger apim_user_removed after delete on apim_user
  referencing old table as removed for each statement execute function apim_count_removed();

create table apim_group (
  space            text not null,
  service_id       bigint not null,
  group_key        text collate "C" not null,
  id               text not null,
  ordinal          bigint not null,
  display_name     text not null,
  display_name_key text collate "C" not null,
  description      text,
  description_key  text collate "C",
  built_in         boolean not null,
  type             text not null,
  external_id      text,
  external_id_key  text collate "C",
  version          bigint not null,
  primary key (space, service_id, group_key),
  foreign key (space, service_id) references apim_service on delete cascade
);

create table apim_group_user (
  space            text not null,
  service_id       bigint not null,
  group_key        text collate "C" not null,
  user_key         text collate "C" not null,
  listed_in        bigint not null generated always as (service_id) stored,
  -- the user's, for listings of a group
  user_ordinal     bigint not null,
  version          bigint not null,
  primary key (space, service_id, group_key, user_key),
  foreign key (space, service_id, group_key) references apim_group on delete cascade,
  foreign key (space, service_id, user_key) references apim_user on delete cascade
);

create index apim_group_user_order on apim_group_user (listed_in, group_key, user_ordinal);
create index apim_group_user_of_user on apim_group_user (user_key, service_id, space);

create table apim_subscription (
  space            text not null,
  service_id       bigint not null,
  sid_key          text collate "C" not null,
  id               text not null,
  ordinal          bigint not null,
  user_key         text collate "C" not null,
  product          text not null,
  created_at       timestamptz not null,
  version          bigint not null,
  primary key (space, service_id, sid_key),
  foreign key (space, service_id, user_key) references apim_user on delete cascade
);

create index apim_subscription_of_user on apim_subscription (user_key, service_id, space);
