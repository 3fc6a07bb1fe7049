package command

// When the garbage collector runs while a command works through much.

import (
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// The least and the most that the garbage may be of what is in use, in percent, and how
// often it is looked at what that comes to.
const (
	leastGarbage = 40
	looksEvery   = 50 * time.Millisecond
)

// collectBeyond has garbage collected once so many bytes of it lie about, whatever is in
// use beside it, until the function returned is called: a share of what is in use alone
// would let it grow with a long import. Several runs share one collector: there it stays.
func (r *run) collectBeyond(garbage uint64) func() {
	if r.Session != nil {
		return func() {}
	}
	before := debug.SetGCPercent(readingGarbage)
	done, over := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(over)
		percent, live := readingGarbage, []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		looks := time.NewTicker(looksEvery)
		defer looks.Stop()
		for {
			select {
			case <-done:
				return
			case <-looks.C:
			}
			metrics.Read(live)
			if live[0].Value.Kind() != metrics.KindUint64 {
				return
			}
			now := int(100 * garbage / max(live[0].Value.Uint64(), 1))
			if now = min(max(now, leastGarbage), readingGarbage); now != percent {
				percent = now
				debug.SetGCPercent(percent)
			}
		}
	}()
	return func() {
		close(done)
		<-over
		debug.SetGCPercent(before)
	}
}
