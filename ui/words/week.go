package words

// A planned week, for the page and for the command line: why to go, what breaks a
// rule, what is left out and whether the intervals can be kept.

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"doppelpass/model"
	"doppelpass/model/route"
	"doppelpass/model/week"
	"doppelpass/ui/text"
)

// Week says weeks in a language, with names from a Book.
type Week struct {
	Text *text.Printer
	Book *model.Book
}

// weight is the order in which reasons are told: what the customer asked for, then
// how late it is, then campaigns.
var weight = map[route.PartKind]int{
	route.PartWish: 0, route.PartNever: 1, route.PartOverdue: 1, route.PartDue: 2, route.PartNew: 2, route.PartCampaign: 3, route.PartOnTrack: 4,
}

// VisitParts are the reasons to visit a stop, the most telling first.
func VisitParts(s week.Stop) []route.Part {
	parts := slices.DeleteFunc(slices.Clone(s.Prize.Parts), func(p route.Part) bool { return p.Kind == route.PartClass })
	slices.SortStableFunc(parts, func(a, b route.Part) int { return cmp.Compare(weight[a.Kind], weight[b.Kind]) })
	return parts
}

// Reasons are why to visit a stop, the most telling first.
func (w Week) Reasons(s week.Stop) []string {
	var list []string
	for _, part := range VisitParts(s) {
		list = append(list, w.Part(part))
	}
	if len(list) == 0 && s.Again {
		list = append(list, w.Text.T("week.reason.again"))
	}
	if len(list) == 0 {
		list = append(list, w.Text.T("week.reason.none"))
	}
	return list
}

// Part is one reason in a few words.
func (w Week) Part(part route.Part) string {
	switch part.Kind {
	case route.PartNever:
		return w.Text.T("week.reason.never")
	case route.PartNew:
		return w.Text.T("week.reason.new")
	case route.PartOnTrack, route.PartDue:
		if part.Days <= 0 {
			return w.Text.T("week.reason.due-now")
		}
		return w.Text.N("week.reason.due", part.Days)
	case route.PartOverdue:
		return w.Text.N("week.reason.overdue", part.Days)
	case route.PartCampaign:
		return w.Text.T("week.reason.campaign", text.Args{"Campaign": CampaignName(w.Book, part.Name)})
	case route.PartWish:
		return w.Text.T("week.reason.wish")
	}
	return ""
}

// Worth is how a stop's prize comes about: "210: never visited 100, class A 50,
// campaign Spring mailing 60".
func (w Week) Worth(s week.Stop) string {
	list := ""
	for _, part := range s.Prize.Parts {
		what := w.Part(part)
		if part.Kind == route.PartClass {
			what = w.Text.T("week.reason.class", text.Args{"Class": w.Book.ClassName(s.Customer.Class)})
		}
		entry := w.Text.T("week.worth.part", text.Args{"What": what, "Points": w.Text.Int(part.Points)})
		if list != "" {
			entry = w.Text.T("week.worth.and", text.Args{"List": list, "Part": entry})
		}
		list = entry
	}
	return w.Text.N("week.worth", s.Prize.Points, text.Args{"Points": w.Text.Int(s.Prize.Points), "List": list})
}

// breachWords are the messages of broken rules.
var breachWords = map[route.BreachKind]string{
	route.ClosedThen: "closed", route.WeekdayAvoided: "weekday", route.LateForItsTime: "late", route.NotItsDay: "not-its-day", route.VisitedTwice: "twice",
	route.UnknownPlace: "place", route.FixedMissing: "missing", route.StartsEarly: "early", route.DayTooLong: "long", route.LunchSqueezed: "lunch",
	route.TooManyVisits: "many", route.WorksOnDayOff: "off", route.OutOfOrderFixed: "order", route.InBusyTime: "busy",
}

// Breach is a broken rule in a few words: "closed then", "day 20 min too long".
func (w Week) Breach(b route.Breach) string {
	key := "week.breach." + breachWords[b.Kind]
	if b.Kind == route.TooManyVisits {
		return w.Text.N(key, b.Count)
	}
	return w.Text.T(key, text.Args{"By": w.Duration(b.By)})
}

// Warnings are what is wrong with a visit: the rules it breaks, opening hours that cannot
// be read, a time that is not the one agreed.
func (w Week) Warnings(d *week.Draft, v route.Visit) []string {
	var list []string
	for _, b := range v.Breaches {
		list = append(list, w.Breach(b))
	}
	if d.Stops[v.Stop].HoursText != "" {
		list = append(list, w.Text.T("week.hours.unread"))
	}
	if agreed, moved := d.Moved(v.Stop); moved {
		key := "week.agreed."
		if _, wished := d.Wished(v.Stop); wished {
			key = "week.asked."
		}
		day, position := d.Where(v.Stop)
		if day == int(agreed.Date-d.Monday) || position < 0 {
			list = append(list, w.Text.T(key+"time", text.Args{"Time": agreed.Time.String()}))
		} else {
			list = append(list, strings.TrimSpace(w.Text.T(key+"day", text.Args{"Day": w.Text.WeekdayDay(agreed.Date), "Time": agreed.Time.String()})))
		}
	}
	return list
}

// Attention is what of a week must not be overlooked, in a few words each: visits with a
// warning, visits that customers wish and nobody has agreed to, customers who wish one and
// are left out.
func (w Week) Attention(d *week.Draft) (list []string) {
	var warned, wished days
	for day, plan := range d.Week.Days {
		if d.Past(day) {
			continue
		}
		for _, v := range plan.Visits {
			name := w.Text.Weekday(d.Date(day))
			if len(w.Warnings(d, v)) > 0 {
				warned.add(name)
			}
			if _, asks := d.Wished(v.Stop); asks {
				wished.add(name)
			}
		}
	}
	left := 0
	for _, l := range d.Week.LeftOut {
		asks := slices.ContainsFunc(d.Stops[l.Stop].Prize.Parts, func(p route.Part) bool { return p.Kind == route.PartWish })
		if _, told := d.Wished(l.Stop); (asks || told) && !d.Removed(l.Stop) {
			left++
		}
	}
	if warned.count > 0 {
		list = append(list, w.Text.N("week.head.warned", warned.count, text.Args{"Days": strings.Join(warned.names, ", ")}))
	}
	if wished.count > 0 {
		list = append(list, w.Text.N("week.head.wished", wished.count, text.Args{"Days": strings.Join(wished.names, ", ")}))
	}
	if left > 0 {
		list = append(list, w.Text.N("week.head.wish-left", left, nil))
	}
	return list
}

// Troubled reports whether a day has a visit with a warning, or one that is wished and not
// agreed to.
func (w Week) Troubled(d *week.Draft, day int) bool {
	return !d.Past(day) && slices.ContainsFunc(d.Week.Days[day].Visits, func(v route.Visit) bool {
		_, asks := d.Wished(v.Stop)
		return asks || len(w.Warnings(d, v)) > 0
	})
}

// days counts visits and names the days on which they are, each once.
type days struct {
	count int
	names []string
}

func (d *days) add(name string) {
	if d.count++; !slices.Contains(d.names, name) {
		d.names = append(d.names, name)
	}
}

// TimeMark is the word beside a visit's time: fixed, or wished by the customer and to be
// confirmed; "" for one that came by itself.
func (w Week) TimeMark(d *week.Draft, stop int) string {
	_, wished := d.Wished(stop)
	switch {
	case wished:
		return w.Text.T("week.wished")
	case d.TimeFixed(stop):
		return w.Text.T("week.fixed")
	}
	return ""
}

// Breaches names broken rules, each once: "35 min late, closed then".
func (w Week) Breaches(list []route.Breach) string {
	var said []string
	for _, b := range list {
		if words := w.Breach(b); !slices.Contains(said, words) {
			said = append(said, words)
		}
	}
	return strings.Join(said, ", ")
}

// LeftOut is why a stop is left out.
func (w Week) LeftOut(d *week.Draft, l route.LeftOut) string {
	switch {
	case d.Removed(l.Stop):
		return w.Text.T("week.left.removed")
	case l.Reason == route.TooFar && l.Detour > 0:
		return w.Text.T("week.left.far", text.Args{"Detour": w.Duration(l.Detour)})
	}
	return w.Text.T("week.left." + [...]string{"full", "closed", "unreachable", "place", "aside", "capacity"}[l.Reason])
}

// Duration is a length of time: "22 min", "14:05 h".
func (w Week) Duration(s route.Seconds) string {
	if s < 60*60 {
		return w.Text.T("week.minutes", text.Args{"Minutes": s.Minutes()})
	}
	return w.Text.T("week.hours", text.Args{"Time": Clock(s)})
}

// Hours are opening hours in the reader's language, or as they are written where they
// cannot be read.
func (w Week) Hours(written string) string {
	said, _ := w.Text.HoursWritten(written)
	return said
}

// Clock is a length of time in hours and minutes: 14:05, 0:22.
func Clock(s route.Seconds) string {
	minutes := s.Minutes()
	return fmt.Sprintf("%d:%02d", minutes/60, minutes%60)
}

// Kilometres is a distance: "98 km".
func (w Week) Kilometres(metres int32) string {
	return w.Text.T("week.kilometres", text.Args{"Kilometres": w.Text.Int(int((metres + 500) / 1000))})
}

// Days is the span of the week: "30 Nov – 4 Dec".
func (w Week) Days(monday model.Date) string {
	return w.Text.T("week.span", text.Args{"First": w.Text.Day(monday), "Last": w.Text.Day(monday + week.Workdays - 1)})
}

// Rest is why nothing is proposed for a day: "public holiday"; "" where there is no
// such reason.
func (w Week) Rest(d *week.Draft, day int) string {
	switch {
	case d.Off(day) && d.Holiday(day):
		return w.Text.T("week.day.holiday")
	case d.Off(day):
		return w.dayOff(d, day)
	case d.Past(day):
		return w.Text.T("week.day.past")
	}
	return ""
}

// Totals is the sum of a week: "31 visits, 612 km, 14:05 h driving".
func (w Week) Totals(d *week.Draft) string { return w.totals(d.Week.Visits, d.Week.Drive) }

// TotalsBrief is Totals without the hours, for narrow windows.
func (w Week) TotalsBrief(d *week.Draft) string {
	return w.Text.N("week.totals.brief", d.Week.Visits, text.Args{"Kilometres": w.Kilometres(d.Week.Drive.Metres)})
}

// DayTotals is the sum of a day.
func (w Week) DayTotals(day route.DayPlan) string { return w.totals(len(day.Visits), day.Drive) }

func (w Week) totals(visits int, drive route.Leg) string {
	return w.Text.N("week.totals", visits, text.Args{"Kilometres": w.Kilometres(drive.Metres), "Driving": w.Duration(drive.Time)})
}

// Capacity tells what the rep's territories need a week against what this one holds,
// visits already made included, and whether the intervals can be kept. It is
// brief where the whole sentence is wider than the room.
func (w Week) Capacity(d *week.Draft, needed float64, room int) (sentence string, enough bool) {
	holds, overdue := d.Done+d.Week.Visits, d.OverdueLeftOut()
	args := text.Args{"Needed": w.Text.Decimal(needed, 1), "Visits": w.Text.Int(holds)}
	key := "short"
	switch {
	case needed == 0 && len(d.Stops) == 0: // who has no territory may stand in for somebody
		return w.Text.T("week.capacity.nobody"), true
	case holds == 0:
		return w.Text.N("week.capacity.empty", overdue, args), overdue == 0
	case float64(holds) >= needed && overdue == 0:
		key, enough = "enough", true
	case overdue == 0:
		key, enough = "nobody-late", true
	case float64(holds) >= needed:
		key, enough = "catching-up", true
	}
	if sentence = w.Text.N("week.capacity."+key, overdue, args); utf8.RuneCountInString(sentence) > room {
		sentence = w.Text.N("week.capacity."+key+".brief", overdue, args)
	}
	return sentence, enough
}
