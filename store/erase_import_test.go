package store

// Who was erased does not come back with a file, unless somebody says so.

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/store/exchange"
)

// exported writes every table that files carry, as an export would.
func exported(t *testing.T, s *Store) (paths []string) {
	t.Helper()
	for _, table := range model.Tables {
		var rows []model.Record
		for r, err := range s.Records(table) {
			require.NoError(t, err)
			rows = append(rows, r)
		}
		var out bytes.Buffer
		require.NoError(t, exchange.WriteCSV(&out, exchange.German, exchange.Records(table, slices.Values(rows))))
		paths = append(paths, write(t, string(table)+".csv", out.String()))
	}
	return paths
}

func TestAnOldExportDoesNotBringBackWhoWasErased(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.db")
	s := openAt(t, path)
	defer func() { require.NoError(t, s.Close()) }()
	day := model.NewDate(2026, 3, 2)
	apply(t, s, model.Rep{Code: "R1", Name: planted, Email: "zyxwolf@example.org", Capacity: 17}, model.Rep{Code: "R2", Name: "Somebody else"},
		model.Territory{Code: "T1", Name: "Ulm", Rep: "R1", Marketing: planted, Note: "ask " + planted, MarketingNote: planted + " knows"},
		model.Account{Code: "K1", Name: "Adler Bau", Territory: "T1", Phone: "0731 555010", Note: planted + " decides", ConsentBasis: "met " + planted, MarketingNote: "Quirrelmann, Zyxwolf"},
		model.Account{Code: "K2", Name: "Bergmann", Territory: "T1", Note: "Zyxwolf Quirrelmann's brother"},
		model.Contact{Account: "K1", Name: planted, Phone: "030 1234567", Email: "zyxwolf@example.org", Note: "a friend"}, model.Contact{Account: "K2", Name: "Petra Lang", Note: "knows " + planted},
		model.Campaign{Code: "C1", Name: "for " + planted, Start: day, End: day + 30, Owner: planted, Goal: planted, Note: planted, Territories: []string{"T1"}},
	)
	apply(t, s, model.Visit{Account: "K1", Date: day, Time: model.NewClock(9, 0), Rep: planted, Guests: []string{planted, "Kim"}, Note: "with " + planted}, model.Visit{Account: "K2", Date: day, Rep: "R1", Note: "met"},
		model.Call{Account: "K1", Date: day, Agent: planted, Note: "asked for " + planted}, model.PlannedVisit{Rep: "R1", Date: day + 300, Account: "K1"},
		model.Absence{Rep: "R1", From: day, To: day, Kind: "holiday", Note: planted})
	files := exported(t, s)
	_, err := s.Erase(lead, Who{Name: planted, All: true})
	require.NoError(t, err)
	require.Empty(t, traces(t, s))
	counts := counted(t, s)
	var before map[model.Key]model.Record // the first time the visit gets the rep's code for the name

	for round := range 2 {
		reports := importFiles(t, s, ImportOptions{CreateMissing: true}, files...)
		require.Empty(t, traces(t, s), "round %d", round)
		require.Equal(t, counts, counted(t, s))
		if round > 0 {
			requireSame(t, before, records(t, s))
		}
		before = records(t, s)
		told := map[string]bool{}
		for _, r := range reports {
			require.NotContains(t, strings.ToLower(fmt.Sprint(r.Problems, r.Groups)), "zyxwolf", "the report does not repeat the name")
			for _, g := range r.Groups {
				if g.Reason == ReasonErased || g.Reason == ReasonErasedRow {
					told[string(r.Mapping.Table)+"."+g.Column] = true
					require.Positive(t, g.Ranges[0].First, "with the row")
				}
			}
		}
		for _, want := range []string{"reps.name", "territories.marketing", "territories.note", "accounts.note", "accounts.consent_basis", "accounts.marketing_note", "contacts.name", "contacts.note",
			"campaigns.name", "campaigns.owner", "campaigns.goal", "visits.rep", "visits.guests", "visits.note", "calls.agent", "calls.note", "absences.note"} {
			require.True(t, told[want], "%s is told in round %d: %v", want, round, told)
		}
	}
	source := sourceOf(t, files[slices.Index(model.Tables[:], model.TableContacts)])
	_, err = s.Import(t.Context(), lead, []Source{source}, ImportOptions{Strict: true})
	require.ErrorIs(t, err, ErrStrict, "all or nothing is nothing")

	// A file of customers that names people beside them, and a name where a code should be.
	list := write(t, "list.csv", "code;name;contact_name;owner\nK1;Adler Bau;"+planted+";"+planted+"\nK7;Neu;Jana Roth;\n")
	importFiles(t, s, ImportOptions{CreateMissing: true}, list)
	require.Empty(t, traces(t, s))
	require.Equal(t, counts[model.TableContacts]+1, counted(t, s)[model.TableContacts])
	f, err := exchange.Open(list, exchange.Options{})
	require.NoError(t, err)
	m, err := f.Mapping()
	require.NoError(t, err)
	require.NoError(t, f.Close())
	m.Columns[1].Header = planted
	require.NoError(t, s.RememberMapping(m))
	require.Empty(t, traces(t, s), "nor is it remembered of columns")

	// Whoever wants them all the same says so.
	importFiles(t, s, ImportOptions{BringBack: true}, files...)
	require.NotEmpty(t, traces(t, s))
	contact, err := s.Get(model.Key{Table: model.TableContacts, Code: "K1", By: planted})
	require.NoError(t, err)
	require.Equal(t, "030 1234567", contact.(model.Contact).Phone)
	requireSound(t, s)
}

// Who a list says looks after customers is remembered outside of all records; whoever is
// erased is forgotten there, too, and the customers stay together.
func TestWhoLookedAfterCustomersIsForgotten(t *testing.T) {
	s := open(t)
	apply(t, s, model.Rep{Code: "R1", Name: planted})
	importFiles(t, s, ImportOptions{}, write(t, "list.csv", "code;name;owner\nK1;Adler Bau;"+planted+"\nK2;Bergmann;Quirrelmann, Zyxwolf\nK3;Chor;Jana Roth\n"))
	before, err := s.Owners()
	require.NoError(t, err)
	require.Equal(t, map[string]string{"K1": planted, "K2": "Quirrelmann, Zyxwolf", "K3": "Jana Roth"}, before)
	known, err := s.Person(Who{Name: planted})
	require.NoError(t, err)
	require.Equal(t, 1, known.Mappings)
	done, err := s.Erase(lead, Who{Name: planted})
	require.NoError(t, err)
	now, err := s.Owners()
	require.NoError(t, err)
	require.Equal(t, map[string]string{"K1": done.Labels[0], "K2": done.Labels[0], "K3": "Jana Roth"}, now)
}

func TestACustomerWhoWasErasedStaysErasedAndUncalled(t *testing.T) {
	s := open(t)
	day := model.NewDate(2026, 3, 2)
	apply(t, s, model.Territory{Code: "T1", Name: "Ulm"},
		model.Account{Code: "K1", Name: "Quirrelmann Metallbau", Territory: "T1", Class: "A", Phone: "0731 555010", Email: "info@quirrelmann.example", Address: model.Address{Street: "Weg 1", Postcode: "89073", City: "Ulm"}, ConsentBasis: "met", Consent: model.ConsentPresumed},
		model.Contact{Account: "K1", Name: planted})
	apply(t, s, model.Visit{Account: "K1", Date: day, Rep: "R1", Note: "long talk"})
	apply(t, s, model.Call{Account: "K1", Date: day + 1, Agent: "Ann", Outcome: model.CallOptOut, Note: "never again"})
	require.True(t, optedOut(t, s, "+49 731 555010"))
	files := exported(t, s)
	other := write(t, "other.csv", "name;phone;street;city\nQuirrelmann Metallbau;0731 555010;Weg 1;Ulm\n")
	visits := write(t, "crm.csv", "account_name;date;rep;note\nQuirrelmann Metallbau;2026-04-01;R1;again\n")
	_, err := s.Erase(lead, Who{Name: "K1"})
	require.NoError(t, err)
	require.Empty(t, traces(t, s))
	require.True(t, optedOut(t, s, "+49 731 555010"), "the opt-out outlives it")
	require.True(t, refuses(t, s, "K1"))
	importFiles(t, s, ImportOptions{}, files...) // which finds the town
	before := records(t, s)

	importFiles(t, s, ImportOptions{CreateMissing: true}, files...)
	require.Empty(t, traces(t, s))
	requireSame(t, before, records(t, s))
	report := importFiles(t, s, ImportOptions{}, other)[0]
	require.Equal(t, ReasonErasedRow, report.Groups[0].Reason, "under whatever number it comes")
	requireSame(t, before, records(t, s))
	report = importFiles(t, s, ImportOptions{CreateMissing: true}, visits)[0]
	require.Empty(t, report.Created, "it is that customer")
	require.Equal(t, 1, report.Tally.Added, "the visit counts")
	require.Empty(t, traces(t, s))
	require.True(t, optedOut(t, s, "+49 731 555010"))

	// Even one who comes back by somebody's wish is not called.
	importFiles(t, s, ImportOptions{BringBack: true}, files...)
	account, err := s.Get(model.Key{Table: model.TableAccounts, Code: "K1"})
	require.NoError(t, err)
	require.Equal(t, "0731 555010", account.(model.Account).Phone)
	require.True(t, refuses(t, s, "K1"))
}

// requireSame says which records differ, not all there are.
func requireSame(t *testing.T, want, got map[model.Key]model.Record) {
	t.Helper()
	var differ []string
	for key, r := range want {
		if !model.Same(r, got[key]) {
			differ = append(differ, fmt.Sprintf("%+v\nis now %+v", r, got[key]))
		}
	}
	for key, r := range got {
		if want[key] == nil {
			differ = append(differ, fmt.Sprintf("new: %+v", r))
		}
	}
	require.Empty(t, differ)
}

// The deletion book itself names who wrote its lines, and so does a hold's and an aged
// row's step: they forget them as all else does.
func TestWhoErasedAndLetGoIsForgottenThemselves(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.db")
	s := openAt(t, path)
	by := model.Actor{Name: planted, Person: "zyxwolf", Role: model.RoleLead, Device: planted + "'s laptop"}
	apply(t, s, model.Person{Code: "zyxwolf", Name: planted, Role: model.RoleLead}, model.Account{Code: "K1", Name: "Adler"}, model.Contact{Account: "K1", Name: "Jana Rothenfels"})
	_, err := s.Apply(by, Request{Action: "visit.log", Puts: []Put{{Record: model.Visit{Account: "K1", Date: 45000, Rep: planted, Note: "old"}}}})
	require.NoError(t, err)
	_, err = s.Apply(by, Request{Action: "account.edit", Puts: []Put{{Record: model.Account{Code: "K2", Name: "Bergmann", Hold: true}}}})
	require.NoError(t, err)
	_, err = s.Erase(by, Who{Name: "Jana Rothenfels"})
	require.NoError(t, err)
	_, err = s.Retain(by, model.DateOf(s.now()), saidNothing)
	require.NoError(t, err)
	require.NoError(t, s.NoteLook(by, "figures.look", planted))
	require.NotEmpty(t, traces(t, s))
	known, err := s.Person(Who{Name: planted})
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(known.Steps), 5, "each of them is told")
	_, err = s.Erase(lead, Who{Name: planted})
	require.NoError(t, err)
	require.Empty(t, traces(t, s))
	requireSound(t, s)
	require.NoError(t, s.Close())
	_, _, err = Compact(path, Options{Fast: true})
	require.NoError(t, err)
	require.Zero(t, bytesOf(t, path))
	require.Zero(t, bytesOf(t, path+bookEnding))
}
