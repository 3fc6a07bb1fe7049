package exchange

// Absences out of a calendar: what a rep has entered as holiday elsewhere.

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"doppelpass/model"
)

// ReadAbsences reads a calendar (RFC 5545) as a rep's absences: each event of whole days
// that is not marked as free, and each that is marked as busy or out of office. Cancelled
// events are left out. Of those that come back, only weekly ones on named weekdays become
// an absence of that pattern; the others stand once. Times are in zone.
func ReadAbsences(r io.Reader, rep string, zone *time.Location) ([]model.Absence, error) {
	calendar, err := ics.ParseCalendar(r)
	if err != nil {
		return nil, fmt.Errorf("reading the calendar: %w", err)
	}
	var list []model.Absence
	for _, event := range calendar.Events() {
		if a, ok := absenceOf(event, rep, zone); ok {
			list = append(list, a)
		}
	}
	return list, nil
}

// ReadAbsenceFile is ReadAbsences of a file. Errors are *FileError.
func ReadAbsenceFile(path, rep string, zone *time.Location) ([]model.Absence, error) {
	f, _, err := OpenRegular(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	list, err := ReadAbsences(f, rep, zone)
	if err != nil {
		return nil, &FileError{Path: path, Reason: ReasonNoCalendar, Err: err}
	}
	return list, nil
}

func absenceOf(event *ics.VEvent, rep string, zone *time.Location) (model.Absence, bool) {
	value := func(p ics.ComponentProperty) string {
		if property := event.GetProperty(p); property != nil {
			return property.Value
		}
		return ""
	}
	if value(ics.ComponentPropertyStatus) == "CANCELLED" || value(ics.ComponentPropertyTransp) == "TRANSPARENT" ||
		slices.Contains([]string{"FREE", "WORKINGELSEWHERE", "TENTATIVE"}, value("X-MICROSOFT-CDO-BUSYSTATUS")) || strings.HasSuffix(value(ics.ComponentPropertyUniqueId), "@doppelpass") {
		return model.Absence{}, false
	}
	a := model.Absence{Rep: rep, Kind: kindIn(value(ics.ComponentPropertySummary)), Note: shortened(value(ics.ComponentPropertySummary)), Ref: value(ics.ComponentPropertyUniqueId)}
	start := event.GetProperty(ics.ComponentPropertyDtStart)
	if start == nil {
		return a, false
	}
	if len(start.Value) == 8 { // whole days; the end is the day after the last
		first, err := event.GetAllDayStartAt()
		if err != nil {
			return a, false
		}
		a.From, a.To = model.DateOf(first), model.DateOf(first)
		if last, err := event.GetAllDayEndAt(); err == nil {
			a.To = max(a.From, model.DateOf(last)-1)
		}
	} else {
		first, err := event.GetStartAt()
		if err != nil {
			return a, false
		}
		last, err := event.GetEndAt()
		if err != nil || !last.After(first) {
			return a, false
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
		return a, false
	}
	if rule := value(ics.ComponentPropertyRrule); rule != "" && a.From == a.To {
		repeat(&a, rule)
	}
	return a, true
}

// repeat makes a weekly rule the absence's pattern.
func repeat(a *model.Absence, rule string) {
	parts := map[string]string{}
	for part := range strings.SplitSeq(strings.ToUpper(rule), ";") {
		name, value, _ := strings.Cut(part, "=")
		parts[name] = value
	}
	if parts["FREQ"] != "WEEKLY" || parts["INTERVAL"] != "" && parts["INTERVAL"] != "1" {
		return
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
