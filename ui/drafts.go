package ui

// What is typed and not saved when a session is ended from outside: it is kept beside the
// person's settings, and is there again in the form it was typed into.

import (
	"encoding/json"
	"errors"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/store/temporary"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
)

// keeper is a modal whose typing can be kept.
type keeper interface {
	Draft() (kit.FormDraft, bool)
	Restore(kit.FormDraft) bool
}

// draftsEnd is how the name of a file of drafts ends.
const draftsEnd = ".drafts"

// longestDrafts bounds that file, bytes.
const longestDrafts = 64 << 20

// draftsOf is the file of a person's drafts, beside their settings; "" for nobody's.
func draftsOf(o Options) string {
	if o.Habits == nil || o.Habits.Path() == "" {
		return ""
	}
	return o.Habits.Path() + draftsEnd
}

// readDrafts takes up what an earlier session has left; whole is false where something lies there
// that cannot be read.
func readDrafts(path string) (drafts []kit.FormDraft, whole bool) {
	if path == "" {
		return nil, true
	}
	content, err := temporary.Read(path, longestDrafts)
	if errors.Is(err, os.ErrNotExist) {
		return nil, true
	}
	if err != nil || json.Unmarshal(content, &drafts) != nil {
		return nil, false
	}
	return drafts, true
}

// writeDrafts keeps drafts, whole or not at all; none take the file away.
func writeDrafts(path string, drafts []kit.FormDraft) error {
	if path == "" {
		return nil
	}
	if len(drafts) == 0 {
		if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
		return nil
	}
	content, err := json.Marshal(drafts)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	file, err := temporary.File(filepath.Dir(path), ".drafts-") // 0600
	if err != nil {
		return err
	}
	if _, err := file.Write(content); err != nil {
		return errors.Join(err, file.Close(), os.Remove(file.Name()))
	}
	return temporary.Keep(file, path)
}

// storePath names the store whose drafts they are: what was typed on one company's data has
// no place on another's.
func (r *root) storePath() string {
	path := r.session.Store.Path()
	if whole, err := filepath.Abs(path); err == nil {
		return whole
	}
	return path
}

// onPage begins the name of what is kept of a page, as a form of one field.
const onPage = "page."

// keepDrafts keeps what is typed into the forms in front, and what is not saved on pages.
// Of demo data nothing is kept: it goes with the session.
func (r *root) keepDrafts() {
	if r.demoing {
		return
	}
	path := r.storePath()
	for _, m := range r.modals {
		if form, ok := m.(keeper); ok {
			if d, ok := form.Draft(); ok {
				d.Store = path
				r.drafts = append(r.drafts, d)
				r.kept = append(r.kept, d.Title)
			}
		}
	}
	for name, draft := range r.pageDrafts() {
		d := kit.FormDraft{Store: path, Form: onPage + string(name), Title: r.session.Look.T("page." + string(name)), Fields: map[string]string{onPage: string(draft)}}
		r.drafts = append(r.drafts, d)
		r.kept, r.keptPages = append(r.kept, d.Title), append(r.keptPages, name)
	}
	r.forgetInDrafts()
	if len(r.kept) > 0 && writeDrafts(draftsOf(r.options), slices.Concat(r.draftsElsewhere, r.drafts)) != nil {
		r.kept, r.keptPages = nil, nil
	}
}

// forgetInDrafts takes whoever was erased out of what is half typed on this store.
func (r *root) forgetInDrafts() {
	forget, err := r.session.Store.Forget()
	if err != nil {
		return
	}
	for i, d := range r.drafts {
		d.Fields, d.Title = maps.Clone(d.Fields), forget(d.Title)
		for name, value := range d.Fields {
			d.Fields[name] = forget(value)
		}
		r.drafts[i] = d
	}
}

// pageDrafts is what is not saved on pages, in their order.
func (r *root) pageDrafts() iter.Seq2[session.PageName, []byte] {
	return func(yield func(session.PageName, []byte) bool) {
		for _, page := range pages {
			if p, ok := r.pages[page.name].(session.Drafter); ok {
				if draft := p.Draft(); draft != nil && !yield(page.name, draft) {
					return
				}
			}
		}
	}
}

// tellDrafts says what an earlier session has left.
func (r *root) tellDrafts() {
	here := r.storePath()
	drafts, whole := readDrafts(draftsOf(r.options))
	if !whole {
		r.status.Fail(r.session.Look.T("serve.drafts.unread", text.Args{"Path": draftsOf(r.options)}))
	}
	for _, d := range drafts {
		if d.Store == here || d.Store == "" {
			r.drafts = append(r.drafts, d)
		} else {
			r.draftsElsewhere = append(r.draftsElsewhere, d)
		}
	}
	if len(r.drafts) > 0 {
		r.status.Tell(r.session.Look.Text.N("serve.drafts", len(r.drafts), text.Args{"Form": r.drafts[0].Title}))
	}
}

// giveBack puts a draft into the form it was typed into.
func (r *root) giveBack(m kit.Modal) tea.Cmd {
	form, ok := m.(keeper)
	if !ok || len(r.drafts) == 0 {
		return nil
	}
	for i, d := range r.drafts {
		if form.Restore(d) {
			r.drafts = append(r.drafts[:i:i], r.drafts[i+1:]...)
			r.status.Tell(r.session.Look.T("serve.drafts.back"))
			return r.draftsLeft()
		}
	}
	return nil
}

// givePageBack lets the page in front go on with what an earlier session left there.
func (r *root) givePageBack() tea.Cmd {
	page, ok := r.page().(session.Drafter)
	if !ok || r.demoing || r.replaying || r.unsaved(r.front) != "" {
		return nil
	}
	i := slices.IndexFunc(r.drafts, func(d kit.FormDraft) bool { return d.Form == onPage+string(r.front) })
	if i < 0 {
		return nil
	}
	d := r.drafts[i]
	r.drafts = slices.Delete(slices.Clone(r.drafts), i, i+1)
	if page.TakeUp([]byte(d.Fields[onPage])) {
		r.status.Tell(r.session.Look.T("serve.drafts.back"))
	} else {
		r.status.Fail(r.session.Look.T("serve.drafts.stale"))
	}
	return r.draftsLeft()
}

// draftsLeft writes down what nobody has gone on with yet; at worst one comes back once
// more.
func (r *root) draftsLeft() tea.Cmd {
	path, left := draftsOf(r.options), slices.Concat(r.draftsElsewhere, r.drafts)
	return func() tea.Msg { _ = writeDrafts(path, left); return nil }
}

// farewellLines are what is said once the session has ended.
func (r *root) farewellLines() (said []string) {
	look := r.session.Look
	said = append(said, look.T(r.farewell))
	if r.faultReport != "" {
		said = append(said, look.T("shell.fault.report", text.Args{"Path": r.faultReport}))
	}
	if len(r.kept) > 0 {
		said = append(said, look.Text.N("serve.drafts.kept", len(r.kept), text.Args{"Form": r.kept[0]}))
	}
	for _, page := range pages {
		if loss := r.unsaved(page.name); loss != "" && !slices.Contains(r.keptPages, page.name) {
			said = append(said, loss)
		}
	}
	return said
}
