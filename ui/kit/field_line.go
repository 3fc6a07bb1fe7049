package kit

// Fields of one typed line: text, numbers, days and times.

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/ui/text"
)

// lineInput is a line of text; the others read it in their own way.
type lineInput struct {
	look   *Look
	editor *Editor
	field  Field
}

func (in *lineInput) update(key tea.KeyMsg) bool { return in.editor.Update(key) }
func (in *lineInput) click(x, _ int)             { in.editor.Click(x) }
func (in *lineInput) leave()                     { in.editor.whole, in.editor.parts = false, "" }
func (in *lineInput) blank() bool                { return strings.TrimSpace(in.editor.Value()) == "" }
func (in *lineInput) understood() string         { return "" }
func (in *lineInput) state() string              { return in.editor.Value() }
func (in *lineInput) take(state string)          { in.editor.SetValue(state) }
func (in *lineInput) set(value any)              { in.editor.SetValue(fmt.Sprint(value)) }

func (in *lineInput) enter() {
	if !in.field.Adds {
		in.editor.Select()
	}
	in.editor.Continue(in.field.Parts)
}

func (in *lineInput) value() (any, string) { return strings.TrimSpace(in.editor.Value()), "" }

func (in *lineInput) width() int { return widthOr(in.field.Width, 36) }

func (in *lineInput) view(width int, focused bool) []string {
	return []string{in.editor.View(width, focused)}
}

func widthOr(width, usual int) int {
	if width > 0 {
		return width
	}
	return usual
}

// numberInput reads numbers and amounts as the language writes them.
type numberInput struct{ lineInput }

func (in *numberInput) width() int { return widthOr(in.field.Width, 12) + in.unitWidth() }

func (in *numberInput) unit() string {
	switch {
	case in.field.Unit != "":
		return in.look.T(in.field.Unit)
	case in.field.Kind == FieldMoney:
		return "€"
	}
	return ""
}

func (in *numberInput) unitWidth() int {
	if u := in.unit(); u != "" {
		return Width(u) + 1
	}
	return 0
}

func (in *numberInput) view(width int, focused bool) []string {
	line := in.editor.View(max(width-in.unitWidth(), 1), focused)
	if u := in.unit(); u != "" {
		line += " " + in.look.Paint(Dim, u)
	}
	return []string{FitLine(line, width)}
}

func (in *numberInput) set(value any) {
	switch v := value.(type) {
	case int:
		in.editor.SetValue(in.look.Text.Int(v))
	case int64: // hundredths
		decimals := 2
		if v%100 == 0 {
			decimals = 0
		}
		in.editor.SetValue(in.look.Text.Decimal(float64(v)/100, decimals))
	case float64:
		digits := strconv.FormatFloat(v, 'f', -1, 64)
		_, fraction, _ := strings.Cut(digits, ".")
		in.editor.SetValue(in.look.Text.Decimal(v, len(fraction)))
	}
}

func (in *numberInput) value() (any, string) {
	typed := strings.TrimSuffix(strings.TrimSpace(in.editor.Value()), in.unit())
	n, ok := ParseNumber(in.look.Text.Language, typed)
	args := text.Args{"Input": in.editor.Value(), "Example": in.look.Text.Decimal(1234.5, 1)}
	if !ok {
		return nil, in.look.T("kit.number.unknown", args)
	}
	if in.field.Whole && n != math.Trunc(n) {
		return nil, in.look.T("kit.number.whole", args)
	}
	if r := in.field.Range; r != nil && (n < r[0] || n > r[1]) {
		return nil, in.look.T("kit.number.range", text.Args{"Least": in.plain(r[0]), "Most": in.plain(r[1])})
	}
	if in.field.Kind == FieldMoney {
		if math.Abs(n) > 1e15 {
			return nil, in.look.T("kit.number.unknown", args)
		}
		return int64(math.Round(n * 100)), ""
	}
	return n, ""
}

// plain writes a bound without needless decimals.
func (in *numberInput) plain(n float64) string {
	digits := strconv.FormatFloat(n, 'f', -1, 64)
	_, fraction, _ := strings.Cut(digits, ".")
	return in.look.Text.Decimal(n, len(fraction))
}

// ParseNumber reads a number as a language writes it: 1.234,5 in German, 1,234.5
// in English. Of the other language's forms it understands those that cannot be
// meant otherwise: 6.5 in German is six and a half, 1.234 is a thousand.
func ParseNumber(language text.Language, typed string) (float64, bool) {
	s := strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "'", "", "−", "-", "–", "-").Replace(typed)
	point, thousands := ".", ","
	if language == text.German {
		point, thousands = ",", "."
	}
	switch strings.Count(s, point) {
	case 0:
		// A single separator not followed by exactly three digits is a decimal point.
		if whole, fraction, found := strings.Cut(s, thousands); found && !strings.Contains(fraction, thousands) && len(fraction) != 3 {
			s = whole + "." + fraction
		} else if s, found = ungroup(s, thousands); found && s == "" {
			return 0, false
		}
	case 1:
		whole, fraction, _ := strings.Cut(s, point)
		whole, ok := ungroup(whole, thousands)
		if !ok || strings.Contains(fraction, thousands) {
			return 0, false
		}
		s = whole + "." + fraction
	default:
		return 0, false
	}
	if strings.ContainsAny(s, "xXpPnNiI_") { // hexadecimal, NaN and Inf are no numbers a person means
		return 0, false
	}
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsInf(n, 0) {
		return 0, false
	}
	return n, true
}

// ungroup takes the thousands separators out; false if they part no groups of
// three.
func ungroup(s, separator string) (string, bool) {
	groups := strings.Split(s, separator)
	for _, group := range groups[1:] {
		if len(group) != 3 {
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}

// dayInput reads days as package text does and shows which day was understood.
type dayInput struct{ lineInput }

func (in *dayInput) width() int { return widthOr(in.field.Width, 16) }

func (in *dayInput) set(value any) {
	if d, ok := value.(model.Date); ok && d != 0 {
		in.editor.SetValue(in.look.Text.Date(d))
	} else if s, ok := value.(string); ok {
		in.editor.SetValue(s)
	} else {
		in.editor.SetValue("")
	}
}

func (in *dayInput) value() (any, string) {
	d, err := in.look.Text.ParseDayToward(in.editor.Value(), in.field.Today, in.field.Toward)
	if err != nil {
		return nil, err.Error()
	}
	return d, ""
}

func (in *dayInput) understood() string {
	if in.blank() {
		return ""
	}
	value, problem := in.value()
	if problem != "" {
		return ""
	}
	d := value.(model.Date)
	return in.look.Text.WeekdayDate(d) + " · " + in.look.Text.Week(d)
}

// clockInput reads a time of day.
type clockInput struct{ lineInput }

func (in *clockInput) width() int { return widthOr(in.field.Width, 8) }

func (in *clockInput) set(value any) {
	if c, ok := value.(model.Clock); ok {
		in.editor.SetValue(c.String())
	}
}

func (in *clockInput) value() (any, string) {
	c, ok := ParseClock(in.editor.Value())
	if !ok {
		return nil, in.look.T("kit.clock.unknown", text.Args{"Input": in.editor.Value()})
	}
	return c, ""
}

func (in *clockInput) understood() string {
	value, problem := in.value()
	if problem != "" || in.blank() || value.(model.Clock).String() == in.editor.Value() {
		return ""
	}
	return value.(model.Clock).String()
}

// ParseClock reads a time of day as people type it: 8, 8:30, 8.30, 830, 0830,
// 14 Uhr, 2pm, 2:30 pm.
func ParseClock(typed string) (model.Clock, bool) {
	s := strings.ToLower(strings.ReplaceAll(typed, " ", ""))
	shift := 0
	for _, suffix := range []struct {
		word  string
		hours int
	}{{"uhr", 0}, {"pm", 12}, {"am", 0}, {"h", 0}} {
		if rest, found := strings.CutSuffix(s, suffix.word); found {
			s, shift = rest, suffix.hours
			if suffix.word == "am" || suffix.word == "pm" {
				if rest == "12" || strings.HasPrefix(rest, "12:") || strings.HasPrefix(rest, "12.") {
					shift -= 12
				}
			}
			break
		}
	}
	hours, minutes, parted := strings.Cut(strings.ReplaceAll(s, ".", ":"), ":")
	if !parted && len(hours) > 2 {
		hours, minutes = hours[:len(hours)-2], hours[len(hours)-2:]
	} else if parted && len(minutes) != 2 {
		return 0, false
	}
	h, err := strconv.ParseUint(hours, 10, 8)
	if err != nil || len(hours) > 2 {
		return 0, false
	}
	m := uint64(0)
	if minutes != "" {
		if m, err = strconv.ParseUint(minutes, 10, 8); err != nil || m > 59 {
			return 0, false
		}
	}
	hour := int(h) + shift
	if hour < 0 || hour > 23 {
		return 0, false
	}
	return model.NewClock(hour, int(m)), true
}
