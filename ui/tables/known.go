package tables

// All that is known of somebody, as a program reads it: the same from the command line and
// from the app.

import (
	"fmt"

	"doppelpass/model"
	"doppelpass/store"
)

// KnownFile is the form of it.
type KnownFile struct {
	Names    []string          `json:"names"`
	Kind     model.ErasureKind `json:"kind"`
	Account  string            `json:"account,omitempty"`
	Own      []personRecord    `json:"own"`
	Records  []personRecord    `json:"records"`
	History  []personStep      `json:"history"`
	OptOuts  []personOptOut    `json:"opt_outs"`
	Mappings int               `json:"mappings,omitempty"`
	Drafts   []string          `json:"drafts,omitempty"`
}

type personRecord struct {
	Table  model.Table    `json:"table"`
	Code   string         `json:"code,omitempty"`
	Date   string         `json:"date,omitempty"`
	By     string         `json:"by,omitempty"`
	Named  []string       `json:"named,omitempty"` // fields that name the person
	Fields map[string]any `json:"fields"`
}

type personStep struct {
	Step    uint64         `json:"step"`
	At      string         `json:"at"`
	Action  string         `json:"action"`
	Actor   string         `json:"actor"`
	Subject string         `json:"subject,omitempty"`
	Made    bool           `json:"made,omitempty"` // by the person
	Changed int            `json:"changed"`        // records
	Before  []personRecord `json:"before,omitempty"`
	After   []personRecord `json:"after,omitempty"`
}

type personOptOut struct {
	Account string `json:"account,omitempty"`
	Since   string `json:"since"`
	Lifted  string `json:"lifted,omitempty"`
}

// KnownJSON is all that is known of somebody, for scripts. Drafts are files with what is half
// typed that names them.
func KnownJSON(known store.Known, drafts []string) KnownFile {
	file := KnownFile{Names: known.Names, Kind: known.Kind, Account: known.Account, Own: []personRecord{}, Records: []personRecord{}, History: []personStep{}, OptOuts: []personOptOut{},
		Mappings: known.Mappings, Drafts: drafts}
	for _, record := range known.Own {
		file.Own = append(file.Own, personRecordJSON(store.KnownRecord{Record: record}))
	}
	several := func(records []store.KnownRecord) (list []personRecord) {
		for _, k := range records {
			list = append(list, personRecordJSON(k))
		}
		return list
	}
	file.Records = append(file.Records, several(known.Records)...)
	for _, step := range known.Steps {
		file.History = append(file.History, personStep{
			Step: step.Step, At: step.At.UTC().Format("2006-01-02T15:04:05Z"), Action: step.Action, Actor: step.Actor, Subject: step.Subject, Made: step.Made, Changed: step.Changed,
			Before: several(step.Before), After: several(step.After),
		})
	}
	for _, o := range known.OptOuts {
		line := personOptOut{Account: o.Account, Since: o.Since.String()}
		if o.Lifted != 0 {
			line.Lifted = o.Lifted.String()
		}
		file.OptOuts = append(file.OptOuts, line)
	}
	return file
}

func personRecordJSON(k store.KnownRecord) personRecord {
	key, d := k.Record.Key(), model.DescriptionOf(k.Record)
	out := personRecord{Table: key.Table, Code: key.Code, By: key.By, Named: k.Fields, Fields: map[string]any{}}
	if key.Date != 0 {
		out.Date = key.Date.String()
	}
	empty := d.Empty()
	for _, i := range d.Differ(empty, k.Record) {
		out.Fields[d.Fields()[i].Name] = ValueJSON(d.Value(k.Record, i))
	}
	return out
}

// ValueJSON is a value as files have it: days and times written out, amounts in whole
// units.
func ValueJSON(value any) any {
	switch v := value.(type) {
	case model.Date:
		if v == 0 {
			return ""
		}
		return v.String()
	case model.Clock:
		if v == 0 {
			return ""
		}
		return v.String()
	case model.Money:
		return float64(v) / 100
	case fmt.Stringer:
		return v.String()
	}
	return value
}
