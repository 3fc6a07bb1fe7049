package command

// The history for scripts: stable names of tables and fields, values as files have
// them.

import (
	"encoding/json"
	"fmt"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/tables"
)

// historyStep is a step with what it changed.
type historyStep struct {
	store.Entry
	Records []historyRecord `json:"records,omitempty"`
}

// historyRecord is a record that a step changed. Code is the account's where the
// record belongs to one.
type historyRecord struct {
	Table  model.Table    `json:"table"`
	Code   string         `json:"code,omitempty"`
	Date   string         `json:"date,omitempty"`
	By     string         `json:"by,omitempty"`
	Change string         `json:"change"` // added, changed or removed
	Fields []historyField `json:"fields"`
}

// historyField is a field before and after; the side on which there was no record is
// null.
type historyField struct {
	Field  string `json:"field"`
	Before any    `json:"before"`
	After  any    `json:"after"`
}

// writeHistoryJSON writes one object, with a step on each line, newest first.
func (r *run) writeHistoryJSON(s *store.Store, entries []store.Entry, changes bool) error {
	write := func(out string) error {
		_, err := r.Output.Write([]byte(out))
		return err
	}
	if err := write(`{"steps": [`); err != nil {
		return err
	}
	for i, e := range entries {
		if e.Tally == nil {
			e.Tally = map[model.Table]store.Tally{}
		}
		step := historyStep{Entry: e}
		if changes {
			edits, _, err := s.StepEdits(e.Step, 0)
			if err != nil {
				return err
			}
			for _, edit := range edits {
				step.Records = append(step.Records, recordJSON(edit))
			}
		}
		line, err := json.Marshal(step)
		if err != nil {
			return fmt.Errorf("writing step %d: %w", e.Step, err)
		}
		comma := ","
		if i == 0 {
			comma = ""
		}
		if err := write(comma + "\n" + string(line)); err != nil {
			return err
		}
	}
	return write("]}\n")
}

func recordJSON(e model.Edit) historyRecord {
	out := historyRecord{Change: "changed", Fields: []historyField{}}
	record, before, after := e.After, e.Before, e.After
	if record == nil {
		record = e.Before
	}
	d := model.DescriptionOf(record)
	switch {
	case e.Before == nil:
		out.Change, before = "added", d.Empty()
	case e.After == nil:
		out.Change, after = "removed", d.Empty()
	}
	key := record.Key()
	out.Table, out.Code, out.By = key.Table, key.Code, key.By
	if key.Date != 0 {
		out.Date = key.Date.String()
	}
	for _, i := range d.Differ(before, after) {
		f := historyField{Field: d.Fields()[i].Name}
		if e.Before != nil {
			f.Before = tables.ValueJSON(d.Value(before, i))
		}
		if e.After != nil {
			f.After = tables.ValueJSON(d.Value(after, i))
		}
		out.Fields = append(out.Fields, f)
	}
	return out
}
