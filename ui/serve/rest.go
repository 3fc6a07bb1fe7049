package serve

// At rest the server gives back what it needed while many were busy, or have left: most of
// the day a thousand sessions stand still.

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// What counts as rest, and from when on giving back is worth the work: bytes that were
// needed since memory was given back, or sessions that have ended.
const (
	restAllocates = 8 << 20  // at most, between two looks
	worthGiving   = 16 << 20 // at least
	worthLeaving  = 20
	leftLooks     = 12 // … or so many looks after anybody has left
)

// The garbage collector's percentages: while many come, what they leave behind must not lie
// between what they keep; afterwards, a change is to reach all who look at it soon.
const (
	garbageComing = 25
	garbageUsual  = 100
	manyComing    = 10 // sessions, between two looks
)

// came notes that a session has begun. The lock is held.
func (s *Server) came() {
	s.coming++
	if s.coming == manyComing && s.collect != nil {
		s.collect(garbageComing)
	}
}

// settled is called at every look: those who came sit. The lock is held.
func (s *Server) settled() {
	if s.coming < manyComing && s.wereMany && s.collect != nil {
		s.collect(garbageUsual)
	}
	s.wereMany, s.coming = s.coming >= manyComing, 0
}

// rest watches how much is allocated, and who leaves.
type rest struct {
	last, given uint64
	left        int // sessions that had ended when memory was given back
	looks       int // since somebody has left
	give        func()
}

// look gives memory back to the system where little is going on and much was; left is how
// many sessions have ended in all.
func (r *rest) look(left int) {
	sample := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(sample)
	if sample[0].Value.Kind() == metrics.KindUint64 {
		r.judge(sample[0].Value.Uint64(), left)
	}
}

func (r *rest) judge(allocated uint64, left int) {
	if left > r.left {
		r.looks++
	}
	worth := allocated-r.given > worthGiving || left-r.left >= worthLeaving || r.looks >= leftLooks
	if allocated-r.last < restAllocates && worth {
		r.give()
		r.given, r.left, r.looks = allocated, left, 0
	}
	r.last = allocated
}

// giveBack gives memory back to the system.
func giveBack() {
	for range 3 { // each makes the stacks of those who stand still half as large
		runtime.GC()
	}
	debug.FreeOSMemory()
}
