package ui

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

// gap parts the cells of a row.
var gap = regexp.MustCompile(`\s{2,}|│`)

// Whatever has no room in the row under the cursor is a key away: in a small window every
// cell that is cut can be read whole.
func TestEveryCutCellIsOneKeyAway(t *testing.T) {
	const long = " with a name that is longer than any column of any list has room for"
	records := uitest.Company()
	for i, record := range records {
		switch r := record.(type) {
		case model.Account:
			r.Name += long
			records[i] = r
		case model.Territory:
			r.Name += long
			records[i] = r
		case model.Campaign:
			r.Name += long
			records[i] = r
		case model.Visit:
			r.Note = "Was looked at" + long
			records[i] = r
		}
	}
	st := uitest.New(t, text.English, records...)
	solid := func(s string) string { return strings.Join(strings.Fields(strings.ReplaceAll(s, "│", "")), "") }
	checked := map[string]int{}
	for page, ways := range states {
		for _, way := range ways {
			for _, size := range []tea.WindowSizeMsg{{Width: 80, Height: 24}, {Width: 60, Height: 20}} {
				h := newHand(t, st, page)
				h.send(size)
				h.press(way...)
				if len(h.root.modals) > 0 {
					continue
				}
				h.root.offer()
				var cut []string
				for _, line := range strings.Split(ansi.Strip(h.root.View()), "\n") {
					if _, row, chosen := strings.Cut(line, "▸"); chosen {
						for _, cell := range gap.Split(row, -1) {
							if cell = strings.TrimSpace(cell); strings.HasSuffix(cell, "…") {
								cut = append(cut, solid(strings.TrimSuffix(cell, "…")))
							}
						}
					}
				}
				if len(cut) == 0 {
					continue
				}
				h.press(`"`)
				if len(h.root.modals) == 0 {
					t.Logf("%s %v: no list in front", page, way)
					continue
				}
				h.send(tea.WindowSizeMsg{Width: 160, Height: 50})
				whole := solid(ansi.Strip(h.root.View()))
				for _, cell := range cut {
					require.Contains(t, whole, cell, "%s %v %v", page, way, size)
					checked[fmt.Sprint(page)]++
				}
			}
		}
	}
	require.GreaterOrEqual(t, len(checked), 5, "%v", checked)
	t.Log(checked)
}
