package model_test

// The rep's room with absences and the territory's public holidays, in worked numbers.

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

// From Tuesday 24 November to Tuesday 22 December 2026 there are 21 working days: 4, 5, 5,
// 5 and 2. A rep of 25 visits a week has room for 25 × 21 / 5 = 105.
func TestRoomWithoutTheDaysTheRepIsAway(t *testing.T) {
	away := func(from, to string) model.Absence {
		return model.Absence{Rep: "R1", From: date(from), To: date(to)}
	}
	fridays := model.Absence{Rep: "R1", From: date("2026-01-01"), Weekdays: []string{model.WeekdayNames[time.Friday]}, FromTime: model.NewClock(13, 0)}
	for _, c := range []struct {
		name             string
		absences         []model.Absence
		calendar         string
		days, away, room int
	}{
		{"nobody is away", nil, "", 21, 0, 105},
		{"a week of holidays", []model.Absence{away("2026-12-07", "2026-12-13")}, "", 21, 10, 80},
		{"somebody else's", []model.Absence{{Rep: "R2", From: date("2026-12-07"), To: date("2026-12-13")}}, "", 21, 0, 105},
		{"only the part that is left", []model.Absence{away("2026-11-16", "2026-11-25")}, "", 21, 4, 95},
		{"a weekend takes nothing", []model.Absence{away("2026-11-28", "2026-11-29")}, "", 21, 0, 105},
		{"Friday afternoons: four halves", []model.Absence{fridays}, "", 21, 4, 95},
		{"and a whole Friday among them: 25 × 37 / 10", []model.Absence{fridays, away("2026-12-11", "2026-12-11")}, "", 21, 5, 92},
		{"all the time", []model.Absence{away("2026-11-01", "2026-12-31")}, "", 21, 42, 0},
		{"a public holiday in Thursday's place", nil, "X", 20, 0, 100},
		{"away on the public holiday, too", []model.Absence{away("2026-12-09", "2026-12-10")}, "X", 20, 2, 95},
	} {
		w := territoryOf(40)
		w.put(model.Territory{Code: "T", Rep: "R1", Calendar: c.calendar}, model.Rep{Code: "R1", Capacity: 25}, mailing(date("2026-12-09"), date("2026-12-22")))
		for _, a := range c.absences {
			w.put(a)
		}
		b := w.book()
		b.Use(model.Outside{Holidays: func(calendar string, _ int) ([]model.Date, bool) {
			return []model.Date{date("2026-12-10")}, calendar == "X"
		}})
		r := mustSignal(t, b, today, model.StepUpVisits, "T").Readiness
		require.Equal(t, [...]int{c.days, c.away, c.room}, [...]int{r.DaysLeft, r.HalvesAway, r.Room}, c.name)
		require.InDelta(t, float64(5*r.Gap)/float64(c.days), r.RequiredPace, 1e-12, "%s: the pace is that of the territory's working days", c.name)
	}
}
