package demo

import (
	"testing"

	"doppelpass/model"
)

// dropped is a sink that forgets everything, to measure the making alone.
type dropped struct{ visits int }

func (d *dropped) Put(...model.Record) error { return nil }

func (d *dropped) Contacts(_ string, visits []model.Visit, _ []model.Call) error {
	d.visits += len(visits)
	return nil
}

// BenchmarkGenerate makes 10,000 accounts with a million visits.
func BenchmarkGenerate(b *testing.B) {
	b.ReportAllocs()
	visits := 0
	for b.Loop() {
		var d dropped
		if err := Generate(Options{Today: model.NewDate(2026, 11, 24), Accounts: 10_000, Visits: 1_000_000}, &d); err != nil {
			b.Fatal(err)
		}
		visits += d.visits
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(visits), "ns/visit")
}
