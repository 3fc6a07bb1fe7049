package store

// What has just changed, and who did it: seen by the others for a moment.

import (
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
}

// remember notes a change; to be called with the Book's lock held for writing.
func (l *Live) remember(change model.Change) {
	if len(change.Edits) > recentKeys {
		return
	}
	c := recentChange{by: change.By, at: time.Now(), keys: map[model.Key]bool{}}
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
	since := time.Now().Add(-RecentFor)
	for i := len(l.recent) - 1; i >= 0 && l.recent[i].at.After(since); i-- {
		c := l.recent[i]
		if notBy(c.by) {
			continue
		}
		if len(keys) == 0 {
			return c.by, true
		}
		for _, key := range keys {
			if c.keys[key] {
				return c.by, true
			}
		}
	}
	return model.Actor{}, false
}
