package store

// Rights are checked in the store, for every role, table and road; and what is
// refused leaves no trace.

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/model/cores"
	"doppelpass/store/exchange"
)

// untouched runs something that must be refused and leave everything as it was.
func untouched(t *testing.T, s *Store, do func() error) error {
	t.Helper()
	f := follow(t, s)
	before := recordsOf(t, s)
	entries, err := s.History(0, 0)
	require.NoError(t, err)
	refusal := do()
	require.Error(t, refusal)
	require.Equal(t, before, recordsOf(t, s))
	after, err := s.History(0, 0)
	require.NoError(t, err)
	require.Equal(t, entries, after)
	require.Empty(t, f.missed)
	requireSound(t, s)
	return refusal
}

func TestWhoMayChangeWhat(t *testing.T) {
	at := day(t, "2026-01-05")
	settings := model.DefaultSettings()
	settings.Capacity = 30
	tried := 0
	for _, test := range []struct {
		before, after    model.Record
		file             string // the same as a file
		sales, marketing bool
	}{
		{model.Rep{Code: "R1", Name: "Sommer"}, model.Rep{Code: "R1", Name: "Adler"}, "code,name,capacity\nR1,Sommer,\n", false, false},
		{model.Territory{Code: "T1", Name: "Ost"}, model.Territory{Code: "T1", Name: "West"}, "code,name,postcodes\nT1,Ost,\n", true, false},
		{model.Account{Code: "K1", Name: "Eins"}, model.Account{Code: "K1", Name: "Zwei"}, "code,name,class\nK1,Eins,\n", true, false},
		{model.Campaign{Code: "C1", Name: "N", Start: at, End: at}, model.Campaign{Code: "C1", Name: "M", Start: at, End: at}, "code,name,start,end\nC1,N,2026-01-05,2026-01-05\n", false, true},
		{model.Visit{Account: "K0", Date: at, Rep: "R1"}, model.Visit{Account: "K0", Date: at, Rep: "R1", Note: "n"}, "account,date,rep,kind\nK0,2026-01-05,R1,met\n", true, false},
		{model.Call{Account: "K0", Date: at, Agent: "M"}, model.Call{Account: "K0", Date: at, Agent: "M", Note: "n"}, "account,date,agent,outcome\nK0,2026-01-05,M,reached\n", false, true},
		{model.PlannedVisit{Account: "K0", Date: at, Rep: "R1"}, model.PlannedVisit{Account: "K0", Date: at, Rep: "R1", Minutes: 5}, "rep,date,account,minutes\nR1,2026-01-05,K0,\n", true, false},
		{settings, model.DefaultSettings(), "", false, false},
	} {
		table := test.before.Key().Table
		for role, may := range map[model.Role]bool{model.RoleLead: true, model.RoleSales: test.sales, model.RoleMarketing: test.marketing, "": false, "guest": false} {
			who := model.Actor{Name: "x", Role: role}
			put := func(record model.Record) func(*Store) error {
				return func(s *Store) error {
					_, err := s.Apply(who, Request{Action: "test", Puts: []Put{{Record: record}}})
					return err
				}
			}
			remove := func(s *Store) error {
				_, err := s.Apply(who, Request{Action: "test", Deletes: []model.Key{test.before.Key()}})
				return err
			}
			back := func(s *Store) error { _, err := s.Undo(who); return err }
			forth := func(s *Store) error { _, err := s.Redo(who); return err }
			for _, road := range []struct {
				name    string
				prepare func(*Store)
				do      func(*Store) error
			}{
				{"adds", func(*Store) {}, put(test.before)},
				{"changes", func(s *Store) { apply(t, s, test.before) }, put(test.after)},
				{"deletes", func(s *Store) { apply(t, s, test.before) }, remove},
				{"undoes", func(s *Store) { apply(t, s, test.before) }, back},
				{"redoes", func(s *Store) { apply(t, s, test.before); undo(t, s) }, forth},
				{"imports", func(*Store) {}, func(s *Store) error {
					if test.file == "" {
						return put(test.before)(s)
					}
					_, err := importing(t, s, who, ImportOptions{}, write(t, "f.csv", test.file))
					return err
				}},
			} {
				if tried++; cores.RaceDetector && tried%7 != 0 { // all of them without it
					continue
				}
				t.Run(fmt.Sprintf("%q %s %s", role, road.name, table), func(t *testing.T) {
					s := openAt(t, t.TempDir()+"/s.db")
					defer s.Close()
					apply(t, s, model.Account{Code: "K0", Name: "Null"})
					road.prepare(s)
					if may {
						before := recordsOf(t, s)
						require.NoError(t, road.do(s))
						require.NotEqual(t, before, recordsOf(t, s))
						return
					}
					err := untouched(t, s, func() error { return road.do(s) })
					var forbidden model.Forbidden
					require.ErrorAs(t, err, &forbidden)
					require.Equal(t, model.Forbidden{Role: role, Table: table, Who: forbidden.Who}, forbidden)
				})
			}
		}
	}
}

func TestMarketingWritesItsOwnFieldsOfATerritory(t *testing.T) {
	s := open(t)
	territory := model.Territory{Code: "T1", Name: "Ost", Note: "sales'"}
	apply(t, s, territory)
	marketing, sales := model.Actor{Name: "m", Role: model.RoleMarketing}, model.Actor{Name: "s", Role: model.RoleSales}
	put := func(who model.Actor, territory model.Territory) error {
		_, err := s.Apply(who, Request{Action: "test", Puts: []Put{{Record: territory}}})
		return err
	}
	noted := territory
	noted.Marketing, noted.MarketingNote = "L. Meyer", "marketing's"
	untouched(t, s, func() error { return put(sales, noted) })
	require.NoError(t, put(marketing, noted))
	renamed := noted
	renamed.Note = "by marketing"
	untouched(t, s, func() error { return put(marketing, renamed) })
	require.NoError(t, put(sales, renamed))
}

// A list of customers that sales takes in leaves alone what others write, however often the
// list names a customer, and says so; a server would refuse the whole of it else.
func TestAListThatSalesTakesInLeavesWhatOthersWrite(t *testing.T) {
	s := open(t)
	apply(t, s, model.Account{Code: "K1", Name: "Adler", MarketingNote: "asks for a catalogue"}, model.Account{Code: "K2", Name: "Bär"})
	file := "code,name,street,marketing_note,hold\nK1,Adler,Am Markt 1,nothing,\nK2,Bär,,,\nK2,Bär,,from sales,yes\nK3,Chor,,new,\n"
	reports, err := importing(t, s, model.Actor{Name: "s", Role: model.RoleSales}, ImportOptions{}, write(t, "accounts.csv", file))
	require.NoError(t, err)
	for _, want := range []model.Account{{Code: "K1", Name: "Adler", MarketingNote: "asks for a catalogue", Address: model.Address{Street: "Am Markt 1"}}, {Code: "K2", Name: "Bär"}, {Code: "K3", Name: "Chor"}} {
		got, err := s.Get(want.Key())
		require.NoError(t, err)
		want.Class = got.(model.Account).Class
		require.Equal(t, want, got)
	}
	rows := map[exchange.Reason]int{}
	for _, g := range reports[0].Groups {
		rows[g.Reason] += g.Rows
	}
	require.Equal(t, 3, rows[ReasonMarketingNote])
	require.Equal(t, 1, rows[ReasonHold])
	_, err = importing(t, s, lead, ImportOptions{}, write(t, "accounts.csv", file))
	require.NoError(t, err)
	got, err := s.Get(model.Account{Code: "K1"}.Key())
	require.NoError(t, err)
	require.Equal(t, "nothing", got.(model.Account).MarketingNote)
}

// One part that is refused refuses the whole.
func TestARequestIsGrantedWholeOrNotAtAll(t *testing.T) {
	s := open(t)
	at := day(t, "2026-01-05")
	apply(t, s, model.Account{Code: "K1", Name: "Eins"}, model.Visit{Account: "K1", Date: at, Rep: "R1"}, model.Visit{Account: "K1", Date: at + 1, Rep: "R1"},
		model.Call{Account: "K1", Date: at}, model.Territory{Code: "T1", Name: "Ost"})
	key := model.Key{Table: model.TableVisits, Code: "K1", Date: at, By: "R1"}
	settings := model.DefaultSettings()
	settings.DueFrom = 0
	long := string(make([]byte, 201))
	for name, test := range map[string]struct {
		request Request
		want    error
	}{
		"delete what is not there": {Request{Deletes: []model.Key{{Table: model.TableReps, Code: "R9"}}}, NotFound{model.Key{Table: model.TableReps, Code: "R9"}}},
		"delete a visit of an account that is not there": {Request{Deletes: []model.Key{{Table: model.TableVisits, Code: "K9", Date: at}}},
			NotFound{model.Key{Table: model.TableVisits, Code: "K9", Date: at}}},
		"delete the same thing twice":           {Request{Deletes: []model.Key{key, key}}, NotFound{key}},
		"delete settings that are the defaults": {Request{Deletes: []model.Key{{Table: model.TableSettings}}}, NotFound{model.Key{Table: model.TableSettings}}},
		"new, but there":                        {Request{Puts: []Put{{Record: model.Account{Code: "K1"}, New: true}}}, AlreadyExists{model.Account{Code: "K1"}.Key()}},
		"move onto another":                     {Request{Puts: []Put{{Record: model.Visit{Account: "K1", Date: at + 1, Rep: "R1"}, Replaces: &key}}}, AlreadyExists{model.Visit{Account: "K1", Date: at + 1, Rep: "R1"}.Key()}},
		"move what is not there": {Request{Puts: []Put{{Record: model.Visit{Account: "K1", Date: at + 5, Rep: "R1"}, Replaces: &model.Key{Table: model.TableVisits, Code: "K1", Date: at + 4}}}},
			NotFound{model.Key{Table: model.TableVisits, Code: "K1", Date: at + 4}}},
		"no code":                             {Request{Puts: []Put{{Record: model.Rep{}}}}, Invalid{model.Rep{}.Key(), "code", "empty"}},
		"too long a code":                     {Request{Puts: []Put{{Record: model.Rep{Code: long}}}}, Invalid{model.Rep{Code: long}.Key(), "code", "empty"}},
		"too long a rep":                      {Request{Puts: []Put{{Record: model.Visit{Account: "K1", Date: at, Rep: long}}}}, Invalid{model.Visit{Account: "K1", Date: at, Rep: long}.Key(), "rep", "range"}},
		"visit at nobody":                     {Request{Puts: []Put{{Record: model.Visit{Account: "K9", Date: at}}}}, Invalid{model.Visit{Account: "K9", Date: at}.Key(), "account", "unknown"}},
		"call at nobody":                      {Request{Puts: []Put{{Record: model.Call{Account: "K9", Date: at}}}}, Invalid{model.Call{Account: "K9", Date: at}.Key(), "account", "unknown"}},
		"plan at nobody":                      {Request{Puts: []Put{{Record: model.PlannedVisit{Account: "K9", Date: at}}}}, Invalid{model.PlannedVisit{Account: "K9", Date: at}.Key(), "account", "unknown"}},
		"visit on no day":                     {Request{Puts: []Put{{Record: model.Visit{Account: "K1"}}}}, Invalid{model.Visit{Account: "K1"}.Key(), "date", "date"}},
		"visit in 2200":                       {Request{Puts: []Put{{Record: model.Visit{Account: "K1", Date: model.LastDate + 1}}}}, Invalid{model.Visit{Account: "K1", Date: model.LastDate + 1}.Key(), "date", "date"}},
		"visit of no kind":                    {Request{Puts: []Put{{Record: model.Visit{Account: "K1", Date: at, Kind: 3}}}}, Invalid{model.Visit{Account: "K1", Date: at}.Key(), "kind", "range"}},
		"call of no outcome":                  {Request{Puts: []Put{{Record: model.Call{Account: "K1", Date: at, Outcome: 7}}}}, Invalid{model.Call{Account: "K1", Date: at}.Key(), "outcome", "range"}},
		"customer since 1899":                 {Request{Puts: []Put{{Record: model.Account{Code: "K2", Since: -1}}}}, Invalid{model.Account{Code: "K2"}.Key(), "since", "date"}},
		"interval below 0":                    {Request{Puts: []Put{{Record: model.Account{Code: "K2", Interval: -1}}}}, Invalid{model.Account{Code: "K2"}.Key(), "interval", "range"}},
		"campaign without days":               {Request{Puts: []Put{{Record: model.Campaign{Code: "C1"}}}}, Invalid{model.Campaign{Code: "C1"}.Key(), "start", "date"}},
		"campaign that ends before it starts": {Request{Puts: []Put{{Record: model.Campaign{Code: "C1", Start: at, End: at - 1}}}}, Invalid{model.Campaign{Code: "C1"}.Key(), "end", "order"}},
		"setting out of range":                {Request{Puts: []Put{{Record: settings}}}, Invalid{settings.Key(), "due-from", "range"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := test.request
			r.Action = "test"
			// What comes before the refused part must not stay.
			r.Puts = append([]Put{{Record: model.Account{Code: "K8", Name: "neu"}}, {Record: model.Visit{Account: "K8", Date: at, Rep: "never seen", Outcome: "never"}}}, r.Puts...)
			r.Deletes = append([]model.Key{{Table: model.TableTerritories, Code: "T1"}}, r.Deletes...)
			err := untouched(t, s, func() error { _, err := s.Apply(lead, r); return err })
			require.ErrorIs(t, err, test.want)
			require.NotEmpty(t, err.Error())
		})
	}
	// Nor do the words that were given numbers on the way.
	apply(t, s, model.Visit{Account: "K1", Date: at + 9, Rep: "another", Outcome: "word"})
	got, err := s.Get(model.Key{Table: model.TableVisits, Code: "K1", Date: at + 9, By: "another"})
	require.NoError(t, err)
	require.Equal(t, "word", got.(model.Visit).Outcome)
}
