package forms

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"doppelpass/model"
)

func customer(code, name, postcode, city string) *model.Customer {
	return &model.Customer{Account: model.Account{Code: code, Name: name, Address: model.Address{Postcode: postcode, City: city}}}
}

func codes(customers []*model.Customer) (list []string) {
	for _, l := range customers {
		list = append(list, l.Code)
	}
	return list
}

func TestAccountsAreFoundByAFewLetters(t *testing.T) {
	x := NewAccountIndex([]*model.Customer{
		customer("K-1", "Metallbau Ostertag", "70734", "Fellbach"), customer("K-2", "Müller & Söhne", "70173", "Stuttgart"),
		customer("K-3", "Bäckerei Mueller", "89073", "Ulm"), customer("K-4", "Café Noël", "89073", "Ulm"),
	})
	for typed, want := range map[string][]string{
		"met": {"K-1"}, "ostertag": {"K-1"}, "K-2": {"K-2"}, "müll": {"K-2", "K-3"}, "muell": {"K-2", "K-3"}, "mull ulm": {"K-3"},
		"ULM baeck": {"K-3"}, "cafe noel": {"K-4"}, "890": {"K-3", "K-4"}, "xyz": nil, "ertag": {"K-1"}, "ö": {"K-1", "K-4", "K-2"},
	} {
		require.Equal(t, want, codes(x.Find(typed, 6)), typed)
	}
	require.Len(t, x.Find("", 3), 3)
}

func manyLedgers(n int) []*model.Customer {
	list := make([]*model.Customer, n)
	names := []string{"Metallbau", "Autohaus", "Bäckerei", "Holz", "Elektro", "Maschinenbau", "Schreinerei"}
	for i := range list {
		list[i] = customer(fmt.Sprintf("K-%06d", i), fmt.Sprintf("%s Müller %d", names[i%len(names)], i*7919%n), fmt.Sprint(10000+i%80000), "Stuttgart")
	}
	return list
}

func BenchmarkFindAmong100000(b *testing.B) {
	x := NewAccountIndex(manyLedgers(100_000))
	for _, typed := range []string{"m", "holz 77", "müller stutt", "zzz", "K-0999", "7777"} {
		b.Run(typed, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				x.Find(typed, 6)
			}
		})
	}
}

func BenchmarkIndex100000(b *testing.B) {
	list := manyLedgers(100_000)
	for b.Loop() {
		NewAccountIndex(list)
	}
}

func TestEachFindsWhatALookAtEveryAccountFinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[a-cäöüßÉe ]{0,6}`)
		var customers []*model.Customer
		for i := range rapid.IntRange(0, 12).Draw(t, "accounts") {
			customers = append(customers, customer(fmt.Sprintf("K%d", i), word.Draw(t, "name"), "", word.Draw(t, "city")))
		}
		x := NewAccountIndex(customers)
		typed := word.Draw(t, "typed")
		m := NewMatcher(typed)
		var want, got []string
		for i, l := range x.Customers {
			if m.Match(x.Line(i)) {
				want = append(want, l.Code)
			}
		}
		for i := range x.Each(m) {
			got = append(got, x.Customers[i].Code)
		}
		require.Equal(t, want, got, typed)
		for i, l := range x.Customers {
			at, ok := x.At(l.Code)
			require.True(t, ok)
			require.Equal(t, i, at)
		}
		require.LessOrEqual(t, len(x.Find(typed, 3)), 3)
	})
}

func TestTheNextCodeFollowsTheCommonestStyle(t *testing.T) {
	for _, c := range []struct {
		codes []string
		want  string
	}{
		{nil, "K-0001"}, {[]string{"K-0900", "K-0017", "X9"}, "K-0901"}, {[]string{"K-0999", "K-1000"}, "K-1001"}, {[]string{"T1", "T2", "T12"}, "T13"},
		{[]string{"K-9999"}, "K-10000"}, {[]string{"abc", "def"}, "K-0001"}, {[]string{"1001", "1002"}, "1003"},
	} {
		require.Equal(t, c.want, nextCode(func(yield func(string) bool) {
			for _, code := range c.codes {
				if !yield(code) {
					return
				}
			}
		}, "K-0001"), c.codes)
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"Müller", "MUELLER", "Noël", "ß", "a\xffb", "ae", "aee", "\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		folded := Fold(s)
		require.NotContains(t, folded, "\n", "a line of the index")
		if strings.ToLower(s) == s && !strings.ContainsAny(s, "e") && utf8.ValidString(s) {
			require.Equal(t, Fold(folded), folded)
		}
	})
}
