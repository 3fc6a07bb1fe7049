package history

// Which steps show: by person, by table, and by what they changed.

import (
	"cmp"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/forms"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/words"
)

// narrow is what the steps are narrowed to; the zero value is all of them.
type narrow struct {
	person string
	table  model.Table
	record model.Key // an account stands for what belongs to it, too
}

// narrowTo is the history of one record.
func narrowTo(key model.Key) narrow { return narrow{record: key} }

// query asks the store for the steps.
func (n narrow) query() store.HistoryQuery {
	q := store.HistoryQuery{Person: n.person, Table: n.table}
	if n.record.Table == model.TableAccounts {
		q.Account = n.record.Code
	} else {
		q.Record = n.record
	}
	return q
}

// String tells one narrowing from another.
func (n narrow) String() string {
	return strings.Join([]string{n.person, string(n.table), session.HistoryTarget(n.record)}, "\x01")
}

// setNarrow narrows the steps, and reads them anew.
func (p *Page) setNarrow(n narrow) tea.Cmd {
	p.narrow = n
	p.entries, p.rows = nil, nil
	p.list.SetFilter("")
	p.focus(false)
	p.list.Refresh()
	p.layOut()
	return tea.Batch(p.load(0, pageOf), p.look())
}

// narrowWords says the filters, one after the other.
func (p *Page) narrowWords() []string {
	var parts []string
	n, look := p.narrow, p.s.Look
	if n.record != (model.Key{}) {
		parts = append(parts, words.One(look.Text, n.record.Table)+" "+words.KeyName(look.Text, p.s.Book, n.record))
	}
	if n.table != "" {
		parts = append(parts, words.Table(look.Text, n.table))
	}
	if n.person != "" {
		parts = append(parts, n.person)
	}
	return parts
}

// narrowLine says what shows.
func (p *Page) narrowLine(width int) string {
	look := p.s.Look
	return kit.FitLine(" "+look.Paint(kit.Key, "/ ")+look.Paint(kit.Strong, kit.Clean(strings.Join(p.narrowWords(), "  ·  ")))+
		look.Paint(kit.Dim, "   "+look.T("history.narrow.lift")), width)
}

// ask shows the filters in a form.
func (p *Page) ask() tea.Cmd {
	look := p.s.Look
	var people []kit.Option
	var names []string
	for _, e := range p.entries {
		if !slices.Contains(names, e.Actor) {
			names = append(names, e.Actor)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		people = append(people, kit.Option{Value: name})
	}
	var kinds []kit.Option
	for _, table := range append(slices.Clone(model.Tables[:]), model.TableOptOuts, model.TableSettings) {
		kinds = append(kinds, kit.Option{Value: string(table), Label: words.Table(look.Text, table)})
	}
	records, prepare := p.recordField()
	form := kit.NewForm(look, "history.filter.title",
		kit.Field{Name: "person", Label: "history.filter.person", Hint: "history.filter.person.hint", Kind: kit.FieldSearch, Free: true, Options: people, Start: start(p.narrow.person), Width: 30},
		kit.Field{Name: "table", Label: "history.filter.table", Hint: "history.filter.table.hint", Kind: kit.FieldSearch, Options: kinds, Start: start(string(p.narrow.table)), Width: 30},
		records,
	)
	form.SetSubmit("history.filter.show")
	sheet := kit.NewFormBox(look, form)
	form.OnSubmit = func(v kit.Values) tea.Cmd {
		sheet.Close()
		key, _ := session.ParseHistoryTarget(v.Text("record"))
		return p.setNarrow(narrow{person: v.Text("person"), table: model.Table(v.Text("table")), record: key})
	}
	form.OnCancel = func() tea.Cmd { sheet.Close(); return nil }
	return tea.Batch(p.s.Shell.Show(sheet), prepare)
}

func start(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// recordField finds an account, territory, campaign or rep by a few letters.
func (p *Page) recordField() (kit.Field, tea.Cmd) {
	_, prepare := forms.Accounts(p.s)
	option := func(record model.Record) kit.Option {
		key, print := record.Key(), p.s.Look.Text
		name := words.RecordName(print, p.s.Book, record)
		return kit.Option{Value: session.HistoryTarget(key), Label: cmp.Or(name, key.Code), Detail: words.One(print, key.Table) + " · " + key.Code}
	}
	return kit.Field{
		Name: "record", Label: "history.filter.record", Hint: "history.filter.record.hint", Kind: kit.FieldSearch, Width: 50,
		Start: start(historyTarget(p.narrow.record)),
		Find: func(typed string, limit int) []kit.Option {
			var options []kit.Option
			query := kit.NewQuery(typed)
			for _, record := range p.named() {
				if o := option(record); query.Contains(kit.Fold(o.Label + " " + o.Detail)) {
					options = append(options, o)
				}
			}
			index, _ := forms.Accounts(p.s)
			for _, l := range index.Find(typed, limit) {
				if now := p.s.Book.Account(l.Code); now != nil {
					options = append(options, option(now.Account))
				}
			}
			return options[:min(len(options), limit)]
		},
		Named: func(value string) (kit.Option, bool) {
			key, ok := session.ParseHistoryTarget(value)
			return kit.Option{Value: value, Label: words.KeyName(p.s.Look.Text, p.s.Book, key)}, ok
		},
	}, prepare
}

func historyTarget(key model.Key) string {
	if key == (model.Key{}) {
		return ""
	}
	return session.HistoryTarget(key)
}

// named are the territories, campaigns and reps.
func (p *Page) named() []model.Record {
	var records []model.Record
	for _, area := range p.s.Book.Areas() {
		records = append(records, area.Territory)
	}
	for _, campaign := range p.s.Book.Campaigns() {
		records = append(records, campaign)
	}
	for _, rep := range p.s.Book.Reps() {
		records = append(records, rep)
	}
	return records
}
