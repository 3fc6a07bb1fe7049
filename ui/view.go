package ui

// The frame around the pages.

import (
	"strings"

	"doppelpass/ui/kit"
	"doppelpass/ui/tables"
	"doppelpass/ui/text"
)

// View implements tea.Model. Where another session has changed the Book since the
// last Update, the screen stays for that moment: news of it is on its way.
func (r *root) View() (screen string) {
	if r.faulty {
		return r.drawn
	}
	if r.send != nil {
		defer func() {
			if p := recover(); p != nil {
				go r.send(met(p))
				screen = r.drawn
			}
		}()
	}
	if r.painter != nil {
		r.paint()
		return ""
	}
	r.session.Still(func() { r.drawn = r.draw() })
	return r.drawn
}

// paint hands the screen to the painter, if that can take it; else it is drawn later.
func (r *root) paint() {
	if r.width == 0 || r.asDrawn || !r.painter.Free() {
		r.asDrawn = false
		return
	}
	screen := ""
	if !r.session.Still(func() { screen = r.draw() }) {
		return
	}
	if len(r.modals) == 0 { // they are offered anew before they are needed; at rest they only take room
		r.catalogue.Clear()
	}
	if x, y, ok := r.session.Look.Theme.Focus(screen); ok {
		r.screen.Point(x, y)
	}
	r.painter.Show(screen, r.width, r.height)
}

// painted says that a screen which was not drawn can be drawn now.
type painted struct{}

func (r *root) draw() string {
	if r.width == 0 || r.height == 0 {
		return ""
	}
	if r.small() {
		sentence := r.session.Look.T("shell.small", text.Args{
			"Width": leastWidth, "Height": leastHeight, "NowWidth": r.width, "NowHeight": r.height,
		})
		if r.leaving != "" {
			sentence = r.session.Look.T("shell.small.quit", text.Args{"Loss": r.leaving})
		}
		lines := kit.Wrap(sentence, max(r.width, 1))
		if len(lines) > r.height && r.leaving == "" { // what is needed and the way out, at least
			lines = kit.Wrap(r.session.Look.T("shell.small.brief", text.Args{
				"Width": leastWidth, "Height": leastHeight, "NowWidth": r.width, "NowHeight": r.height,
			}), max(r.width, 1))
		}
		return kit.Block(lines, r.width, r.height)
	}
	look := r.session.Look
	var tabs []kit.Tab
	front := -1
	for i, page := range r.tabbed() {
		tabs = append(tabs, kit.Tab{Key: page.key, Title: "page." + string(page.name)})
		if page.name == r.front {
			front = i
		}
	}
	r.tabs.SetTabs(tabs...)
	r.tabs.SetActive(front)
	r.tabs.SetRight(r.dayForms()...)
	r.footer.SetStatus(r.standing())
	foot, rule := r.footer.View(), look.Rule(r.width)
	switch {
	case !r.status.Empty():
		lines := r.status.Lines(2)
		if foot = lines[len(lines)-1]; len(lines) > 1 { // a long sentence takes the rule's place
			rule = lines[0]
		}
	case len(r.modals) > 0 || r.page().Capturing():
		// The keys of the page do not work now; what is in front says its own.
		foot = kit.Sides("", look.Paint(kit.Dim, r.standing()+" "), r.width)
	}
	screen := strings.Join([]string{
		r.tabs.View(), look.Rule(r.width), r.page().View(), rule, foot,
	}, "\n")
	for _, m := range r.modals {
		screen = kit.Cover(screen, m)
	}
	return kit.Tame(screen)
}

// dayForms are today at falling length.
func (r *root) dayForms() []string {
	p, today := r.session.Look.Text, r.session.Today
	return []string{
		p.WeekdayDate(today) + " · " + p.Week(today),
		p.WeekdayDay(today) + " · " + p.Week(today),
		p.WeekdayDay(today),
		p.Day(today),
	}
}

// dayInTabsFrom is the width from which the tabs have room for the day.
const dayInTabsFrom = 100

// standing is the right part of the footer: who one is here.
func (r *root) standing() string {
	look := r.session.Look
	glyph, _ := tables.RoleMark(r.session.Actor.Role)
	who := glyph + " " + r.session.RoleName(r.session.Actor.Role)
	if r.width < dayInTabsFrom && r.linkText() == "" { // there is no room for both
		who = look.Text.WeekdayDay(r.session.Today) + " · " + who
	}
	if r.replaying {
		who = look.T("shell.replaying", text.Args{"Day": look.Text.Date(r.session.Today)}) + " · " + who
	}
	if r.demoing {
		who = look.T("shell.demo.mark") + " · " + who
	}
	if link := r.linkText(); link != "" && !r.demoing {
		if both := link + " · " + who; kit.Width(both) < r.width/2 { // the keys need the other half
			who = both
		} else {
			who = link
		}
	}
	if r.session.Store.ReadOnly() {
		who += " · " + look.T("shell.read-only")
	}
	return who
}
