-- What operators and submitters wrote: the truth, which Kafka only repeats.

-- The one sequence of revisions over all resources. Every write locks this row first, so that the
-- order of commits is the order of revisions and no revision is missing.
create table revision_counter (
  one  boolean primary key default true check (one),
  last bigint not null
);
insert into revision_counter (last) values (0);

create table resource_revisions (
  revision   bigint primary key,
  kind       text not null,
  name       text not null,
  deleted    boolean not null,
  body       text not null,
  changed_at timestamptz not null,
  changed_by text not null
);
create index resource_revisions_of_one on resource_revisions (kind, name, revision desc);

-- The revision of each resource that stands now; a deleted one has no row.
create table resources (
  kind     text not null,
  name     text not null,
  revision bigint not null references resource_revisions,
  primary key (kind, name)
);

-- Which resource names which others: what is named can't be deleted.
create table resource_references (
  kind    text not null,
  name    text not null,
  to_kind text not null,
  to_name text not null,
  primary key (kind, name, to_kind, to_name),
  foreign key (kind, name) references resources on delete cascade
);
create index resource_references_to on resource_references (to_kind, to_name);

-- How far the publisher has come.
create table publisher (
  one       boolean primary key default true check (one),
  published bigint not null
);
insert into publisher (published) values (0);

create table submissions (
  id              uuid primary key,
  owner           text not null,
  idempotency_key text not null,
  body_sha256     text not null,
  queue           text not null,
  job_set         text not null,
  accepted_at     timestamptz not null,
  -- null while it is owed to Kafka
  produced_at     timestamptz,
  unique (owner, idempotency_key)
);
create index submissions_owed on submissions (accepted_at) where produced_at is null;
create index submissions_of_set on submissions (queue, job_set, accepted_at);
create index submissions_by_time on submissions (accepted_at);

create table submitted_jobs (
  job_id         text collate "C" primary key,
  submission_id  uuid not null references submissions on delete cascade,
  position       integer not null,
  queue          text not null,
  job_set        text not null,
  accepted_at    timestamptz not null,
  gang_id        text,
  owner          text not null,
  client_id      text not null,
  namespace      text not null,
  priority       double precision not null,
  fail_fast      boolean not null,
  -- JSON as text: JSONB refuses the NUL that an annotation may carry
  labels         text not null,
  annotations    text not null,
  pod_spec       text not null,
  -- where its spec stands on job-specs; null until acknowledged
  spec_partition integer,
  spec_offset    bigint,
  spec_sha256    text,
  -- whether the ingester's tables show it
  shown          boolean not null default false,
  unique (submission_id, position)
);
create index submitted_jobs_not_shown on submitted_jobs (accepted_at desc, job_id desc) where not shown;

create table tokens (
  name       text primary key,
  sha256     bytea not null unique,
  role       text not null check (role in ('admin')),
  created_at timestamptz not null
);
