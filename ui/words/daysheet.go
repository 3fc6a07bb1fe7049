package words

// Day sheets: what a rep takes along on paper, a page a day, for any browser to print.

import (
	"cmp"
	_ "embed" // the sheet's form
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"
	"sync"

	"doppelpass/model"
	"doppelpass/model/route"
	"doppelpass/model/week"
	"doppelpass/ui/text"
)

//go:embed daysheet.html
var daySheetForm string

var daySheet = sync.OnceValue(func() *template.Template { return template.Must(template.New("day sheet").Parse(daySheetForm)) })

// sheetPage is a day on paper.
type sheetPage struct {
	Day, Rep, Totals           string
	Leave, Return, Start, Back string
	Warnings                   []string
	Visits                     []sheetVisit
}

type sheetVisit struct {
	From, To, Fixed, Drive                                                     string
	Name, Class, Code, Address, Phone, NoCalls, People, Hours, Why, Last, Note string
	Warnings                                                                   []string
}

// DaySheetNeeds are the codes of the accounts of whose last visits day sheets tell.
func DaySheetNeeds(drafts ...*week.Draft) []string {
	var codes []string
	for _, d := range drafts {
		for _, plan := range d.Week.Days {
			for _, v := range plan.Visits {
				codes = append(codes, d.Stops[v.Stop].Customer.Code)
			}
		}
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// WriteDaySheets writes the weeks as one HTML document that prints a page a day. last are
// the accounts' latest visits, by code, for their notes; today marks who may not be called.
func (w Week) WriteDaySheets(out io.Writer, last map[string]model.Visit, today model.Date, drafts ...*week.Draft) error {
	sheets := struct {
		Language, Title, Nothing string
		Days                     []sheetPage
		Ticks, Lines             []string
	}{
		Language: string(w.Text.Language), Nothing: w.Text.T("week.sheet.nothing"),
		Ticks: []string{w.Text.T("week.sheet.met"), w.Text.T("week.sheet.not-met"), w.Text.T("week.sheet.dropped")},
		Lines: []string{w.Text.T("week.sheet.outcome"), w.Text.T("week.sheet.note")},
	}
	var titles []string
	for _, d := range drafts {
		titles = append(titles, w.title(d))
		for day, plan := range d.Week.Days {
			if len(plan.Visits) > 0 {
				sheets.Days = append(sheets.Days, w.sheetPage(d, day, plan, last, today))
			}
		}
	}
	sheets.Title = strings.Join(titles, ", ")
	if err := daySheet().Execute(out, sheets); err != nil {
		return fmt.Errorf("writing the day sheets: %w", err)
	}
	return nil
}

func (w Week) sheetPage(d *week.Draft, day int, plan route.DayPlan, last map[string]model.Visit, today model.Date) sheetPage {
	page := sheetPage{
		Day: w.Text.WeekdayLong(d.Date(day)) + ", " + w.Text.Date(d.Date(day)), Rep: cmp.Or(d.Rep.Name, d.Rep.Code), Totals: w.DayTotals(plan),
		Leave: plan.Leave.String(), Return: plan.Return.String(), Start: w.Start(d), Back: w.drive(plan.DriveBack),
	}
	for _, b := range plan.Breaches {
		page.Warnings = append(page.Warnings, w.Breach(b))
	}
	for _, v := range plan.Visits {
		page.Visits = append(page.Visits, w.sheetVisit(d, v, last, today))
	}
	return page
}

func (w Week) drive(leg route.Leg) string {
	return w.Text.T("week.sheet.drive", text.Args{"Driving": w.Duration(leg.Time), "Kilometres": w.Kilometres(leg.Metres)})
}

func (w Week) noCalls(a model.Account, today model.Date) bool {
	return a.DoNotCall || w.Book.OptedOut(a.Code, today)
}

// Phone is an account's number; where nobody may call it, that instead of the number:
// nobody dials what does not stand there.
func (w Week) Phone(a model.Account, today model.Date) string {
	if a.Phone != "" && w.noCalls(a, today) {
		return "○ " + w.Text.T("week.sheet.no-calls")
	}
	return a.Phone
}

func (w Week) sheetVisit(d *week.Draft, v route.Visit, last map[string]model.Visit, today model.Date) sheetVisit {
	stop := d.Stops[v.Stop]
	a := stop.Customer.Account
	visit := sheetVisit{
		From: v.Start.String(), To: v.End.String(), Drive: w.drive(v.Drive), Name: a.Name, Class: w.Book.ClassName(a.Class), Code: a.Code,
		Address: joined(", ", a.Address.Street, strings.TrimSpace(a.Address.Postcode+" "+a.Address.City), a.Address.Country),
		Phone:   a.Phone, Hours: w.Hours(a.Hours), Why: strings.Join(w.Reasons(stop), " · "), Note: a.Note, Warnings: w.Warnings(d, v),
	}
	visit.Fixed = w.TimeMark(d, v.Stop)
	if w.noCalls(a, today) {
		visit.NoCalls = w.Text.T("week.sheet.no-calls")
	}
	var people []string
	for _, c := range stop.Customer.Contacts {
		people = append(people, joined(" ", c.Name, c.Phone))
	}
	visit.People = strings.Join(people, " · ")
	if l, ok := last[a.Code]; ok {
		visit.Last = w.Text.T("week.sheet.last", text.Args{"Day": w.Text.Date(l.Date), "What": joined(": ", w.Book.RepName(l.Rep), l.Note)})
	}
	return visit
}

// joined are the parts that are not empty.
func joined(between string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), between)
}
