package week

// The planner at work beside the page, and its result taken over.

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/model/route"
	"doppelpass/model/week"
	"doppelpass/store/roads"
	"doppelpass/ui/kit"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// run is the planner at work on one week.
type run struct {
	plan     *plan
	base     *week.Draft
	revision int
	share    float64 // of the run that is done
	best     *week.Draft
	news     chan runNews
	ended    *atomic.Bool
	cancel   context.CancelFunc // of asking for drives
}

// runNews is what the planner tells while it works; with done, its result.
type runNews struct {
	run   *run
	share float64
	week  *route.Week // the best so far; nil: not a better one
	done  bool
	err   error

	travel   *route.Travel // by road, where a server was asked
	roadsErr error         // why not
}

// newsPause is how often the planner tells of itself.
const newsPause = 120 * time.Millisecond

// seed makes two runs of the same number of iterations the same.
const seed = 1

func (r *run) end() {
	r.ended.Store(true)
	r.cancel()
}

// asking asks a routing server for the drives of a draft.
type asking struct {
	server roads.Server
	ctx    context.Context
	places []model.Coordinates
	which  []int
}

// propose has the planner fill the week, keeping what is pinned.
func (p *Page) propose() tea.Cmd {
	base := p.draft()
	if len(base.Stops) == 0 {
		p.s.Shell.Fail(p.s.Look.T("week.nobody"))
		return nil
	}
	ctx, cancel := context.WithCancel(p.s.Context())
	p.run = &run{plan: p.plan, base: base, revision: p.s.Revision(), news: make(chan runNews, 1), ended: &atomic.Bool{}, cancel: cancel}
	p.plan.note = ""
	var ask *asking
	if p.osrm != "" && p.plan.roads != base.Travel() {
		ask = &asking{roads.Server{URL: p.osrm, Store: p.s.Store}, ctx, base.Places(), base.Worthwhile(roads.MostPlaces)}
	}
	return tea.Batch(p.run.work(ctx, base.Improve(), p.budget.of(base), ask), p.run.listen())
}

// work is the run itself: it goes on beside the page and tells of itself now and
// then.
func (r *run) work(ctx context.Context, job week.Job, limit budget, ask *asking) tea.Cmd {
	return func() tea.Msg {
		defer close(r.news)
		defer r.cancel()
		told := runNews{run: r}
		if ask != nil {
			if told.travel, told.roadsErr = ask.server.Travel(ask.ctx, ask.places, ask.which); told.roadsErr == nil {
				job = job.By(told.travel)
			}
		}
		o, report := watched(ctx, limit, r.ended)
		o.Progress = func(now route.Progress) {
			if week := report.better(now); week != nil {
				now := told
				now.share, now.week = report.share, week
				r.tell(now)
			}
		}
		stop := o.Stop
		o.Stop = func() bool {
			if report.beat() {
				now := told
				now.share = report.share
				r.tell(now)
			}
			return stop()
		}
		told.week, told.err = job.Run(o)
		told.share, told.done = 1, true
		return told
	}
}

// reporter says when to tell of a run, and how far it is.
type reporter struct {
	limit        int
	asked        int     // how often the run has asked whether to stop
	perAsk       float64 // iterations between two of these, as seen so far
	share        float64
	told, beaten time.Time
}

// watched are the options of a run with a budget.
func watched(ctx context.Context, limit budget, ended *atomic.Bool) (route.Options, *reporter) {
	r := &reporter{limit: limit.iterations}
	until := time.Now().Add(limit.time)
	return route.Options{Seed: seed, Iterations: limit.iterations, Stop: func() bool {
		r.asked++
		return ended.Load() || ctx.Err() != nil || time.Now().After(until)
	}}, r
}

// better takes note of a better plan and gives it when it is time to tell.
func (r *reporter) better(now route.Progress) *route.Week {
	if r.asked > 0 {
		r.perAsk = float64(now.Iterations) / float64(r.asked)
	}
	if time.Since(r.told) < newsPause {
		return nil
	}
	r.told = time.Now()
	return now.Week()
}

// beat reports that it is time to say how far the run is.
func (r *reporter) beat() bool {
	r.share = min(float64(r.asked)*r.perAsk/float64(max(r.limit, 1)), 1)
	if time.Since(r.beaten) < newsPause {
		return false
	}
	r.beaten = time.Now()
	return true
}

// tell leaves the news for the page, in place of older ones it has not seen yet; a
// better week is not lost to a mere beat.
func (r *run) tell(n runNews) {
	select {
	case older := <-r.news:
		if n.week == nil {
			n.week = older.week
		}
	default:
	}
	r.news <- n // only this goroutine sends, so there is room
}

func (r *run) listen() tea.Cmd {
	return func() tea.Msg {
		if n, ok := <-r.news; ok {
			return n
		}
		return nil
	}
}

// runNews takes up what the planner tells.
func (p *Page) runNews(n runNews) tea.Cmd {
	if n.run != p.run {
		return nil
	}
	r := n.run
	if n.travel != nil && r.plan.roads != n.travel {
		base := r.base.Clone()
		if err := base.SetTravel(n.travel); err == nil {
			r.base, r.plan.roads = base, n.travel
		}
	}
	switch {
	case n.err != nil:
		p.run = nil
		p.s.Shell.Fail(p.s.ErrorText(n.err))
		return nil
	case n.done:
		p.finish(r, n.week)
		if n.roadsErr != nil && !errors.Is(n.roadsErr, context.Canceled) {
			p.s.Shell.Fail(words.Roads(p.s.Look.Text, n.roadsErr))
		}
		return nil
	}
	r.share = n.share
	if n.week != nil && r.revision == p.s.Revision() {
		// The best so far is shown at once, but it is a step only at the end.
		best := r.base.Clone()
		if _, err := best.Take(n.week); err == nil {
			r.best = best
			r.plan.draft = best
			p.arrange()
		}
	}
	return r.listen()
}

// finish makes the planner's week the draft, and says what has changed.
func (p *Page) finish(r *run, solved *route.Week) {
	p.run = nil
	pl := r.plan
	if r.revision == pl.revision {
		pl.draft = r.base
	}
	next := r.base.Clone()
	changes, err := next.Take(solved)
	if err == nil && !r.base.Better(next) {
		next, changes = r.base, nil // not worth the unrest
	}
	if err == nil && r.revision != p.s.Revision() {
		next, err = p.deskOf(pl.key).Renew(next)
	}
	if err != nil {
		p.s.Shell.Fail(p.s.ErrorText(err))
		return
	}
	say := p.say()
	switch {
	case len(changes) == 0:
		pl.note = say.Text.T("week.changes.none")
	case r.base.Week.Visits == 0:
		pl.note = say.Text.T("week.proposed", text.Args{"Totals": say.Totals(next)})
	default:
		pl.note = say.Changes(next, r.base.Week, changes, func(s string) bool { return kit.Width(s) <= p.width-2 })
	}
	if len(changes) > 0 {
		note := pl.note
		pl.step(next, p.s.Book)
		pl.note = note
	}
	p.arrange()
}

// takeBest stops the planner and makes the best week so far the draft, if it has shown
// one: whoever bends the week does not want to wait.
func (p *Page) takeBest() {
	r := p.run
	if r == nil {
		return
	}
	p.run = nil
	r.end()
	if r.best != nil && r.plan.draft == r.best {
		r.plan.draft = r.base
		r.plan.step(r.best, p.s.Book)
	}
	p.arrange()
}

// line is the planner at work, in a line.
func (r *run) line(p *Page) string {
	look, d, say := p.s.Look, r.plan.draft, p.say()
	args := text.Args{"Rep": d.Rep.Name, "Totals": say.Totals(d), "Share": look.Text.Percent(r.share)}
	said := look.T("week.running", args)
	if room := p.width - meter - 3; kit.Width(said) > room {
		args["Totals"] = say.TotalsBrief(d)
		said = look.T("week.running.brief", args)
	}
	return kit.Line(look, p.width, kit.Span{Text: " " + kit.Meter(r.share, meter), Role: kit.Text}, kit.Span{Text: "  " + said, Role: kit.Strong})
}
