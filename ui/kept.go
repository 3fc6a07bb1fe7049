package ui

// What is kept of a session for the case that its process ends: the page, what is open
// there and what is half typed. A second window has it, and shows it again in the process
// that takes over.

import (
	"encoding/json"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/ui/forms"
	"doppelpass/ui/session"
)

type kept struct {
	Page   session.PageName            `json:"page"`
	Trail  []session.PageName          `json:"trail,omitempty"`
	Opened map[session.PageName]string `json:"opened,omitempty"` // what is open on a page, as its Open takes it
	Draft  []byte                      `json:"draft,omitempty"`
	Pages  map[session.PageName][]byte `json:"pages,omitempty"` // what is not saved on a page, as its TakeUp takes it
}

// opener is a page that can say what is open on it.
type opener interface{ Opened() string }

// drafting is a form that can be shown again.
type drafting interface {
	HalfTyped() (forms.Draft, bool)
	TakeUp(forms.Draft)
}

// keep tells whoever keeps it what the session is at, if that has changed.
func (r *root) keep() {
	if r.options.Keep == nil || r.demoing {
		return
	}
	packed := r.pack()
	if packed == nil || string(packed) == r.toldKept {
		return
	}
	r.toldKept = string(packed)
	r.options.Keep(packed)
}

// whole reports that another session could go on with all that is typed here.
func (r *root) whole() bool {
	for _, m := range r.modals {
		if f, ok := m.(interface{ Unsaved() bool }); ok && f.Unsaved() {
			d, ok := m.(drafting)
			if !ok {
				return false
			}
			if draft, ok := d.HalfTyped(); !ok || draft.Pack() == nil {
				return false
			}
		}
	}
	for _, page := range pages {
		if p, ok := r.pages[page.name].(session.Drafter); r.unsaved(page.name) != "" && (!ok || p.Draft() == nil) {
			return false
		}
	}
	return !r.demoing
}

// pack is what the session is at; nil where that cannot be written down.
func (r *root) pack() []byte {
	now := kept{Page: r.front, Trail: r.trail}
	for name, page := range r.pages {
		if o, ok := page.(opener); ok && o.Opened() != "" {
			if now.Opened == nil {
				now.Opened = map[session.PageName]string{}
			}
			now.Opened[name] = o.Opened()
		}
	}
	for _, m := range r.modals {
		if f, ok := m.(drafting); ok {
			if draft, ok := f.HalfTyped(); ok {
				now.Draft = draft.Pack()
			}
		}
	}
	for name, draft := range r.pageDrafts() {
		if now.Pages == nil {
			now.Pages = map[session.PageName][]byte{}
		}
		now.Pages[name] = draft
	}
	packed, err := json.Marshal(now)
	if err != nil {
		return nil
	}
	return packed
}

// goOn takes up what was kept of a session that ended with its process.
func (r *root) goOn() tea.Cmd {
	var before kept
	if len(r.options.Kept) == 0 || json.Unmarshal(r.options.Kept, &before) != nil || r.empty() {
		return nil
	}
	var cmds []tea.Cmd
	open := func(name session.PageName) bool {
		if r.at(name) == nil {
			return false
		}
		r.front = name
		cmds = append(cmds, r.refresh()) // the page must know its records before it can find one
		if target := before.Opened[name]; target != "" {
			cmds = append(cmds, r.page().Open(target))
		}
		return true
	}
	var trail []session.PageName
	for _, name := range before.Trail {
		if open(name) {
			trail = append(trail, name)
		}
	}
	if !open(before.Page) {
		r.front = pages[0].name
	}
	r.trail = trail
	look := r.session.Look
	r.status.Tell(look.T("join.went-on"))
	cmds = append(cmds, r.takeUpPages(before.Pages))
	if draft, ok := forms.Unpack(before.Draft); ok {
		cmds = append(cmds, forms.Reopen(r.session, draft))
		if last := len(r.modals) - 1; last >= 0 {
			if f, ok := r.modals[last].(drafting); ok {
				f.TakeUp(draft)
				r.status.Tell(look.T("join.went-on.draft"))
			}
		}
	}
	return tea.Batch(cmds...)
}

// takeUpPages goes on with what was not saved on pages.
func (r *root) takeUpPages(drafts map[session.PageName][]byte) tea.Cmd {
	var cmds []tea.Cmd
	front, whole := r.front, true
	for _, page := range pages {
		draft := drafts[page.name]
		if draft == nil {
			continue
		}
		r.front = page.name
		p, ok := r.page().(session.Drafter)
		cmds = append(cmds, r.refresh())
		whole = ok && p.TakeUp(draft) && whole
	}
	r.front = front
	cmds = append(cmds, r.refresh())
	switch look := r.session.Look; {
	case len(drafts) > 0 && whole:
		r.status.Tell(look.T("join.went-on.draft"))
	case len(drafts) > 0:
		r.status.Fail(look.T("serve.drafts.stale"))
	}
	return tea.Batch(cmds...)
}
