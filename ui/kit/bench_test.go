package kit

import (
	"fmt"
	"testing"

	"github.com/charmbracelet/bubbles/table"
	"github.com/muesli/termenv"

	"doppelpass/ui/text"
)

const benchRows, benchWidth, benchHeight = 100_000, 160, 45

// benchTable is a table of a hundred thousand accounts.
func benchTable() *Table {
	look := testLook(text.German, termenv.TrueColor, ModeDark)
	ids := numbered(benchRows)
	t := NewTable(look, []Column{
		{Key: "name", Title: "Kunde", Min: 20, Ideal: 40, Flex: 1, Priority: 9}, {Key: "class", Title: "Klasse", Min: 6, Priority: 5},
		{Key: "last", Title: "Letzter Besuch", Min: 12, Ideal: 14, Align: AlignRight, Priority: 7}, {Key: "due", Title: "Fällig", Min: 8, Align: AlignRight, Priority: 6},
		{Key: "phone", Title: "Telefon", Min: 14, Priority: 3}, {Key: "town", Title: "Ort", Min: 16, Priority: 2},
	}, Source{
		Len: func() int { return len(ids) }, ID: func(i int) string { return ids[i] },
		Row: func(i int) Row {
			return Row{Cells: []Cell{{Text: "Metallbau Ostertag & Söhne"}, {Text: "A"}, {Text: "12.08.2026"}, {Text: "3,5 ×", Role: Late}, {Text: "0711 555 0142"}, {Text: "Stuttgart", Role: Dim}}}
		},
	}, Options{Markable: true})
	t.SetSize(benchWidth, benchHeight)
	t.View()
	return t
}

// bubblesTable is the same table made with bubbles/table.
func bubblesTable() table.Model {
	rows := make([]table.Row, benchRows)
	for i := range rows {
		rows[i] = table.Row{fmt.Sprintf("Metallbau Ostertag %d", i), "A", "12.08.2026", "3,5 ×", "0711 555 0142", "Stuttgart"}
	}
	m := table.New(table.WithColumns([]table.Column{
		{Title: "Kunde", Width: 60}, {Title: "Klasse", Width: 6}, {Title: "Letzter Besuch", Width: 14}, {Title: "Fällig", Width: 8}, {Title: "Telefon", Width: 14}, {Title: "Ort", Width: 16},
	}), table.WithRows(rows), table.WithHeight(benchHeight), table.WithWidth(benchWidth), table.WithFocused(true))
	m.View()
	return m
}

// BenchmarkKeyPress is one key and the frame that answers it at 100,000 rows.
func BenchmarkKeyPress(b *testing.B) {
	for _, key := range []string{"down", "pgdown"} {
		b.Run("kit/"+key, func(b *testing.B) {
			t := benchTable()
			b.ReportAllocs()
			for b.Loop() {
				t.Update(keyOf(key))
				if t.CursorIndex() == benchRows-1 {
					t.Update(keyOf("g"))
				}
				t.View()
			}
		})
		b.Run("bubbles/"+key, func(b *testing.B) {
			m := bubblesTable()
			b.ReportAllocs()
			for b.Loop() {
				m, _ = m.Update(keyOf(key))
				if m.Cursor() == benchRows-1 {
					m.GotoTop()
				}
				_ = m.View()
			}
		})
	}
}

// BenchmarkFind is one letter typed into a field of 100,000 known values.
func BenchmarkFind(b *testing.B) {
	options := make([]Option, benchRows)
	for i := range options {
		options[i] = Option{Value: fmt.Sprintf("K-%d", i), Label: fmt.Sprintf("Bäckerei Müller %d", i), Detail: "Stuttgart"}
	}
	f := NewFinder(options)
	for b.Loop() {
		f.Find("muel 4711", searchShown)
	}
}
