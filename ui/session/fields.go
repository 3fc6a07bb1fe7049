package session

// Fields of records and their values in words: what the history shows as old and
// new, and what a conflict is about.

import (
	"fmt"
	"reflect"
	"strings"
	"time"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/kit"
	"doppelpass/ui/text"
)

// FieldName is a field's name as people call it.
func FieldName(p *text.Printer, table model.Table, field string) string {
	if key := "field." + string(table) + "." + field; p.Has(key) {
		return p.T(key)
	}
	if key := "field." + field; p.Has(key) {
		return p.T(key)
	}
	if key := "setting." + field; p.Has(key) {
		return p.T(key)
	}
	return field
}

// FieldValue is a field's value as people write it; "–" where it is empty.
func FieldValue(p *text.Printer, value any) string {
	word := func(prefix, value string) string {
		if key := prefix + value; value != "" && p.Has(key) {
			return p.T(key)
		}
		return value
	}
	said := ""
	switch v := value.(type) {
	case bool:
		return p.T(map[bool]string{true: "field.yes", false: "field.no"}[v])
	case model.Date:
		if v != 0 {
			said = p.Date(v)
		}
	case model.Clock:
		if v != 0 {
			said = v.String()
		}
	case model.Money:
		if v != 0 {
			said = p.Money(v)
		}
	case int:
		if v != 0 {
			said = p.Int(v)
		}
	case model.VisitKind:
		return word("visit.kind.", v.String())
	case model.CallOutcome:
		return word("call.outcome.", v.String())
	case model.Consent:
		said = word("consent.", string(v))
	case model.CampaignStatus:
		said = word("campaign.status.", string(v))
	case model.PlacedBy:
		said = word("placed.", string(v))
	case []string:
		said = strings.Join(v, " · ")
	default:
		if r := reflect.ValueOf(value); r.Kind() == reflect.Slice {
			parts := make([]string, r.Len())
			for i := range parts {
				parts[i] = fmt.Sprint(r.Index(i).Interface())
			}
			said = strings.Join(parts, " ")
		} else {
			said = fmt.Sprint(value)
		}
	}
	if said = strings.TrimSpace(kit.Clean(said)); said == "" {
		return "–"
	}
	return said
}

// AsideText says which fields two people changed differently: "Phone: 1 → 2".
func AsideText(p *text.Printer, table model.Table, aside []model.Aside) string {
	parts := make([]string, len(aside))
	for i, a := range aside {
		parts[i] = p.T("field.aside", text.Args{"Field": FieldName(p, table, a.Field), "Theirs": FieldValue(p, a.Theirs), "Mine": FieldValue(p, a.Mine)})
	}
	return strings.Join(parts, " · ")
}

// KeptText says what of a step an undo has left as it is, and why; "" for nothing.
func KeptText(p *text.Printer, kept []store.KeptPart) string {
	if len(kept) == 0 {
		return ""
	}
	const most = 3
	var parts []string
	for _, k := range kept {
		if len(parts) == most {
			parts = append(parts, p.N("kept.more", len(kept)-most))
			break
		}
		var names []string
		for _, field := range k.Fields {
			names = append(names, FieldName(p, k.Key.Table, field))
		}
		args := text.Args{"Table": p.T("table." + string(k.Key.Table)), "Code": k.Key.Code, "Fields": strings.Join(names, ", "), "Name": k.By, "At": momentText(p, k.At)}
		key := "kept." + string(k.Reason)
		if k.By != "" && p.Has(key+".by") {
			key += ".by"
		}
		parts = append(parts, p.T(key, args))
	}
	return strings.Join(parts, " ")
}

// TravelText says that a step was taken back or made again, and what of it stays.
func TravelText(p *text.Printer, e store.Entry) string {
	key := "session.redone"
	if e.Undone {
		key = "session.undone"
	}
	done := p.T(key, text.Args{"Step": StepTitle(p, e)})
	if kept := KeptText(p, e.Kept); kept != "" {
		return p.T("session.partly", text.Args{"Done": done, "Kept": kept})
	}
	return done
}

func momentText(p *text.Printer, at time.Time) string {
	if at.IsZero() {
		return ""
	}
	local := at.Local()
	return p.Date(model.DateOf(local)) + " " + local.Format("15:04")
}
