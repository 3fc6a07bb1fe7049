package model

// One signal watched over days: whether it is raised, and how much was done. Cases
// are followed by it; whoever wants a signal with all its numbers asks for Signals.

// Past is a day that nobody else looks at: unlike On it is not kept for others.
func (b *Book) Past(date Date) *Day {
	return &Day{book: b, date: date, settings: &b.settings, ranks: &b.ranks, areas: map[*Area]*ofArea{}}
}

// Revision grows with every change that the signals of the area may depend on.
func (a *Area) Revision() uint64 { return a.findings }

// Watched is a signal on one day.
type Watched struct {
	Raised bool // it is in the list, whatever its state
	Open   bool // it asks for something
	Short  int  // visits, contacted accounts or days without a report that are missing
	Work   int  // what was done so far, in all: accounts served, calls, days with reports
	Booked int  // visits booked, or 1 for a campaign that has it in hand
}

// Watch looks at one signal on the day.
func (d *Day) Watch(key SignalKey) (w Watched) {
	area := d.book.Area(key.Territory)
	if area == nil || !area.Known {
		return w
	}
	if key.Kind == StepUpVisits {
		return d.watchVisits(key, area)
	}
	d.lock.Lock()
	defer d.lock.Unlock()
	cover := d.numbers(area).All
	last, silent := Date(0), false
	if d.settings.UnderContacted(cover) {
		last, silent = d.silent(area)
		w.Raised = silent == (key.Kind == ReportsMissing)
	}
	if key.Kind == ReportsMissing {
		if w.Open = w.Raised; w.Raised {
			w.Short = int(d.date - last)
		}
		for day := range d.book.reports[area.Rep].All() {
			if day <= d.date {
				w.Work++
			}
		}
		return w
	}
	w.Short = max(0, ceilDiv(d.settings.ContactThreshold*cover.Accounts, 100)-cover.Contacted)
	if _, inHand := d.telemarketingIn(area); inHand {
		w.Booked = 1
	}
	w.Open = w.Raised && w.Booked == 0
	for _, l := range area.accounts {
		for call := range l.Calls.All() {
			if call.Date <= d.date {
				w.Work++
			}
		}
	}
	return w
}

func (d *Day) watchVisits(key SignalKey, area *Area) (w Watched) {
	c, ok := d.book.Campaign(key.Campaign)
	if !ok {
		return w
	}
	d.lock.Lock()
	defer d.lock.Unlock()
	r := d.readiness(c, area)
	w.Work, w.Booked, w.Short = r.Served, r.Booked, r.Gap
	w.Raised = r.Gap > 0 && c.NeedsVisits() && c.Names(area.Territory) && d.date >= c.Start-Date(d.settings.Horizon) && d.date <= c.End
	w.Open = w.Raised && !r.onCourse()
	return w
}
