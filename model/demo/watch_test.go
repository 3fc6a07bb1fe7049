package demo

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

// Many days at once say what each day says.
func TestManyDaysAtOnceSayWhatEachDaySays(t *testing.T) {
	today := model.NewDate(2026, time.November, 24)
	for _, seed := range []uint64{1, 7} {
		b := generate(t, Options{Today: today, Seed: seed}).book
		first := today - 150
		for _, area := range b.Areas() {
			keys := []model.SignalKey{{Kind: model.AddTelemarketing, Territory: area.Code}, {Kind: model.ReportsMissing, Territory: area.Code}}
			for _, c := range b.Campaigns() {
				keys = append(keys, model.SignalKey{Kind: model.StepUpVisits, Territory: area.Code, Campaign: c.Code})
			}
			for _, key := range keys {
				for i, got := range b.On(today).WatchDays(key, first, today) {
					if i%3 != 0 { // enough, and sooner done
						continue
					}
					day := first + model.Date(i)
					require.Equal(t, b.Past(day).Watch(key), got, "%v on %v", key, day)
				}
			}
		}
	}
}
