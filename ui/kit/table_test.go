package kit

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"doppelpass/ui/text"
)

// idTable is a table over ids that a test may change.
type idTable struct {
	*Table
	ids     []string
	version int
	fetched int
}

func newIDTable(options Options, ids ...string) *idTable {
	t := &idTable{ids: ids}
	t.Table = NewTable(testLook(text.German, termenv.Ascii, ModeDark),
		[]Column{{Key: "id", Title: "Id", Min: 5, Flex: 1, Sortable: true}},
		Source{
			Len:     func() int { return len(t.ids) },
			ID:      func(i int) string { return t.ids[i] },
			Row:     func(i int) Row { t.fetched++; return Row{Cells: []Cell{{Text: t.ids[i]}}} },
			Version: func() int { return t.version },
			Sort: func(_ string, falling bool) {
				slices.Sort(t.ids)
				if falling {
					slices.Reverse(t.ids)
				}
				t.version++
			},
		}, options)
	return t
}

func (t *idTable) change(ids ...string) {
	t.ids = ids
	t.version++
}

func numbered(n int) []string {
	ids := make([]string, n)
	for i := range ids {
		ids[i] = fmt.Sprintf("row-%06d", i)
	}
	return ids
}

func TestTheCursorStaysOnItsRow(t *testing.T) {
	table := newIDTable(Options{}, "a", "b", "c", "d")
	table.SetSize(20, 10)
	keys(table.Update, "down", "down")
	require.Equal(t, "c", table.Cursor())
	table.change("x", "y", "a", "c", "d")
	require.Equal(t, "c", table.Cursor())
	require.Equal(t, 3, table.CursorIndex())
	table.change("x", "y", "a", "d")
	require.Equal(t, "d", table.Cursor(), "its row is gone: the one in its place")
	table.change()
	require.Equal(t, "", table.Cursor())
	require.Equal(t, -1, table.CursorIndex())
	keys(table.Update, "down", "enter", "G", "space", "left", "right", "s")
	requireSize(t, table.View(), 20, 10)
	table.change("z")
	require.Equal(t, "z", table.Cursor())
}

func TestOnlyTheRowsThatShowAreFetched(t *testing.T) {
	table := newIDTable(Options{}, numbered(100_000)...)
	table.SetSize(40, 22)
	table.View()
	require.LessOrEqual(t, table.fetched, 20)
	table.fetched = 0
	table.Update(keyOf("down"))
	table.View()
	require.LessOrEqual(t, table.fetched, 2, "rows already drawn are kept")
	table.fetched = 0
	keys(table.Update, "G")
	require.Contains(t, table.View(), "row-099999")
	require.Contains(t, table.View(), "100.000 von 100.000")
	require.LessOrEqual(t, table.fetched, 20)
	keys(table.Update, "g")
	require.Contains(t, table.View(), "▸ row-000000")
}

func TestPagesMoveAndTheCursorAlwaysShows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		options := Options{TwoLines: rapid.Bool().Draw(t, "two"), Gap: rapid.IntRange(0, 2).Draw(t, "gap"), Markable: rapid.Bool().Draw(t, "mark"), NoHead: rapid.Bool().Draw(t, "nohead")}
		table := newIDTable(options, numbered(rapid.IntRange(1, 60).Draw(t, "rows"))...)
		every := rapid.IntRange(0, 5).Draw(t, "headings")
		table.source.Heading = func(i int) Cell {
			if every == 0 || i%every != 0 {
				return Cell{}
			}
			return Cell{Text: "Gruppe"}
		}
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			w, h := rapid.IntRange(12, 60).Draw(t, "w"), rapid.IntRange(8, 30).Draw(t, "h")
			table.SetSize(w, h)
			table.Update(keyOf(rapid.SampledFrom([]string{"up", "down", "pgup", "pgdown", "g", "G", "space", "s", "esc"}).Draw(t, "key")))
			if rapid.IntRange(0, 5).Draw(t, "change") == 0 {
				table.change(numbered(rapid.IntRange(1, 60).Draw(t, "rows"))...)
			}
			view := table.View()
			requireSize(t, view, w, h)
			require.Contains(t, view, "▸")
			line := slices.IndexFunc(strings.Split(view, "\n"), func(l string) bool { return strings.HasPrefix(l, "▸") })
			row, ok := table.rowAt(line)
			require.True(t, ok)
			require.Equal(t, table.CursorIndex(), row, "what is drawn and what is hit agree")
		}
	})
}

func TestMarksAreCountedAndStay(t *testing.T) {
	table := newIDTable(Options{Markable: true}, "a", "b", "c")
	table.SetSize(40, 8)
	require.Equal(t, []string{"a"}, table.Chosen(), "without marks the row under the cursor")
	keys(table.Update, "space", "down", "space")
	require.Equal(t, []string{"a", "c"}, table.Chosen())
	require.Contains(t, table.View(), "2 markiert")
	require.Contains(t, table.View(), "●")
	table.change("c", "b")
	require.Equal(t, []string{"c"}, table.Chosen())
	require.True(t, table.Back())
	require.Empty(t, table.Marked())
	require.False(t, table.Back())
}

func TestSortingByKeysAndByClick(t *testing.T) {
	look := testLook(text.German, termenv.Ascii, ModeDark)
	table := peopleTable(look, Options{})
	table.SetSize(80, 20)
	keys(table.Update, "s")
	column, falling := table.Sort()
	require.Equal(t, "name", column)
	require.False(t, falling)
	require.Contains(t, table.View(), "Kunde ▴")
	require.True(t, table.Capturing())
	keys(table.Update, "s")
	require.Contains(t, table.View(), "Kunde ▾")
	keys(table.Update, "right")
	column, falling = table.Sort()
	require.Equal(t, "days", column)
	require.True(t, falling, "days begin with the most")
	keys(table.Update, "enter")
	require.False(t, table.Capturing())
	require.Equal(t, "Metallbau Ostertag", table.Cursor(), "the cursor stays on its row")
	x := strings.Index(ansi.Strip(strings.Split(table.View(), "\n")[0]), "Kunde")
	table.Update(click(x, 0))
	column, _ = table.Sort()
	require.Equal(t, "name", column)
	table.Update(click(x, 0))
	_, falling = table.Sort()
	require.True(t, falling)
}

func TestFilteringWhileTyping(t *testing.T) {
	look := testLook(text.German, termenv.Ascii, ModeDark)
	table := peopleTable(look, Options{})
	table.SetSize(80, 20)
	keys(table.Update, "/")
	require.True(t, table.Capturing())
	typed(table.Update, "goepp")
	require.Equal(t, "Gärtnerei Süß", table.Cursor())
	require.Contains(t, table.View(), "1 von 1 · insgesamt 9")
	typed(table.Update, "xy")
	require.Contains(t, table.View(), "Nichts gefunden zu „goeppxy“")
	require.Contains(t, table.View(), "0 von 9")
	keys(table.Update, "backspace", "backspace", "enter")
	require.False(t, table.Capturing())
	require.Equal(t, "goepp", table.Filter())
	keys(table.Update, "esc")
	require.Equal(t, "", table.Filter())
	require.Equal(t, "Gärtnerei Süß", table.Cursor(), "the row found stays under the cursor")
}

func TestAClickChoosesAndASecondOpens(t *testing.T) {
	table := newIDTable(Options{}, "a", "b", "c")
	opened := ""
	var moved []string
	table.OnOpen = func(id string) tea.Cmd { opened = id; return nil }
	table.OnMove = func(id string) tea.Cmd { moved = append(moved, id); return nil }
	table.SetSize(20, 10)
	table.Update(click(5, 2))
	require.Equal(t, "b", table.Cursor())
	require.Empty(t, opened)
	table.Update(click(5, 2))
	require.Equal(t, "b", opened)
	table.Update(click(5, 7))
	require.Equal(t, "b", table.Cursor(), "below the rows there is nothing")
	table.Update(tea.MouseMsg{Action: tea.MouseActionPress, Button: tea.MouseButtonWheelDown})
	require.Equal(t, "c", table.Cursor())
	require.Equal(t, []string{"b", "c"}, moved)
}

func TestATreeOpensAndCloses(t *testing.T) {
	look := testLook(text.German, termenv.Ascii, ModeDark)
	open := false
	rows := func() []Row {
		if !open {
			return []Row{{Cells: []Cell{{Text: "Süd"}}, Branch: Closed}}
		}
		return []Row{{Cells: []Cell{{Text: "Süd"}}, Branch: Opened}, {Cells: []Cell{{Text: "Ulm"}}, Depth: 1}}
	}
	table := NewTable(look, []Column{{Key: "n", Min: 10, Flex: 1}}, Source{
		Len: func() int { return len(rows()) }, ID: func(i int) string { return rows()[i].Cells[0].Text }, Row: func(i int) Row { return rows()[i] },
	}, Options{NoHead: true})
	table.OnBranch = func(_ string, o bool) tea.Cmd { open = o; table.Refresh(); return nil }
	table.SetSize(20, 5)
	require.Contains(t, table.View(), "▸ ▸ Süd")
	keys(table.Update, "right")
	require.Contains(t, table.View(), "▸ ▾ Süd")
	require.Contains(t, table.View(), "    Ulm")
	keys(table.Update, "down", "left")
	require.Equal(t, "Süd", table.Cursor(), "left on a leaf goes to its branch")
	table.Update(click(2, 0))
	require.False(t, open, "a click on the glyph closes")
}

func TestColumnsGiveWayByPriority(t *testing.T) {
	columns := []Column{{Min: 10, Ideal: 20, Priority: 9}, {Min: 5, Priority: 1}, {Min: 5, Ideal: 8, Priority: 5, Flex: 1}}
	indexes := func(width int) (is []int) {
		for _, p := range place(columns, width) {
			is = append(is, p.index)
		}
		return is
	}
	require.Equal(t, []int{0, 1, 2}, indexes(24))
	require.Equal(t, []int{0, 2}, indexes(23))
	require.Equal(t, []int{0}, indexes(12))
	require.Equal(t, []int{0}, indexes(3))
	wide := place(columns, 100)
	require.Equal(t, []placed{{0, 0, 20}, {1, 22, 5}, {2, 29, 71}}, wide)
}

// anyText draws text with everything that makes widths hard.
var anyText = rapid.Custom(func(t *rapid.T) string {
	pieces := rapid.SliceOfN(rapid.OneOf(
		rapid.String(), rapid.SampledFrom([]string{"東京", "e\u0301", "\u0301", "한글", "\u200d", "👩‍👩‍👧", "🇩🇪", "\ufe0f", "ä", "\x1b[31m", "\x1b]0;x\a", "\n", "\t", "\u202e", "‥", "ﷺ", "\xff"}),
	), 0, 6).Draw(t, "pieces")
	return strings.Join(pieces, "")
})

func TestATableOfAnyTextKeepsItsRoom(t *testing.T) {
	for _, profile := range []termenv.Profile{termenv.Ascii, termenv.TrueColor} {
		look := testLook(text.English, profile, ModeDark)
		rapid.Check(t, func(t *rapid.T) {
			texts := rapid.SliceOfN(anyText, 1, 12).Draw(t, "texts")
			table := NewTable(look, []Column{
				{Key: "a", Title: texts[0], Min: 4, Ideal: 12, Flex: 1, Priority: 2}, {Key: "b", Title: "B", Min: 3, Ideal: 9, Align: AlignRight, Priority: 1},
			}, Source{
				Len: func() int { return len(texts) }, ID: func(i int) string { return fmt.Sprint(i) },
				Row: func(i int) Row {
					return Row{Cells: []Cell{{Text: texts[i]}, {Spans: []Span{{Text: texts[i]}, {Text: texts[len(texts)-1-i], Role: Dim}}}}, Depth: i % 3, Branch: Branch(i % 3)}
				},
				Heading: func(i int) Cell {
					if i%4 == 1 {
						return Cell{Text: texts[i]}
					}
					return Cell{}
				},
			}, Options{Markable: true})
			w, h := rapid.IntRange(1, 50).Draw(t, "w"), rapid.IntRange(1, 14).Draw(t, "h")
			table.SetSize(w, h)
			requireSize(t, table.View(), w, h)
		})
	}
}
