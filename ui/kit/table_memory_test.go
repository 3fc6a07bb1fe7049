package kit

// A table comes back as its reader left it: sorted and as wide.

import (
	"testing"

	"github.com/muesli/termenv"
	"github.com/stretchr/testify/require"

	"doppelpass/ui/text"
)

type kept map[string]string

func (k kept) Recall(name string) string { return k[name] }
func (k kept) Keep(name, value string)   { k[name] = value }

func TestATableComesBackAsItWasLeft(t *testing.T) {
	memory := kept{}
	var sorted string
	open := func() *Table {
		look := testLook(text.English, termenv.Ascii, ModeDark)
		look.SetMemory(memory)
		sorted = ""
		table := NewTable(look, nil, Source{
			Len: func() int { return 1 }, ID: func(int) string { return "1" }, Row: func(int) Row { return Row{Cells: []Cell{{Text: "a"}, {Text: "b"}}} },
			Sort: func(column string, falling bool) {
				sorted = column
				if falling {
					sorted += " falling"
				}
			},
		}, Options{Name: "things"})
		table.SetColumns([]Column{{Key: "name", Title: "Name", Min: 8, Flex: 1, Sortable: true}, {Key: "city", Title: "Town", Min: 8, Sortable: true}})
		table.SetSize(60, 10)
		return table
	}
	table := open()
	require.Empty(t, sorted)
	keys(table.Update, "s", "right", "s", "+", "+", "enter")
	require.Equal(t, "city falling", sorted)
	wide := table.columnsNow()[1].w
	require.Greater(t, wide, 8)

	table = open()
	require.Equal(t, "city falling", sorted, "sorted as last time")
	require.Equal(t, wide, table.columnsNow()[1].w, "as wide as last time")
	keys(table.Update, "s", "0", "enter")
	require.Less(t, open().columnsNow()[1].w, wide, "0 gives the column its own width again")
}
