package serve

// At rest the server gives back what it needed while many were busy: most of the day a
// thousand sessions stand still.

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// What counts as rest, and from when on giving back is worth the work, in bytes.
const (
	restAllocates = 8 << 20  // at most, between two looks
	worthGiving   = 16 << 20 // at least, since memory was given back
)

// rest watches how much is allocated.
type rest struct{ last, given uint64 }

// look gives memory back to the system where little is going on and much was.
func (r *rest) look() {
	sample := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(sample)
	if sample[0].Value.Kind() != metrics.KindUint64 {
		return
	}
	now := sample[0].Value.Uint64()
	if now-r.last < restAllocates && now-r.given > worthGiving {
		for range 3 { // each makes the stacks of those who stand still half as large
			runtime.GC()
		}
		debug.FreeOSMemory()
		r.given = now
	}
	r.last = now
}
