// Package faults brings a fault of the program that is met in a goroutine of its own to
// where it can be answered: to whoever waits for the goroutine's result, or to whoever
// answers for the process. Else it would end the process at once, with a terminal that
// nobody gives back.
package faults

import (
	"maps"
	"os"
	"runtime/debug"
	"slices"
	"sync"
	"time"
)

// Carried is a fault with the place where it was met.
type Carried struct {
	Value any
	Stack []byte
}

// Keep is deferred in a goroutine, before what tells others that its result is there: it
// keeps a fault for them, which they raise.
func Keep(fault *any) {
	if p := recover(); p != nil {
		*fault = carried(p)
	}
}

// Raise goes on with a fault that was kept; nil: there was none.
func Raise(fault any) {
	if fault != nil {
		panic(fault)
	}
}

// Beside does work in a goroutine of its own. Whoever waits for it gets its fault.
func Beside(work func()) (wait func()) {
	var fault any
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer Keep(&fault)
		work()
	}()
	return func() {
		<-done
		Raise(fault)
	}
}

func carried(p any) Carried {
	if c, is := p.(Carried); is {
		return c
	}
	return Carried{p, debug.Stack()}
}

// Code is the exit code after a fault: EX_SOFTWARE of BSD's sysexits.
const Code = 70

// patience is how long sessions have to end after a fault. What waits for the goroutine
// that is gone would wait for ever.
const patience = 6 * time.Second

var (
	lock    sync.Mutex
	answers = map[*func(Carried)]bool{}
	lasts   = map[*func()]bool{}
)

// Answer has a function told of faults in goroutines that Go began, until stop is called.
// It must return at once. A process in which somebody answers ends a while after a fault
// even if they do not end it.
func Answer(told func(Carried)) (stop func()) { return enlist(answers, &told) }

// Last has a function called before the process is ended because its sessions have not
// done so, until stop is called: it gives the terminal back.
func Last(run func()) (stop func()) { return enlist(lasts, &run) }

func enlist[T any](list map[*T]bool, one *T) (stop func()) {
	lock.Lock()
	defer lock.Unlock()
	list[one] = true
	return func() {
		lock.Lock()
		defer lock.Unlock()
		delete(list, one)
	}
}

func enlisted[T any](list map[*T]bool) []*T {
	lock.Lock()
	defer lock.Unlock()
	return slices.Collect(maps.Keys(list))
}

// Go begins a goroutine that nobody waits for. Where nobody answers, a fault ends the
// process.
func Go(run func()) {
	go func() {
		defer func() {
			told := enlisted(answers)
			if len(told) == 0 {
				return
			}
			p := recover()
			if p == nil {
				return
			}
			fault := carried(p)
			for _, tell := range told {
				(*tell)(fault)
			}
			time.AfterFunc(patience, func() {
				for _, last := range enlisted(lasts) {
					(*last)()
				}
				os.Exit(Code)
			})
		}()
		run()
	}()
}
