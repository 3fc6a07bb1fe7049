package command

// The plain form of the app: lines of text, one question after the other. Nothing is
// painted and nothing moves, so a screen reader reads it, a braille line shows it, and
// it works on a terminal that can do nothing else.

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/term"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/kit"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// plainDesk is one session of questions and answers.
type plainDesk struct {
	*run
	answers *bufio.Scanner
	ended   bool
	width   int // of the terminal; 0: none
}

// plainly is the app in lines of text, until the person leaves or the input ends.
func (r *run) plainly() error {
	d := &plainDesk{run: r, answers: bufio.NewScanner(r.Input), width: r.terminalWidth()}
	today, err := r.day()
	if err != nil {
		return err
	}
	p := r.words()
	d.say(r.t("plain.title", text.Args{"Day": p.WeekdayLong(today) + ", " + p.DayLong(today), "Week": p.Week(today)}))
	if err := r.read(func(*store.Store) error { return nil }); err != nil {
		return err // before anything is asked
	}
	ways := []struct {
		key string
		do  func() error
	}{
		{"plain.way.signals", d.signals}, {"plain.way.visit", d.visit}, {"plain.way.call", d.call}, {"plain.way.undo", d.undo},
	}
	for !d.ended {
		d.say("")
		titles := make([]string, 0, len(ways)+1)
		for _, way := range ways {
			titles = append(titles, r.t(way.key))
		}
		chosen := d.choose("plain.what", append(titles, r.t("plain.way.quit")), 0)
		if d.ended || chosen == len(ways) {
			break
		}
		if chosen < 0 {
			continue
		}
		if err := ways[chosen].do(); err != nil {
			d.fail(err)
		}
	}
	d.say(r.t("plain.end"))
	return nil
}

// say writes a line, broken between words where a terminal would break it within one.
func (d *plainDesk) say(line string) {
	if d.width > 0 {
		line = strings.Join(kit.Wrap(line, d.width), "\n")
	}
	fmt.Fprintln(d.Output, line)
}

// terminalWidth is how wide the terminal is that is written to; 0 for none.
func (r *run) terminalWidth() int {
	stream := any(r.Output)
	if c, ok := stream.(*cleaning); ok {
		stream = c.Writer
	}
	file, ok := stream.(*os.File)
	if !ok {
		return 0
	}
	width, _, err := term.GetSize(int(file.Fd()))
	if err != nil {
		return 0
	}
	return max(width, 0)
}

// fail says what went wrong, and the questions go on.
func (d *plainDesk) fail(err error) {
	var plain plainError
	var usage usageError
	switch {
	case errors.As(err, &plain):
		d.say(plain.sentence)
	case errors.As(err, &usage):
		d.say(usage.sentence)
	default:
		d.say(d.sentence(err))
	}
}

// ask asks one question and gives the answer; "" is none.
func (d *plainDesk) ask(key string, args ...text.Args) string {
	fmt.Fprint(d.Output, d.t(key, args...)+" ")
	if d.ended || !d.answers.Scan() {
		d.ended = true
		d.say("")
		return ""
	}
	return strings.TrimSpace(d.answers.Text())
}

// choose offers numbered answers and gives the place of the one chosen; −1 for none.
// An empty answer is the standing one, counted from 1 (0: none stands).
func (d *plainDesk) choose(key string, offers []string, standing int) int {
	for i, offer := range offers {
		d.say(fmt.Sprintf("%d. %s", i+1, offer))
	}
	return d.pick(key, offers, standing)
}

// pick is choose for offers that have been read out.
func (d *plainDesk) pick(key string, offers []string, standing int) int {
	for !d.ended {
		typed := d.ask(key, text.Args{"Count": d.words().Int(len(offers)), "Standing": strconv.Itoa(standing)})
		if typed == "" {
			return standing - 1
		}
		if n, err := strconv.Atoi(strings.TrimSuffix(typed, ".")); err == nil && n >= 1 && n <= len(offers) {
			return n - 1
		}
		for i, offer := range offers { // or the words themselves, as far as they tell
			if strings.HasPrefix(strings.ToLower(offer), strings.ToLower(typed)) {
				return i
			}
		}
		d.say(d.t("plain.number", text.Args{"Count": d.words().Int(len(offers))}))
	}
	return -1
}

// yes asks before something is written.
func (d *plainDesk) yes(question string) bool {
	d.say(question)
	answer := strings.ToLower(d.ask("plain.yes"))
	return answer != "" && strings.HasPrefix(strings.ToLower(d.t("kit.yes")), answer)
}

// plainShown is how many accounts of a signal are read out at once.
const plainShown = 10

// signals reads the signals out, and one of them whole.
func (d *plainDesk) signals() error {
	today, err := d.day()
	if err != nil {
		return err
	}
	return d.read(func(s *store.Store) error {
		book, err := s.RulesBook()
		if err != nil {
			return err
		}
		day, p := book.On(today), d.words()
		list := slices.Clone(day.Signals())
		if d.actor().Role == model.RoleMarketing { // one's own side first, as on the page
			slices.SortStableFunc(list, func(a, b model.Signal) int { return cmp.Compare(theirs(a), theirs(b)) })
		}
		if len(list) == 0 {
			d.say(d.t("command.signals.none"))
			return nil
		}
		lines := make([]string, len(list))
		for i, signal := range list {
			lines[i] = d.signalLine(day, signal)
		}
		choose := d.choose
		for !d.ended {
			chosen := choose("plain.which-signal", lines, 0)
			if chosen < 0 {
				return nil
			}
			choose = d.pick // who listens has heard them
			d.say("")
			d.say(strings.Join(words.Signal(p, day, list[chosen]), " "))
			d.accounts(day, list[chosen])
			d.say("")
		}
		return nil
	})
}

// theirs is 0 for a signal of marketing's and 1 for one of sales'.
func theirs(s model.Signal) int {
	if s.Kind == model.AddTelemarketing {
		return 0
	}
	return 1
}

// signalLine is a signal in a line, without signs that would be read out.
func (d *plainDesk) signalLine(day *model.Day, s model.Signal) string {
	p := d.words()
	brief := words.SignalBrief(p, day, s)
	parts := []string{p.T("signals.kind." + s.Kind.String()), words.AreaName(p, day.Book(), s.Territory)}
	for _, part := range []string{brief.Subject, brief.Amount, brief.When, brief.Why} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	if state := s.State(); state != model.SignalOpen {
		parts = append(parts, p.T("sheet.state."+state.String()))
	}
	return strings.ReplaceAll(strings.Join(parts, ", "), " ·", ",")
}

// accounts reads out whom to visit or to call, some at a time.
func (d *plainDesk) accounts(day *model.Day, s model.Signal) {
	p, list := d.words(), s.Readiness.Accounts
	title := "signals.list.visits"
	if s.Kind == model.AddTelemarketing {
		list, title = s.Contact.CallList, "signals.list.calls"
	}
	if len(list) == 0 {
		return
	}
	d.say(p.N(title, len(list)) + ":")
	for i, l := range list {
		if i > 0 && i%plainShown == 0 {
			if !d.yes(p.N("plain.more", len(list)-i)) {
				return
			}
		}
		parts := []string{l.Name, l.Code, l.Address.City, p.T("week.class", text.Args{"Class": day.Book().ClassName(l.Class)}), words.State(p, day.Standing(l).State)}
		if last := day.Standing(l).Last; last != 0 {
			parts = append(parts, p.T("forms.last", text.Args{"Day": p.Recent(last, day.Date())}))
		}
		if l.Phone != "" {
			parts = append(parts, l.Phone)
		}
		said := ""
		for _, part := range parts {
			if part != "" {
				said += ", " + part
			}
		}
		d.say(fmt.Sprintf("%d. %s", i+1, strings.TrimPrefix(said, ", ")))
	}
}

// account asks for an account until one is meant; "" where none is.
func (d *plainDesk) account() (code string, err error) {
	for !d.ended {
		typed := d.ask("plain.account")
		if typed == "" {
			return "", nil
		}
		err := d.read(func(s *store.Store) error {
			book, err := s.Book()
			if err != nil {
				return err
			}
			l, err := d.accountNamed(book, typed)
			if err != nil {
				return err
			}
			code = l.Code
			d.say(strings.TrimSuffix(l.Name+", "+l.Code+", "+l.Address.City, ", "))
			if l.Note != "" {
				d.say(d.t("forms.note") + ": " + l.Note)
			}
			return nil
		})
		var usage usageError
		if errors.As(err, &usage) { // nobody, or several: ask again
			d.say(usage.sentence)
			continue
		}
		return code, err
	}
	return "", nil
}

// visit asks for a visit and logs it.
func (d *plainDesk) visit() error {
	account, err := d.account()
	if err != nil || account == "" {
		return err
	}
	if err := d.tellBefore(model.Visit{Account: account}); err != nil {
		return err
	}
	o := logOptions{date: d.ask("plain.date"), time: d.ask("plain.time")}
	kinds := make([]string, len(visitKinds))
	for i, kind := range visitKinds {
		kinds[i] = d.t("visit.kind." + kind)
	}
	o.kind = visitKinds[max(d.choose("plain.choice", kinds, 1), 0)]
	if o.kind == "met" {
		o.outcome = d.outcomeNamed(d.ask("plain.outcome"))
		if o.outcome == "order" {
			o.value = d.ask("plain.value")
		}
	}
	o.note = d.ask("plain.note")
	if d.ended || !d.yes(d.t("plain.log.visit")) {
		d.say(d.t("plain.nothing"))
		return nil
	}
	return d.addVisit(account, o)
}

// outcomeNamed is an outcome by its word in the person's language, or an own word.
func (d *plainDesk) outcomeNamed(typed string) string {
	for _, outcome := range []string{"order", "interest", "sample", "complaint", "none"} {
		if typed != "" && strings.HasPrefix(strings.ToLower(d.t("outcome."+outcome)), strings.ToLower(typed)) {
			return outcome
		}
	}
	return typed
}

// call asks for a call and logs it.
func (d *plainDesk) call() error {
	account, err := d.account()
	if err != nil || account == "" {
		return err
	}
	today, err := d.day()
	if err != nil {
		return err
	}
	err = d.read(func(s *store.Store) error {
		book, err := s.Book()
		if err != nil {
			return err
		}
		if l := book.Account(account); l != nil {
			d.say(d.t("plain.phone", text.Args{"Phone": orNone(l.Phone, d.t("forms.phone.none"))}))
			if book.On(today).Refuses(l) {
				d.say(d.t("signals.why.opted-out", text.Args{"Account": l.Name}))
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := d.tellBefore(model.Call{Account: account}); err != nil {
		return err
	}
	outcomes := make([]string, len(callOutcomes))
	for i, outcome := range callOutcomes {
		outcomes[i] = d.t("call.outcome." + outcome)
	}
	chosen := d.choose("plain.choice.needed", outcomes, 0)
	if chosen < 0 {
		d.say(d.t("plain.nothing"))
		return nil
	}
	o := logOptions{outcome: callOutcomes[chosen], time: d.ask("plain.time"), note: d.ask("plain.note")}
	if d.ended || !d.yes(d.t("plain.log.call")) {
		d.say(d.t("plain.nothing"))
		return nil
	}
	return d.addCall(account, o)
}

func orNone(s, none string) string {
	if s == "" {
		return none
	}
	return s
}

// undo takes the last step back, after saying which it is.
func (d *plainDesk) undo() error {
	var step string
	err := d.read(func(s *store.Store) error {
		entries, err := s.History(0, plainShown)
		if err != nil {
			return err
		}
		for _, e := range entries {
			if !e.Undone && e.Action != "undo" {
				step = words.Step(d.words(), e)
				break
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if step == "" {
		d.say(d.t("error.nothing-to-undo"))
		return nil
	}
	if !d.yes(d.t("plain.undo", text.Args{"Step": step})) {
		d.say(d.t("plain.nothing"))
		return nil
	}
	s, err := d.changing()
	if err != nil {
		return err
	}
	entry, err := s.Undo(d.actor())
	if err := errors.Join(err, d.close(s)); err != nil {
		return err
	}
	_, err = io.WriteString(d.Output, words.Travelled(d.words(), nil, entry)+"\n")
	return err
}
