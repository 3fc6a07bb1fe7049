// Package followers tells any number of goroutines that something has changed, and waits
// for none of them.
package followers

import (
	"context"
	"sync"
)

// Group are those who follow something. The zero value is ready. It is used by several
// goroutines.
type Group[News any] struct {
	lock      sync.Mutex // nothing is waited for while it is held
	listeners map[chan News]bool
}

// Follow tells until ctx ends: then the channel is closed. News that nobody has taken yet
// stands for all that comes after it.
func (g *Group[News]) Follow(ctx context.Context) <-chan News {
	listener := make(chan News, 1)
	g.lock.Lock()
	defer g.lock.Unlock()
	if g.listeners == nil {
		g.listeners = map[chan News]bool{}
	}
	g.listeners[listener] = true
	context.AfterFunc(ctx, func() {
		g.lock.Lock()
		defer g.lock.Unlock()
		delete(g.listeners, listener)
		close(listener)
	})
	return listener
}

// Tell tells all who follow.
func (g *Group[News]) Tell(news News) { g.tell(news, false) }

// Insist tells all in place of what they have not taken yet.
func (g *Group[News]) Insist(news News) { g.tell(news, true) }

func (g *Group[News]) tell(news News, insist bool) {
	g.lock.Lock()
	defer g.lock.Unlock()
	for listener := range g.listeners {
		if insist {
			select {
			case <-listener:
			default:
			}
		}
		select {
		case listener <- news:
		default:
		}
	}
}
