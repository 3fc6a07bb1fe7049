package visits

// Which visits show: the filters, choosing them and saying them.

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/ui/kit"
	"doppelpass/ui/text"
)

// filter is what the visits are narrowed to; the zero value is all of them.
type filter struct {
	rep     string
	place   string // territory code or region path
	account string
	week    model.Date // its Monday
	text    string
}

// choosePlace finds the accounts of the place or account filtered by.
func (p *Page) choosePlace() {
	p.accept = nil
	switch {
	case p.filter.account != "":
		p.accept = map[string]bool{p.filter.account: true}
	case p.filter.place != "":
		p.accept = map[string]bool{}
		for _, area := range p.s.Book.Areas() {
			if p.inPlace(area) {
				for _, customer := range area.Accounts() {
					p.accept[customer.Code] = true
				}
			}
		}
	}
}

// inPlace reports whether a territory belongs to the place filtered by.
func (p *Page) inPlace(area *model.Area) bool {
	place := p.filter.place
	return place == "" || area.Code == place || area.Region != "" && model.InRegion(area.Region, place)
}

// restart reads anew after a change of the filters.
func (p *Page) restart() tea.Cmd {
	p.list.Unmark()
	p.choosePlace()
	p.count()
	return p.readFrom(0, pageOf)
}

// lift takes one filter away: the text, then the week, the rep, the place and the
// account.
func (p *Page) lift() tea.Cmd {
	f := &p.filter
	switch {
	case f.text != "":
		p.list.SetFilter("")
		f.text, p.query = "", ""
	case f.week != 0:
		f.week = 0
	case f.rep != "":
		f.rep = ""
	case f.place != "":
		f.place = ""
	default:
		f.account = ""
	}
	return p.restart()
}

// turnWeek goes to the week before or after the one shown; from all weeks to this
// one or the one before.
func (p *Page) turnWeek(direction int) tea.Cmd {
	switch monday := p.s.Today.Monday(); {
	case p.filter.week != 0:
		p.filter.week += model.Date(7 * direction)
	case direction < 0:
		p.filter.week = monday - 7
	default:
		p.filter.week = monday
	}
	p.filter.week = max(p.filter.week, model.FirstDate)
	return p.restart()
}

// words says the filters, one after the other, but for the text: the table shows
// that itself.
func (p *Page) words() []string {
	f := p.filter
	var words []string
	if f.account != "" {
		words = append(words, p.s.AccountName(f.account))
	}
	if f.place != "" {
		words = append(words, p.placeName(f.place))
	}
	if f.rep != "" {
		words = append(words, p.s.Book.RepName(f.rep))
	}
	if f.week != 0 {
		words = append(words, p.weekName(f.week))
	}
	return words
}

func (p *Page) placeName(place string) string {
	if p.s.Book.Area(place) != nil {
		return p.s.AreaName(place)
	}
	return place
}

// weekName is a week with its days: W48 · 23 Nov – 29 Nov 2026.
func (p *Page) weekName(monday model.Date) string {
	print := p.s.Look.Text
	return print.Week(monday) + " · " + print.Day(monday) + " – " + print.Date(monday+6)
}

// filterLine says what shows, and how far back was read.
func (p *Page) filterLine(width int) string {
	look := p.s.Look
	words := p.words()
	left := " " + look.Paint(kit.Dim, look.T("visits.all"))
	switch {
	case len(words) == 0 && p.filter.text != "":
		left = " " + look.Paint(kit.Dim, look.T("visits.found"))
	case len(words) > 0:
		left = " " + look.Paint(kit.Key, "/ ") + look.Paint(kit.Strong, kit.Clean(strings.Join(words, "  ·  "))) +
			look.Paint(kit.Dim, "   "+look.T("visits.lift"))
	}
	right := look.Text.N("visits.count", len(p.visits))
	switch {
	case p.before != 0 && p.filter.text != "":
		right = look.T("visits.searched", text.Args{"Count": right, "Day": look.Text.Date(p.before)})
	case p.before != 0:
		right = look.T("visits.since", text.Args{"Count": right})
	}
	return kit.Sides(left, look.Paint(kit.Dim, "  "+right+" "), width)
}

// ask shows the filters in a form.
func (p *Page) ask() tea.Cmd {
	look, book := p.s.Look, p.s.Book
	var reps, places []kit.Option
	for _, rep := range book.Reps() {
		reps = append(reps, kit.Option{Value: rep.Code, Label: book.RepName(rep.Code), Detail: rep.Code})
	}
	seen := map[string]bool{}
	for _, area := range book.Areas() {
		for end := range len(area.Region) + 1 { // every region above it
			if path := area.Region[:end]; path != "" && (end == len(area.Region) || area.Region[end] == '/') && !seen[path] {
				seen[path] = true
				places = append(places, kit.Option{Value: path, Label: path, Detail: look.T("visits.region")})
			}
		}
	}
	for _, area := range book.Areas() {
		places = append(places, kit.Option{Value: area.Code, Label: p.s.AreaName(area.Code), Detail: area.Region})
	}
	start := func(s string) any {
		if s == "" {
			return nil
		}
		return s
	}
	week := kit.Field{Name: "week", Label: "visits.filter.week", Hint: "visits.filter.week.hint", Kind: kit.FieldDay, Today: p.s.Today, Toward: text.Back}
	if p.filter.week != 0 {
		week.Start = p.filter.week
	}
	form := kit.NewForm(look, "visits.filter.title",
		kit.Field{Name: "rep", Label: "visits.filter.rep", Kind: kit.FieldSearch, Options: reps, Start: start(p.filter.rep)},
		kit.Field{Name: "place", Label: "visits.filter.place", Kind: kit.FieldSearch, Options: places, Start: start(p.filter.place)},
		week,
	)
	form.SetSubmit("visits.filter.show")
	sheet := kit.NewFormBox(look, form)
	form.OnSubmit = func(values kit.Values) tea.Cmd {
		sheet.Close()
		p.filter.rep, p.filter.place, p.filter.account, p.filter.week = values.Text("rep"), values.Text("place"), "", 0
		if day := values.Day("week"); day != 0 {
			p.filter.week = day.Monday()
		}
		return p.restart()
	}
	form.OnCancel = func() tea.Cmd { sheet.Close(); return nil }
	return p.s.Shell.Show(sheet)
}
