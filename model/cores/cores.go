// Package cores spreads work that consists of many pieces over the machine's cores.
package cores

import (
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
)

// Each calls work once for each piece from 0 to n-1 and returns when all are done. Pieces
// are taken in order, several at a time where there are cores for at least so many pieces
// each; work is then called by several goroutines at once. Where it panics, the rest is
// left undone and Each panics with the same value: in the caller's goroutine, where faults
// are looked after. Where a fault of memory is a panic to the caller (debug.SetPanicOnFault),
// so it is to those goroutines.
func Each(n, least int, work func(piece int)) {
	workers := min(runtime.GOMAXPROCS(0), n/max(least, 1))
	if workers < 2 {
		for piece := range n {
			work(piece)
		}
		return
	}
	var (
		next  atomic.Int64
		fault atomic.Pointer[any]
		all   sync.WaitGroup
	)
	panics := debug.SetPanicOnFault(true)
	debug.SetPanicOnFault(panics)
	for range workers {
		all.Go(func() {
			debug.SetPanicOnFault(panics)
			defer func() {
				if p := recover(); p != nil {
					fault.CompareAndSwap(nil, &p)
					next.Store(int64(n))
				}
			}()
			for piece := int(next.Add(1) - 1); piece < n; piece = int(next.Add(1) - 1) {
				work(piece)
			}
		})
	}
	all.Wait()
	if p := fault.Load(); p != nil {
		panic(*p)
	}
}
