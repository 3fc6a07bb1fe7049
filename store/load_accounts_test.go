package store

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

// Accounts of more than one part, some of them gone again, with visits, calls and people: a
// Book that is loaded has each as it was written, whatever is left out for the rules alone.
func TestABookOfManyPartsHasEveryAccount(t *testing.T) {
	s, err := Open(filepath.Join(t.TempDir(), "s.db"), Options{Fast: true})
	require.NoError(t, err)
	defer s.Close()
	random := rand.New(rand.NewPCG(1, 2))
	lead := model.Actor{Name: "L", Role: model.RoleLead}
	want := map[string]*model.Customer{}
	require.NoError(t, s.Load(lead, "demo", "", func(l *Loader) error {
		if err := l.Put(model.Territory{Code: "T1"}); err != nil {
			return err
		}
		for n := range 2*accountPart + 700 {
			a := model.Account{Code: fmt.Sprint("K", n), Name: strings.Repeat("n", random.IntN(40)), Territory: "T1", Class: "A", Note: strings.Repeat("x", random.IntN(20)/18*6000)}
			c := &model.Customer{Account: a}
			want[a.Code] = c
			if err := l.Put(a); err != nil {
				return err
			}
			for i := range random.IntN(3) {
				p := model.Contact{Account: a.Code, Name: fmt.Sprint("P", i), Phone: "1"}
				c.Contacts = append(c.Contacts, p)
				if err := l.Put(p); err != nil {
					return err
				}
			}
			if random.IntN(3) == 0 {
				continue
			}
			day := model.NewDate(2026, 1, 1) + model.Date(random.IntN(300))
			c.Visits = c.Visits.Add(day)
			c.Calls = c.Calls.Add(model.CallMark{Date: day, Outcome: model.CallReached})
			if err := l.Contacts(a.Code, []model.Visit{{Account: a.Code, Date: day, Rep: "R"}}, []model.Call{{Account: a.Code, Date: day, Outcome: model.CallReached}}); err != nil {
				return err
			}
		}
		return nil
	}))
	for n := accountPart - 5; n < accountPart+5; n++ { // where one part ends
		code := fmt.Sprint("K", n)
		request := Request{Action: "account.delete"}
		for _, p := range want[code].Contacts {
			request.Deletes = append(request.Deletes, p.Key())
		}
		if len(want[code].Visits) > 0 {
			continue
		}
		request.Deletes = append(request.Deletes, want[code].Key())
		_, err := s.Apply(lead, request)
		require.NoError(t, err)
		delete(want, code)
	}
	same := func(b *model.Book, people bool) {
		require.Equal(t, len(want), b.AccountCount())
		for code, c := range want {
			got := b.Account(code)
			require.NotNil(t, got, code)
			require.True(t, model.Same(c.Account, got.Account), code)
			require.True(t, bytes.Equal(c.Visits, got.Visits) && bytes.Equal(c.Calls, got.Calls), code)
			if people {
				require.True(t, slices.Equal(c.Contacts, got.Contacts), code)
			} else {
				require.Empty(t, got.Contacts)
			}
		}
	}
	b, err := s.Book()
	require.NoError(t, err)
	same(b, true)
	b, err = s.RulesBook()
	require.NoError(t, err)
	same(b, false)
	require.NoError(t, s.Rules(func(b *model.Book) error {
		same(b, false)
		return nil
	}))
}
