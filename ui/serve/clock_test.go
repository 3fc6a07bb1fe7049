package serve_test

// The server's clock, which a test can turn: stories go over weeks.

import (
	"sync"
	"time"
)

// hands are those of the server's clock.
var hands turnable

type turnable struct {
	lock  sync.Mutex
	ahead time.Duration
}

func (h *turnable) now() time.Time {
	h.lock.Lock()
	defer h.lock.Unlock()
	return time.Now().Add(h.ahead)
}

// turn makes it a moment, such as 2026-11-24 10:00, here.
func (h *turnable) turn(moment string) string {
	at, err := time.ParseInLocation("2006-01-02 15:04", moment, time.Local)
	if err != nil {
		return err.Error()
	}
	h.lock.Lock()
	defer h.lock.Unlock()
	h.ahead = time.Until(at)
	return "turned"
}
