-- The shared order of steps, and what servers need besides.

create table doppelpass.hub (
  one boolean primary key default true check (one),
  id uuid not null default gen_random_uuid(),
  number bigint not null,
  began bigint not null,
  checksum bigint not null,
  schema integer not null,
  fields integer not null
);
comment on table doppelpass.hub is 'One row. Whoever adds a step locks it first: numbers are given in the order in which they become visible, without a gap.';
comment on column doppelpass.hub.one is 'There is one row.';
comment on column doppelpass.hub.id is 'The identity of this hub: a server that belongs to another one is told so.';
comment on column doppelpass.hub.number is 'The number of the last step.';
comment on column doppelpass.hub.began is 'The number of the last step that the data had when the hub was made of it: what earlier steps changed lies in the copy.';
comment on column doppelpass.hub.checksum is 'The exclusive or of the checksums of all records after the last step.';
comment on column doppelpass.hub.schema is 'The form in which steps are written, with fields: servers of another form do not write here.';
comment on column doppelpass.hub.fields is 'See schema.';

create table doppelpass.steps (
  number bigint primary key,
  id text not null,
  at timestamptz not null,
  person text,
  actor text,
  role text,
  device text,
  action text not null,
  subject text,
  reverses text,
  erases boolean not null default false,
  checksum bigint,
  body bytea
);
create unique index steps_id on doppelpass.steps (id) where id <> '';
create index steps_erases on doppelpass.steps (number) where erases;
comment on table doppelpass.steps is 'Every step of the history in its order. Only ever added to, but that erasing somebody takes them out of it.';
comment on column doppelpass.steps.number is 'The place in the order.';
comment on column doppelpass.steps.id is 'The identity of the step on every machine.';
comment on column doppelpass.steps.at is 'When it was made, by the clock there. Never compared.';
comment on column doppelpass.steps.person is 'The code of who made it.';
comment on column doppelpass.steps.actor is 'The name of who made it.';
comment on column doppelpass.steps.role is 'The role they had.';
comment on column doppelpass.steps.device is 'The machine it was made on.';
comment on column doppelpass.steps.action is 'What was done, by its stable name.';
comment on column doppelpass.steps.subject is 'What it was done to, as people call it.';
comment on column doppelpass.steps.reverses is 'The identity of the step that it takes back.';
comment on column doppelpass.steps.erases is 'It erases somebody, or what is no longer kept.';
comment on column doppelpass.steps.checksum is 'The exclusive or of the checksums of all records after this step.';
comment on column doppelpass.steps.body is 'The whole step as the program packs it; empty for steps from before the hub, which lie in the copy.';

create table doppelpass.copies (
  number bigint not null,
  part integer not null,
  bytes bytea not null,
  primary key (number, part)
);
comment on table doppelpass.copies is 'A copy of a server''s data, which new servers begin with.';
comment on column doppelpass.copies.number is 'The number of the last step that is in the copy.';
comment on column doppelpass.copies.part is 'The place of the part in the copy.';
comment on column doppelpass.copies.bytes is 'A part of the copy, as one stream of zstd.';
