package store

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Codes of any length find their numbers as in a map, however many come later than there
// was room for.
func TestAccountCodesAreAMap(t *testing.T) {
	random := rand.New(rand.NewSource(3))
	codes, want := newAccountCodes(10), map[string]accountNumber{}
	code := func() string {
		short := fmt.Sprint(random.Intn(4000))
		switch random.Intn(4) {
		case 0:
			return short + strings.Repeat("\x00", random.Intn(12))
		case 1:
			return "00000000" + short
		case 2:
			return strings.Repeat("0", random.Intn(9)) + short
		}
		return short
	}
	told := map[accountNumber]string{}
	for n := accountNumber(1); n < 2000; n++ {
		is := code()
		if _, there := want[is]; there {
			continue
		}
		if n <= 10 {
			told[n] = is
		}
		if want[is] = n; n%2 == 0 {
			codes.tell([]byte(is), n)
		} else {
			codes.put(is, n)
		}
		if again := code(); want[again] != 0 {
			want[again] = n
			codes.put(again, n)
		}
	}
	for range 20_000 {
		is := code()
		n, known := codes.number(is)
		require.Equal(t, want[is], n, "%q", is)
		require.Equal(t, want[is] != 0, known, "%q", is)
	}
	for n, is := range told {
		if n%2 == 0 {
			require.Equal(t, is, codes.code(n))
		}
	}
	_, known := codes.number("")
	require.False(t, known)
	require.Empty(t, codes.code(1<<20))
}
