package store

import (
	"testing"

	"github.com/stretchr/testify/require"
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
