package territories

// What is said of a territory or region: its numbers and pace, its signals and
// campaigns, and both departments' notes.

import (
	"cmp"
	"slices"
	"strings"

	"doppelpass/model"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/tables"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// lines are the overview.
func (d *detail) lines(n *node) []string {
	if now := (keptFor{d.id, d.s.Revision(), d.s.Look.Generation(), d.width}); d.keptFor != now {
		d.kept, d.keptFor = d.write(n), now
	}
	return d.kept
}

func (d *detail) write(n *node) []string {
	look := d.s.Look
	p := look.Text
	w := d.width - 2
	var lines []string
	add := func(more ...string) {
		for _, line := range more {
			lines = append(lines, " "+line)
		}
	}
	add(kit.Facts(look, d.pairs(n), w)...)
	add("")
	add(d.pace(n)...)
	if signals := d.signals(n); len(signals) > 0 {
		add("", d.heading("territories.signals", "o", "territories.open"))
		for _, signal := range signals {
			add(d.signalLine(n, signal, w))
		}
	}
	if campaigns := d.campaigns(n); len(campaigns) > 0 {
		add("", d.heading("territories.campaigns", "", ""))
		for _, c := range campaigns {
			add(d.campaignLine(c, w))
		}
	}
	if n.area != nil && n.area.Known && (n.area.Note != "" || n.area.MarketingNote != "") {
		add("")
		half := (w - 4) / 2
		left, right := d.note("▲ "+p.T("territories.note.sales"), kit.Sales, d.signed(n.area.Note, session.NoteOfSales), half), d.note("◆ "+p.T("territories.note.marketing"), kit.Marketing, d.signed(n.area.MarketingNote, session.NoteOfMarketing), half)
		for i := range max(len(left), len(right)) {
			l, r := "", ""
			if i < len(left) {
				l = left[i]
			}
			if i < len(right) {
				r = right[i]
			}
			add(kit.FitLine(l, half) + look.Paint(kit.Faint, "  │ ") + kit.FitLine(r, half))
		}
	}
	return lines
}

// signed is a note with who wrote it, and when, as far as that is known.
func (d *detail) signed(note, field string) string {
	if by := d.s.WroteBy(d.wrote, field); by != "" && note != "" {
		return note + " " + by
	}
	return note
}

func (d *detail) heading(title, key, word string) string {
	look := d.s.Look
	line := look.Paint(kit.Heading, look.T(title))
	if key != "" {
		line += "   " + look.Paint(kit.Key, look.KeyLabel(key)) + look.Paint(kit.Dim, " "+look.T(word))
	}
	return line
}

func (d *detail) note(title string, role kit.Role, note string, width int) []string {
	look := d.s.Look
	lines := []string{look.Paint(role, title)}
	if note == "" {
		return append(lines, look.Paint(kit.Dim, "–"))
	}
	return append(lines, kit.Paragraph(look, kit.Text, note, width)...)
}

// pairs are the node's facts.
func (d *detail) pairs(n *node) []kit.Pair {
	s := d.s
	p := s.Look.Text
	num := n.numbers
	share := func(part, whole int, value float64) kit.Cell {
		if whole == 0 {
			return kit.Cell{Text: "–", Role: kit.Dim}
		}
		return kit.Cell{Spans: []kit.Span{
			{Text: p.Percent(value), Role: kit.Strong},
			{Text: "  " + p.T("territories.of", text.Args{"Part": p.Int(part), "Whole": p.Int(whole)}), Role: kit.Dim},
		}}
	}
	contact := share(num.All.Contacted, num.All.Accounts, num.All.ContactedShare())
	if num.All.Accounts > 0 {
		contact.Spans[0].Text = words.ContactShare(p, s.Day(), num.All)
	}
	if tables.UnderContact(s.View(), num) {
		contact.Spans[0].Role = kit.Late
		contact.Spans = append(contact.Spans, kit.Span{
			Text: "  " + p.T("territories.under", text.Args{"Share": p.Percent(float64(s.Book.Settings().ContactThreshold) / 100)}), Role: kit.Late,
		})
	}
	var classes []kit.Span
	for rank, class := range s.Book.Settings().ClassList() {
		if rank > 0 {
			classes = append(classes, kit.Span{Text: "  "})
		}
		classes = append(classes, kit.Span{Text: class.Label() + " ", Role: kit.Dim}, kit.Span{Text: tables.CoveredText(s.View(), num.ByClass[rank])})
	}
	var states []kit.Span
	for _, state := range [...]model.State{model.StateOverdue, model.StateNever, model.StateDue, model.StateNew} {
		if count := num.ByState[state]; count > 0 {
			if len(states) > 0 {
				states = append(states, kit.Span{Text: " · ", Role: kit.Dim})
			}
			role := kit.Text
			if state == model.StateOverdue || state == model.StateNever {
				role = kit.Late
			}
			states = append(states, kit.Span{Text: p.Int(count) + " " + p.T("state."+words.StateWord(state)), Role: role})
		}
	}
	pairs := []kit.Pair{
		{Label: "territories.covered.long", Value: share(num.All.Covered, num.All.Accounts, num.All.CoveredShare())},
		{Label: "territories.byclass", Value: kit.Cell{Spans: classes}},
		{Label: "territories.contact.long", Value: contact},
		{Label: "territories.last", Value: kit.Cell{Text: p.Recent(num.LastVisit, s.Today)}},
		{Label: "territories.states", Value: kit.Cell{Spans: states}},
		{Label: "territories.rep", Value: d.rep(n)},
	}
	if n.area != nil && n.area.Known {
		pairs = append(pairs,
			kit.Pair{Label: "territories.marketing", Value: kit.Cell{Text: cmp.Or(n.area.Marketing, "–")}},
			kit.Pair{Label: "territories.postcodes", Value: kit.Cell{Text: cmp.Or(strings.Join(n.area.Postcodes, " "), "–")}},
		)
	}
	return pairs
}

// rep is the territory's rep with what they can do, or the reps of a region.
func (d *detail) rep(n *node) kit.Cell {
	s, p := d.s, d.s.Look.Text
	switch {
	case len(n.reps) == 0:
		return kit.Cell{Text: p.T("territories.vacant"), Role: kit.Dim}
	case n.area != nil:
		spans := []kit.Span{{Text: s.Book.RepName(n.area.Rep)}, {Text: "  " + p.N("territories.capacity", s.Day().Capacity(n.area.Rep)), Role: kit.Dim}}
		if away, open := words.AbsentShort(p, s.Book, n.area.Rep, s.Today); open {
			spans = append(spans, kit.Span{Text: "  ! " + away, Role: kit.Late})
		} else if away != "" {
			spans = append(spans, kit.Span{Text: "  " + away})
		}
		return kit.Cell{Spans: spans}
	}
	names := make([]string, len(n.reps))
	for i, rep := range n.reps {
		names[i] = s.Book.RepName(rep)
	}
	return kit.Cell{Text: strings.Join(names, ", ")}
}

// pace is the last twelve weeks beside what is needed.
func (d *detail) pace(n *node) []string {
	look := d.s.Look
	p := look.Text
	values := make([]float64, len(n.numbers.Weeks))
	for i, count := range n.numbers.Weeks {
		values[i] = float64(count)
	}
	usual, needed := n.numbers.UsualPace(), n.numbers.NeededPace
	role := kit.Good
	if usual < needed {
		role = kit.Late
	}
	line := look.Paint(kit.Dim, p.T("territories.weeks")+"  ") + look.Paint(kit.Text, kit.SparklineTo(values, needed, len(values))) +
		look.Paint(kit.Dim, "  "+p.T("territories.usual")+" ") + look.Paint(role, tables.PaceText(d.s.View(), usual)) +
		look.Paint(kit.Dim, "  "+p.T("territories.needed.long")+" ") + look.Paint(kit.Strong, tables.PaceText(d.s.View(), needed)) +
		look.Paint(kit.Dim, " "+p.T("territories.aweek"))
	return []string{line}
}

// signals are the node's signals today, most urgent first.
func (d *detail) signals(n *node) []model.Signal {
	var found []model.Signal
	for _, signal := range d.s.Signals() {
		area := d.s.Book.Area(signal.Territory)
		if n.area != nil && signal.Territory == n.area.Code || n.area == nil && area != nil && model.InRegion(area.Region, n.region) {
			found = append(found, signal)
		}
	}
	return found
}

func (d *detail) signalLine(n *node, signal model.Signal, width int) string {
	s, p := d.s, d.s.Look.Text
	glyph, accent := tables.KindMark(signal.Kind)
	spans := []kit.Span{{Text: glyph + " ", Role: accent}, {Text: s.KindTitle(signal.Kind)}}
	if n.area == nil {
		spans = append(spans, kit.Span{Text: " · " + s.AreaName(signal.Territory)})
	}
	if signal.Campaign != "" && !signal.InHand {
		spans = append(spans, kit.Span{Text: " · " + s.CampaignName(signal.Campaign)})
	}
	switch {
	case signal.OnCourse:
		spans = append(spans, kit.Span{Text: "  " + p.N("territories.short", signal.Readiness.Gap) + " · " + p.T("accounts.signal.on-course"), Role: kit.Dim})
	case signal.InHand:
		spans = append(spans, kit.Span{Text: "  ✓ " + p.T("accounts.signal.in-hand") + ": " + s.CampaignName(signal.Campaign), Role: kit.Good})
	case signal.Kind == model.StepUpVisits:
		spans = append(spans, kit.Span{Text: "  " + p.N("territories.short", signal.Readiness.Gap), Role: kit.Dim})
	default:
		spans = append(spans, kit.Span{Text: "  " + p.T("territories.contacted", text.Args{
			"Part": p.Int(signal.Contact.Contacted), "Whole": p.Int(signal.Contact.Accounts),
		}), Role: kit.Dim})
	}
	return kit.Line(s.Look, width, spans...)
}

// campaigns are those of the node that are not over, and no longer than a month
// ago over, by start.
func (d *detail) campaigns(n *node) []model.Campaign {
	var found []model.Campaign
	for _, c := range d.s.Book.Campaigns() {
		if c.End < d.s.Today-30 || c.Status == model.CampaignCancelled {
			continue
		}
		if n.area != nil && n.area.Known && c.Names(n.area.Territory) ||
			n.area == nil && slices.ContainsFunc(d.s.Book.CampaignAreas(c), func(a *model.Area) bool { return model.InRegion(a.Region, n.region) }) {
			found = append(found, c)
		}
	}
	return found
}

// campaignDays is the width of a campaign's days.
const campaignDays = 17

func (d *detail) campaignLine(c model.Campaign, width int) string {
	s, p := d.s, d.s.Look.Text
	state, role := "territories.campaign.ahead", kit.Text
	switch {
	case c.Status == model.CampaignDraft:
		state, role = "territories.campaign.draft", kit.Dim
	case c.End < s.Today:
		state, role = "territories.campaign.over", kit.Dim
	case c.Start <= s.Today:
		state, role = "territories.campaign.running", kit.Good
	}
	days := p.DayOf(c.Start, s.Today) + " – " + p.DayOf(c.End, s.Today)
	if kit.Width(days) > campaignDays { // the end of a long one matters less than that it is whole
		days = p.DayOf(c.Start, s.Today) + " –"
	}
	return kit.Line(s.Look, width,
		kit.Span{Text: kit.Fit(days, campaignDays, kit.AlignLeft) + "  ", Role: kit.Dim},
		kit.Span{Text: kit.Fit(p.T(state), 9, kit.AlignLeft), Role: role},
		kit.Span{Text: cmp.Or(c.Name, c.Code)})
}
