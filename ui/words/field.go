package words

// Fields of records and their values in words: what the history shows as old and
// new, and what a conflict is about.

import (
	"fmt"
	"reflect"
	"strings"

	"doppelpass/model"
	"doppelpass/store/exchange"
	"doppelpass/ui/text"
)

// FieldName is a field's name as people call it.
func FieldName(p *text.Printer, table model.Table, field string) string {
	if table == model.TableSettings {
		for _, key := range []string{"rules." + field, "rules.group." + field} {
			if p.Has(key) {
				return p.T(key)
			}
		}
	}
	if key := "field." + string(table) + "." + field; p.Has(key) {
		return p.T(key)
	}
	if key := "field." + field; p.Has(key) {
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
			said = p.Amount(v)
		}
	case int:
		if v != 0 {
			said = p.Int(v)
		}
	case model.VisitKind:
		return word("visit.kind.", v.String())
	case model.CallOutcome:
		return word("call.outcome.", v.String())
	case model.Kind:
		return p.T("signal.kind." + v.String())
	case model.Says:
		said = word("answer.says.", string(v))
	case model.DeclineReason:
		said = word("answer.reason.", string(v))
	case model.ConsentEvent:
		said = word("consent.event.", string(v))
	case model.Role:
		said = word("role.", string(v))
	case model.Consent:
		said = word("consent.", string(v))
	case model.CampaignStatus:
		said = word("campaign.status.", string(v))
	case model.FollowUpKind:
		said = word("field.follow-ups.kind.", string(v))
	case model.FollowUpState:
		said = word("field.follow-ups.state.", string(v))
	case model.PlacedBy:
		said = word("accounts.placed.", string(v))
	case float64:
		if v != 0 {
			said = p.Decimal(v, 4)
		}
	case model.ClassTable:
		var classes []string
		for _, c := range v[:v.Len()] {
			classes = append(classes, p.N("field.class.rule", c.Interval, text.Args{"Class": c.Label(), "Weight": p.Int(c.Weight)}))
		}
		said = strings.Join(classes, " · ")
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
	if said = strings.TrimSpace(exchange.Clean(said)); said == "" {
		return "–"
	}
	return said
}

// Aside says which fields two people changed differently: "Phone: 1 → 2".
func Aside(p *text.Printer, table model.Table, aside []model.Aside) string {
	parts := make([]string, len(aside))
	for i, a := range aside {
		parts[i] = p.T("field.aside", text.Args{"Field": FieldName(p, table, a.Field), "Theirs": FieldValue(p, a.Theirs), "Mine": FieldValue(p, a.Mine)})
	}
	return strings.Join(parts, " · ")
}
