package kit

import (
	"strconv"
	"testing"

	"github.com/muesli/termenv"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"doppelpass/ui/text"
)

// Who shares styled rows with others sees what they would see alone.
func TestSharedRowsAreOnesOwn(t *testing.T) {
	alone, together := testLook(text.English, termenv.TrueColor, ModeDark), testLook(text.English, termenv.TrueColor, ModeDark)
	together.Theme.Share()
	cell := rapid.Custom(func(t *rapid.T) Cell {
		text := rapid.SampledFrom([]string{"", "a", "ab", "Ulm", "Überlingen am See", "12"})
		c := Cell{Text: text.Draw(t, "text"), Role: Role(rapid.IntRange(0, 3).Draw(t, "role")), Align: Align(rapid.IntRange(0, 3).Draw(t, "align"))}
		for range rapid.IntRange(0, 2).Draw(t, "spans") {
			c.Spans = append(c.Spans, Span{text.Draw(t, "span"), Role(rapid.IntRange(0, 3).Draw(t, "span role"))})
		}
		return c
	})
	rapid.Check(t, func(rt *rapid.T) {
		rows := make([]Row, rapid.IntRange(1, 4).Draw(rt, "rows"))
		for i := range rows {
			rows[i] = Row{
				Cells: rapid.SliceOfN(cell, 0, 3).Draw(rt, "cells"), Second: rapid.SliceOfN(cell, 0, 3).Draw(rt, "second"),
				Depth: rapid.IntRange(0, 1).Draw(rt, "depth"), Branch: Branch(rapid.IntRange(0, 2).Draw(rt, "branch")),
			}
		}
		columns := []Column{{Min: 3, Ideal: 8, Flex: 1}, {Min: 2, Ideal: 6, Align: AlignRight}, {Min: 2, Ideal: 9}}
		options := Options{Markable: rapid.Bool().Draw(rt, "markable"), TwoLines: rapid.Bool().Draw(rt, "two lines"), NoFoot: true, NoHead: true}
		fresh := rapid.SampledFrom([]string{"", "kim", "anna"}).Draw(rt, "fresh")
		at, mark, focus := rapid.IntRange(0, len(rows)-1).Draw(rt, "at"), rapid.Bool().Draw(rt, "mark"), rapid.Bool().Draw(rt, "focus")
		width := rapid.IntRange(10, 40).Draw(rt, "width")
		view := func(look *Look) string {
			table := NewTable(look, columns, Source{
				Len: func() int { return len(rows) }, ID: strconv.Itoa, Row: func(i int) Row { return rows[i] },
				Fresh: func(i int) string {
					if i == 0 {
						return fresh
					}
					return ""
				},
			}, options)
			table.SetSize(width, 10)
			table.Select(strconv.Itoa(at))
			if mark && options.Markable {
				table.ToggleMark()
			}
			table.Focus(focus)
			return table.View()
		}
		require.Equal(rt, view(alone), view(together))
	})
}
