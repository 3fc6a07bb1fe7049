package forms

// Everything about a person, and its end: what is known and what would go is shown first,
// and it goes by a key that neither opened it nor is enter.

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/store/exchange"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/tables"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// MayErase is what the Enabled of erasing returns: only the lead erases.
func MayErase(s *session.Session) (bool, string) {
	if s.Store.ReadOnly() {
		return false, s.ErrorText(store.ErrReadOnly)
	}
	err := s.Actor.May(model.Edit{After: model.Erasure{}})
	return err == nil, s.ErrorText(err)
}

// known asks the store for somebody outside of Update, and goes on with what it tells. Of
// several who are called so, the person says whether all of them are meant.
func known(s *session.Session, who store.Who, ask func(store.Who) (store.Known, error), then func(store.Who, store.Known) tea.Cmd) tea.Cmd {
	return func() tea.Msg {
		found, err := ask(who)
		var several store.Ambiguous
		if errors.As(err, &several) && !who.All {
			return session.Applied{Then: func(error) tea.Cmd { return s.Shell.Show(whichOne(s, who, several, ask, then)) }}
		}
		return session.Applied{Err: err, Then: func(err error) tea.Cmd {
			if err != nil {
				return nil
			}
			return then(who, found)
		}}
	}
}

// whichOne asks who of several is meant: who is at one account, or all.
func whichOne(s *session.Session, who store.Who, several store.Ambiguous, ask func(store.Who) (store.Known, error), then func(store.Who, store.Known) tea.Cmd) *kit.Dialog {
	look := s.Look
	const all = "\x00"
	var options []kit.Option
	for _, account := range several.Accounts {
		options = append(options, kit.Option{Value: account, Label: s.AccountName(account), Detail: account})
	}
	options = append(options, kit.Option{Value: all, Label: "person.which.all"})
	return kit.Choose(look, look.T("person.which", text.Args{"Name": kit.Clean(who.Name)}), "", options, func(value string) tea.Cmd {
		if value == all {
			who.All = true
		} else {
			who.Account = value
		}
		return known(s, who, ask, then)
	})
}

// Erase shows what would go with somebody and what stays; another key lets it go.
func Erase(s *session.Session, who store.Who) tea.Cmd {
	return known(s, who, s.Store.Erasing, func(who store.Who, found store.Known) tea.Cmd {
		look := s.Look
		said := words.Erasing(look.Text, s.Book, found, nil)
		lines := func(width int) (lines []string) {
			lines = kit.Paragraph(look, kit.Strong, look.T("person.final", text.Args{
				"Records": look.Text.N("person.records", len(found.Own)+len(found.Records)), "Steps": look.Text.N("person.steps", len(found.Steps)),
			}), width)
			return append(append(lines, ""), paragraphs(look, said, width)...)
		}
		return s.Shell.Show(kit.NewReader(look, words.ErasingTitle(look.Text, found), lines, kit.Button{Title: "person.button.erase", Keys: []string{"L"}, Run: func() tea.Cmd {
			return s.Make(func(actor model.Actor) (string, error) {
				done, err := s.Store.Erase(actor, who)
				if err != nil {
					return "", err
				}
				return words.Erased(look.Text, done), nil
			}, func(err error) tea.Cmd { return offerCompact(s, err) })
		}}))
	})
}

// paragraphs are lines, each broken to a width with what stands before it.
func paragraphs(look *kit.Look, said []string, width int) (lines []string) {
	for _, line := range said {
		indent := line[:len(line)-len(strings.TrimLeft(line, " "))]
		for _, part := range kit.Paragraph(look, kit.Text, kit.Clean(line[len(indent):]), max(width-len(indent), 1)) {
			lines = append(lines, indent+part)
		}
	}
	return lines
}

// offerCompact asks whether the file is written anew when it is closed: until then the
// bytes of what went are in it.
func offerCompact(s *session.Session, err error) tea.Cmd {
	if err != nil {
		return nil
	}
	look := s.Look
	return s.Shell.Show(kit.Ask(look, look.T("compact.ask"), look.T("compact.ask.text"), "compact.ask.yes", func() tea.Cmd {
		s.Store.CompactWhenClosed()
		s.Shell.Say(look.T("compact.later"))
		return nil
	}))
}

// MayTell is what the Enabled of telling returns: the lead may, and whoever it is about.
func MayTell(s *session.Session, own bool) (bool, string) {
	person, shared := s.Book.Person(s.Actor.Person)
	if own || !shared || person.Role == model.RoleLead {
		return true, ""
	}
	return false, s.ErrorText(model.Forbidden{Role: person.Role, Table: model.TablePeople, Person: person.Code})
}

// Tell shows all that is known of somebody, and writes it into a file. The history says
// who asked.
func Tell(s *session.Session, who store.Who) tea.Cmd {
	actor, reading := s.Actor, s.Store.ReadOnly()
	ask := func(who store.Who) (store.Known, error) {
		found, err := s.Store.Person(who)
		if err == nil && !reading {
			err = s.Store.NoteLook(actor, "person.export", found.Names[0])
		}
		return found, err
	}
	return known(s, who, ask, func(_ store.Who, found store.Known) tea.Cmd {
		look := s.Look
		said := words.Known(look.Text, s.Book, found, nil)
		lines := func(width int) []string { return paragraphs(look, said, width) }
		var buttons []kit.Button
		if ok, _ := s.HasFiles(); ok {
			buttons = append(buttons, kit.Button{Title: "person.button.save", Keys: []string{"X"}, Run: func() tea.Cmd { return saveKnown(s, found, said) }})
		}
		return s.Shell.Show(kit.NewReader(look, words.KnownTitle(look.Text, found), lines, buttons...))
	})
}

// saveKnown asks where to and writes what is known, to read or as JSON.
func saveKnown(s *session.Session, found store.Known, said []string) tea.Cmd {
	look := s.Look
	start := look.T("person.file.name") + ".txt"
	if home, err := os.UserHomeDir(); err == nil {
		start = filepath.Join(home, start)
	}
	ending := func(path string) string { return strings.ToLower(filepath.Ext(path)) }
	form := kit.NewForm(look, "person.button.save", kit.Field{
		Name: "path", Label: "shell.export.path", Hint: "person.file.hint", Kind: kit.FieldText, Required: true, Start: start, Width: 52,
		Check: func(value any) string {
			path := s.Path(value.(string))
			if ending(path) != ".txt" && ending(path) != ".json" {
				return look.T("person.file.hint")
			}
			if _, err := os.Stat(path); err == nil {
				return look.T("person.file.there")
			}
			return ""
		},
	})
	form.SetSubmit("shell.export.write")
	box := kit.NewFormBox(look, form)
	form.OnCancel = func() tea.Cmd { box.Close(); return nil }
	form.OnSubmit = func(v kit.Values) tea.Cmd {
		box.Close()
		path, title := s.Path(v.Text("path")), words.KnownTitle(look.Text, found)
		done := look.T("person.file.written", text.Args{"File": filepath.Base(path)})
		return func() tea.Msg {
			err := exchange.WriteFile(path, func(w io.Writer) error {
				if ending(path) == ".txt" {
					_, err := io.WriteString(w, title+"\n"+strings.Join(said, "\n")+"\n")
					return err
				}
				e := json.NewEncoder(w)
				e.SetEscapeHTML(false)
				e.SetIndent("", " ")
				return e.Encode(tables.KnownJSON(found, nil))
			})
			return session.Applied{Err: err, Done: done}
		}
	}
	return s.Shell.Show(box)
}

// ErasureActions are erasing somebody and telling all that is known of them, for pages
// that show people. who is whom the cursor is on.
func ErasureActions(s *session.Session, group string, keys []string, who func() (store.Who, bool), own func() bool) []kit.Action {
	ready := func(may func() (bool, string)) func() (bool, string) {
		return func() (bool, string) {
			if _, ok := who(); !ok {
				return false, s.Look.T("person.why.none")
			}
			return may()
		}
	}
	return []kit.Action{
		{Name: "person.erase", Keys: keys, Title: "person.action.erase", Group: group, Enabled: ready(func() (bool, string) { return MayErase(s) }),
			Run: func() tea.Cmd { w, _ := who(); return Erase(s, w) }},
		{Name: "person.tell", Title: "person.action.tell", Group: group, Enabled: ready(func() (bool, string) { return MayTell(s, own()) }),
			Run: func() tea.Cmd { w, _ := who(); return Tell(s, w) }},
	}
}
