package store

import (
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/store/exchange"
	bolt "doppelpass/store/sealed"
)

func TestANameThatSeveralAccountsHaveMeansNone(t *testing.T) {
	var names codesBy
	is := func(want string, ambiguous bool) {
		t.Helper()
		code, several := names.one("meier")
		require.Equal(t, want, code)
		require.Equal(t, ambiguous, several)
	}
	is("", false)
	names.put("", "K0")
	names.put("meier", "K1")
	names.put("meier", "K1") // told again
	is("K1", false)
	names.put("meier", "K2")
	names.put("meier", "K1")
	is("", true)
	code, several := names.one("")
	require.Empty(t, code)
	require.False(t, several)
}

// Codes that were read before the store was held are those of the import only where nobody
// changed anything in between.
func TestCodesReadAheadHoldUntilAChange(t *testing.T) {
	s := open(t)
	apply(t, s, model.Account{Code: "K1", Name: "One"})
	visits := []Source{{Mapping: exchange.Mapping{Table: model.TableVisits}}}
	within := func(known knownAhead) (codes *accountCodes) {
		require.NoError(t, s.db.Update(func(tx *bolt.Tx) error {
			codes = known.of(tx)
			return nil
		}))
		return codes
	}
	known := s.codesAhead(visits)()
	codes := within(known)
	require.NotNil(t, codes)
	_, there := codes.number("K1")
	require.True(t, there)
	require.Nil(t, within(known), "that was a change")
	known = s.codesAhead(visits)()
	apply(t, s, model.Account{Code: "K2", Name: "Two"})
	require.Nil(t, within(known))
	bringing := append(visits, Source{Mapping: exchange.Mapping{Table: model.TableAccounts}})
	require.Nil(t, within(s.codesAhead(bringing)()), "the accounts are still to come")
}
