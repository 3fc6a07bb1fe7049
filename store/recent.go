package store

// What has just changed, and who did it: seen by the others for a moment.

import (
	"slices"
	"time"

	"doppelpass/model"
)

// RecentFor is how long a change counts as recent.
const RecentFor = 8 * time.Second

// recentMost is how many changes are kept in mind, recentKeys how many records of one: of
// a large one, nobody looks for the rows.
const (
	recentMost = 32
	recentKeys = 200
)

// recentChange is a change that was just made.
type recentChange struct {
	by   model.Actor
	at   time.Time
	keys map[model.Key]bool
	// The Book's revisions before and with it, and the territories whose signals it touched.
	after, with uint64
	territories map[string]bool
}

// remember notes a change that has just been put into the Book, which was at a revision
// before; to be called with its lock held for writing.
func (l *Live) remember(change model.Change, before uint64) {
	if len(change.Edits) > recentKeys {
		return
	}
	c := recentChange{by: change.By, at: time.Now(), keys: map[model.Key]bool{}, after: before, with: l.book.Revision(), territories: map[string]bool{}}
	for _, area := range l.book.Areas() {
		if area.Revision() > before {
			c.territories[area.Code] = true
		}
	}
	for _, e := range change.Edits {
		record := e.After
		if record == nil {
			record = e.Before
		}
		key := record.Key()
		c.keys[key], c.keys[model.Key{Table: key.Table, Code: key.Code}] = true, true
	}
	if len(l.recent) >= recentMost {
		l.recent = append(l.recent[:0], l.recent[1:]...)
	}
	l.recent = append(l.recent, c)
}

// Recent is who changed one of the records just now, the latest first; false for nobody.
// A key of table and code alone means all that has that code: any visit of an account, say.
// Without keys it is who changed anything. To be called within Read.
func (l *Live) Recent(notBy func(model.Actor) bool, keys ...model.Key) (model.Actor, bool) {
	return l.recently(notBy, func(c *recentChange) bool {
		return len(keys) == 0 || slices.ContainsFunc(keys, func(key model.Key) bool { return c.keys[key] })
	})
}

// RecentTurn is who has just made a signal of a territory what it is (model.Day.Turned);
// false for nobody. To be called within Read.
func (l *Live) RecentTurn(notBy func(model.Actor) bool, territory string, turn model.Turn) (model.Actor, bool) {
	return l.recently(notBy, func(c *recentChange) bool {
		return c.territories[territory] && c.with > turn.After && c.with <= turn.By
	})
}

func (l *Live) recently(notBy func(model.Actor) bool, is func(*recentChange) bool) (model.Actor, bool) {
	since := time.Now().Add(-RecentFor)
	for i := len(l.recent) - 1; i >= 0 && l.recent[i].at.After(since); i-- {
		if c := &l.recent[i]; !notBy(c.by) && is(c) {
			return c.by, true
		}
	}
	return model.Actor{}, false
}
