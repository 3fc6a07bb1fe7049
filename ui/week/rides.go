package week

// Days worth joining a rep on, and who was out this quarter: a list that leads to the day.

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/model/ride"
	"doppelpass/store"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// The days that are looked ahead, and how many of them are offered.
const (
	rideDays = 28
	rideMost = 6
)

// rides reads who was out and offers the days worth joining.
func (p *Page) rides() tea.Cmd {
	s := p.s
	since := ride.Quarter(s.Today)
	query := store.VisitQuery{First: since, Last: s.Today}
	return func() tea.Msg {
		visits, _, err := s.Store.Visits(query)
		var calls []model.Call
		if err == nil {
			calls, err = s.Store.Calls(since, s.Today)
		}
		return session.Applied{Err: err, Then: func(err error) tea.Cmd {
			if err != nil {
				return nil
			}
			return p.showRides(ride.Out(s.Book, visits, calls), since)
		}}
	}
}

func (p *Page) showRides(guests []ride.Guest, since model.Date) tea.Cmd {
	s, look := p.s, p.s.Look
	out := words.RideOut(look.Text, guests, ride.NotOut(s.Book, guests), since, s.Today)
	last := s.Today + rideDays - 1
	title := look.T("rides.days", text.Args{"Day": look.Text.DayOf(last, s.Today)})
	days := ride.Days(s.Day(), s.Today, last)
	if len(days) == 0 {
		return s.Shell.Show(kit.Message(look, title, look.Text.N("rides.days.none", ride.Least)+" "+out))
	}
	var options []kit.Option
	for _, day := range days[:min(len(days), rideMost)] {
		detail := []string{look.Text.N("rides.visits", day.Visits)}
		if day.Aimed > 0 {
			detail = append(detail, words.RideCampaigns(look.Text, s.Book, "rides.aimed.short", day))
		}
		options = append(options, kit.Option{
			Value: day.Rep + " " + day.Date.String(), Label: look.Text.WeekdayDay(day.Date) + " · " + s.Book.RepName(day.Rep), Detail: strings.Join(detail, ", "),
		})
	}
	return s.Shell.Show(kit.Choose(look, title, out, options, p.openRide))
}

// openRide shows the week of a rep with the day in front.
func (p *Page) openRide(target string) tea.Cmd {
	rep, written, _ := cutLast(target)
	date, err := model.ParseDate(written)
	if err != nil {
		return nil
	}
	cmd := p.show(weekKey{rep, date.Monday()})
	if p.plan != nil {
		if day := int(date - date.Monday()); day < p.draft().Shown() {
			p.focus(day)
		}
	}
	return cmd
}

// cutLast parts a text at its last blank: codes may hold blanks.
func cutLast(s string) (before, after string, found bool) {
	at := strings.LastIndexByte(s, ' ')
	if at < 0 {
		return s, "", false
	}
	return s[:at], s[at+1:], true
}
