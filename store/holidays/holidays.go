// Package holidays knows the public holidays of the calendars a territory can have:
// a country's, or those of one of its states. A day that is a holiday only in a part
// of the state is none, nor is one that only some of a country's states keep.
package holidays

import (
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/at"
	"github.com/rickar/cal/v2/be"
	"github.com/rickar/cal/v2/ch"
	"github.com/rickar/cal/v2/cz"
	"github.com/rickar/cal/v2/de"
	"github.com/rickar/cal/v2/fr"
	"github.com/rickar/cal/v2/it"
	"github.com/rickar/cal/v2/pl"

	"doppelpass/model"
)

// Calendar is one calendar of public holidays.
type Calendar struct {
	Code string // ISO 3166: the country, and where there is one the state
	Name string // as it is called where it is used
	days []*cal.Holiday
}

// calendars are those there are.
var calendars = slices.Concat([]Calendar{
	{"DE", "Deutschland, alle Länder", de.Holidays},
	{"DE-BW", "Baden-Württemberg", de.HolidaysBW},
	{"DE-BY", "Bayern", de.HolidaysBY},
	{"DE-BE", "Berlin", berlin()},
	{"DE-BB", "Brandenburg", de.HolidaysBB},
	{"DE-HB", "Bremen", since2018(de.HolidaysHB)},
	{"DE-HH", "Hamburg", since2018(de.HolidaysHH)},
	{"DE-HE", "Hessen", de.HolidaysHE},
	{"DE-MV", "Mecklenburg-Vorpommern", append(slices.Clone(de.HolidaysMV), from(de.Frauentag, 2023))},
	{"DE-NI", "Niedersachsen", since2018(de.HolidaysNI)},
	{"DE-NW", "Nordrhein-Westfalen", de.HolidaysNW},
	{"DE-RP", "Rheinland-Pfalz", de.HolidaysRP},
	{"DE-SL", "Saarland", de.HolidaysSL},
	{"DE-SN", "Sachsen", de.HolidaysSN},
	{"DE-ST", "Sachsen-Anhalt", de.HolidaysST},
	{"DE-SH", "Schleswig-Holstein", since2018(de.HolidaysSH)},
	{"DE-TH", "Thüringen", de.HolidaysTH},
	{"AT", "Österreich", at.Holidays},
	{"CH", "Schweiz, alle Kantone", everywhere(cantons)},
}, cantons, []Calendar{
	{"BE", "Belgique / België", be.Holidays},
	{"CZ", "Česko", cz.Holidays},
	{"FR", "France", fr.Holidays},
	{"IT", "Italia", it.Holidays},
	{"PL", "Polska", pl.Holidays},
})

// cantons are the calendars of Switzerland.
var cantons = []Calendar{
	{"CH-AG", "Aargau", ch.HolidaysAG}, {"CH-AI", "Appenzell Innerrhoden", ch.HolidaysAI}, {"CH-AR", "Appenzell Ausserrhoden", ch.HolidaysAR},
	{"CH-BE", "Bern", ch.HolidaysBE}, {"CH-BL", "Basel-Landschaft", ch.HolidaysBL}, {"CH-BS", "Basel-Stadt", ch.HolidaysBS},
	{"CH-FR", "Fribourg / Freiburg", ch.HolidaysFR}, {"CH-GE", "Genève", ch.HolidaysGE}, {"CH-GL", "Glarus", ch.HolidaysGL},
	{"CH-GR", "Graubünden", ch.HolidaysGR}, {"CH-JU", "Jura", ch.HolidaysJU}, {"CH-LU", "Luzern", ch.HolidaysLU},
	{"CH-NE", "Neuchâtel", ch.HolidaysNE}, {"CH-NW", "Nidwalden", ch.HolidaysNW}, {"CH-OW", "Obwalden", ch.HolidaysOW},
	{"CH-SG", "St. Gallen", ch.HolidaysSG}, {"CH-SH", "Schaffhausen", ch.HolidaysSH}, {"CH-SO", "Solothurn", ch.HolidaysSO},
	{"CH-SZ", "Schwyz", ch.HolidaysSZ}, {"CH-TG", "Thurgau", ch.HolidaysTG}, {"CH-TI", "Ticino", ch.HolidaysTI},
	{"CH-UR", "Uri", ch.HolidaysUR}, {"CH-VD", "Vaud", ch.HolidaysVD}, {"CH-VS", "Valais / Wallis", ch.HolidaysVS},
	{"CH-ZG", "Zug", ch.HolidaysZG}, {"CH-ZH", "Zürich", ch.HolidaysZH},
}

// from is a holiday that is kept since a year.
func from(h *cal.Holiday, year int) *cal.Holiday { return h.Clone(&cal.Holiday{StartYear: year}) }

// since2018 gives the northern states their day of the Reformation from the year on
// from which they have it; 2017 had it everywhere.
func since2018(list []*cal.Holiday) []*cal.Holiday {
	list = slices.Clone(list)
	for i, h := range list {
		if h == de.Reformationstag {
			list[i] = from(h, 2017)
		}
	}
	return list
}

// berlin has its women's day since 2019, and single days that its parliament set.
func berlin() []*cal.Holiday {
	list := slices.Clone(de.HolidaysBE)
	for i, h := range list {
		if h == de.Frauentag {
			list[i] = from(h, 2019)
		}
	}
	liberation := func(year int) *cal.Holiday {
		return &cal.Holiday{Name: "Tag der Befreiung", Type: cal.ObservancePublic, Month: time.May, Day: 8, Func: cal.CalcDayOfMonth, StartYear: year, EndYear: year}
	}
	return append(list, liberation(2020), liberation(2025))
}

// everywhere are the holidays that each of the calendars has.
func everywhere(list []Calendar) []*cal.Holiday {
	return slices.DeleteFunc(slices.Clone(list[0].days), func(h *cal.Holiday) bool {
		return slices.ContainsFunc(list, func(c Calendar) bool { return !slices.Contains(c.days, h) })
	})
}

// All lists the calendars.
func All() []Calendar { return slices.Clone(calendars) }

// Find is the calendar of that code, in whatever case. The states of Austria have
// their country's.
func Find(code string) (calendar Calendar, ok bool) {
	code = strings.ToUpper(strings.TrimSpace(code))
	if state, found := strings.CutPrefix(code, "AT-"); found && len(state) == 1 && state[0] >= '1' && state[0] <= '9' {
		code = "AT"
	}
	i := slices.IndexFunc(calendars, func(c Calendar) bool { return c.Code == code })
	if i < 0 {
		return Calendar{}, false
	}
	return calendars[i], true
}

// Of lists a calendar's public holidays of a year in order; known is false for a
// calendar that nobody knows. It is what model.Outside asks for; the caller must not
// change the list.
func Of(code string, year int) (days []model.Date, known bool) {
	if kept, ok := worked.Load(yearOf{code, year}); ok {
		return kept.([]model.Date), true
	}
	calendar, known := Find(code)
	if !known {
		return nil, false
	}
	for _, h := range calendar.days {
		if _, day := h.Calc(year); !day.IsZero() {
			days = append(days, model.DateOf(day))
		}
	}
	slices.Sort(days)
	days = slices.Compact(days)
	worked.Store(yearOf{code, year}, days)
	return days, true
}

// worked remembers the years that were asked for: a list of signals asks for the
// same few again and again.
var worked sync.Map // yearOf → []model.Date

type yearOf struct {
	code string
	year int
}
