package forms

// Fields that several forms share, and what they suggest.

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
)

// accountField finds an account by a few letters; the command makes its index
// where that takes longer than a frame.
func accountField(s *session.Session, start string) (kit.Field, tea.Cmd) {
	_, prepare := Accounts(s)
	option := func(l *model.Customer) kit.Option {
		detail := []string{l.Code}
		for _, part := range [...]string{l.Address.City, s.AreaName(l.Territory)} {
			if part != "" {
				detail = append(detail, part)
			}
		}
		return kit.Option{Value: l.Code, Label: cmp.Or(l.Name, l.Code), Detail: strings.Join(detail, " · ")}
	}
	return kit.Field{
		Name: "account", Label: "forms.account", Hint: "forms.account.hint", Kind: kit.FieldSearch, Required: true, Start: start, Width: 56,
		Find: func(typed string, limit int) []kit.Option {
			index, _ := Accounts(s)
			var options []kit.Option
			for _, l := range index.Find(typed, limit) {
				if now := s.Book.Account(l.Code); now != nil { // the index may be that of a moment ago
					options = append(options, option(now))
				}
			}
			return options
		},
		Named: func(code string) (kit.Option, bool) {
			if l := s.Book.Account(code); l != nil {
				return option(l), true
			}
			return kit.Option{}, false
		},
	}, prepare
}

// repField chooses a rep; a code without a record is allowed, as files bring them.
func repField(s *session.Session, name, label, start string) kit.Field {
	var options []kit.Option
	for _, rep := range s.Book.Reps() {
		options = append(options, kit.Option{Value: rep.Code, Label: cmp.Or(rep.Name, rep.Code), Detail: rep.Code})
	}
	return kit.Field{Name: name, Label: label, Hint: "forms.rep.hint", Kind: kit.FieldSearch, Free: true, Options: options, Start: start, Width: 30,
		Check: func(value any) string {
			typed, _ := value.(string)
			code := repOf(s, typed)
			if _, known := s.Book.Rep(code); known || typed == "" || typed == start || len(options) == 0 {
				return ""
			}
			return s.Look.T("forms.rep.unknown", text.Args{"Rep": typed})
		}}
}

// territoryField chooses one of the known territories, or none.
func territoryField(s *session.Session, start string) kit.Field {
	var options []kit.Option
	known := start == ""
	for _, area := range s.Book.Areas() {
		options = append(options, kit.Option{Value: area.Code, Label: cmp.Or(area.Name, area.Code), Detail: area.Code + " · " + area.Region})
		known = known || area.Code == start
	}
	if !known { // a territory that only accounts name
		options = append(options, kit.Option{Value: start})
	}
	return kit.Field{Name: "territory", Label: "forms.territory", Hint: "forms.territory.hint", Kind: kit.FieldSearch, Options: options, Start: start, Width: 36}
}

// freeField is text with suggestions.
func freeField(name, label, start string, suggestions []string) kit.Field {
	options := make([]kit.Option, len(suggestions))
	for i, suggestion := range suggestions {
		options[i] = kit.Option{Value: suggestion}
	}
	return kit.Field{Name: name, Label: label, Kind: kit.FieldSearch, Free: true, Options: options, Start: start, Width: 36}
}

// noteField is one line, so that enter goes straight through, unless the note
// already has several.
func noteField(name, label, start string) kit.Field {
	if strings.Contains(start, "\n") {
		return linesField(name, label, start)
	}
	return kit.Field{Name: name, Label: label, Kind: kit.FieldText, Start: start, Width: 60, Adds: true}
}

func linesField(name, label, start string) kit.Field {
	return kit.Field{Name: name, Label: label, Kind: kit.FieldLines, Start: start, Width: 60, Rows: 3}
}

func textField(name, label, start string, width int) kit.Field {
	return kit.Field{Name: name, Label: label, Kind: kit.FieldText, Start: start, Width: width}
}

// wholeField is a whole number; 0 stands for "not given" and shows as empty.
func wholeField(name, label, unit string, start int, least, most float64) kit.Field {
	f := kit.Field{Name: name, Label: label, Kind: kit.FieldNumber, Whole: true, Unit: unit, Range: kit.Between(least, most), Width: 8}
	if start != 0 {
		f.Start = start
	}
	return f
}

func moneyField(name, label string, start model.Money) kit.Field {
	f := kit.Field{Name: name, Label: label, Kind: kit.FieldMoney, Width: 12}
	if start != 0 {
		f.Start = int64(start)
	}
	return f
}

func degreesField(name, label, hint string, start float64, most float64) kit.Field {
	f := kit.Field{Name: name, Label: label, Hint: hint, Kind: kit.FieldNumber, Unit: "°", Range: kit.Between(-most, most), Width: 12}
	if start != 0 {
		f.Start = start
	}
	return f
}

func clockField(name, label string, start model.Clock) kit.Field {
	f := kit.Field{Name: name, Label: label, Kind: kit.FieldClock}
	if start != 0 {
		f.Start = start
	}
	return f
}

func dayField(s *session.Session, name, label string, start model.Date, toward text.Toward) kit.Field {
	f := kit.Field{Name: name, Label: label, Kind: kit.FieldDay, Today: s.Today, Toward: toward}
	if start != 0 {
		f.Start = start
	}
	return f
}

// choiceField is one of a few stable words, each with the message PREFIX.WORD.
func choiceField(name, label, prefix, start string, values ...string) kit.Field {
	options := make([]kit.Option, len(values))
	for i, value := range values {
		options[i] = kit.Option{Value: value, Label: prefix + "." + cmp.Or(value, "none")}
	}
	return kit.Field{Name: name, Label: label, Kind: kit.FieldChoice, Options: options, Start: start}
}

// classOptions are the team's classes by name.
func classOptions(s *session.Session) []kit.Option {
	var options []kit.Option
	for _, class := range s.Book.Settings().ClassList() {
		options = append(options, kit.Option{Value: string(class.Code), Label: kit.Clean(class.Label())})
	}
	return options
}

// codeField asks for a new record's code, with the next free one suggested.
func codeField(s *session.Session, table model.Table, suggestion string, taken func(code string) bool) kit.Field {
	return kit.Field{
		Name: "code", Label: "forms.code", Hint: "forms.code.hint", Kind: kit.FieldText, Required: true, Start: suggestion, Width: 20,
		Check: func(value any) string {
			if code, _ := value.(string); taken(code) {
				return s.Look.T("forms.exists." + string(table))
			}
			return ""
		},
	}
}

// nextCode is the next free code in the commonest style of the codes there are:
// after K-0900 comes K-0901. Without any it is the first of the style given.
func nextCode(codes func(yield func(string) bool), first string) string {
	type style struct {
		prefix string
		digits int
	}
	split := func(code string) (prefix, number string) {
		prefix = strings.TrimRight(code, "0123456789")
		return prefix, code[len(prefix):]
	}
	count, highest := map[style]int{}, map[string]int{}
	for code := range codes {
		prefix, number := split(code)
		n, err := strconv.Atoi(number)
		if err != nil || len(number) > 12 {
			continue
		}
		count[style{prefix, len(number)}]++
		highest[prefix] = max(highest[prefix], n)
	}
	best := style{}
	for s, n := range count {
		if n > count[best] || n == count[best] && (s.prefix < best.prefix || s.prefix == best.prefix && s.digits < best.digits) {
			best = s
		}
	}
	if len(count) == 0 {
		return first
	}
	number := strconv.Itoa(highest[best.prefix] + 1)
	return best.prefix + strings.Repeat("0", max(best.digits-len(number), 0)) + number
}

// outcomes of a visit that have a name in both languages; others are the team's own.
var outcomes = [...]string{"order", "interest", "sample", "complaint", "none"}

// outcomeField is the outcome of a visit: the known ones by name, or the team's own.
func outcomeField(start string) kit.Field {
	f := kit.Field{Name: "outcome", Label: "forms.outcome", Hint: "forms.outcome.hint", Kind: kit.FieldSearch, Free: true, Width: 24, Start: start}
	for _, outcome := range outcomes {
		f.Options = append(f.Options, kit.Option{Value: outcome, Label: "outcome." + outcome})
	}
	return f
}

// ResultFields ask what came of a visit: the value of its order, and the outcome.
func ResultFields(start model.Visit) []kit.Field {
	return []kit.Field{moneyField("value", "forms.value", start.Value), outcomeField(start.Outcome)}
}

// ResultOf is what ResultFields were answered with.
func ResultOf(s *session.Session, values kit.Values) (outcome string, value model.Money) {
	return outcomeOf(s, values.Text("outcome")), model.Money(values.Money("value"))
}

// outcomeOf is the stable word of an outcome as typed in the person's language.
func outcomeOf(s *session.Session, typed string) string {
	for _, outcome := range outcomes {
		if Fold(typed) == Fold(s.Look.T("outcome."+outcome)) {
			return outcome
		}
	}
	return typed
}

// repOf is the rep's code for a code or name as typed.
func repOf(s *session.Session, typed string) string {
	for _, rep := range s.Book.Reps() {
		if strings.EqualFold(typed, rep.Code) || Fold(typed) == Fold(rep.Name) {
			return rep.Code
		}
	}
	return typed
}

// list splits what was typed into its parts at any of the separators.
func list(typed, separators string) []string {
	var parts []string
	for _, part := range strings.FieldsFunc(typed, func(r rune) bool { return strings.ContainsRune(separators, r) }) {
		if part = strings.TrimSpace(part); part != "" && !slices.Contains(parts, part) {
			parts = append(parts, part)
		}
	}
	return parts
}
