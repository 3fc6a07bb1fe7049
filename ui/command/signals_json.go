package command

// The signals for scripts. The names and their order are a promise.

import (
	"encoding/json"
	"fmt"
	"io"

	"doppelpass/model"
	"doppelpass/model/answer"
	"doppelpass/model/cores"
	"doppelpass/model/double"
	"doppelpass/ui/words"
)

// signalHead is what every kind of signal begins with.
type signalHead struct {
	Kind      string `json:"kind"`
	Owner     string `json:"owner"`
	State     string `json:"state"`
	Territory string `json:"territory"`
	Campaign  string `json:"campaign"`
	Urgency   int    `json:"urgency"`
	// Whose is who is named for it; "" for nobody: it is the department's.
	Whose string `json:"whose,omitempty"`
	// Case stands where somebody has answered the signal.
	Case *caseJSON `json:"case,omitempty"`
	// Away stands where the territory's rep is away, or will be soon for some time.
	Away *awayJSON `json:"away,omitempty"`
}

// awayJSON is when a rep is away, and the code of who stands in, "" for nobody.
type awayJSON struct {
	Rep   string `json:"rep"`
	From  string `json:"from"`
	To    string `json:"to"`
	Kind  string `json:"kind"`
	Cover string `json:"cover"`
}

func awayOf(day *model.Day, territory string) *awayJSON {
	b := day.Book()
	area := b.Area(territory)
	if area == nil || area.Rep == "" || len(b.Absences(area.Rep)) == 0 {
		return nil
	}
	first, last, a, away := words.AbsentSpell(b, area.Rep, day.Date())
	if !away {
		return nil
	}
	return &awayJSON{area.Rep, first.String(), last.String(), a.Kind, a.Cover}
}

// caseJSON is how a signal was answered. Days are empty where they do not apply.
type caseJSON struct {
	State      string       `json:"state"`
	By         string       `json:"by"`
	Department string       `json:"department"`
	At         string       `json:"at"`
	Due        string       `json:"due"` // of the answer; once it is accepted, of the work
	Reason     string       `json:"reason"`
	Reopens    string       `json:"reopens"`
	Counter    *counterJSON `json:"counter,omitempty"`
	Raised     string       `json:"raised"`
	Unanswered bool         `json:"unanswered"`
	Quiet      bool         `json:"quiet"`
	Rule       int          `json:"rule"` // the standing rule that answered; 0: a person
}

// counterJSON is a counter-proposal: what of the campaign is asked to be otherwise.
type counterJSON struct {
	Start   string   `json:"start"`
	End     string   `json:"end"`
	Classes []string `json:"classes"`
	ByPhone []string `json:"by_phone"` // accounts that would be called in place of a visit
}

// caseOf is the case of a signal that somebody has answered. When a signal was raised
// that nobody has answered, cases tells: it has to look at every day of a year.
func caseOf(day *model.Day, key model.SignalKey) *caseJSON {
	if len(day.Book().Answers(key)) == 0 {
		return nil
	}
	c, running := answer.Of(day, key)
	if !running {
		return nil
	}
	return caseAsJSON(c)
}

func caseAsJSON(c answer.Case) *caseJSON {
	j := &caseJSON{State: string(c.State), At: c.Raised.String(), Due: c.Due.String(), Raised: c.Raised.String(), Unanswered: c.Unanswered, Quiet: c.Quiet}
	a := c.Answer
	if a.Says == "" {
		return j
	}
	j.By, j.Department, j.At, j.Reason = a.By, string(a.Department()), a.Date.String(), string(a.Reason)
	j.Rule = a.Rule
	switch c.State {
	case answer.Accepted:
		j.Due = a.Until.String()
	case answer.Declined:
		j.Reopens = a.Until.String()
	}
	if c.Counter.Says != "" {
		j.Counter = &counterJSON{c.Counter.Start.String(), c.Counter.End.String(), []string{}, append([]string{}, c.Counter.ByPhone...)}
		for _, class := range c.Counter.Classes {
			j.Counter.Classes = append(j.Counter.Classes, string(class))
		}
	}
	return j
}

type stepUpJSON struct {
	signalHead
	Targets      int       `json:"targets"`
	Needed       int       `json:"needed"`
	Served       int       `json:"served"`
	Booked       int       `json:"booked"`
	Gap          int       `json:"gap"`
	DaysLeft     int       `json:"days_left"`
	RequiredPace hundredth `json:"required_pace"`
	UsualPace    hundredth `json:"usual_pace"`
	Room         int       `json:"room"`
	Contested    int       `json:"contested"`
	Beyond       int       `json:"beyond"`
	Accounts     []string  `json:"accounts"`
	// DaysAway are the working days on which the rep is away, DaysCovered those of them on which
	// somebody stands in, and RoomCovered what of the room is theirs; none where nobody is away.
	DaysAway    float64 `json:"days_away,omitempty"`
	DaysCovered float64 `json:"days_covered,omitempty"`
	RoomCovered int     `json:"room_covered,omitempty"`
}

// contactHead is what both kinds about contact have in common.
type contactHead struct {
	signalHead
	AccountsTotal   int       `json:"accounts_total"`
	Covered         int       `json:"covered"`
	Contacted       int       `json:"contacted"`
	Coverage        hundredth `json:"coverage"`
	ContactCoverage float64   `json:"contact_coverage"` // as many decimals as it takes to tell the side of the threshold
	Strength        string    `json:"strength"`
}

type telemarketingJSON struct {
	contactHead
	CallList []string     `json:"call_list"`
	Excluded excludedJSON `json:"excluded"`
}

type excludedJSON struct {
	OptedOut  int `json:"opted_out"`
	NoPhone   int `json:"no_phone"`
	NoConsent int `json:"no_consent"`
	NoBasis   int `json:"no_basis"`
	Visited   int `json:"visited"`
	Planned   int `json:"planned"`
	Called    int `json:"called"`
	Attempts  int `json:"attempts"`
}

type reportsJSON struct {
	contactHead
	LastReport string `json:"last_report"`
}

// hundredth is a number that is rounded to two decimals when it is written.
type hundredth float64

// MarshalJSON implements json.Marshaler.
func (h hundredth) MarshalJSON() ([]byte, error) {
	return json.Marshal(model.Rounded(float64(h), 2))
}

// writeSignalsJSON writes one object, with a signal or a clash on each line.
// leastSignals is how many signals are worth a goroutine.
const leastSignals = 8

func writeSignalsJSON(w io.Writer, day *model.Day, list []model.Signal, clashes []double.Clash) error {
	today, threshold := day.Date(), day.Settings().ContactThreshold
	out := []byte(`{"today": "` + today.String() + `", "signals": [`)
	lines, errs := make([][]byte, len(list)), make([]error, len(list))
	cores.Each(len(list), leastSignals, func(i int) { // to find when each was raised takes time
		lines[i], errs[i] = json.Marshal(signalJSON(day, list[i], threshold))
	})
	for i, s := range list {
		if errs[i] != nil {
			return fmt.Errorf("writing the signal of %s: %w", s.Territory, errs[i])
		}
		if i > 0 {
			out = append(out, ',')
		}
		out = append(append(out, '\n'), lines[i]...)
	}
	out = append(out, `], "clashes": [`...)
	for i, c := range clashes {
		line, err := json.Marshal(clashAsJSON(day, c))
		if err != nil {
			return fmt.Errorf("writing the clash %s: %w", c.Key(), err)
		}
		if i > 0 {
			out = append(out, ',')
		}
		out = append(append(out, '\n'), line...)
	}
	_, err := w.Write(append(out, "]}\n"...))
	return err
}

func signalJSON(day *model.Day, s model.Signal, threshold int) any {
	head := signalHead{
		Kind: s.Kind.String(), Owner: string(s.Kind.Owner()), State: s.State().String(),
		Territory: s.Territory, Campaign: s.Campaign, Urgency: s.Urgency, Whose: words.OwnerName(day.Book(), taskOfSignal(day, s.Key())), Case: caseOf(day, s.Key()), Away: awayOf(day, s.Territory),
	}
	if s.Kind == model.StepUpVisits {
		r := s.Readiness
		return stepUpJSON{
			head, r.Targets, r.Needed, r.Served, r.Booked, r.Gap, r.DaysLeft, hundredth(r.RequiredPace), hundredth(r.UsualPace),
			r.Room, r.Contested, r.Beyond, codes(r.Accounts),
			float64(r.HalvesAway) / 2, float64(r.CoverHalves) / 2, r.CoverRoom,
		}
	}
	contacted, _ := model.RoundedShare(s.Contact.Contacted, s.Contact.Accounts, threshold)
	contact := contactHead{
		head, s.Contact.Accounts, s.Contact.Covered, s.Contact.Contacted,
		hundredth(s.Contact.CoveredShare()), contacted, "weak",
	}
	if s.Contact.Clear {
		contact.Strength = "clear"
	}
	if s.Kind == model.ReportsMissing {
		return reportsJSON{contact, s.Contact.LastReport.String()}
	}
	var n excludedJSON
	count := map[model.Exclusion]*int{
		model.OptedOut: &n.OptedOut, model.NoPhone: &n.NoPhone, model.NoConsent: &n.NoConsent, model.NoBasis: &n.NoBasis, model.VisitedLately: &n.Visited,
		model.PlannedSoon: &n.Planned, model.CalledLately: &n.Called, model.TooManyAttempts: &n.Attempts,
	}
	for _, e := range s.Contact.Excluded {
		*count[e.Reason]++
	}
	return telemarketingJSON{contact, codes(s.Contact.CallList), n}
}

// codes are the accounts' codes; an empty list, not null, when there are none.
func codes(customers []*model.Customer) []string {
	list := make([]string, len(customers))
	for i, l := range customers {
		list[i] = l.Code
	}
	return list
}
