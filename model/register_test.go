package model

import (
	"fmt"
	"maps"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// Whatever comes and goes in whatever order: each account is found by its code, and nothing
// that is gone or never was.
func TestTheRegisterFindsWhatAMapWould(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var r register
		if rapid.Bool().Draw(t, "grown") {
			r.grow(rapid.IntRange(0, 200).Draw(t, "room"))
		}
		want := map[string]*Customer{}
		for range rapid.IntRange(0, 400).Draw(t, "changes") {
			code := fmt.Sprint("K", rapid.IntRange(0, 120).Draw(t, "code"))
			if rapid.IntRange(0, 2).Draw(t, "gone") == 0 {
				delete(want, code)
				r.remove(code)
				continue
			}
			want[code] = &Customer{Account: Account{Code: code}}
			r.put(want[code])
		}
		require.Equal(t, len(want), r.count)
		for i := range 125 {
			code := fmt.Sprint("K", i)
			require.True(t, want[code] == r.get(code), code)
		}
		got := map[string]*Customer{}
		for customer := range r.all {
			require.NotContains(t, got, customer.Code)
			got[customer.Code] = customer
		}
		require.True(t, maps.Equal(want, got))
	})
}
