package forms

// Several accounts changed alike, as one step: what is left as it is in the form
// stays as each account has it.

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// stays is the choice that leaves a field alone.
const stays = "\x00"

// The choices of a hold.
const (
	heldYes = "yes"
	heldNo  = "no"
)

// Together asks what the accounts shall have in common, says how many change and
// how, and changes them once that is confirmed.
func Together(s *session.Session, accounts []model.Account) tea.Cmd {
	look := s.Look
	if len(accounts) == 0 {
		return nil
	}
	if reason := refusal(s, model.Edit{Before: accounts[0], After: accounts[0]}); reason != "" {
		s.Shell.Fail(reason)
		return nil
	}
	leave := kit.Option{Value: stays, Label: "forms.together.stays"}
	territory := territoryField(s, "")
	territory.Hint = "forms.together.territory.hint"
	territory.Options = append(territory.Options, kit.Option{Value: "–", Label: "forms.together.nowhere"})
	class := kit.Field{Name: "class", Label: "forms.class", Kind: kit.FieldChoice, Start: stays, Options: append([]kit.Option{leave}, classOptions(s)...)}
	interval := wholeField("interval", "forms.interval", "forms.unit.days", 0, 0, 3650)
	interval.Hint = "forms.together.interval.hint"
	consent := choiceField("consent", "forms.consent", "consent", stays, "given", "presumed", "")
	consent.Options = append([]kit.Option{leave}, consent.Options...)
	basis := basisField(model.Account{})
	fields := []kit.Field{territory, class, interval, consent, basis}
	if s.Actor.Role == model.RoleLead {
		fields = append(fields, kit.Field{Name: "hold", Label: "forms.hold", Hint: "forms.hold.hint", Kind: kit.FieldChoice, Start: stays,
			Options: []kit.Option{leave, {Value: heldYes, Label: "kit.yes"}, {Value: heldNo, Label: "kit.no"}}})
	}
	form := kit.NewForm(look, look.Text.N("forms.together.title", len(accounts)), fields...)
	form.SetSubmit("forms.together.submit")
	box := kit.NewFormBox(look, form)
	form.OnCancel = func() tea.Cmd { box.Close(); return nil }
	form.OnSubmit = func(v kit.Values) tea.Cmd {
		r := store.Request{Action: "account.edit"}
		for _, account := range accounts {
			if changed := alike(v, account); !model.Same(changed, account) {
				r.Puts = append(r.Puts, put(changed, account))
				r.Subject = subjectOf(s, changed)
			}
		}
		if len(r.Puts) == 0 {
			form.Fail("territory", look.T("forms.together.same"))
			return nil
		}
		if len(r.Puts) > 1 {
			r.Subject = words.CountSubject(model.TableAccounts, len(r.Puts))
		}
		args := text.Args{"Name": words.Subject(look.Text, r.Subject)}
		sentence := strings.Join(together(s, v), ". ") + ". " + look.T("forms.delete.plain")
		return s.Shell.Show(kit.Ask(look, look.T("forms.together.ask", args), sentence, "forms.together.yes", func() tea.Cmd {
			return WithPlans(s, r, func(r store.Request) tea.Cmd {
				box.Close()
				return tea.Batch(s.Apply(r, look.T("forms.together.done", args), nil), func() tea.Msg { return closed{} })
			})
		}))
	}
	return s.Shell.Show(box)
}

// alike is an account with what the form says of all of them.
func alike(v kit.Values, a model.Account) model.Account {
	switch code := v.Text("territory"); code {
	case "":
	case "–":
		a.Territory = ""
	default:
		a.Territory = code
	}
	if class := v.Text("class"); class != stays {
		a.Class = model.Class(class)
	}
	if v.Has("interval") {
		a.Interval = v.Int("interval")
	}
	if consent := v.Text("consent"); consent != stays {
		a.Consent, a.ConsentBasis = model.Consent(consent), v.Text("consent_basis")
	}
	switch v.Text("hold") {
	case heldYes:
		a.Hold = true
	case heldNo:
		a.Hold = false
	}
	return a
}

// together says what the accounts will have in common, one thing after the other.
func together(s *session.Session, v kit.Values) (said []string) {
	look := s.Look
	tell := func(label, value string) { said = append(said, look.T(label)+": "+value) }
	switch code := v.Text("territory"); code {
	case "":
	case "–":
		tell("forms.territory", look.T("forms.together.nowhere"))
	default:
		tell("forms.territory", s.AreaName(code))
	}
	if class := v.Text("class"); class != stays {
		tell("forms.class", s.Book.ClassName(model.Class(class)))
	}
	if v.Has("interval") {
		if days := v.Int("interval"); days > 0 {
			tell("forms.interval", look.Text.N("accounts.interval.class", days))
		} else {
			tell("forms.interval", look.T("forms.together.interval.class"))
		}
	}
	if consent := v.Text("consent"); consent != stays {
		value := "consent." + consent
		if consent == "" {
			value = "consent.none"
		}
		tell("forms.consent", strings.TrimSuffix(look.T(value)+" · "+v.Text("consent_basis"), " · "))
	}
	if hold := v.Text("hold"); hold == heldYes || hold == heldNo {
		tell("forms.hold", look.T("kit."+hold))
	}
	return said
}
