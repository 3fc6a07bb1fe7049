package store

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPackedTextsAreKept(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	var texts packedTexts
	kept, refs := []string{}, []textRef{}
	for n := range 3000 {
		length := random.Intn(40)
		if n%500 == 0 {
			length = random.Intn(3 * textBlock * textUnit)
		}
		kept = append(kept, strings.Repeat(string(rune('a'+n%26)), length))
		refs = append(refs, texts.put([]byte(kept[n])))
		require.NotZero(t, refs[n])
	}
	require.Equal(t, texts.putText("once"), texts.putText("once"))
	require.NotEqual(t, texts.putText("once"), texts.putText("twice"))
	for n := range kept {
		require.True(t, texts.text(refs[n]) == kept[n], "text %d", n)
		require.True(t, n == 0 || refs[n] > refs[n-1])
	}
	texts.free(refs[2000])
	require.Nil(t, texts.blocks[0])
	for n := 2000; n < 3000; n++ {
		require.True(t, texts.text(refs[n]) == kept[n], "text %d", n)
	}
}

func TestCodesByAreAMap(t *testing.T) {
	random := rand.New(rand.NewSource(2))
	var by codesBy
	want := map[string][]string{}
	for range 20_000 {
		name, code := fmt.Sprint(random.Intn(12_000)), fmt.Sprint("K", random.Intn(3))
		by.put(name, code)
		if codes := want[name]; len(codes) == 0 || codes[0] != code && len(codes) == 1 {
			want[name] = append(codes, code)
		}
	}
	for n := range 12_000 {
		codes := want[fmt.Sprint(n)]
		code, several := by.one(fmt.Sprint(n))
		require.Equal(t, len(codes) > 1, several)
		if len(codes) == 1 {
			require.Equal(t, codes[0], code)
		} else {
			require.Empty(t, code)
		}
	}
}
