package acknowledged

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

// What a broken merge rule would lose is found, and what the rules allow is none.
func TestWhatIsMissingIsFound(t *testing.T) {
	territory := func(rep string, postcodes ...string) model.Record {
		return model.Territory{Code: "T1", Rep: rep, Postcodes: postcodes}
	}
	edit := func(before, after model.Record) []model.Edit { return []model.Edit{{Before: before, After: after}} }
	standsAside := func(values string) model.Edit {
		return model.Edit{After: model.SetAside{For: "anna", Of: model.TableTerritories, Code: "T1", Values: values}}
	}
	start := Change{ID: "start", Author: "kim", Edits: edit(nil, territory("R1", "70"))}
	optOut := Change{ID: "opt-out", Author: "anna", Edits: edit(nil, model.OptOut{Account: "K1"})}
	for name, c := range map[string]struct {
		saved, journal []Change // after the start
		end            []model.Record
		found          string // "": nothing
	}{
		"both have added": {
			saved:   []Change{{ID: "a", Author: "anna", Edits: edit(territory("R1", "70"), territory("R1", "70", "71"))}, {ID: "b", Author: "bert", Edits: edit(territory("R1", "70"), territory("R1", "70", "72"))}},
			journal: []Change{{ID: "a", Author: "anna", Edits: edit(territory("R1", "70"), territory("R1", "70", "71"))}, {ID: "b", Author: "bert", Edits: edit(territory("R1", "70", "71"), territory("R1", "70", "71", "72"))}},
			end:     []model.Record{territory("R1", "70", "71", "72")},
		},
		"the later has swallowed what the earlier added": {
			saved:   []Change{{ID: "a", Author: "anna", Edits: edit(territory("R1", "70"), territory("R1", "70", "71"))}, {ID: "b", Author: "bert", Edits: edit(territory("R1", "70"), territory("R1", "70", "72"))}},
			journal: []Change{{ID: "a", Author: "anna", Edits: edit(territory("R1", "70"), territory("R1", "70", "71"))}, {ID: "b", Author: "bert", Edits: edit(territory("R1", "70", "71"), territory("R1", "70", "72"))}},
			end:     []model.Record{territory("R1", "70", "72")},
			found:   "put in, and not there",
		},
		"somebody who saw it has taken it out": {
			saved:   []Change{{ID: "a", Author: "anna", Edits: edit(territory("R1", "70"), territory("R1", "70", "71"))}, {ID: "b", Author: "bert", Edits: edit(territory("R1", "70", "71"), territory("R1", "70"))}},
			journal: []Change{{ID: "a", Author: "anna", Edits: edit(territory("R1", "70"), territory("R1", "70", "71"))}, {ID: "b", Author: "bert", Edits: edit(territory("R1", "70", "71"), territory("R1", "70"))}},
			end:     []model.Record{territory("R1", "70")},
		},
		"it stands aside": {
			saved:   []Change{{ID: "a", Author: "anna", Edits: edit(territory("R1", "70"), territory("R1", "70", "71"))}},
			journal: []Change{{ID: "a", Author: "anna", Edits: []model.Edit{standsAside(`{"code":"T1","postcodes":["70","71"]}`)}}},
			end:     []model.Record{territory("R1", "70")},
		},
		"taken out, and back again": {
			saved:   []Change{{ID: "a", Author: "anna", Edits: edit(territory("R1", "70"), territory("R1"))}, {ID: "b", Author: "bert", Edits: edit(territory("R1", "70"), territory("R2", "70"))}},
			journal: []Change{{ID: "a", Author: "anna", Edits: edit(territory("R1", "70"), territory("R1"))}, {ID: "b", Author: "bert", Edits: edit(territory("R1"), territory("R2", "70"))}},
			end:     []model.Record{territory("R2", "70")},
			found:   "taken out, and there",
		},
		"from nowhere": {end: []model.Record{territory("R1", "70", "99")}, found: "put in by nobody"},
		"overwritten without a word": {
			saved:   []Change{{ID: "a", Author: "anna", Edits: edit(territory("R1", "70"), territory("R2", "70"))}, {ID: "b", Author: "bert", Edits: edit(territory("R1", "70"), territory("R3", "70"))}},
			journal: []Change{{ID: "a", Author: "anna", Edits: edit(territory("R1", "70"), territory("R2", "70"))}, {ID: "b", Author: "bert", Edits: edit(territory("R2", "70"), territory("R3", "70"))}},
			end:     []model.Record{territory("R3", "70")},
			found:   "overwritten unseen",
		},
		"overwritten, and aside": {
			saved:   []Change{{ID: "a", Author: "anna", Edits: edit(territory("R1", "70"), territory("R2", "70"))}, {ID: "b", Author: "bert", Edits: edit(territory("R1", "70"), territory("R3", "70"))}},
			journal: []Change{{ID: "a", Author: "anna", Edits: edit(territory("R1", "70"), territory("R2", "70"))}, {ID: "b", Author: "bert", Edits: append(edit(territory("R2", "70"), territory("R3", "70")), standsAside(`{"code":"T1","rep":"R2"}`))}},
			end:     []model.Record{territory("R3", "70")},
		},
		"of one's own, on what stands aside as a whole": {
			saved: []Change{
				{ID: "a", Author: "anna", Edits: edit(territory("R1", "70"), territory("R2", "70"))},
				{ID: "b", Author: "anna", Edits: edit(territory("R2", "70"), territory("R3", "70"))},
			},
			journal: []Change{{ID: "a", Author: "anna", Edits: []model.Edit{standsAside(`{"code":"T1","rep":"R2"}`)}}, {ID: "b", Author: "anna", Edits: edit(territory("R1", "70"), territory("R3", "70"))}},
			end:     []model.Record{territory("R3", "70")},
		},
		"of somebody else's, on what stands aside as a whole": {
			saved: []Change{
				{ID: "a", Author: "anna", Edits: edit(territory("R1", "70"), territory("R2", "70"))},
				{ID: "b", Author: "bert", Edits: edit(territory("R2", "70"), territory("R3", "70"))},
			},
			journal: []Change{{ID: "a", Author: "anna", Edits: []model.Edit{standsAside(`{"code":"T1","rep":"R2"}`)}}, {ID: "b", Author: "bert", Edits: edit(territory("R1", "70"), territory("R3", "70"))}},
			end:     []model.Record{territory("R3", "70")},
			found:   "overwritten unseen",
		},
		"the first takes back what the second has said, too": {
			saved: []Change{
				{ID: "a", Author: "anna", Edits: edit(territory("R1", "70"), territory("R2", "70"))}, {ID: "b", Author: "bert", Edits: edit(territory("R1", "70"), territory("R2", "70"))},
				{ID: "c", Author: "anna", Edits: edit(territory("R2", "70"), territory("R1", "70")), Seen: 2, Reverses: "a"},
			},
			journal: []Change{{ID: "a", Author: "anna", Edits: edit(territory("R1", "70"), territory("R2", "70"))}, {ID: "b"}, {ID: "c", Author: "anna", Edits: edit(territory("R2", "70"), territory("R1", "70"))}},
			end:     []model.Record{territory("R1", "70")},
			found:   "two had said it",
		},
		"the first takes it back and knows of the second": {
			saved: []Change{
				{ID: "a", Author: "anna", Edits: edit(territory("R1", "70"), territory("R2", "70"))}, {ID: "b", Author: "bert", Edits: edit(territory("R1", "70"), territory("R2", "70"))},
				{ID: "c", Author: "anna", Edits: edit(territory("R2", "70"), territory("R1", "70")), Seen: 3, Reverses: "a"},
			},
			journal: []Change{{ID: "a", Author: "anna", Edits: edit(territory("R1", "70"), territory("R2", "70"))}, {ID: "b"}, {ID: "c", Author: "anna", Edits: edit(territory("R2", "70"), territory("R1", "70"))}},
			end:     []model.Record{territory("R1", "70")},
		},
		"changed and changed back by others, and not said by oneself": {
			saved: []Change{
				{ID: "a", Author: "anna", Edits: edit(territory("R1", "70"), territory("R2", "70"))}, {ID: "b", Author: "anna", Edits: edit(territory("R2", "70"), territory("R1", "70"))},
				{ID: "c", Author: "bert", Edits: edit(territory("R1", "70"), territory("R1", "71"))}, {ID: "d", Author: "bert", Edits: edit(territory("R1", "71"), territory("R3", "71"))},
			},
			journal: []Change{
				{ID: "a", Edits: edit(territory("R1", "70"), territory("R2", "70"))}, {ID: "b", Edits: edit(territory("R2", "70"), territory("R1", "70"))},
				{ID: "c", Edits: edit(territory("R1", "70"), territory("R1", "71"))}, {ID: "d", Edits: edit(territory("R1", "71"), territory("R3", "71"))},
			},
			end: []model.Record{territory("R3", "71")},
		},
		"what is taken back others had added": {
			saved: []Change{
				{ID: "k", Author: "kim", Edits: []model.Edit{{After: territory("R1", "70")}}},
				{ID: "a", Author: "anna", Edits: []model.Edit{{After: territory("R2", "70")}}},
				{ID: "b", Author: "anna", Edits: []model.Edit{{Before: territory("R2", "70")}}, Reverses: "a"},
			},
			journal: []Change{
				{ID: "k", Author: "kim", Edits: []model.Edit{{After: territory("R1", "70")}}},
				{ID: "a", Author: "anna", Edits: edit(territory("R1", "70"), territory("R2", "70"))},
				{ID: "b", Author: "anna", Edits: edit(territory("R2", "70"), territory("R1", "70"))},
			},
			end: []model.Record{territory("R1", "70")},
		},
		"what is taken back never stood": {
			saved: []Change{
				{ID: "a", Author: "anna", Edits: edit(territory("R1", "70"), territory("R2", "70"))}, {ID: "b", Author: "bert", Edits: edit(territory("R1", "70"), territory("R2", "70"))},
				{ID: "c", Author: "bert", Edits: edit(territory("R2", "70"), territory("R1", "70")), Seen: 2, Reverses: "b"},
			},
			journal: []Change{{ID: "a", Author: "anna", Edits: edit(territory("R1", "70"), territory("R2", "70"))}, {ID: "b"}, {ID: "c"}},
			end:     []model.Record{territory("R2", "70")},
		},
		"aside without the field": {
			saved:   []Change{{ID: "a", Author: "anna", Edits: edit(territory("R1", "70"), territory("", "70", "71"))}},
			journal: []Change{{ID: "a", Author: "anna", Edits: append(edit(territory("R1", "70"), territory("R1", "70", "71")), standsAside(`{"code":"T1","postcodes":["70"]}`))}},
			end:     []model.Record{territory("R1", "70", "71")},
			found:   "saved, and nowhere",
		},
		"a value that never stood": {
			saved: []Change{{ID: "a", Author: "anna", Edits: edit(territory("R1", "70"), territory("R2", "70"))}},
			end:   []model.Record{territory("R1", "70")},
			found: "saved, and nowhere",
		},
		"changed unseen, and deleted": {
			saved:   []Change{{ID: "a", Author: "anna", Edits: edit(territory("R1", "70"), territory("R2", "70"))}, {ID: "b", Author: "bert", Edits: edit(territory("R1", "70"), nil)}},
			journal: []Change{{ID: "a", Author: "anna", Edits: edit(territory("R1", "70"), territory("R2", "70"))}, {ID: "b", Author: "bert", Edits: edit(territory("R2", "70"), nil)}},
			found:   "changed unseen, and deleted",
		},
		"deleted, and there": {saved: []Change{{ID: "a", Author: "anna", Edits: edit(territory("R1", "70"), nil)}}, journal: []Change{{ID: "a", Author: "anna", Edits: nil}}, end: []model.Record{territory("R1", "70")}, found: "deleted, and there"},
		"an opt-out that is gone": {
			saved: []Change{optOut}, journal: []Change{optOut}, end: []model.Record{territory("R1", "70")},
			found: "only added to",
		},
		"an opt-out": {saved: []Change{optOut}, journal: []Change{optOut}, end: []model.Record{territory("R1", "70"), model.OptOut{Account: "K1"}}},
	} {
		t.Run(name, func(t *testing.T) {
			var l Ledger
			for _, change := range append([]Change{start}, c.saved...) {
				change.Seen = max(change.Seen, 1) // the start
				l.Note(change)
			}
			err := l.Missing(append([]Change{start}, c.journal...), slices.Values(c.end), func(string) bool { return false })
			if c.found == "" {
				require.NoError(t, err)
				return
			}
			require.ErrorContains(t, err, c.found)
		})
	}
}
