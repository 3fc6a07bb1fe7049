package kit

// What a form's fields are: data. The kind decides how a field is filled in and
// of which type its value is.

import (
	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/ui/text"
)

// FieldKind is how a field is filled in.
type FieldKind uint8

// The kinds, with the type of their value.
const (
	FieldText   FieldKind = iota // one line → string, without blanks at the ends
	FieldLines                   // several lines → string
	FieldNumber                  // → float64
	FieldMoney                   // → int64, hundredths
	FieldChoice                  // one of a few, all shown → string (Option.Value)
	FieldSearch                  // one of many, by a few letters → string (Option.Value, or with Free what was typed)
	FieldMulti                   // some of a few → []string (Option.Value)
	FieldDay                     // → model.Date
	FieldClock                   // → model.Clock
	FieldYesNo                   // → bool
)

// Field is one field of a form.
type Field struct {
	Name     string // of the value in Values
	Label    string // message key
	Hint     string // message key: beside the field while the cursor is there
	Kind     FieldKind
	Required bool
	Start    any // of the value's type; nil: empty
	Width    int // cells; 0: what suits the kind

	Unit  string      // numbers: message key, behind the input; money: the currency, € if empty
	Whole bool        // numbers: no decimals
	Range *[2]float64 // numbers: least and most allowed

	Options []Option                                    // choice, search, multi
	Find    func(typed string, limit int) []Option      // search: instead of Options
	Named   func(value string) (option Option, ok bool) // search with Find: the option of the Start value
	Free    bool                                        // search: other text is allowed

	Today  model.Date  // days: what "today" means
	Toward text.Toward // days: whether Mo means the next or the last Monday

	Rows int // lines: how many show; 0: 3

	// Adds says that what is typed is added to what stands in the field: a note, a list
	// of several. In others it takes its place.
	Adds bool
	// Parts is what stands between the values of a field that takes several: whoever
	// comes to the field and types begins the next one.
	Parts string

	// Warn says in a sentence what is odd about the values as they stand, as far as this
	// field is to blame; "" for nothing. It keeps nobody from saving.
	Warn func(Values) string

	// Check looks at a value of the kind's type and says in a sentence what is
	// wrong with it; "" when all is well.
	Check func(value any) string
}

// Between is a Range.
func Between(least, most float64) *[2]float64 { return &[2]float64{least, most} }

// input is how a field is filled in.
type input interface {
	update(key tea.KeyMsg) bool // reports whether the key was its own
	click(x, y int)             // in cells from the input's top left
	enter()                     // the cursor comes
	leave()                     // the cursor goes
	width() int                 // the room it would like
	view(width int, focused bool) []string
	blank() bool
	value() (value any, problem string)
	understood() string // what was understood, where that is not plain from the input
	state() string      // equal as long as nothing changed
	take(state string)  // what state gave
	set(value any)
}

func newInput(look *Look, f Field) input {
	var in input
	switch f.Kind {
	case FieldLines:
		in = &areaInput{area: newArea(look), field: f}
	case FieldNumber, FieldMoney:
		in = &numberInput{lineInput{look: look, editor: NewEditor(look), field: f}}
	case FieldChoice, FieldMulti:
		in = newChoiceInput(look, f)
	case FieldSearch:
		in = newSearchInput(look, f)
	case FieldDay:
		in = &dayInput{lineInput{look: look, editor: NewEditor(look), field: f}}
	case FieldClock:
		in = &clockInput{lineInput{look: look, editor: NewEditor(look), field: f}}
	case FieldYesNo:
		in = newYesNoInput(look, f)
	default:
		in = &lineInput{look: look, editor: NewEditor(look), field: f}
	}
	if f.Start != nil {
		in.set(f.Start)
	}
	return in
}

// Values are a form's values by field name. A field left empty is missing; the
// getters then give the type's zero.
type Values map[string]any

// Has reports that the field was filled in.
func (v Values) Has(name string) bool { _, ok := v[name]; return ok }

// Text is the value of a text, lines, choice or search field.
func (v Values) Text(name string) string { s, _ := v[name].(string); return s }

// Number is the value of a number field.
func (v Values) Number(name string) float64 { n, _ := v[name].(float64); return n }

// Int is the value of a whole number field.
func (v Values) Int(name string) int { return int(v.Number(name)) }

// Money is the value of a money field, in hundredths.
func (v Values) Money(name string) int64 { n, _ := v[name].(int64); return n }

// Texts is the value of a multi-choice field.
func (v Values) Texts(name string) []string { s, _ := v[name].([]string); return s }

// Day is the value of a day field.
func (v Values) Day(name string) model.Date { d, _ := v[name].(model.Date); return d }

// Clock is the value of a time field.
func (v Values) Clock(name string) model.Clock { c, _ := v[name].(model.Clock); return c }

// Yes is the value of a yes/no field.
func (v Values) Yes(name string) bool { b, _ := v[name].(bool); return b }
