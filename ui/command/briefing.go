package command

// The sheet of both departments' meeting: to be read, for scripts, and as a file to be
// printed or sent.

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"doppelpass/model"
	"doppelpass/model/answer"
	"doppelpass/model/briefing"
	"doppelpass/store"
	sheet "doppelpass/ui/briefing"
	"doppelpass/ui/paper"
	"doppelpass/ui/text"
)

// briefingOptions are the flags of briefing, as typed.
type briefingOptions struct {
	week, region, since, output string
	asJSON                      bool
}

func (r *run) briefingCommand() *cobra.Command {
	var o briefingOptions
	c := &cobra.Command{
		Use: "briefing", Short: "briefing.short", Long: "briefing.long", Args: r.noArgs,
		Example: "  doppelpass briefing\n  doppelpass briefing -o briefing.html\n  doppelpass briefing --region Süd --since 2026-11-16 -o briefing.md",
		RunE:    func(*cobra.Command, []string) error { return r.briefing(o) },
	}
	f := c.Flags()
	f.StringVar(&o.week, "week", "", "briefing.flag.week")
	f.StringVar(&o.region, "region", "", "briefing.flag.region")
	f.StringVar(&o.since, "since", "", "briefing.flag.since")
	f.StringVarP(&o.output, "output", "o", "", "briefing.flag.output")
	f.BoolVar(&o.asJSON, "json", false, "command.flag.json")
	r.completeWith(c, "region", r.completeTerritory)
	return c
}

func (r *run) briefing(o briefingOptions) error {
	write, err := r.paperFormat(o.output)
	if err != nil {
		return err
	}
	return r.withDay(func(_ *store.Store, day *model.Day) error {
		day, since, err := r.meeting(o, day)
		if err != nil {
			return err
		}
		frame := briefing.Frame{Since: since, Persons: briefing.Persons(day)}
		if o.region != "" {
			wanted, err := r.pick(day.Book(), "", o.region)
			if err != nil {
				return err
			}
			frame.Wanted = func(a *model.Area) bool { return wanted(model.Signal{Territory: a.Code}) }
		}
		made := briefing.Make(day, frame)
		if o.asJSON {
			return r.writeJSON(briefingJSON(made))
		}
		page := sheet.Write(r.words(), day, made, areaLabel(day.Book(), o.region), sheet.Map)
		if write != nil {
			return r.writeOut(o.output, func(w io.Writer) error { return write(w, page) })
		}
		return r.write(r.paperLines(page))
	})
}

// meeting is the day of the meeting that is asked for, and that of the one before.
func (r *run) meeting(o briefingOptions, day *model.Day) (*model.Day, model.Date, error) {
	today := day.Date()
	if o.week != "" {
		monday, err := r.weekOf(o.week, today)
		switch {
		case err != nil:
			return nil, 0, err
		case monday > today:
			return nil, 0, usageError{r.t("briefing.future")}
		case monday < today.Monday():
			day = day.Book().On(monday)
		}
	}
	since := max(day.Date()-briefing.Week, model.FirstDate)
	if o.since != "" {
		given, err := r.words().ParseDayToward(o.since, today, text.Back)
		switch {
		case err != nil:
			return nil, 0, usageError{r.t("command.flag.bad", text.Args{"Flag": "--since", "Detail": err.Error()})}
		case given >= day.Date():
			return nil, 0, usageError{r.t("briefing.since.after", text.Args{"Day": r.words().DayOf(day.Date(), today)})}
		}
		since = given
	}
	return day, since, nil
}

// areaLabel is what was asked for, in the words of the book.
func areaLabel(b *model.Book, asked string) string {
	for _, a := range b.Areas() {
		if a.Name != "" && (strings.EqualFold(a.Code, asked) || strings.EqualFold(a.Name, asked)) {
			return a.Name
		}
	}
	return strings.Trim(asked, "/")
}

// paperFormat is how a page is written to a file by the ending of its name; nil for none.
func (r *run) paperFormat(path string) (func(io.Writer, paper.Page) error, error) {
	if path == "" {
		return nil, nil
	}
	write, ok := paper.Formats[strings.ToLower(strings.TrimPrefix(filepath.Ext(path), "."))]
	if !ok {
		return nil, usageError{r.t("briefing.needs-file")}
	}
	return write, nil
}

// paperLines is a page for the terminal.
func (r *run) paperLines(p paper.Page) string {
	bold, dim := r.bold(r.Output), r.dim(r.Output)
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\n", bold(p.Title), dim(p.Subtitle))
	for _, block := range p.Blocks {
		fmt.Fprintf(&b, "\n%s\n", bold(block.Title))
		for _, line := range block.Lines {
			fmt.Fprintln(&b, "  "+strings.TrimSpace(line.Mark+" "+line.Text))
		}
		if block.Table != nil {
			g := grid{right: map[int]bool{}}
			var heads []string
			for i, head := range block.Table.Heads {
				heads, g.right[i] = append(heads, head.Title), head.Right
			}
			g.add(heads...)
			for _, row := range block.Table.Rows {
				var cells []string
				for _, cell := range row.Cells {
					cells = append(cells, cell.String())
				}
				g.add(cells...)
			}
			g.write(&b, "  ", g.widths(nil))
		}
		for _, card := range block.Cards {
			fmt.Fprintln(&b, "  "+card.String())
		}
		if block.Note != "" {
			fmt.Fprintln(&b, "  "+dim(block.Note))
		}
	}
	if p.Foot != "" {
		fmt.Fprintf(&b, "\n%s\n", dim(p.Foot))
	}
	return b.String()
}

// briefingScript is a briefing for scripts. Shares are parts of one.
type briefingScript struct {
	Day         string           `json:"day"`
	Since       string           `json:"since"`
	Next        string           `json:"next"`
	Territories int              `json:"territories"`
	Decisions   []decisionScript `json:"decisions"`
	Signals     []openScript     `json:"signals"`
	OnCourse    int              `json:"on_course"`
	InHand      int              `json:"in_hand"`
	PassedSince string           `json:"passed_since"`
	Passes      []passedScript   `json:"passes"`
	Regions     []regionScript   `json:"regions"`
	Campaigns   []aheadScript    `json:"campaigns"`
	Clashes     []clashScript    `json:"clashes"`
	Unknown     unknownScript    `json:"unknown"`
}

type decisionScript struct {
	Kind       string `json:"kind"`
	Territory  string `json:"territory"`
	Campaign   string `json:"campaign"`
	Says       string `json:"says"`
	On         string `json:"on"`
	By         string `json:"by,omitempty"` // only where persons are named
	Reason     string `json:"reason,omitempty"`
	State      string `json:"state"`
	Short      int    `json:"short"`
	Quiet      bool   `json:"quiet,omitempty"`
	Unanswered bool   `json:"unanswered,omitempty"`
	Forgotten  bool   `json:"forgotten,omitempty"`
	Department string `json:"department"`
	Day        string `json:"day"`
}

type openScript struct {
	Kind       string `json:"kind"`
	Territory  string `json:"territory"`
	Campaign   string `json:"campaign"`
	Urgency    int    `json:"urgency"`
	State      string `json:"state"`
	Department string `json:"department"`
	Day        string `json:"day"`
}

type passedScript struct {
	To         string `json:"to"`
	Given      int    `json:"given"`
	Lately     int    `json:"lately"`
	Taken      int    `json:"taken"`
	Declined   int    `json:"declined"`
	Countered  int    `json:"countered"`
	Unanswered int    `json:"unanswered"`
	Scored     int    `json:"scored"`
	Missed     int    `json:"missed"`
	Gone       int    `json:"gone"`
	Running    int    `json:"running"`
}

type regionScript struct {
	Region        string   `json:"region"`
	Territories   int      `json:"territories"`
	Accounts      int      `json:"accounts"`
	Counted       int      `json:"counted"`
	Covered       int      `json:"covered"`
	Contacted     int      `json:"contacted"`
	CountedBefore int      `json:"counted_before"`
	CoveredBefore int      `json:"covered_before"`
	Pace          *float64 `json:"pace"`   // null where it would be one rep's
	Needed        *float64 `json:"needed"` // likewise
	Weeks         []int    `json:"weeks"`
}

type aheadScript struct {
	Campaign string   `json:"campaign"`
	Start    string   `json:"start"`
	End      string   `json:"end"`
	Targets  int      `json:"targets"`
	Needed   int      `json:"needed"`
	Served   int      `json:"served"`
	Booked   int      `json:"booked"`
	Gap      int      `json:"gap"`
	Beyond   int      `json:"beyond"`
	Carry    string   `json:"carry"`
	Tight    []string `json:"tight"`
}

type clashScript struct {
	Kind        string   `json:"kind"`
	Owner       string   `json:"owner"`
	Campaigns   []string `json:"campaigns"`
	Territories []string `json:"territories"`
	From        string   `json:"from"`
	To          string   `json:"to"`
	Accounts    int      `json:"accounts"`
}

type unknownScript struct {
	Silent   []silentScript `json:"silent"`
	Vacant   []string       `json:"vacant"`
	Accounts int            `json:"accounts"`
	Unplaced int            `json:"unplaced"`
	Homeless int            `json:"homeless"`
}

func briefingJSON(b briefing.Briefing) briefingScript {
	out := briefingScript{
		Day: b.Day.String(), Since: b.Since.String(), Next: b.Next.String(), Territories: b.Territories, OnCourse: b.OnCourse, InHand: b.InHand, PassedSince: b.PassedSince.String(),
		Decisions: []decisionScript{}, Signals: []openScript{}, Passes: []passedScript{}, Regions: []regionScript{}, Campaigns: []aheadScript{}, Clashes: []clashScript{},
		Unknown: unknownScript{Silent: []silentScript{}, Vacant: append([]string{}, b.Unknown.Vacant...), Accounts: b.Unknown.Accounts, Unplaced: b.Unknown.Unplaced, Homeless: b.Unknown.Homeless},
	}
	for _, c := range b.Decisions {
		one := decisionScript{c.Signal.Kind.String(), c.Signal.Territory, c.Signal.Campaign, string(c.Answer.Says), c.Answer.Date.String(), "", string(c.Answer.Reason),
			string(c.State), c.Short, c.Quiet, c.Unanswered, c.Forgotten, string(c.Whose), c.Day.String()}
		if b.Persons {
			one.By = c.Answer.By
		}
		out.Decisions = append(out.Decisions, one)
	}
	for _, s := range b.Signals {
		state := s.Case.State
		if state == "" {
			state = answer.Open
		}
		out.Signals = append(out.Signals, openScript{s.Kind.String(), s.Territory, s.Signal.Campaign, s.Urgency, string(state), string(s.Whose), s.Day.String()})
	}
	for i, p := range b.Passes {
		to := [...]model.Role{model.RoleSales, model.RoleMarketing}[i]
		out.Passes = append(out.Passes, passedScript{string(to), p.Given, p.Lately, p.Taken, p.Declined, p.Countered, p.Unanswered, p.Scored, p.Missed, p.Gone, p.Running})
	}
	for _, r := range b.Regions {
		one := regionScript{Region: r.Path, Territories: r.Territories, Accounts: r.Active, Counted: r.All.Accounts, Covered: r.All.Covered, Contacted: r.All.Contacted,
			CountedBefore: r.Before.Accounts, CoveredBefore: r.Before.Covered}
		if !r.Alone {
			pace, needed := model.Rounded(r.UsualPace(), 2), model.Rounded(r.NeededPace, 2)
			one.Pace, one.Needed, one.Weeks = &pace, &needed, r.Weeks[:]
		}
		out.Regions = append(out.Regions, one)
	}
	for _, c := range b.Campaigns {
		out.Campaigns = append(out.Campaigns, aheadScript{c.Campaign.Code, c.Campaign.Start.String(), c.Campaign.End.String(), c.Targets, c.Needed, c.Served, c.Booked, c.Gap, c.Beyond,
			string(c.Carry), append([]string{}, c.Tight...)})
	}
	for _, c := range b.Clashes {
		one := clashScript{Kind: string(c.Kind), Owner: string(c.Owner()), Campaigns: []string{}, Territories: c.Territories, From: c.From.String(), To: c.To.String(), Accounts: len(c.Accounts)}
		if c.Campaigns[0] != "" {
			one.Campaigns = c.Campaigns[:]
		}
		out.Clashes = append(out.Clashes, one)
	}
	for _, s := range b.Unknown.Silent {
		out.Unknown.Silent = append(out.Unknown.Silent, silentScript{s.Territory, s.LastReport.String()})
	}
	return out
}
