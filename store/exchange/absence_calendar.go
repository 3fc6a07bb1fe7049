package exchange

// Absences out of a calendar: what a rep has entered as holiday elsewhere.

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"doppelpass/model"
)

// OddEvent is an event that is not taken, or not as it stands in the calendar.
type OddEvent struct {
	Title string
	Day   model.Date // it begins; 0: not known
	Why   Reason
	Arg   string // of the reason
}

// ReadAbsences reads a calendar (RFC 5545) as a rep's absences: each event of whole days
// that is not marked as free, and each that is marked as busy or out of office. Cancelled
// events are left out. Of those that come back, only weekly ones on named weekdays become
// an absence of that pattern; the others stand once, and are among the odd ones. Times are in zone.
func ReadAbsences(r io.Reader, rep string, zone *time.Location) (list []model.Absence, odd []OddEvent, err error) {
	calendar, err := ics.ParseCalendar(r)
	if err != nil {
		return nil, nil, fmt.Errorf("reading the calendar: %w", err)
	}
	for _, event := range calendar.Events() {
		a, is, why := absenceOf(event, rep, zone)
		if why.reason != "" {
			o := OddEvent{Title: shortened(a.Note), Why: why.reason}
			if len(why.args) > 0 {
				o.Arg = shortened(why.args[0])
			}
			if start := event.GetProperty(ics.ComponentPropertyDtStart); start != nil && len(start.Value) >= 8 {
				if day, err := time.Parse("20060102", start.Value[:8]); err == nil {
					o.Day = model.DateOf(day)
				}
			}
			odd = append(odd, o)
		}
		if is {
			list = append(list, a)
		}
	}
	return list, odd, nil
}

// ReadAbsenceFile is ReadAbsences of a file. Errors are *FileError.
func ReadAbsenceFile(path, rep string, zone *time.Location) ([]model.Absence, []OddEvent, error) {
	f, _, err := OpenRegular(path)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	list, odd, err := ReadAbsences(f, rep, zone)
	if err != nil {
		return nil, nil, &FileError{Path: path, Reason: ReasonNoCalendar, Err: err}
	}
	return list, odd, nil
}

// windowsZones are the time zones of Europe as Outlook calls them.
var windowsZones = map[string]string{
	"W. Europe Standard Time": "Europe/Berlin", "Central Europe Standard Time": "Europe/Budapest", "Central European Standard Time": "Europe/Warsaw",
	"Romance Standard Time": "Europe/Paris", "GMT Standard Time": "Europe/London", "Greenwich Standard Time": "Atlantic/Reykjavik",
	"E. Europe Standard Time": "Europe/Chisinau", "FLE Standard Time": "Europe/Kiev", "GTB Standard Time": "Europe/Bucharest",
	"Turkey Standard Time": "Europe/Istanbul", "Russian Standard Time": "Europe/Moscow",
}

// knownZone puts a name that Go knows in the place of Outlook's, and of one with its maker in front
// (/freeassociation.sourceforge.net/Europe/Berlin). It is the name that is not known, or "".
func knownZone(property *ics.IANAProperty) (unknown string) {
	if property == nil || len(property.ICalParameters["TZID"]) != 1 {
		return ""
	}
	name := property.ICalParameters["TZID"][0]
	known := windowsZones[name]
	if parts := strings.Split(name, "/"); known == "" && len(parts) > 2 && parts[0] == "" {
		known = strings.Join(parts[len(parts)-2:], "/")
	}
	if known == "" {
		known = name
	}
	if _, err := time.LoadLocation(known); err != nil {
		return name
	}
	property.ICalParameters["TZID"] = []string{known}
	return ""
}

func absenceOf(event *ics.VEvent, rep string, zone *time.Location) (a model.Absence, is bool, why fault) {
	value := func(p ics.ComponentProperty) string {
		if property := event.GetProperty(p); property != nil {
			return property.Value
		}
		return ""
	}
	if value(ics.ComponentPropertyStatus) == "CANCELLED" || value(ics.ComponentPropertyTransp) == "TRANSPARENT" ||
		slices.Contains([]string{"FREE", "WORKINGELSEWHERE", "TENTATIVE"}, value("X-MICROSOFT-CDO-BUSYSTATUS")) || strings.HasSuffix(value(ics.ComponentPropertyUniqueId), "@doppelpass") {
		return a, false, why
	}
	a = model.Absence{Rep: rep, Kind: kindIn(value(ics.ComponentPropertySummary)), Note: shortened(value(ics.ComponentPropertySummary)), Ref: value(ics.ComponentPropertyUniqueId)}
	start := event.GetProperty(ics.ComponentPropertyDtStart)
	if start == nil {
		return a, false, faulty(ReasonEventRange)
	}
	for _, property := range [...]*ics.IANAProperty{start, event.GetProperty(ics.ComponentPropertyDtEnd)} {
		if unknown := knownZone(property); unknown != "" {
			return a, false, faulty(ReasonEventZone, unknown)
		}
	}
	if len(start.Value) == 8 { // whole days; the end is the day after the last
		first, err := event.GetAllDayStartAt()
		if err != nil {
			return a, false, faulty(ReasonEventRange)
		}
		a.From, a.To = model.DateOf(first), model.DateOf(first)
		if last, err := event.GetAllDayEndAt(); err == nil {
			if model.DateOf(last) < a.From {
				return a, false, faulty(ReasonEventRange)
			}
			a.To = max(a.From, model.DateOf(last)-1)
		}
	} else {
		first, err := event.GetStartAt()
		if err != nil {
			return a, false, faulty(ReasonEventRange)
		}
		last, err := event.GetEndAt()
		if err != nil || !last.After(first) {
			return a, false, faulty(ReasonEventRange)
		}
		first, last = first.In(zone), last.In(zone)
		a.From, a.FromTime = model.DateOf(first), model.NewClock(first.Hour(), first.Minute())
		a.To, a.ToTime = model.DateOf(last), model.NewClock(last.Hour(), last.Minute())
		if last.Hour() == 0 && last.Minute() == 0 { // midnight ends the day before
			a.To, a.ToTime = a.To-1, 0
		}
		if first.Hour() == 0 && first.Minute() == 0 {
			a.FromTime = 0
		}
	}
	if a.From < model.FirstDate || a.To > model.LastDate || a.To < a.From {
		return a, false, faulty(ReasonEventRange)
	}
	if rule := value(ics.ComponentPropertyRrule); rule != "" && (a.From != a.To || !repeat(&a, rule)) || event.GetProperty("EXDATE") != nil {
		why = faulty(ReasonEventRule)
	}
	return a, true, why
}

// longestRule bounds how many times an event comes back that is counted.
const longestRule = 10000

// repeat makes a weekly rule the absence's pattern; false for another rule.
func repeat(a *model.Absence, rule string) bool {
	parts := map[string]string{}
	for part := range strings.SplitSeq(strings.ToUpper(rule), ";") {
		name, value, _ := strings.Cut(part, "=")
		parts[name] = value
	}
	if parts["FREQ"] != "WEEKLY" || parts["INTERVAL"] != "" && parts["INTERVAL"] != "1" {
		return false
	}
	for day := range strings.SplitSeq(parts["BYDAY"], ",") {
		if len(day) == 2 {
			name := strings.ToUpper(day[:1]) + strings.ToLower(day[1:])
			if slices.Contains(model.WeekdayNames[:], name) {
				a.Weekdays = append(a.Weekdays, name)
			}
		}
	}
	if len(a.Weekdays) == 0 {
		a.Weekdays = []string{model.WeekdayNames[a.From.Weekday()]}
	}
	a.To = 0
	if until := parts["UNTIL"]; len(until) >= 8 {
		if t, err := time.Parse("20060102", until[:8]); err == nil {
			a.To = model.DateOf(t)
		}
	}
	if times, err := strconv.Atoi(parts["COUNT"]); err == nil && times > 0 && times <= longestRule {
		for a.To = a.From - 1; times > 0; {
			a.To++
			if slices.Contains(a.Weekdays, model.WeekdayNames[a.To.Weekday()]) {
				times--
			}
		}
	}
	return true
}

// kindIn is the kind of absence that a title speaks of.
func kindIn(title string) string {
	for _, word := range strings.FieldsFunc(strings.ToLower(title), func(r rune) bool { return strings.ContainsRune(" ,;:-–/()", r) }) {
		if kind, ok := absenceWords()[foldedWord(word)]; ok {
			return kind
		}
	}
	return model.AwayOther
}
