package demo

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

// collected is a sink that keeps everything and builds a Book of it.
type collected struct {
	book    *model.Book
	records map[model.Table][]model.Record
	visits  []model.Visit
	calls   []model.Call
}

func newCollected() *collected {
	return &collected{book: model.NewBook(), records: map[model.Table][]model.Record{}}
}

func (c *collected) Put(records ...model.Record) error {
	for _, r := range records {
		c.records[r.Key().Table] = append(c.records[r.Key().Table], r)
		c.book.Apply(model.Change{Edits: []model.Edit{{After: r}}})
	}
	return nil
}

func (c *collected) Contacts(account string, visits []model.Visit, calls []model.Call) error {
	c.visits = append(c.visits, visits...)
	c.calls = append(c.calls, calls...)
	edits := make([]model.Edit, 0, len(visits)+len(calls))
	for _, v := range visits {
		edits = append(edits, model.Edit{After: v})
	}
	for _, v := range calls {
		edits = append(edits, model.Edit{After: v})
	}
	c.book.Apply(model.Change{Edits: edits})
	return nil
}

func generate(t require.TestingT, o Options) *collected {
	c := newCollected()
	require.NoError(t, Generate(o, c))
	return c
}

// census counts the kinds and states of signals of a day.
type census struct {
	stepUp, before, unbounded, beyond, ready int
	calls, inHand, clear, weak               int
	reports                                  int
}

func take(c *collected, today model.Date) census {
	var n census
	for _, s := range c.book.Signals(today) {
		switch s.Kind {
		case model.StepUpVisits:
			n.stepUp++
			if s.Readiness.BeforeWindow {
				n.before++
			}
			if _, unbounded := s.Readiness.StepUp(); unbounded {
				n.unbounded++
			}
			if s.Readiness.Beyond > 0 {
				n.beyond++
			}
		case model.AddTelemarketing:
			n.calls++
			switch {
			case s.InHand:
				n.inHand++
			case s.Contact.Clear:
				n.clear++
			default:
				n.weak++
			}
		case model.ReportsMissing:
			n.reports++
		}
	}
	for _, campaign := range c.book.Campaigns() {
		if !campaign.NeedsVisits() || today < campaign.Start-42 || today > campaign.End {
			continue
		}
		for _, area := range c.book.CampaignAreas(campaign) {
			if r := c.book.Readiness(campaign, area, today); r.Gap == 0 && r.Targets > 0 {
				n.ready++
			}
		}
	}
	return n
}

// requireAlive holds that every kind and state of signal occurs, in numbers that
// people would believe.
func requireAlive(t require.TestingT, n census, what string) {
	require.True(t, n.stepUp >= 6 && n.stepUp <= 9, "%s: step up %+v", what, n)
	require.Positive(t, n.before, "%s: before the window %+v", what, n)
	require.Greater(t, n.stepUp-n.before, 1, "%s: in the window %+v", what, n)
	require.Equal(t, 1, n.unbounded, "%s: no usual pace %+v", what, n)
	require.Positive(t, n.beyond, "%s: beyond reach %+v", what, n)
	require.Positive(t, n.ready, "%s: ready %+v", what, n)
	require.True(t, n.calls >= 4 && n.calls <= 5, "%s: telemarketing %+v", what, n)
	require.Equal(t, 1, n.inHand, "%s: in hand %+v", what, n)
	require.Positive(t, n.clear, "%s: clear %+v", what, n)
	require.Positive(t, n.weak, "%s: weak %+v", what, n)
	require.Equal(t, 1, n.reports, "%s: reports missing %+v", what, n)
}

func TestEveryKindOfSignalOccursOnEveryDayOfSixYears(t *testing.T) {
	first := model.NewDate(2024, time.January, 1)
	step := model.Date(13) // meets every weekday and every season
	if testing.Short() {
		step = 97
	}
	for d := first; d < first+6*365; d += step {
		requireAlive(t, take(generate(t, Options{Today: d, Seed: uint64(d % 7)}), d), fmt.Sprint(d, " seed ", d%7))
	}
}
