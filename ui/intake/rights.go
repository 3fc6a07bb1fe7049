package intake

// What of an import the person may: said before they choose files, beside each file, and
// where something unknown would be created.

import (
	"errors"
	"strings"

	"doppelpass/model"
	"doppelpass/ui/kit"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// refused is why the person may not import a table; nil where they may.
func (p *Page) refused(table model.Table) error {
	if table == "" {
		return nil
	}
	return p.s.Actor.May(model.Edit{After: model.Describe(table).Empty()})
}

// barred is why a file cannot be imported as it is: how it is read, or who imports it.
func (p *Page) barred(f *file) error {
	if f.err != nil {
		return f.err
	}
	return p.refused(f.mapping.Table)
}

// mine says which tables the person may import, and in another sentence which not; ""
// where they may import all.
func (p *Page) mine() (mine, theirs string) {
	look := p.s.Look
	var own, others []string
	for _, table := range model.Tables {
		if name := look.T("table." + string(table)); p.refused(table) == nil {
			own = append(own, name)
		} else {
			others = append(others, name)
		}
	}
	if len(others) == 0 {
		return "", ""
	}
	args := text.Args{"Role": p.s.RoleName(p.s.Actor.Role), "Own": words.List(look.Text, own, len(own)), "Others": words.List(look.Text, others, len(others))}
	if len(own) == 0 {
		return look.T("intake.mine.none", args), ""
	}
	return look.T("intake.mine", args), look.T("intake.mine.others", args)
}

// mayCreate says whether the person may create what rows name and nobody knows: accounts,
// and the territories they lie in.
func (p *Page) mayCreate() (bool, string) {
	if err := p.refused(model.TableAccounts); err != nil {
		return false, p.s.ErrorText(err)
	}
	return true, ""
}

// tableDetail says beside a table whose it is, where it is not the person's.
func (p *Page) tableDetail(table model.Table) string {
	var forbidden model.Forbidden
	if err := p.refused(table); err == nil || !errors.As(err, &forbidden) {
		return ""
	}
	switch forbidden.Who {
	case model.Sales:
		return "intake.whose.sales"
	case model.Marketing:
		return "intake.whose.marketing"
	}
	return "intake.whose.lead"
}

// option is one of the switches of an import.
type option struct {
	name, key string
	value     *bool
	may       func() (bool, string)
}

func (p *Page) switches() []option {
	o := &p.options
	return []option{
		{"create", "m", &o.CreateMissing, p.mayCreate},
		{"assign", "p", &o.Assign, nil},
		{"empty", "x", &o.OverwriteEmpty, nil},
		{"mark", "i", &o.MarkMissing, nil},
		{"strict", "a", &o.Strict, nil},
		{"back", "B", &o.BringBack, nil},
	}
}

// state is a switch with how it stands: "Unbekanntes anlegen: an".
func (p *Page) state(o option) string {
	how := "intake.off"
	if *o.value {
		how = "intake.on"
	}
	return p.s.Look.T(how, text.Args{"Option": p.s.Look.T("intake." + o.name + ".name")})
}

// switchLine tells how the switches stand, with their keys: creating what is unknown
// always, the others once they are on or where there is room.
func (p *Page) switchLine(width int) string {
	look := p.s.Look
	var parts []string
	used := 0
	for _, on := range [...]bool{true, false} {
		for _, o := range p.switches() {
			if *o.value != on {
				continue
			}
			label := look.KeyLabel(o.key) + " " + p.state(o)
			if used += kit.Width(label) + 3; used > width+3 {
				return strings.Join(parts, look.Paint(kit.Dim, " · "))
			}
			role := kit.Dim
			if on {
				role = kit.Strong
			}
			parts = append(parts, look.Paint(kit.Key, look.KeyLabel(o.key))+" "+look.Paint(role, p.state(o)))
		}
	}
	return strings.Join(parts, look.Paint(kit.Dim, " · "))
}
