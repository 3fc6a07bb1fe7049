package words

// What stands aside in words: what it is about, why it does not stand, and both values.

import (
	"cmp"
	"encoding/json"
	"slices"

	"doppelpass/model"
	"doppelpass/ui/text"
)

// AsideName is what something standing aside is about: "Account Metallbau Falk".
func AsideName(p *text.Printer, b *model.Book, a model.SetAside) string {
	name := a.Code
	if d := model.Describe(a.Of); d != nil {
		if r, err := model.WithFieldValues(d.Empty(), cmp.Or(a.Values, a.Standing, "{}")); err == nil && r.Key().Code != "" {
			if name = RecordName(p, b, r); name == r.Key().Code { // the fields alone do not tell it
				name = KeyName(p, b, r.Key())
			}
		}
	}
	return p.T("aside.name", text.Args{"Table": One(p, a.Of), "Name": name})
}

// AsideReason is why it does not stand, in a few words.
func AsideReason(p *text.Printer, a model.SetAside) string {
	if a.Reason == model.LostRefused {
		return p.T("aside.refused." + cmp.Or(a.By, "role"))
	}
	return p.T("aside.reason." + string(a.Reason))
}

// AsideBy is who wrote what stands; "": nobody in particular.
func AsideBy(p *text.Printer, b *model.Book, a model.SetAside) string {
	if a.Reason == model.LostRefused {
		return ""
	}
	return PersonName(b, a.By)
}

// AsideField is a field of something that stands aside, with both values.
type AsideField struct{ Name, Mine, Stands string }

// AsideFields are the fields that differ, in their order; of a whole record those with
// something in them.
func AsideFields(p *text.Printer, b *model.Book, a model.SetAside) (list []AsideField) {
	d := model.Describe(a.Of)
	if d == nil {
		return nil
	}
	side := func(values string) (model.Record, map[string]json.RawMessage) {
		var named map[string]json.RawMessage
		if json.Unmarshal([]byte(values), &named) != nil {
			return nil, nil
		}
		r, err := model.WithFieldValues(d.Empty(), values)
		if err != nil {
			return nil, nil
		}
		return r, named
	}
	mine, has := side(a.Values)
	stands, instead := side(a.Standing)
	empty := d.Empty()
	keys := []string(nil)
	if mine != nil && stands != nil {
		keys = model.KeyFields(mine)
	}
	value := func(r model.Record, named map[string]json.RawMessage, i int) string {
		if _, told := named[d.Fields()[i].Name]; r == nil || !told {
			return ""
		}
		return valueOf(p, b, d, r, i)
	}
	for i, f := range d.Fields() {
		_, told := has[f.Name]
		_, other := instead[f.Name]
		if !told && !other || f.Name == "row" || slices.Contains(keys, f.Name) && a.Reason != model.LostCollided {
			continue
		}
		line := AsideField{FieldName(p, a.Of, f.Name), value(mine, has, i), value(stands, instead, i)}
		nothing := valueOf(p, b, d, empty, i)
		if (line.Mine == "" || line.Mine == nothing) && (line.Stands == "" || line.Stands == nothing) {
			continue
		}
		list = append(list, line)
	}
	return list
}

// AsideSentence says what happened and what putting it back would do.
func AsideSentence(p *text.Printer, b *model.Book, a model.SetAside) string {
	key := "aside.says." + string(a.Reason)
	switch {
	case a.Reason == model.LostCollided && a.Standing == "":
		key = "aside.says.rests"
	case a.Values == "" && a.Reason == model.LostRefused:
		key = "aside.says.refused.deletion"
	}
	return p.T(key, text.Args{"Name": AsideName(p, b, a), "By": cmp.Or(AsideBy(p, b, a), "–"), "Why": AsideReason(p, a), "Code": a.Code})
}

// AsideSubject stands for it in the history: a name without words of a language.
func AsideSubject(b *model.Book, a model.SetAside) string {
	switch a.Of {
	case model.TableReps, model.TableAbsences:
		return b.RepName(a.Code)
	case model.TableTerritories, model.TableAnswers:
		if area := b.Area(a.Code); area != nil && area.Name != "" {
			return area.Name
		}
		return a.Code
	case model.TableCampaigns:
		return CampaignName(b, a.Code)
	case model.TablePeople:
		return PersonName(b, a.Code)
	}
	return AccountName(b, a.Code)
}
