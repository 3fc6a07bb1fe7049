package kit

// The gallery: every part drawn at both usual sizes and in both languages, held
// against the files in testdata. Run with -update after looking at the changes;
// KIT_GALLERY=FOLDER writes the scenes with their colours, for looking at.

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"
	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/ui/text"
)

var update = flag.Bool("update", false, "write the golden files anew")

// today is a Tuesday in week 48.
var today = model.NewDate(2026, 11, 24)

func testLook(language text.Language, profile termenv.Profile, mode Mode) *Look {
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(profile)
	return NewLook(NewTheme(r, mode), text.New(language), nil)
}

// keys types keys, named as tea names them, into a component.
func keys(update func(tea.Msg) tea.Cmd, names ...string) (last tea.Cmd) {
	for _, name := range names {
		last = update(keyOf(name))
	}
	return last
}

var keyTypes = map[string]tea.KeyType{
	"enter": tea.KeyEnter, "esc": tea.KeyEsc, "up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight,
	"tab": tea.KeyTab, "shift+tab": tea.KeyShiftTab, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "home": tea.KeyHome, "end": tea.KeyEnd,
	"backspace": tea.KeyBackspace, "delete": tea.KeyDelete, "ctrl+s": tea.KeyCtrlS, "ctrl+p": tea.KeyCtrlP, "ctrl+w": tea.KeyCtrlW, "ctrl+u": tea.KeyCtrlU,
}

func keyOf(name string) tea.KeyMsg {
	if t, ok := keyTypes[name]; ok {
		return tea.KeyMsg{Type: t}
	}
	if name == "space" {
		return tea.KeyMsg{Type: tea.KeySpace, Runes: []rune(" ")}
	}
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(name)}
}

// typed types text letter by letter.
func typed(update func(tea.Msg) tea.Cmd, s string) {
	for _, r := range s {
		if r == ' ' {
			update(keyOf("space"))
		} else {
			update(keyOf(string(r)))
		}
	}
}

func click(x, y int) tea.MouseMsg {
	return tea.MouseMsg{X: x, Y: y, Action: tea.MouseActionPress, Button: tea.MouseButtonLeft}
}

// people are the rows of the tables in tests.
var people = []struct {
	name, place, class string
	days               int
}{
	{"Metallbau Ostertag", "Fellbach", "A", 0}, {"Autohaus Krämer", "Stuttgart", "A", 104}, {"Holz Maier", "Esslingen", "B", 61},
	{"Bäckerei Lang", "Ulm", "C", 212}, {"Gärtnerei Süß", "Göppingen", "B", 12}, {"Elektro Öztürk & Söhne GmbH & Co. KG", "Schwäbisch Gmünd", "A", 35},
	{"東京精密株式会社", "München", "C", 7}, {"Café Zoë", "Aalen", "B", 93}, {"Schlosserei Übelhör", "Heidenheim", "C", 150},
}

// peopleTable is a table over people with filter and sort.
func peopleTable(look *Look, options Options) *Table {
	var shown []int
	query, column, falling, version := "", "", false, 0
	arrange := func() {
		shown = shown[:0]
		q := NewQuery(query)
		for i, p := range people {
			if q.Contains(Fold(p.name + " " + p.place)) {
				shown = append(shown, i)
			}
		}
		less := func(a, b int) bool {
			switch column {
			case "name":
				return people[a].name < people[b].name
			case "days":
				return people[a].days < people[b].days
			}
			return a < b
		}
		for i := range shown {
			for k := i; k > 0 && (less(shown[k], shown[k-1]) != falling) && (less(shown[k], shown[k-1]) || less(shown[k-1], shown[k])); k-- {
				shown[k], shown[k-1] = shown[k-1], shown[k]
			}
		}
		version++
	}
	arrange()
	return NewTable(look, []Column{
		{Key: "name", Title: "Kunde", Min: 16, Ideal: 30, Flex: 1, Priority: 9, Sortable: true},
		{Key: "class", Title: "Klasse", Min: 6, Ideal: 6, Align: AlignCenter, Priority: 5},
		{Key: "days", Title: "Tage", Min: 5, Ideal: 8, Align: AlignRight, Priority: 7, Sortable: true, Falling: true},
		{Key: "pace", Title: "Tempo", Min: 8, Ideal: 12, Priority: 2},
		{Key: "place", Title: "Ort", Min: 12, Ideal: 24, Priority: 3},
	}, Source{
		Len: func() int { return len(shown) },
		ID:  func(i int) string { return people[shown[i]].name },
		Row: func(i int) Row {
			p := people[shown[i]]
			role := Text
			if p.days > 90 {
				role = Late
			}
			return Row{
				Cells: []Cell{{Text: p.name}, {Text: p.class}, {Text: look.Text.Int(p.days), Role: role},
					{Text: SparklineTo([]float64{1, 0, 2, 3, 1, float64(p.days % 5), 2, 4}, 0, 8), Role: Sales}, {Text: p.place, Role: Dim}},
				Second: []Cell{{Text: "6,4 je Woche, sonst 2,1", Role: Dim}, {}, {}, {Spans: BarSpans(float64(p.days)/200, 8, Sales)}},
			}
		},
		Heading: func(i int) Cell {
			if !options.TwoLines || i != 2 {
				return Cell{}
			}
			return Cell{Spans: []Span{{Text: "○ ", Role: Sales}, {Text: "Berichte fehlen", Role: Heading}}}
		},
		Version: func() int { return version },
		Total:   func() int { return len(people) },
		Filter:  func(q string) { query = q; arrange() },
		Sort:    func(c string, descending bool) { column, falling = c, descending; arrange() },
	}, options)
}

func testCatalogue(look *Look) *Catalogue {
	c := NewCatalogue(look)
	run := func() tea.Cmd { return nil }
	c.Set("app",
		Action{Name: "visit.log", Keys: []string{"v"}, Title: "Besuch eintragen", Short: "Besuch", Group: "Überall", Priority: 80, Run: run},
		Action{Name: "undo", Keys: []string{"z"}, Title: "Rückgängig machen", Group: "Überall", Run: run,
			Enabled: func() (bool, string) { return false, "Es gibt nichts rückgängig zu machen." }},
		Action{Name: "palette", Keys: []string{"ctrl+p", ":"}, Title: "Befehle", Group: "Überall", Priority: 20, Run: run, Unlisted: true},
		Action{Name: "help", Keys: []string{"?", "f1"}, Title: "Hilfe", Group: "Überall", Priority: 90, Run: run},
	)
	c.Set("page",
		Action{Name: "signal.open", Keys: []string{"enter"}, Title: "Signal öffnen", Short: "öffnen", Group: "Signale", Priority: 100},
		Action{Name: "week.plan", Keys: []string{"w"}, Title: "Woche planen", Group: "Signale", Priority: 70, Run: run},
		Action{Name: "calls.add", Keys: []string{"t"}, Title: "Telefonaktion anlegen", Group: "Signale", Priority: 60, Run: run},
	)
	c.Set("other", Action{Name: "campaign.new", Keys: []string{"n"}, Title: "Neue Kampagne", Group: "Kampagnen", Run: run})
	c.Front("page", "app")
	return c
}

func testForm(look *Look) *Form {
	accounts := []Option{}
	for _, p := range people {
		accounts = append(accounts, Option{Value: p.name, Detail: p.place})
	}
	return NewForm(look, "Besuch eintragen",
		Field{Name: "account", Label: "Kunde", Kind: FieldSearch, Options: accounts, Required: true},
		Field{Name: "day", Label: "Tag", Kind: FieldDay, Today: today, Toward: text.Back, Start: today, Required: true},
		Field{Name: "time", Label: "Uhrzeit", Kind: FieldClock},
		Field{Name: "kind", Label: "Art", Kind: FieldChoice, Options: []Option{{Value: "met", Label: "angetroffen"}, {Value: "not-met", Label: "nicht angetroffen"}, {Value: "other", Label: "anderes"}}, Start: "met"},
		Field{Name: "value", Label: "Auftragswert", Kind: FieldMoney, Hint: "ohne Mehrwertsteuer"},
		Field{Name: "minutes", Label: "Dauer", Kind: FieldNumber, Unit: "Minuten", Whole: true, Range: Between(0, 600)},
		Field{Name: "classes", Label: "Klassen", Kind: FieldMulti, Options: []Option{{Value: "A"}, {Value: "B"}, {Value: "C"}}},
		Field{Name: "again", Label: "Wiedervorlage", Kind: FieldYesNo},
		Field{Name: "note", Label: "Notiz", Kind: FieldLines},
	)
}

// scenes draw parts in a room of width × height.
var scenes = []struct {
	name string
	draw func(look *Look, width, height int) string
}{
	{"table", func(look *Look, w, h int) string {
		t := peopleTable(look, Options{Markable: true, Empty: "leer"})
		t.SetSize(w, h)
		keys(t.Update, "down", "space", "down", "space", "s", "right", "s", "enter", "j")
		return t.View()
	}},
	{"signals", func(look *Look, w, h int) string {
		split := Split{}
		a, b := split.Rooms(w, h)
		left, right := peopleTable(look, Options{TwoLines: true, Gap: 1, NoHead: true, NoFoot: true}), peopleTable(look, Options{TwoLines: true, Gap: 1, NoHead: true})
		right.Focus(false)
		left.SetSize(a.W, a.H)
		right.SetSize(b.W, b.H)
		return split.Join(look, w, h, left.View(), right.View())
	}},
	{"filter", func(look *Look, w, h int) string {
		t := peopleTable(look, Options{})
		t.SetSize(w, h)
		keys(t.Update, "/", "g", "a", "e")
		return t.View()
	}},
	{"form", func(look *Look, w, h int) string {
		f := testForm(look)
		f.SetSize(w, h)
		typed(f.Update, "oe")
		keys(f.Update, "enter", "tab", "9", "9", "tab", "tab")
		typed(f.Update, "12x")
		keys(f.Update, "tab")
		typed(f.Update, "45")
		keys(f.Update, "tab", "a", "right")
		return f.View()
	}},
	{"sheet", func(look *Look, w, h int) string {
		t := peopleTable(look, Options{})
		t.SetSize(w, h)
		s := NewFormBox(look, testForm(look))
		s.SetSize(w, h)
		typed(s.Update, "ma")
		return Cover(t.View(), s)
	}},
	{"confirm", func(look *Look, w, h int) string {
		t := peopleTable(look, Options{})
		t.SetSize(w, h)
		d := Confirm(look, "3 Kunden löschen?", "Ihre 41 Besuche gehen mit. Das lässt sich mit z rückgängig machen.", nil)
		d.SetSize(w, h)
		return Cover(t.View(), d)
	}},
	{"choose", func(look *Look, w, h int) string {
		d := Choose(look, "Noch ist nichts da", "Drei Wege zu beginnen:", []Option{
			{Value: "demo", Label: "Mit Demodaten umsehen", Detail: "eine erfundene Firma mit 900 Kunden; an eigenen Daten ändert sich nichts"},
			{Value: "import", Label: "Dateien importieren", Detail: "CSV oder Excel aus dem CRM"},
			{Value: "hand", Label: "Von Hand beginnen"},
		}, nil)
		d.SetSize(w, h)
		return Cover(Block(nil, w, h), d)
	}},
	{"palette", func(look *Look, w, h int) string {
		p := NewPalette(look, testCatalogue(look))
		p.SetSize(w, h)
		return Cover(Block(nil, w, h), p)
	}},
	{"help", func(look *Look, w, h int) string {
		p := NewHelp(look, testCatalogue(look))
		p.SetSize(w, h)
		return Cover(Block(nil, w, h), p)
	}},
	{"lines", func(look *Look, w, h int) string {
		c := testCatalogue(look)
		footer := NewFooter(look, c)
		footer.SetSize(w, 1)
		footer.SetStatus("Leitung · rückgängig z")
		tabs := NewTabs(look, "Doppelpass", Tab{"1", "Signale"}, Tab{"2", "Gebiete"}, Tab{"3", "Kunden"}, Tab{"4", "Kampagnen"}, Tab{"5", "Besuche"}, Tab{"6", "Woche"}, Tab{"7", "Regeln"}, Tab{"8", "Verlauf"})
		tabs.SetSize(w, 1)
		tabs.SetActive(3)
		tabs.SetRight(look.Text.WeekdayDate(today)+" · "+look.Text.Week(today), look.Text.Day(today))
		status := NewStatus(look)
		status.SetSize(w, 1)
		status.Say("Besuch bei Holz Maier eingetragen")
		progress := NewProgress(look, "besuche.csv")
		progress.SetSize(w, 1)
		progress.Set(0.42, "besuche.csv · 420.000 Zeilen")
		failed := NewStatus(look)
		failed.SetSize(w, 1)
		failed.Fail("Das Gebiet T9 gibt es nicht.")
		lines := []string{tabs.View(), look.Rule(w), status.View(), failed.View(), progress.View(), footer.View(), ""}
		lines = append(lines, KeyValue(look, []Pair{
			{"Ziele", Cell{Text: "A B · 40 Kunden"}}, {"Zeitraum", Cell{Spans: []Span{{Text: "11.11. "}, {Text: WindowLine(0.7, 0.3, 20), Role: Sales}, {Text: " 18.12."}}}},
			{"Erledigt", Cell{Text: "5"}}, {"Tempo", Cell{Text: SparklineTo([]float64{2, 2, 3, 1, 1, 2, 2, 1, 2, 3, 2, 2}, 0, 12)}},
			{"Nötig", Cell{Text: "32"}}, {"Fortschritt", Cell{Spans: Gauge(2.1, 7.5, 10, 20, Late)}},
		}, w, 2)...)
		lines = append(lines, "")
		lines = append(lines, Paragraph(look, Text, "Das Frühjahrsmailing startet am 9. Dezember. Von den 32 Besuchen, die es braucht, sind 5 erledigt und keiner ist geplant: 27 fehlen.", w-4)...)
		lines = append(lines, "", Bar(0.43, 20)+" "+Meter(0.43, 8))
		return Block(lines, w, h)
	}},
	{"timeline", func(look *Look, w, h int) string {
		tl := NewTimeLine(today-60, today, w-20, 5)
		months, weeks := tl.Heads(look.Text)
		pad := Span{Text: Blank(20)}
		row := func(name string, s ...Stretch) string {
			return Line(look, w, append([]Span{{Text: Fit("  "+name, 20, AlignLeft)}}, tl.Row(s...)...)...)
		}
		return Block([]string{
			Line(look, w, append([]Span{pad}, months...)...), Line(look, w, append([]Span{pad}, weeks...)...),
			row("Frühjahrsmailing", Stretch{today - 13, today + 24, '┄', true, Dim}, Stretch{today + 15, today + 24, '▇', false, Marketing}),
			row("Baumesse", Stretch{today - 40, today + 1, '┄', true, Dim}, Stretch{today - 1, today + 1, '▇', false, Marketing}),
			row("Telefonrunde ◆", Stretch{today - 30, today + 10, '▇', false, Marketing}),
		}, w, h)
	}},
	{"map", func(look *Look, w, h int) string {
		var m MapCanvas
		m.Reset(w, h, FitWindow(w, h, Place{5.5, 47.2}, Place{15.2, 55.1}), map[int]Glyphs{80: Blocks}[w])
		m.Line(MapInk{Faint, '.'}, Place{6, 51}, Place{7, 53.5}, Place{9, 54.8}, Place{14, 54.2}, Place{15, 51}, Place{12.2, 50.3}, Place{13.8, 48.7}, Place{13, 47.6}, Place{7.6, 47.6}, Place{8.2, 49}, Place{6.2, 49.6}, Place{6, 51})
		var points []AreaPoint
		for i := range 400 {
			p := Place{7 + float64(i*37%600)/100, 48 + float64(i*53%500)/100}
			m.Mark(p, MapSign{Sign: '·', ASCII: '.', Light: true}, Dim)
			points = append(points, AreaPoint{p, int32(p.Lat) % 2})
		}
		m.Areas(MapInk{Dim, ':'}, points, 50)
		for _, town := range []struct {
			at   Place
			sign rune
			role Role
			name string
		}{{Place{9.18, 48.78}, '▲', Sales, "Stuttgart"}, {Place{13.4, 52.52}, '◆', Marketing, "Berlin"}, {Place{9.99, 53.55}, '●', Good, "Hamburg"}} {
			m.Mark(town.at, MapSign{Sign: town.sign, ASCII: '#'}, town.role)
			m.Label(town.at, town.name, town.role, true)
		}
		return m.View(look)
	}},
}

// shows are the sizes and languages every scene is drawn in.
var shows = []struct {
	width, height int
	language      text.Language
}{{80, 24, text.German}, {160, 45, text.English}}

func TestEverythingLooksAsLastTime(t *testing.T) {
	for _, scene := range scenes {
		for _, show := range shows {
			name := fmt.Sprintf("%s-%dx%d-%s", scene.name, show.width, show.height, show.language)
			t.Run(name, func(t *testing.T) {
				if folder := os.Getenv("KIT_GALLERY"); folder != "" {
					for _, mode := range []Mode{ModeDark, ModeLight} {
						drawn := scene.draw(testLook(show.language, termenv.TrueColor, mode), show.width, show.height)
						require.NoError(t, os.WriteFile(filepath.Join(folder, name+"-"+string(mode)+".ansi"), []byte(drawn), 0o600))
					}
				}
				coloured := scene.draw(testLook(show.language, termenv.TrueColor, ModeDark), show.width, show.height)
				requireSize(t, coloured, show.width, show.height)
				drawn := scene.draw(testLook(show.language, termenv.Ascii, ModeDark), show.width, show.height)
				requireSize(t, drawn, show.width, show.height)
				require.Equal(t, drawn, ansi.Strip(drawn), "escape sequences on a terminal without styles")
				var lines []string
				for _, line := range strings.Split(drawn, "\n") {
					lines = append(lines, strings.TrimRight(line, " "))
				}
				got := strings.TrimRight(strings.Join(lines, "\n"), "\n") + "\n"
				file := filepath.Join("testdata", name+".txt")
				if *update {
					require.NoError(t, os.WriteFile(file, []byte(got), 0o600))
				}
				want, err := os.ReadFile(file)
				require.NoError(t, err)
				require.Equal(t, string(want), got)
			})
		}
	}
}

// requireSize holds a view to its room, cell by cell.
func requireSize(t require.TestingT, view string, width, height int) {
	lines := strings.Split(view, "\n")
	require.Len(t, lines, height)
	for i, line := range lines {
		require.Equal(t, width, Width(line), "line %d: %q", i, line)
	}
}
