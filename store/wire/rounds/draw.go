package main

// What happens is drawn from few codes and names, so that things meet.

import (
	"math/rand/v2"
	"reflect"
	"slices"

	"doppelpass/model"
	"doppelpass/store"
)

// chance draws.
type chance struct {
	*rand.Rand
	names []string // of people at customers that may be drawn
}

func of[T any](c chance, from ...T) T { return from[c.IntN(len(from))] }

func (c chance) odds(n int) bool { return c.IntN(n) == 0 }

func (c chance) day() model.Date { return model.NewDate(2026, 1, 1) + model.Date(c.IntN(32)-12) }

func (c chance) account() string { return of(c, "K1", "K2", "K3", "K4", "K5", "K9") }

// note is a text, which may name somebody.
func (c chance) note() string {
	switch said := of(c, "", "", "n", "first\n\nsecond", "name"); {
	case said == "name" && len(c.names) > 0:
		return "spoke with " + of(c, c.names...)
	case said == "name":
		return "spoke with nobody"
	default:
		return said
	}
}

// numberOf is somebody's telephone number, which is forgotten with them: nobody else has it.
func numberOf(name string) string {
	return map[string]string{everybody[0]: "0711 333333", everybody[1]: "0711 444444"}[name]
}

var tables = []model.Table{
	model.TableAccounts, model.TableAccounts, model.TableAccounts, model.TableVisits, model.TableVisits, model.TableCalls, model.TablePlan, model.TableTerritories,
	model.TableCampaigns, model.TableReps, model.TableSettings, model.TableContacts, model.TableContacts, model.TableAbsences, model.TableFollowUps, model.TableAnswers,
}

// record makes a record of a table; not every one can be stored.
func (c chance) record(table model.Table) model.Record {
	switch table {
	case model.TableReps:
		return model.Rep{Code: of(c, "R1", "R2"), Name: of(c, "Sommer", "Adler"), Capacity: c.IntN(9)}
	case model.TableTerritories:
		return model.Territory{Code: of(c, "T1", "T2"), Name: of(c, "Ost", "West"), Region: of(c, "", "Süd"), Rep: of(c, "R1", "R2", ""),
			Postcodes: of(c, nil, []string{"70"}, []string{"70", "71"}, []string{"72"}), MarketingNote: of(c, "", "m"), Note: c.note()}
	case model.TableAccounts:
		a := model.Account{Code: of(c, "K1", "K2", "K3", "K4", "K5"), Name: of(c, "Eins", "Zwei", "Drei"), Territory: of(c, "T1", "T1", "T2", ""),
			Class: of(c, model.Class("A"), "B", "C"), Interval: max(0, c.IntN(18)-9), Phone: of(c, "", "0711 111111", "0711 222222"), Note: c.note(),
			Consent: of(c, model.Consent(""), model.ConsentGiven), ConsentBasis: of(c, "", "form"), DoNotCall: c.odds(8), Inactive: c.odds(6)}
		a.Address.Postcode, a.Address.City = of(c, "", "70173", "71332"), of(c, "", "Ulm")
		return a
	case model.TableContacts:
		if len(c.names) == 0 {
			return model.Contact{Account: c.account(), Name: "Nobody"}
		}
		name := of(c, c.names...)
		return model.Contact{Account: c.account(), Name: name, Phone: of(c, "", numberOf(name)), Note: of(c, "", "n")}
	case model.TableCampaigns:
		start := c.day()
		return model.Campaign{Code: of(c, "C1", "C2"), Name: "N", Kind: of(c, "mailing", model.KindTelemarketing), Status: model.CampaignPlanned,
			Territories: of(c, nil, []string{"T1"}, []string{"T1", "T2"}), Start: start, End: start + model.Date(c.IntN(20))}
	case model.TableVisits:
		return model.Visit{Account: c.account(), Date: c.day(), Time: model.Clock(c.IntN(2) * 541), Rep: of(c, "R1", "R2", ""),
			Kind: model.VisitKind(c.IntN(3)), Outcome: of(c, "", "order"), Note: c.note()}
	case model.TableCalls:
		return model.Call{Account: c.account(), Date: c.day(), Time: model.Clock(c.IntN(2) * 541), Agent: of(c, "M1", "R1"),
			Outcome: model.CallOutcome(c.IntN(5)), Campaign: of(c, "", "C1"), Note: c.note()}
	case model.TablePlan:
		return model.PlannedVisit{Rep: of(c, "R1", "R2"), Account: c.account(), Date: c.day(), Minutes: c.IntN(3), Nth: c.IntN(2)}
	case model.TableAbsences:
		from := c.day()
		return model.Absence{Rep: of(c, "R1", "R2"), From: from, To: from + model.Date(c.IntN(5)), Kind: of(c, model.AbsenceKinds[:]...), Cover: of(c, "", "R2")}
	case model.TableFollowUps:
		day := c.day()
		return model.FollowUp{Account: c.account(), Kind: model.FollowCall, Date: day, Due: day + model.Date(c.IntN(9)), By: of(c, "M1", "M2"), Note: c.note()}
	case model.TableAnswers:
		return model.Answer{Territory: of(c, "T1", "T2"), Kind: model.StepUpVisits, Date: c.day(), Says: model.SaysAccept, Until: c.day() + 20, Note: of(c, "", "n")}
	}
	settings := model.DefaultSettings()
	settings.MinimumAccounts, settings.Classes[0].Interval = c.IntN(4), 1+c.IntN(9)
	return settings
}

// request makes a request; not every one can be granted.
func (c chance) request(there []model.Record) store.Request {
	sets := slices.DeleteFunc(slices.Clone(there), func(r model.Record) bool { return len(setsOf(r)) == 0 })
	r := store.Request{Action: "test", Subject: "x"}
	for range 1 + c.IntN(3) {
		switch what := of(c, "put", "put", "put", "change", "change", "set", "set", "delete"); {
		case what == "put" || len(there) == 0:
			r.Puts = append(r.Puts, store.Put{Record: c.record(of(c, tables...)), New: c.odds(6)})
		case what == "delete":
			if key := of(c, there...).Key(); !slices.Contains(r.Deletes, key) && key.Table != model.TablePeople && key.Table != model.TableSettings {
				r.Deletes = append(r.Deletes, key)
			}
		case what == "set" && len(sets) > 0:
			before := of(c, sets...)
			if after := c.withElement(before); after != nil {
				r.Puts = append(r.Puts, store.Put{Record: after, Before: before})
			}
		default:
			before := of(c, there...)
			if after := c.changed(before); after != nil {
				r.Puts = append(r.Puts, store.Put{Record: after, Before: before})
			}
		}
	}
	return r
}

// changed is a record with another value in one of its fields.
func (c chance) changed(r model.Record) model.Record {
	if !slices.Contains(tables, r.Key().Table) {
		return nil
	}
	d, other := model.DescriptionOf(r), c.record(r.Key().Table)
	if own, is := r.(model.Contact); is {
		contact := other.(model.Contact)
		if contact.Phone != "" {
			contact.Phone = numberOf(own.Name)
		}
		other = contact
	}
	i := c.IntN(len(d.Fields()))
	if after := d.With(r, i, d.Value(other, i)); after.Key() == r.Key() {
		return after
	}
	return nil
}

// pools are what is put into sets, by the names of their fields.
var pools = map[string][]string{
	"postcodes": {"70", "71", "72", "73"}, "territories": {"T1", "T2"}, "classes": {"A", "B", "C"}, "by_phone": {"K1", "K2", "K3"}, "guests": {"Berger", "Vogt", "Adler"},
}

// setsOf are the fields of a record that are sets.
func setsOf(r model.Record) (fields []int) {
	for i, f := range model.DescriptionOf(r).Fields() {
		if f.Merge == model.MergeSet && pools[f.Name] != nil {
			fields = append(fields, i)
		}
	}
	return fields
}

// withElement is a record with one element more in one of its sets, or one less.
func (c chance) withElement(r model.Record) model.Record {
	d, field := model.DescriptionOf(r), of(c, setsOf(r)...)
	old := reflect.ValueOf(d.Value(r, field))
	element := reflect.ValueOf(of(c, pools[d.Fields()[field].Name]...)).Convert(old.Type().Elem())
	set, had := reflect.MakeSlice(old.Type(), 0, old.Len()+1), false
	for i := range old.Len() {
		if v := old.Index(i); v.Equal(element) {
			had = true
		} else {
			set = reflect.Append(set, v)
		}
	}
	if !had {
		set = reflect.Append(set, element)
	}
	return d.With(r, field, set.Interface())
}
