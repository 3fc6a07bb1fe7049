package ui

// A laptop and its server, as the footer tells it, and how much stands aside.

import (
	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/ui/laptop"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
)

// linkNews says that it stands otherwise between laptop and server.
type linkNews struct{}

// listenToLink waits for the next news; nil where this is no laptop.
func (r *root) listenToLink() tea.Cmd {
	if r.options.Link == nil {
		return nil
	}
	if r.linkNews == nil {
		r.linkNews = r.options.Link.Follow(r.session.Context())
		r.lookAtLink()
	}
	news := r.linkNews
	return func() tea.Msg {
		if _, ok := <-news; !ok {
			return nil
		}
		return linkNews{}
	}
}

func (r *root) linked() tea.Cmd {
	refused := r.link.Refused
	r.lookAtLink()
	if r.link.Refused && !refused { // said once; the footer goes on to say that it is so
		key := "laptop.refused.why"
		if laptop.LetInNoMore(r.link.Err) {
			key = "laptop.refused.key"
		}
		r.status.Fail(r.session.Look.T(key, text.Args{"Server": r.link.Server}))
	}
	return r.listenToLink()
}

func (r *root) lookAtLink() {
	if r.options.Link != nil {
		r.link = r.options.Link.State()
	}
}

// linkText is the footer's word about it: live, or since when it is not and how much waits.
func (r *root) linkText() string {
	p := r.session.Look.Text
	switch {
	case r.options.Link == nil:
		return ""
	case r.link.Live && r.link.Hub: // nobody at a desk has to know
		return ""
	case r.link.Live && r.link.Waiting == 0:
		return p.T("laptop.live")
	case r.link.Live:
		return p.N("laptop.live.waits", r.link.Waiting)
	}
	key, args := "laptop.offline.first", text.Args{}
	if r.link.Hub {
		key = "hub.offline.first"
	}
	if !r.link.Since.IsZero() {
		key, args["Time"] = "laptop.offline", r.link.Since.Local().Format("15:04")
		switch {
		case r.link.Hub:
			key = "hub.offline"
		case r.link.Refused:
			key = "laptop.refused"
		}
	}
	said := p.T(key, args)
	if r.link.Waiting > 0 {
		waits := "laptop.waits"
		if r.link.Hub {
			waits = "hub.waits"
		}
		said = p.N(waits, r.link.Waiting, text.Args{"Said": said})
	}
	return said
}

// asidesCounted brings what stands aside.
type asidesCounted struct{ all []model.SetAside }

// countAsides looks how much stands aside.
func (r *root) countAsides() tea.Cmd {
	read := r.session.Store.Asides
	return func() tea.Msg {
		all, err := read()
		if err != nil {
			return nil // the page says so
		}
		return asidesCounted{all}
	}
}

// asidePriority gives the page of what stands aside its place in the footer while there is
// something.
func (r *root) asidePriority() int {
	if r.asides == 0 || r.front == session.PageAside {
		return 0
	}
	return 95
}
