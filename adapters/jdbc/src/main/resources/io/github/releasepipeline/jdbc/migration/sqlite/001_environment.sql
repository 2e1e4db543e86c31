-- An environment whose items are kept in tables, on SQLite.
-- Items are staged as a new set, and one row for each environment points at the set that is active.
-- canary_part: how many percent of new executions get the staged set; canary_set stays after that for those that began with it.

create table release_pipeline_target (
  environment  text not null primary key,
  newest_token bigint not null,
  active_set   text,
  previous_set text,
  staged_set   text,
  canary_set   text,
  canary_part  integer not null,
  routing      integer not null
);

create table release_pipeline_target_set (
  id         text not null primary key,
  manifest   text not null,
  version    text not null,
  items      integer not null,
  created_at bigint not null
);

-- path_key: the path, or its digest if it is too long for an index.
create table release_pipeline_target_item (
  item_set text not null,
  path_key text not null,
  path     text not null,
  kind     text not null,
  digest   text not null,
  primary key (item_set, path_key)
);
create index release_pipeline_target_item_digest on release_pipeline_target_item (digest);

create table release_pipeline_target_blob (
  digest    text not null primary key,
  size      bigint not null,
  stored_at bigint not null,
  content   blob not null
);

create table release_pipeline_target_backup (
  environment text not null,
  reference   text not null,
  item_set    text not null,
  captured    text not null,
  created_at  bigint not null,
  primary key (environment, reference)
);

-- What was answered to each call, written together with its effect, in the order in which calls were accepted.
create table release_pipeline_target_journal (
  environment   text not null,
  attempt_key   text not null,
  position      bigint not null,
  step          text not null,
  fencing_token bigint not null,
  outcome       text not null,
  recorded_at   bigint not null,
  primary key (environment, attempt_key),
  unique (environment, position)
);
