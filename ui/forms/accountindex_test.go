package forms

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

func ledger(code, name, postcode, city string) *model.Ledger {
	return &model.Ledger{Account: model.Account{Code: code, Name: name, Address: model.Address{Postcode: postcode, City: city}}}
}

func codes(ledgers []*model.Ledger) (list []string) {
	for _, l := range ledgers {
		list = append(list, l.Code)
	}
	return list
}

func TestAccountsAreFoundByAFewLetters(t *testing.T) {
	x := NewAccountIndex([]*model.Ledger{
		ledger("K-1", "Metallbau Ostertag", "70734", "Fellbach"), ledger("K-2", "Müller & Söhne", "70173", "Stuttgart"),
		ledger("K-3", "Bäckerei Mueller", "89073", "Ulm"), ledger("K-4", "Café Noël", "89073", "Ulm"),
	})
	for typed, want := range map[string][]string{
		"met": {"K-1"}, "ostertag": {"K-1"}, "K-2": {"K-2"}, "müll": {"K-2", "K-3"}, "muell": {"K-2", "K-3"}, "mull ulm": {"K-3"},
		"ULM baeck": {"K-3"}, "cafe noel": {"K-4"}, "890": {"K-3", "K-4"}, "xyz": nil, "ertag": {"K-1"}, "ö": {"K-1", "K-4", "K-2"},
	} {
		require.Equal(t, want, codes(x.Find(typed, 6)), typed)
	}
	require.Len(t, x.Find("", 3), 3)
}

func manyLedgers(n int) []*model.Ledger {
	list := make([]*model.Ledger, n)
	names := []string{"Metallbau", "Autohaus", "Bäckerei", "Holz", "Elektro", "Maschinenbau", "Schreinerei"}
	for i := range list {
		list[i] = ledger(fmt.Sprintf("K-%06d", i), fmt.Sprintf("%s Müller %d", names[i%len(names)], i*7919%n), fmt.Sprint(10000+i%80000), "Stuttgart")
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
