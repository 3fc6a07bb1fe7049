package accounts

// What is typed into the filter: words to find and KEY:VALUE pairs, in either
// language and forgiving about both.

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"doppelpass/model"
	"doppelpass/model/ready"
	"doppelpass/ui/forms"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// part is what a KEY:VALUE pair narrows by.
type part string

const (
	byClass     part = "class"
	byState     part = "state"
	byTerritory part = "territory"
	byRep       part = "rep"
	byOnly      part = "only"
)

// parts lists the pairs in the order in which a filter is written.
var parts = [...]part{byClass, byState, byTerritory, byRep, byOnly}

// partWords are what the keys may be called.
var partWords = map[string]part{
	"class": byClass, "klasse": byClass, "kl": byClass,
	"state": byState, "status": byState, "stand": byState, "zustand": byState,
	"territory": byTerritory, "gebiet": byTerritory, "region": byTerritory, "area": byTerritory,
	"rep": byRep, "ad": byRep, "außendienst": byRep,
	"only": byOnly, "nur": byOnly,
}

// inactive and active stand beside the states of active accounts.
const (
	inactive = "inactive"
	active   = "active"
)

// stateName is a value of "state" and what it may be called.
type stateName struct {
	word  string
	names []string
}

var stateNames = [...]stateName{
	{"overdue", []string{"overdue", "überfällig"}},
	{"due", []string{"due", "fällig"}},
	{"on-track", []string{"on-track", "ontrack", "im-takt", "imtakt", "takt"}},
	{"never", []string{"never", "nie"}},
	{"new", []string{"new", "neu"}},
	{inactive, []string{"inactive", "inaktiv"}},
	{active, []string{"active", "aktiv"}},
}

// What the accounts can be narrowed to with "only": all that is named must be so.
const (
	optedOut  = "opted-out"
	noConsent = "no-consent"
	withNote  = "note"
	held      = "hold"     // nothing of them goes
	offMap    = "no-place" // nowhere on the map, for whatever reason
)

var onlyNames = [...]stateName{
	{optedOut, []string{optedOut, "optedout", "widersprochen", "widerspruch"}},
	{noConsent, []string{noConsent, "noconsent", "ohne-einwilligung"}},
	{withNote, []string{withNote, "notiz"}},
	{held, []string{held, "held", "löschsperre"}},
	{offMap, []string{offMap, "ohne-ort", "nicht-auf-der-karte"}},
	{string(ready.WhyNoAddress), []string{"no-address", "ohne-adresse"}},
	{string(ready.WhyNoCode), []string{"no-postcode", "ohne-plz"}},
	{string(ready.WhyUnknown), []string{"unknown-place", "unbekannter-ort"}},
	{string(ready.WhyNoCountry), []string{"unknown-country", "unbekanntes-land"}},
	{string(ready.WhyAbroad), []string{"abroad", "ausland"}},
}

// filter is a filter as understood.
type filter struct {
	words  string // to be found in the row, or in the note
	values map[part][]string
}

// parseFilter reads what was typed. A pair without a value, as while typing,
// narrows nothing; an unknown key makes the pair a word like any other.
func parseFilter(typed string) filter {
	f := filter{values: map[part][]string{}}
	var words []string
	for _, token := range tokens(typed) {
		literal := strings.HasPrefix(token, `"`)
		token = strings.ReplaceAll(token, `"`, "")
		key, value, found := strings.Cut(token, ":")
		p, known := partOf(key)
		if literal || !found || !known {
			words = append(words, token)
			continue
		}
		for _, v := range strings.Split(value, ",") {
			if v = strings.TrimSpace(v); v != "" {
				f.values[p] = append(f.values[p], v)
			}
		}
	}
	f.words = strings.Join(words, " ")
	return f
}

// narrows reports that whatever the filter lets through, the one before did too: a
// letter was added to its words.
func (f filter) narrows(before filter) bool {
	return before.words != "" && strings.HasPrefix(f.words, before.words) && maps.EqualFunc(f.values, before.values, slices.Equal[[]string])
}

// partOf is the part a key names, whatever its case and umlauts.
func partOf(key string) (part, bool) {
	for word, p := range partWords {
		if forms.Fold(word) == forms.Fold(key) {
			return p, true
		}
	}
	return "", false
}

// tokens parts at blanks outside of quotes; one that is still open, as while
// typing, quotes nothing.
func tokens(typed string) []string {
	if strings.Count(typed, `"`)%2 == 1 {
		last := strings.LastIndex(typed, `"`)
		typed = typed[:last] + typed[last+1:]
	}
	quoted := false
	return strings.FieldsFunc(typed, func(r rune) bool {
		if r == '"' {
			quoted = !quoted
		}
		return r == ' ' && !quoted
	})
}

// write is the filter as one would type it in the person's language.
func (f filter) write(p *text.Printer) string {
	var written []string
	for _, key := range parts {
		if len(f.values[key]) == 0 {
			continue
		}
		values := make([]string, len(f.values[key]))
		for i, v := range f.values[key] {
			if word := "accounts.filter." + string(key) + "." + v; p.Has(word) {
				v = p.T(word)
			}
			if strings.Contains(v, " ") {
				v = `"` + v + `"`
			}
			values[i] = v
		}
		written = append(written, p.T("accounts.filter."+string(key))+":"+strings.Join(values, ","))
	}
	switch words := f.words; {
	case words == "":
	case parseFilter(words).words != words: // it would be read as a pair
		written = append(written, `"`+words+`"`)
	default:
		written = append(written, words)
	}
	return strings.Join(written, " ")
}

// states are the state words meant by what was typed: "d" may yet become several,
// "due" means due.
func (f filter) states() []string { return meantBy(f.values[byState], stateNames[:]) }

// only are the words meant after "only".
func (f filter) only() []string { return meantBy(f.values[byOnly], onlyNames[:]) }

func meantBy(values []string, known []stateName) []string {
	var meant []string
	for _, typed := range values {
		folded := forms.Fold(typed)
		var begun []string
		for _, state := range known {
			for _, name := range state.names {
				if name = forms.Fold(name); name == folded {
					begun = []string{state.word}
					break
				} else if strings.HasPrefix(name, folded) {
					begun = append(begun, state.word)
				}
			}
			if len(begun) == 1 && slices.ContainsFunc(state.names, func(n string) bool { return forms.Fold(n) == folded }) {
				break
			}
		}
		meant = append(meant, begun...)
	}
	return meant
}

// test is the filter without its words, made ready for many accounts.
func (f filter) test(s *session.Session) func(*entry) bool {
	var tests []func(*entry) bool
	if values := f.values[byClass]; len(values) > 0 {
		ranks := ranksMeant(s.Book.Settings(), values)
		tests = append(tests, func(e *entry) bool { return ranks[e.rank] })
	}
	if len(f.values[byState]) > 0 {
		states := f.states()
		var wanted [model.StateNever + 1]bool
		for state := range wanted {
			wanted[state] = slices.Contains(states, words.StateWord(model.State(state)))
		}
		resting, running := slices.Contains(states, inactive), slices.Contains(states, active)
		tests = append(tests, func(e *entry) bool {
			if e.inactive {
				return resting
			}
			return running || wanted[e.standing.State]
		})
	}
	if values := f.values[byTerritory]; len(values) > 0 {
		codes := map[string]bool{}
		for _, area := range s.Book.Areas() {
			codes[area.Code] = meansArea(values, area.Territory)
		}
		none := slices.ContainsFunc(values, func(v string) bool { return v == "-" || v == "–" })
		tests = append(tests, func(e *entry) bool {
			return codes[e.customer.Territory] || none && e.customer.Territory == ""
		})
	}
	if values := f.values[byRep]; len(values) > 0 {
		codes := map[string]bool{}
		for _, area := range s.Book.Areas() {
			codes[area.Code] = slices.ContainsFunc(values, func(v string) bool {
				folded := forms.Fold(v)
				return forms.Fold(area.Rep) == folded || strings.Contains(forms.Fold(s.Book.RepName(area.Rep)), folded)
			})
		}
		tests = append(tests, func(e *entry) bool { return codes[e.customer.Territory] })
	}
	for _, only := range f.only() {
		switch only {
		case optedOut:
			day := s.Day()
			tests = append(tests, func(e *entry) bool { return day.Refuses(e.customer) })
		case noConsent:
			tests = append(tests, func(e *entry) bool { return e.customer.Consent == model.ConsentNone })
		case withNote:
			tests = append(tests, func(e *entry) bool { return e.customer.Note != "" || e.customer.MarketingNote != "" })
		case held:
			tests = append(tests, func(e *entry) bool { return e.customer.Hold })
		case offMap:
			tests = append(tests, func(e *entry) bool { return !e.customer.At.Valid() })
		default: // why it is nowhere on the map
			home := s.Book.Settings().Country
			tests = append(tests, func(e *entry) bool { return ready.Nowhere(&e.customer.Account, home) == ready.Why(only) })
		}
	}
	return func(e *entry) bool {
		for _, test := range tests {
			if !test(e) {
				return false
			}
		}
		return true
	}
}

// ranksMeant are the classes meant by what was typed: a name, several names of one
// letter written together, or, while typing, the beginning of names.
func ranksMeant(settings model.Settings, values []string) (ranks [model.MaximumClasses]bool) {
	for _, v := range values {
		if class, ok := settings.ClassNamed(v); ok {
			ranks[settings.Rank(class)] = true
			continue
		}
		begun := false
		for rank, class := range settings.ClassList() {
			if strings.HasPrefix(forms.Fold(class.Label()), forms.Fold(v)) {
				ranks[rank], begun = true, true
			}
		}
		if begun {
			continue
		}
		for _, letter := range v {
			if class, ok := settings.ClassNamed(string(letter)); ok {
				ranks[settings.Rank(class)] = true
			}
		}
	}
	return ranks
}

// meansArea: a code as it stands, else part of a name, or a region path's
// beginning or part.
func meansArea(values []string, t model.Territory) bool {
	return slices.ContainsFunc(values, func(v string) bool {
		folded := forms.Fold(v)
		return strings.EqualFold(v, t.Code) || model.InRegion(forms.Fold(t.Region), folded) ||
			len(folded) > 1 && strings.Contains(forms.Fold(cmp.Or(t.Name, t.Code)), folded) ||
			len(folded) > 2 && strings.Contains(forms.Fold(t.Region), folded)
	})
}
