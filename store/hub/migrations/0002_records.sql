-- The records as plain tables, a column a field. No foreign keys: two people who work apart may
-- delete a record and write another that names it, and both are kept; a key would hold up
-- everybody's steps then.

create table doppelpass.reps (
  code text not null,
  name text,
  email text,
  capacity bigint not null,
  home_street text,
  home_postcode text,
  home_city text,
  home_country text,
  home_lat double precision,
  home_lon double precision,
  day_start time,
  day_end time,
  primary key (code)
);

create table doppelpass.territories (
  code text not null,
  name text,
  region text,
  rep text,
  postcodes text[] not null,
  marketing text,
  note text,
  marketing_note text,
  country text,
  calendar text,
  primary key (code)
);

create table doppelpass.accounts (
  code text not null,
  name text,
  territory text,
  class text,
  interval_days bigint not null,
  do_not_call boolean not null,
  inactive boolean not null,
  since date,
  phone text,
  consent text,
  street text,
  postcode text,
  city text,
  country text,
  lat double precision,
  lon double precision,
  placed text,
  email text,
  visit_minutes bigint not null,
  hours text,
  potential numeric(20,2) not null,
  note text,
  consent_basis text,
  private boolean not null,
  external_ids text[] not null,
  marketing_note text,
  hold boolean not null,
  primary key (code)
);

create table doppelpass.contacts (
  account text not null,
  name text not null,
  function text,
  phone text,
  email text,
  note text,
  primary key (account, name)
);

create table doppelpass.campaigns (
  code text not null,
  name text,
  kind text,
  territories text[] not null,
  classes text[] not null,
  start_day date,
  end_day date,
  status text,
  owner text,
  goal text,
  note text,
  by_phone text[] not null,
  review date,
  lot_seed bigint not null,
  lot_visit text[] not null,
  lot_call text[] not null,
  lot_neither text[] not null,
  primary key (code)
);

create table doppelpass.visits (
  row_id uuid not null,
  account text not null,
  day date,
  at_time time,
  rep text,
  kind text,
  outcome text,
  value numeric(20,2) not null,
  minutes bigint not null,
  guests text[] not null,
  note text,
  external_id text,
  primary key (row_id, account)
);

create table doppelpass.calls (
  row_id uuid not null,
  account text not null,
  day date,
  at_time time,
  agent text,
  outcome text,
  campaign text,
  note text,
  external_id text,
  guests text[] not null,
  primary key (row_id, account)
);

create table doppelpass.plan (
  rep text not null,
  account text not null,
  day date not null,
  at_time time,
  minutes bigint not null,
  nth bigint not null,
  primary key (rep, account, day, nth)
);

create table doppelpass.answers (
  row_id uuid not null,
  kind text,
  territory text,
  campaign text,
  day date,
  says text,
  by_person text,
  until_day date,
  reason text,
  note text,
  short bigint not null,
  worse bigint not null,
  start_day date,
  end_day date,
  classes text[] not null,
  rule bigint not null,
  by_phone text[] not null,
  primary key (row_id)
);

create table doppelpass.follow_ups (
  row_id uuid not null,
  account text,
  kind text,
  day date,
  at_time time,
  by_person text,
  due date,
  due_time time,
  for_person text,
  campaign text,
  number text,
  note text,
  state text,
  answered date,
  answerer text,
  reply text,
  primary key (row_id)
);

create table doppelpass.call_lists (
  code text not null,
  day date,
  until_day date,
  by_person text,
  centre text,
  campaign text,
  accounts text[] not null,
  back date,
  primary key (code)
);

create table doppelpass.absences (
  rep text not null,
  from_day date not null,
  to_day date,
  from_time time not null,
  to_time time,
  weekdays text[] not null,
  kind text,
  cover text,
  note text,
  external_id text,
  primary key (rep, from_day, from_time, weekdays)
);

create table doppelpass.settled (
  rep text not null,
  account text not null,
  day date not null,
  at_time time,
  minutes bigint not null,
  nth bigint not null,
  became text,
  reason text,
  primary key (rep, account, day, nth)
);

create table doppelpass.people (
  code text not null,
  name text,
  role text,
  department text,
  rep text,
  keys text[] not null,
  inactive boolean not null,
  primary key (code)
);

create table doppelpass.consents (
  row_id uuid not null,
  account text,
  number text,
  event text,
  day date,
  how text,
  evidence text,
  by_person text,
  primary key (row_id)
);

create table doppelpass.opt_outs (
  account text not null,
  number text not null,
  since date,
  lifted date,
  primary key (account, number)
);

create table doppelpass.asides (
  row_id uuid not null,
  for_person text,
  day date,
  reason text,
  of_table text,
  code text,
  of_row text,
  name text,
  set_aside text,
  standing text,
  by_person text,
  settled boolean not null,
  primary key (row_id)
);

create table doppelpass.erasures (
  row_id uuid not null,
  day date,
  kind text,
  account text,
  names text[] not null,
  secret text,
  by_person text,
  primary key (row_id)
);

create table doppelpass.settings (
  due_from bigint not null,
  call_worth bigint not null,
  horizon bigint not null,
  lead bigint not null,
  target_share bigint not null,
  capacity bigint not null,
  minimum_accounts bigint not null,
  contact_threshold bigint not null,
  certainty bigint not null,
  visit_pause bigint not null,
  plan_pause bigint not null,
  call_pause bigint not null,
  attempt_pause bigint not null,
  declined_pause bigint not null,
  appointment_pause bigint not null,
  other_half bigint not null,
  maximum_attempts bigint not null,
  silent_days bigint not null,
  accept_classes bigint not null,
  accept_days bigint not null,
  keep_visit_notes bigint not null,
  keep_call_notes bigint not null,
  keep_times bigint not null,
  calendar text,
  country text,
  fair text,
  classes jsonb
);

-- What is asked: by day, by account, by who, by campaign. Codes of other records may be of any
-- length, which only an index of hashes takes.
create index visits_day on doppelpass.visits (day);
create index visits_account on doppelpass.visits (account, day);
create index visits_rep on doppelpass.visits (rep, day);
create index calls_day on doppelpass.calls (day);
create index calls_account on doppelpass.calls (account, day);
create index calls_campaign on doppelpass.calls using hash (campaign);
create index accounts_territory on doppelpass.accounts using hash (territory);
create index plan_day on doppelpass.plan (day);
create index plan_account on doppelpass.plan (account, day);
