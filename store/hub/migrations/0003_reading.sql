-- For those who only read, such as programs that draw charts: no consent book, no objections
-- by number, no notes, no contact persons and addresses, no keys, nothing that stands aside,
-- and nothing of why somebody is absent.

create schema doppelpass_bi;
comment on schema doppelpass_bi is 'What Doppelpass gives to read: no consent book, no notes, no contact persons.';

create view doppelpass_bi.reps as
  select code, name, capacity, day_start, day_end from doppelpass.reps;
create view doppelpass_bi.territories as
  select code, name, region, rep, postcodes, marketing, country, calendar from doppelpass.territories;
create view doppelpass_bi.accounts as
  select code, name, territory, class, interval_days, do_not_call, inactive, since, postcode, city, country, lat, lon, placed,
    visit_minutes, potential, private, external_ids, hold from doppelpass.accounts;
create view doppelpass_bi.campaigns as
  select code, name, kind, territories, classes, start_day, end_day, status, owner, goal, by_phone, review,
    lot_seed, lot_visit, lot_call, lot_neither from doppelpass.campaigns;
create view doppelpass_bi.visits as
  select row_id, account, day, at_time, rep, kind, outcome, value, minutes, guests, external_id from doppelpass.visits;
create view doppelpass_bi.calls as
  select row_id, account, day, at_time, agent, outcome, campaign, external_id, guests from doppelpass.calls;
create view doppelpass_bi.plan as
  select rep, account, day, at_time, minutes, nth from doppelpass.plan;
create view doppelpass_bi.settled as
  select rep, account, day, at_time, minutes, nth, became, reason from doppelpass.settled;
create view doppelpass_bi.answers as
  select row_id, kind, territory, campaign, day, says, by_person, until_day, reason, short, worse, start_day, end_day, classes, rule, by_phone
    from doppelpass.answers;
create view doppelpass_bi.follow_ups as
  select row_id, account, kind, day, at_time, by_person, due, due_time, for_person, campaign, state, answered, answerer from doppelpass.follow_ups;
create view doppelpass_bi.call_lists as
  select code, day, until_day, by_person, campaign, accounts, back from doppelpass.call_lists;
create view doppelpass_bi.people as
  select code, name, role, department, rep, inactive from doppelpass.people;
