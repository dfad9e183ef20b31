-- What was decided about sets, on the row of the decision about the job to blame.

alter table decisions
  add column set_id       text collate "C",
  add column set_name     text,
  add column generation   integer,
  add column set_decision jsonb;

create index decisions_of_set on decisions (set_id, at) where set_id is not null;

comment on column decisions.set_id is 'The set that was decided about; null where the job is in none';
comment on column decisions.generation is 'Of the set that was decided about, from 0';
comment on column decisions.set_decision is 'The outcome, who was to blame and why, who was dragged down, and the counters after it; null where the job is in no set';
