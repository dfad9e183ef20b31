-- Sets: jobs that stand or fall together. The ids of their jobs follow from the set's, so that a set
-- of a hundred thousand jobs is one row here, and one for each spec that its jobs are made from.

create table submitted_sets (
  set_id         text collate "C" primary key,
  -- the id of its last job
  last_id        text collate "C" not null,
  submission_id  uuid not null references submissions on delete cascade,
  position       integer not null,
  name           text not null,
  queue          text not null,
  job_set        text not null,
  gang_id        text not null,
  owner          text not null,
  accepted_at    timestamptz not null,
  jobs           integer not null,
  fail_fast      boolean not null,
  -- JSON as written, as text: JSONB refuses a NUL
  failure_policy text,
  -- of a JobSet; null for a gang
  manifest       text,
  -- of a gang's jobs in their order; null where none has one
  client_ids     text[],
  -- which jobs of its file a gang's jobs are, from 0
  places         integer[],
  -- whether the ingester's tables show all of its jobs
  shown          boolean not null default false,
  unique (submission_id, position)
);
create index submitted_sets_by_time on submitted_sets (accepted_at desc, set_id desc);
create index submitted_sets_of_job_set on submitted_sets (queue, job_set, accepted_at desc, set_id desc);
create index submitted_sets_not_shown on submitted_sets (accepted_at desc, set_id desc) where not shown;

create table submitted_templates (
  -- of the first and of the last job that are made from it
  job_id         text collate "C" primary key,
  last_id        text collate "C" not null,
  set_id         text collate "C" not null references submitted_sets on delete cascade,
  position       integer not null,
  replicated_job text not null,
  replicas       integer not null,
  pods           integer not null,
  client_id      text not null,
  namespace      text not null,
  priority       double precision not null,
  labels         text not null,
  annotations    text not null,
  pod_spec       text not null,
  -- where its jobs stand in a JobSet, as JSON; null in a gang
  place          text,
  -- where its spec stands on job-specs; null until acknowledged
  spec_partition integer,
  spec_offset    bigint,
  spec_sha256    text,
  unique (set_id, position)
);
