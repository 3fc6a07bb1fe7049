package accounts

// One account: its numbers, the signals it belongs to, its note, and its visits
// and calls, newest first.

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/model/double"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/tables"
	"doppelpass/ui/words"
)

// contactsLimit is how many visits, and how many calls, are read of an account.
const contactsLimit = 1000

// contacts are an account's contact ledger, newest first.
type contacts []model.Record

type detail struct {
	s     *session.Session
	code  string // of the account; "": none is open
	table *kit.Table
	rows  contacts

	people   *people
	onPeople bool // the keys go to the people when they go to the detail

	version       int
	width, height int
	wrote         session.Wrote // who wrote the notes, once it is known
}

func newDetail(s *session.Session) *detail {
	d := &detail{s: s, people: newPeople(s)}
	d.table = kit.NewTable(s.Look, tables.Timeline.Page(), kit.Source{
		Len: func() int { return len(d.rows) },
		ID:  func(i int) string { return contactID(d.rows[i]) },
		Row: func(i int) kit.Row { return contactRow(s, d.rows[i]) },
		// what is written also depends on names in the Book
		Version: func() int { return d.version },
	}, kit.Options{Name: "account", Markable: true, Empty: "accounts.contacts.none"})
	d.table.Focus(false)
	return d
}

// show opens an account.
func (d *detail) show(code string) tea.Cmd {
	if d.code != code {
		d.code, d.rows, d.version, d.wrote = code, nil, d.version+1, nil
		d.table.Unmark()
		d.table.Refresh()
		d.onPeople = false
	}
	return d.refresh()
}

// refresh reads the contacts anew, outside of Update.
func (d *detail) refresh() tea.Cmd {
	code, store := d.code, d.s.Store
	d.people.take(d.s.Book.Account(code))
	if d.onPeople && len(d.people.rows) == 0 {
		d.turnTo(false)
	}
	var writers tea.Cmd
	if l := d.s.Book.Account(code); l != nil && l.Note+l.MarketingNote != "" {
		writers = d.s.LoadWriters(code, l.Account.Key())
	}
	return tea.Batch(writers, session.Load(code, func() (contacts, error) {
		visits, err := store.AccountVisits(code, contactsLimit)
		if err != nil {
			return nil, err
		}
		calls, err := store.AccountCalls(code, contactsLimit)
		if err != nil {
			return nil, err
		}
		all := make(contacts, 0, len(visits)+len(calls))
		for _, v := range visits {
			all = append(all, v)
		}
		for _, c := range calls {
			all = append(all, c)
		}
		return all, nil
	}))
}

func (d *detail) loaded(msg session.Loaded[contacts]) {
	if msg.For != d.code {
		return
	}
	if msg.Err != nil {
		d.s.Shell.Fail(d.s.ErrorText(msg.Err))
		return
	}
	d.rows = msg.Value
	if l := d.s.Book.Account(d.code); l != nil { // what lies ahead, and campaigns, the book knows
		for _, e := range double.Ledger(d.s.Day(), l, &double.Rows{}) {
			d.rows = append(d.rows, e.Record)
		}
		slices.SortStableFunc(d.rows, func(a, b model.Record) int {
			x, y := dayOfContact(a), dayOfContact(b)
			return cmp.Or(cmp.Compare(y.Date, x.Date), cmp.Compare(y.Time, x.Time))
		})
	}
	d.version++
	d.table.Refresh()
}

// dayOfContact is when a row of the ledger was, or is to be: a campaign's first day.
func dayOfContact(r model.Record) (key model.Key) {
	switch r := r.(type) {
	case model.PlannedVisit:
		key.Date, key.Time = r.Date, r.Time
	case model.FollowUp:
		key.Date, key.Time = r.Due, r.At
	case model.Campaign:
		key.Date = r.Start
	default:
		key = r.Key()
	}
	return key
}

// logged reports whether a row is a visit or a call, which is edited and deleted here.
func logged(r model.Record) bool {
	table := r.Key().Table
	return table == model.TableVisits || table == model.TableCalls
}

// chosen are the marked visits and calls, or the one under the cursor.
func (d *detail) chosen() []model.Record {
	ids := d.table.Chosen()
	var records []model.Record
	for _, row := range d.rows {
		if logged(row) && slices.Contains(ids, contactID(row)) {
			records = append(records, row)
		}
	}
	return records
}

func contactID(r model.Record) string {
	k := r.Key()
	return strings.Join([]string{string(k.Table), k.Code, strconv.Itoa(int(k.Date)), strconv.Itoa(int(k.Time)), k.By, k.ID.String()}, "\x00")
}

func contactRow(s *session.Session, r model.Record) kit.Row {
	return kit.Row{Cells: tables.Timeline.Cells(s.View(), r)}
}

// focus brings the detail to the front, or takes it back.
func (d *detail) focus(focused bool) {
	d.table.Focus(focused && !d.onPeople)
	d.people.table.Focus(focused && d.onPeople)
}

func (d *detail) focused() bool { return d.table.Focused() || d.people.table.Focused() }

// turnTo goes to the people, or to the visits and calls.
func (d *detail) turnTo(people bool) {
	focused := d.focused()
	d.onPeople = people
	d.focus(focused)
}

// list is the list that the keys go to.
func (d *detail) list() *kit.Table {
	if d.onPeople {
		return d.people.table
	}
	return d.table
}

func (d *detail) setSize(width, height int) { d.width, d.height = width, height }

const (
	minimumRows = 6  // lines the contacts keep when there is much to say above them
	roomyFrom   = 30 // height from which blank lines part what is above
)

func (d *detail) view() string {
	customer := d.s.Book.Account(d.code)
	if customer == nil {
		return kit.Block(nil, d.width, d.height)
	}
	head, _ := d.above(customer)
	d.table.SetSize(d.width, d.height-len(head))
	return kit.Block(append(head, splitLines(d.table.View())...), d.width, d.height)
}

func (d *detail) mouse(m tea.MouseMsg) tea.Cmd {
	customer := d.s.Book.Account(d.code)
	if customer == nil {
		return nil
	}
	head, at := d.above(customer)
	visits := kit.Rect{Y: len(head), W: d.width, H: d.height - len(head)}
	people := kit.Rect{Y: at + 1, W: d.width, H: d.people.height(d.roomy())}
	for _, part := range []struct {
		room   kit.Rect
		list   *kit.Table
		people bool
	}{{visits, d.table, false}, {people, d.people.table, true}} {
		if part.room.Contains(m) {
			if kit.Clicked(m) && d.onPeople != part.people {
				d.turnTo(part.people)
			}
			return part.list.Update(part.room.Relative(m))
		}
	}
	return nil
}

// above are the lines above the visits and calls, and where the people begin.
func (d *detail) above(l *model.Customer) (lines []string, people int) {
	list := d.people.lines(d.width, d.roomy())
	head := d.head(l, len(list))
	tail := 0 // of the heading of what follows
	if d.roomy() {
		tail = 2
	}
	if room := d.height - minimumRows - len(list) - tail; len(head) > room {
		head = head[:max(room, 0)]
	}
	people = len(head)
	head = append(head, list...)
	if d.roomy() {
		head = append(head, "", " "+d.s.Look.Paint(kit.Heading, d.s.Look.T("accounts.contacts.title")))
	}
	return head, people
}

func (d *detail) roomy() bool { return d.height >= roomyFrom }

func splitLines(view string) []string { return strings.Split(view, "\n") }

// head is what stands above the lists; people is the number of lines that the people
// take.
func (d *detail) head(l *model.Customer, people int) []string {
	s, look := d.s, d.s.Look
	e := entryOf(s, l)
	state := stateCell(s, &e)
	right := look.Paint(state.Role, strings.TrimSpace(state.Text))
	if e.standing.Last != 0 && !l.Inactive {
		right += look.Paint(kit.Dim, "  "+s.RatioText(e.standing))
	}
	if l.Hold {
		right = look.Paint(kit.Strong, words.HoldGlyph+" "+look.T("forms.hold")) + "  " + right
	}
	title := " " + look.Paint(kit.Heading, kit.Clean(cmp.Or(l.Name, l.Code))) + look.Paint(kit.Dim, "  "+kit.Clean(strings.Trim(s.Book.ClassName(l.Class)+" · "+l.Code, " ·")))
	// In a low room the blank lines go first, then the facts asked for least.
	blank := []string{""}
	if !d.roomy() {
		blank = nil
	}
	lines := append([]string{kit.Sides(title, right+" ", d.width)}, blank...)
	facts := kit.Facts(look, pairs(s, &e), d.width-2)
	var rest []string
	if signals := signalsOf(s, l); len(signals) > 0 {
		rest = append(rest, blank...)
		for i, signal := range signals {
			rest = append(rest, signalLine(s, signal, i, d.width))
		}
	}
	if l.Note != "" || l.MarketingNote != "" {
		rest = append(rest, blank...)
		rest = append(rest, d.notes(l, 1+3*len(blank))...)
	}
	rest = append(rest, "")
	room := d.height - minimumRows - len(lines) - len(rest) - people - 2*len(blank)
	for _, line := range facts[:min(len(facts), max(room, 3))] {
		lines = append(lines, " "+line)
	}
	return append(lines, rest...)
}

// notes are both departments' notes, side by side where both have written.
func (d *detail) notes(l *model.Customer, most int) (lines []string) {
	look := d.s.Look
	fields := map[string]string{words.SalesGlyph: session.NoteOfSales, words.MarketingGlyph: session.NoteOfMarketing}
	write := func(glyph string, role kit.Role, note string, width int) []string {
		var drawn []string
		by := d.s.WroteBy(d.wrote, fields[glyph])
		wrapped := kit.Wrap(note, max(width-2, 1))
		for i, line := range wrapped {
			mark := "  "
			if i == 0 {
				mark = look.Paint(role, glyph) + " "
			}
			if i == len(wrapped)-1 && by != "" && kit.Width(line)+2+kit.Width(by) <= width-2 {
				line, by = line+look.Paint(kit.Dim, "  "+by), ""
			}
			drawn = append(drawn, mark+look.Paint(kit.Text, line))
		}
		if by != "" && note != "" && len(drawn) < most {
			drawn = append(drawn, "  "+look.Paint(kit.Dim, by))
		}
		if len(drawn) > most {
			drawn = append(drawn[:most-1], kit.FitLine(drawn[most-1], max(width-1, 1))+look.Paint(kit.Dim, "…"))
		}
		return drawn
	}
	if l.Note == "" || l.MarketingNote == "" {
		glyph, role := words.SalesGlyph, kit.Sales
		if l.Note == "" {
			glyph, role = words.MarketingGlyph, kit.Marketing
		}
		for _, line := range write(glyph, role, l.Note+l.MarketingNote, d.width-2) {
			lines = append(lines, " "+line)
		}
		return lines
	}
	half := max((d.width-5)/2, 1)
	left, right := write(words.SalesGlyph, kit.Sales, l.Note, half), write(words.MarketingGlyph, kit.Marketing, l.MarketingNote, half)
	for i := range max(len(left), len(right)) {
		x, y := "", ""
		if i < len(left) {
			x = left[i]
		}
		if i < len(right) {
			y = right[i]
		}
		lines = append(lines, " "+kit.FitLine(x, half)+look.Paint(kit.Faint, " │ ")+kit.FitLine(y, half))
	}
	return lines
}
