package find

// The finder of a session: what is found as rows, and where each leads.

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/ui/forms"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// shown is how many findings are listed.
const shown = 200

// atOnce is the number of accounts up to which the index is made within a frame.
const atOnce = 5_000

// indexKey is where the sessions' one index lies, on the Live's shelf.
type indexKey struct{}

type kept struct {
	revision uint64
	index    *Index
}

// index is the index as it is now. At very many accounts it can be that of a moment ago,
// at first an empty one; make, unless it is nil, makes a new one, beside the session.
func index(s *session.Session) (x *Index, make func()) {
	shelf, revision := s.Shelf(), s.Book.Revision()
	old := &Index{starts: []int32{0}}
	if found, ok := shelf.Load(indexKey{}); ok {
		k := found.(*kept)
		if k.revision == revision {
			return k.index, nil
		}
		old = k.index
	}
	source := SourceOf(s.Book)
	if source.Size() <= atOnce {
		made := NewIndex(source)
		shelf.Store(indexKey{}, &kept{revision, made})
		return made, nil
	}
	return old, func() { shelf.Store(indexKey{}, &kept{revision, NewIndex(source)}) }
}

// Open puts the finder in front.
func Open(s *session.Session) tea.Cmd {
	x, making := index(s)
	var entries []Entry
	notes := &notes{}
	find := func(typed string) (found kit.Finding) {
		var count int
		var more bool
		entries, count, more = x.Find(typed, shown)
		// What is gone since the index was made is not found.
		gone := func(e Entry) bool { return !there(s.Book, e) }
		count -= len(entries)
		entries = slices.DeleteFunc(slices.Clone(entries), gone)
		count += len(entries)
		for _, e := range entries {
			found.Rows = append(found.Rows, row(s, e, typed))
			found.IDs = append(found.IDs, s.Look.Text.Int(len(found.IDs)))
		}
		p := s.Look.Text
		for i, record := range notes.of(typed) {
			found.Rows = append(found.Rows, noteRow(s, record, typed))
			found.IDs = append(found.IDs, noteID+p.Int(i))
		}
		found.None = "find.none"
		if notes.reading(typed) {
			found.None = "find.reading"
		}
		if strings.TrimSpace(typed) == "" || len(x.entries) == 0 {
			found.None = "find.nothing-typed"
		}
		switch {
		case len(x.entries) == 0 && making != nil:
			found.Hint = p.T("find.making")
		case strings.TrimSpace(typed) == "":
			found.Hint = p.N("find.hint", len(x.entries))
		case more:
			found.Hint = p.T("find.many", text.Args{"Count": p.Int(count), "Shown": p.Int(len(entries))})
		default:
			found.Hint = p.N("find.count", count+len(notes.latest))
			if said := notes.said(p, typed); said != "" {
				found.Hint += " " + said
			}
		}
		return found
	}
	finder := kit.NewSearchBox(s.Look, "find.title", find, func(id string) tea.Cmd {
		for i, record := range notes.latest {
			if noteID+s.Look.Text.Int(i) == id {
				return forms.Read(s, record)
			}
		}
		for i, e := range entries {
			if s.Look.Text.Int(i) == id {
				return goTo(s, e)
			}
		}
		return nil
	})
	finder.Later = notes.search(s, finder.Again)
	show := s.Shell.Show(finder)
	if making == nil {
		return show
	}
	return tea.Batch(show, func() tea.Msg {
		making()
		return session.Applied{Then: func(error) tea.Cmd {
			making = nil
			x, _ = index(s) // what has changed meanwhile is looked at when it is opened again
			if !finder.Done() {
				finder.Again()
			}
			return nil
		}}
	})
}

// there reports whether what was found is still on record.
func there(b *model.Book, e Entry) bool {
	switch e.Of {
	case model.TableAccounts:
		return b.Account(e.Code) != nil
	case model.TableCampaigns:
		_, ok := b.Campaign(e.Code)
		return ok
	}
	area := b.Area(e.Code)
	return area != nil && area.Known
}

// goTo opens what was found.
func goTo(s *session.Session, e Entry) tea.Cmd {
	switch e.Of {
	case model.TableAccounts:
		return s.Shell.Go(session.PageAccounts, e.Code)
	case model.TableCampaigns:
		return s.Shell.Go(session.PageCampaigns, e.Code)
	}
	return s.Shell.Go(session.PageTerritories, e.Code)
}

// row is an entry as the finder lists it: what it is called, what it is, and the words
// that were found.
func row(s *session.Session, e Entry, typed string) kit.Row {
	p := s.Look.Text
	what := p.T("find.kind." + [...]string{"territory", "campaign", "account", "person", "note"}[e.Kind])
	name := kit.Cell{Text: e.Name}
	detail := around(e.Text, typed)
	switch e.Kind {
	case Account:
		if l := s.Book.Account(e.Code); l != nil {
			detail = place(l.Account, e, typed)
		}
	case Note:
		what = p.T("find.kind.note."+string(e.By), text.Args{"Of": p.T("find.kind." + map[model.Table]string{model.TableAccounts: "account", model.TableCampaigns: "campaign", model.TableTerritories: "territory"}[e.Of])})
		name = kit.Cell{Spans: []kit.Span{{Text: words.RoleGlyph(e.By) + " ", Role: kit.Dim}, {Text: e.Name}}}
	case Campaign:
		if c, ok := s.Book.Campaign(e.Code); ok {
			detail = around(join(c.Code, words.CampaignKind(p, c.Kind), c.Owner), typed)
		}
	case Person:
		what = p.T("find.kind.person.at", text.Args{"Account": s.AccountName(e.Code)})
	}
	return kit.Row{Cells: []kit.Cell{name, {Text: what, Role: kit.Dim}, {Text: detail, Role: kit.Dim}}}
}

// place is where an account is, which tells those apart that are called alike, and what
// else of it was found: what name, place and number have is not said again.
func place(l model.Account, e Entry, typed string) string {
	where := join(l.Address.Postcode, l.Address.City)
	said := strings.Join(slices.DeleteFunc([]string{where, l.Code}, func(s string) bool { return s == "" }), " · ")
	known := forms.Fold(join(e.Name, where, l.Code))
	for _, word := range strings.Fields(forms.Fold(typed)) {
		if !strings.Contains(known, word) {
			return said + " · " + around(join(l.Address.Street, l.Phone, l.Email), typed)
		}
	}
	return said
}

// lead is how many words stand in front of the first one that was found.
const lead = 1

// around is a text from a little before the first word that was typed.
func around(text, typed string) string {
	sought := strings.Fields(forms.Fold(typed))
	list := strings.Fields(text)
	for i, word := range list {
		folded := forms.Fold(word)
		if i > lead && slices.ContainsFunc(sought, func(s string) bool { return strings.Contains(folded, s) }) {
			return "… " + strings.Join(list[i-lead:], " ")
		}
		if slices.ContainsFunc(sought, func(s string) bool { return strings.Contains(folded, s) }) {
			break
		}
	}
	return strings.Join(list, " ")
}
