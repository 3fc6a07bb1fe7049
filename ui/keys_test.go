package ui

// What the keys of the whole catalogue may do: nothing is lost by one that is
// pressed twice, held down, or followed by enter; and a key means one thing.

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/model/cores"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

// hand is a person at the keys of the whole app, without a terminal.
type hand struct {
	t    testing.TB
	root *root
	time time.Time
	pace time.Duration // between two keys
	quit bool
}

func newHand(t testing.TB, st *uitest.Stage, page session.PageName) *hand {
	h := &hand{t: t, time: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC), pace: time.Second}
	h.root = newRoot(st.Session, Options{Demo: nil})
	h.root.clock = func() time.Time { return h.time }
	h.root.fixedDay = true
	h.send(tea.WindowSizeMsg{Width: 140, Height: 40})
	h.root.turn(page)
	h.run(h.root.refresh())
	return h
}

// press presses keys, named as tea names them.
func (h *hand) press(names ...string) {
	for _, name := range names {
		h.time = h.time.Add(h.pace)
		h.send(uitest.KeyOf(name))
	}
}

func (h *hand) send(msg tea.Msg) {
	_, cmd := h.root.Update(msg)
	h.run(cmd)
}

// run runs a command and what follows from it. What waits, for a change or for its
// time, is left.
func (h *hand) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	answer := make(chan tea.Msg, 1)
	go func() { answer <- cmd() }()
	select {
	case msg := <-answer:
		switch msg := msg.(type) {
		case nil:
		case tea.BatchMsg:
			for _, c := range msg {
				h.run(c)
			}
		case tea.QuitMsg:
			h.quit = true
		default:
			h.send(msg)
		}
	case <-time.After(100 * time.Millisecond):
	}
}

// steps is how many steps the history has, and which stand.
func (h *hand) steps() string {
	entries, err := h.root.session.Store.History(0, 0)
	require.NoError(h.t, err)
	state := fmt.Sprint(len(entries))
	for _, e := range entries {
		state += fmt.Sprint(" ", e.Undone)
	}
	return state
}

// states are where each page's actions are tried: the keys that lead there.
var states = map[session.PageName][][]string{
	session.PageSignals: {nil, {"enter"}, {"enter", "i"}}, session.PageTerritories: {nil, {"down", "down", "enter"}}, session.PageAccounts: {nil, {"enter"}, {"enter", "tab"}},
	session.PageCampaigns: {nil, {"enter"}, {"+"}}, session.PageVisits: {nil}, session.PageWeek: {{"left"}, {"p"}, {"V"}, {"R", "enter"}, {"M"}},
	session.PageRules: {nil, {"+"}}, session.PageHistory: {nil, {"tab"}}, session.PageReady: {nil}, session.PageLedger: {nil},
	session.PageCalls: {nil}, session.PageMap: {nil, {"tab"}},
	session.PageBriefing: {nil}, session.PageFigures: {nil},
}

// deliberate are the actions after which enter confirms, because the page itself
// asks: it says what would be, and that enter keeps it.
var deliberate = []string{"campaigns.later", "campaigns.earlier", "campaigns.week-later", "campaigns.week-earlier", "campaigns.end-later", "campaigns.end-earlier"}

func TestNoKeyChangesDataUnlessItIsConfirmed(t *testing.T) {
	t.Setenv("HOME", t.TempDir()) // where files are written to
	planned := []model.Record{
		model.PlannedVisit{Account: "K10", Date: uitest.Today - 1, Rep: "R1"}, model.PlannedVisit{Account: "K11", Date: uitest.Today, Rep: "R1"},
		model.Contact{Account: "K10", Name: "Petra Beispiel"},
	}
	st := uitest.New(t, text.English, append(uitest.Company(), planned...)...)
	manners := []struct {
		name string
		pace time.Duration
		keys func(key string) []string
	}{
		{"pressed twice", time.Second, func(k string) []string { return []string{k, k} }},
		{"held down", 33 * time.Millisecond, func(k string) []string { return slices.Repeat([]string{k}, 20) }},
		{"followed by enter", time.Second, func(k string) []string { return append([]string{k}, slices.Repeat([]string{"enter"}, 12)...) }},
		{"followed by enter held down", 33 * time.Millisecond, func(k string) []string { return append([]string{k}, slices.Repeat([]string{"enter"}, 12)...) }},
	}
	tried, combinations := 0, 0
	for _, listed := range pages {
		page := listed.name
		for _, way := range states[page] {
			h := newHand(t, st, page)
			h.press(way...)
			h.root.offer()
			for _, action := range h.root.catalogue.Actions() {
				if action.Name == "campaigns.keep" { // the answer itself
					continue
				}
				for _, key := range action.Keys {
					for _, manner := range manners {
						if strings.HasPrefix(manner.name, "followed") && (slices.Contains(deliberate, action.Name) || page == session.PageCampaigns && slices.Equal(way, []string{"+"})) {
							continue
						}
						// The race detector sees a part: it takes ten times as long, and one goroutine has no races.
						if combinations++; cores.RaceDetector && combinations%7 != 0 {
							continue
						}
						h := newHand(t, st, page)
						h.press(way...)
						before := h.steps()
						h.pace = manner.pace
						h.press(manner.keys(key)...)
						require.Equal(t, before, h.steps(), "%s: %s %s (%s), after %v, changed data", page, key, manner.name, action.Name, way)
						tried++
					}
				}
			}
		}
	}
	require.Greater(t, combinations, 1000)
	require.True(t, cores.RaceDetector || tried == combinations)
}

// meanings are what a key means, on every page that has it.
var meanings = map[string]struct {
	meaning string
	actions []string
}{
	"a": {"its accounts", []string{"territory.accounts", "visits.account", "calls.account", "signals.idle", "map.layer.accounts"}},
	"A": {"active or not", []string{"account.active"}},
	"b": {"notes", []string{"territory.notes", "account.notes"}},
	"B": {"propose otherwise", []string{"signals.counter"}},
	"!": {"what must not wait", []string{"signals.waiting", "map.layer.clashes"}},
	"*": {"only mine", []string{"signals.mine"}},
	"D": {"decline", []string{"signals.decline"}},
	"Y": {"accept", []string{"signals.accept"}},
	"c": {"a call", []string{"call.log", "signals.call", "map.layer.calls"}},
	"C": {"another like this", []string{"campaigns.duplicate"}},
	"d": {"delete, take out", []string{".delete", "week.remove", "week.tick.dropped"}},
	"e": {"edit", []string{".edit"}},
	"E": {"edit the rep", []string{"rep.edit"}},
	"F": {"hand over", []string{"week.hand", "calling.hand-out", "signals.hand-over"}},
	"f": {"filter", []string{"accounts.quick", "visits.filters", "history.filters", "ledger.period", "map.campaign", "briefing.region", "figures.period"}},
	"Q": {"call them", []string{"calling.open"}},
	"I": {"what has happened", []string{"shell.inbox"}},
	"i": {"the rule or the reason behind it", []string{"signals.rule", "map.nowhere"}},
	"m": {"its campaign", []string{"signals.campaign", "map.layer.campaigns"}},
	"n": {"new", []string{".new", "week.include"}},
	"N": {"new rep", []string{"rep.new"}},
	"o": {"its signals", []string{"account.signals", "territory.signals"}},
	"O": {"a day off", []string{"week.day-off"}},
	"p": {"plan", []string{"signals.telemarketing", "campaigns.status", "week.propose", "week.team.plan", "week.month.plan"}},
	"P": {"pin the day", []string{"week.pin-day"}},
	"q": {"quit", []string{"shell.quit"}},
	"r": {"whose", []string{"week.rep", "map.rep", "figures.rep"}},
	"R": {"several reps", []string{"week.team", "signals.by-rep"}},
	"M": {"the month", []string{"week.month"}},
	"S": {"split", []string{"territory.split", "account.split"}},
	"s": {"sort", []string{".sort"}},
	"t": {"its territory", []string{"account.territory", "signals.territory", "map.layer.territories"}},
	"T": {"the time", []string{"week.time"}},
	"U": {"what was changed of it", []string{".history"}},
	"u": {"take this back", []string{"history.travel", "rules.reset", "week.tick.open"}},
	"v": {"a visit was made", []string{"visit.log", "week.tick.met"}},
	"V": {"planned visits were made", []string{"week.tick-off"}},
	"W": {"whom to ask for", []string{"person.new"}},
	"w": {"the week", []string{"signals.week", "week.go", "map.layer.route"}},
	"x": {"not met", []string{"week.tick.not-met"}},
	"X": {"export", []string{".export"}},
	"y": {"copy", []string{".copy"}},
	"z": {"undo", []string{".undo"}},
	"Z": {"redo", []string{".redo"}},
	"+": {"later, more", []string{"campaigns.later", "week.move-later", "rules.more", "map.closer"}},
	"-": {"earlier, less", []string{"campaigns.earlier", "week.move-earlier", "rules.less", "map.farther"}},
	".": {"the next stretch of time", []string{"campaigns.scroll-on", "visits.week-after", "week.next", "week.month.next", "map.next"}},
	",": {"the stretch of time before", []string{"campaigns.scroll-back", "visits.week-before", "week.previous", "week.month.previous", "map.previous"}},
	"H": {"move earlier", []string{"campaigns.earlier", "week.move-earlier"}}, "L": {"move later", []string{"campaigns.later", "week.move-later"}},
	"J": {"move down", []string{"week.down"}}, "K": {"move up", []string{"week.up"}},
	"g": {"to the first", []string{".move"}}, "G": {"to the last", []string{".move"}}, "j": {"down", []string{".move"}}, "k": {"up", []string{".move"}},
	"h": {"sideways", sideways}, "l": {"sideways", sideways}, "left": {"sideways", sideways}, "right": {"sideways", sideways},
	"ctrl+s": {"keep what is drafted", []string{"week.confirm", "week.team.confirm", "week.month.confirm", "week.tick.save", "rules.save", "campaigns.keep"}},
	"/":      {"filter", []string{".filter"}}, "?": {"help", []string{"shell.help"}}, ":": {"commands", []string{"shell.palette"}},
	"#":  {"the map", []string{"territory.map", "campaigns.map", "account.map", "week.map"}},
	"&":  {"what would go for good", []string{"person.erase", "rules.retention"}},
	"\"": {"read it whole", []string{".whole"}},
	"%":  {"how it is drawn", []string{"map.glyphs"}},
	";":  {"two become one", []string{"visits.one"}},
	"=":  {"what came of it", []string{"campaigns.review", "signals.briefing", "ledger.briefing", "visits.figures"}},
	"0":  {"today", []string{"campaigns.today"}}, "(": {"a week earlier", []string{"campaigns.week-earlier"}}, ")": {"a week later", []string{"campaigns.week-later"}},
	"<": {"its end earlier", []string{"campaigns.end-earlier"}}, ">": {"its end later", []string{"campaigns.end-later"}},
}

var sideways = []string{"campaigns.scroll-back", "campaigns.scroll-on", "visits.week-before", "visits.week-after", "week.previous-day", "week.next-day",
	"territory.fold", "signals.side", "signals.other-list", "map.move"}

func TestAKeyMeansOneThingOnEveryPage(t *testing.T) {
	planned := model.PlannedVisit{Account: "K10", Date: uitest.Today - 1, Rep: "R1"}
	st := uitest.New(t, text.English, append(uitest.Company(), planned, model.Contact{Account: "K10", Name: "Petra Beispiel"})...)
	for page, ways := range states {
		for _, way := range ways {
			h := newHand(t, st, page)
			h.press(way...)
			h.root.offer()
			for _, action := range h.root.catalogue.Actions() {
				for _, key := range action.Keys {
					m, known := meanings[key]
					if !known {
						turns := strings.HasPrefix(action.Name, "page.")
						require.True(t, turns || len([]rune(key)) > 1, "%s: say what %s (%s) means", page, key, action.Name)
						continue
					}
					fits := slices.ContainsFunc(m.actions, func(name string) bool { return strings.HasSuffix(action.Name, name) })
					require.True(t, fits, "%s means %q, but on the page %s after %v it is %s", key, m.meaning, page, way, action.Name)
				}
			}
		}
	}
}

func TestTheCommandsOfOtherPagesOnlyShowTheWay(t *testing.T) {
	st := uitest.New(t, text.English, uitest.Company()...)
	h := newHand(t, st, session.PageSignals)
	before := h.steps()
	h.press("ctrl+p")
	for _, r := range "account.delete" {
		h.press(string(r))
	}
	h.press("enter")
	require.Equal(t, session.PageAccounts, h.root.front)
	require.Empty(t, h.root.modals)
	require.Contains(t, h.root.View(), "Choose the row first")
	require.Equal(t, before, h.steps())
}

func TestAFilterThatIsNotThereSwallowsItsWord(t *testing.T) {
	st := uitest.New(t, text.German, uitest.Company()...)
	h := newHand(t, st, session.PageRules)
	h.pace = 100 * time.Millisecond
	h.press("/", "3", "d", "q", "u")
	require.Equal(t, session.PageRules, h.root.front)
	require.Contains(t, h.root.View(), "keine Liste zum Filtern")
	h.press("enter", "3")
	require.Equal(t, session.PageAccounts, h.root.front, "after the word keys are keys again")
}

// What is not saved yet is in no step: undo would take back another one than is meant.
func TestUndoWaitsWhileSomethingIsUnsaved(t *testing.T) {
	h := newHand(t, uitest.New(t, text.English, uitest.Company()...), session.PageCampaigns)
	before := h.steps()
	h.press("+")
	require.NotEmpty(t, h.root.unsaved(session.PageCampaigns))
	h.press("z")
	require.Contains(t, h.root.View(), "keep or drop that first")
	require.Empty(t, h.root.modals, "nothing is asked")
	require.Equal(t, before, h.steps())
	require.NotEmpty(t, h.root.unsaved(session.PageCampaigns))
}

// The page that says there is nothing is none to come back to once something is there.
func TestTheWayBackFromAnImportLeadsToTheData(t *testing.T) {
	h := newHand(t, uitest.New(t, text.English, uitest.Company()...), session.PageAccounts)
	h.root.trail = []session.PageName{session.PageWelcome}
	h.root.back()
	require.Equal(t, session.PageSignals, h.root.front)
}

func TestAnAnswerTypedAheadIsNoAnswer(t *testing.T) {
	st := uitest.New(t, text.English, uitest.Company()...)
	h := newHand(t, st, session.PageVisits)
	before := h.steps()
	h.pace = 20 * time.Millisecond
	h.press("d", "y")
	require.Len(t, h.root.modals, 1)
	require.Equal(t, before, h.steps())
	h.pace = time.Second
	h.press("y")
	require.NotEqual(t, before, h.steps())
}

func TestUndoAsksBeforeItTakesBackWhatIsNotFromThisSession(t *testing.T) {
	st := uitest.New(t, text.English, uitest.Company()...)
	h := newHand(t, st, session.PageAccounts)
	h.press("z", "z", "z", "esc")
	require.Equal(t, "1 false", h.steps())
	h.press("A", "y") // one's own step
	require.Equal(t, "2 false false", h.steps())
	h.pace = 33 * time.Millisecond
	h.press(slices.Repeat([]string{"z"}, 30)...)
	require.Equal(t, "2 true false", h.steps(), "one's own goes back at once, the one before asks")
	h.pace = time.Second
	h.press("Z")
	require.Equal(t, "2 false false", h.steps())
}

// No letter is silent: one that does nothing here says where it does.
func TestALetterThatDoesNothingHereSaysWhereItDoes(t *testing.T) {
	st := uitest.New(t, text.German, uitest.Company()...)
	st.Session.Actor.Role = model.RoleSales
	h := newHand(t, st, session.PageCampaigns)
	h.press("c")
	require.Contains(t, h.root.View(), "c tut hier nichts. Auf der Seite Kunden: Anruf bei diesem Kunden eintragen.")
	h.press("n")
	require.Contains(t, h.root.View(), "Das dürfen nur Marketing und Leitung ändern: Kampagnen.")
}

// What a role may not do is refused in the palette as on its page, also on pages that were
// never opened; and whatever is refused for the role says who may.
func TestThePaletteOffersNothingThatTheRoleMayNot(t *testing.T) {
	for _, role := range []model.Role{model.RoleSales, model.RoleMarketing, model.RoleLook} {
		st := uitest.New(t, text.English, uitest.Company()...)
		st.Session.Actor.Role = role
		h := newHand(t, st, session.PageSignals)
		h.root.offerSigns()
		refused := 0
		for _, a := range h.root.catalogue.All() {
			ok, reason := a.Ready()
			if !ok && h.root.session.Refused(reason) {
				refused++
				require.Regexp(t, "sales and the lead|marketing and the lead|Only the lead|lead gives out roles", reason, a.Name)
			}
			switch may := map[string][]model.Role{
				"calling.reached": {model.RoleMarketing}, "calling.not-reached": {model.RoleMarketing}, "calling.appointment": {model.RoleMarketing}, "call.log": {model.RoleMarketing},
				"campaigns.new": {model.RoleMarketing}, "campaigns.delete": {model.RoleMarketing}, "account.delete": {model.RoleSales}, "account.new": {model.RoleSales},
				"territory.delete": {model.RoleSales}, "rep.new": {}, "visits.new": {model.RoleSales}, "visits.delete": {model.RoleSales},
			}; {
			case may[a.Name] != nil && !slices.Contains(may[a.Name], role):
				require.False(t, ok, "%s is offered to %s", a.Name, role)
			}
		}
		require.Greater(t, refused, 5)
	}
}

// The titles of actions are of one kind: they begin with a capital letter, or say a count.
func TestTitlesOfActionsBeginAlike(t *testing.T) {
	for _, language := range text.Languages {
		h := newHand(t, uitest.New(t, language, uitest.Company()...), session.PageSignals)
		h.root.offerSigns()
		for _, a := range h.root.catalogue.All() {
			title := []rune(h.root.session.Look.T(a.Title))
			assert.False(t, unicode.IsLower(title[0]), "%s: %s", a.Name, string(title))
			assert.True(t, slices.Contains(ActionNames(), a.Name), "other keys can be given to %s", a.Name)
		}
	}
}

// Where there is nothing yet, the footer offers neither a visit nor to take something back.
func TestTheFooterOfAnEmptyStoreOffersWhatCanBeDone(t *testing.T) {
	for _, page := range []session.PageName{session.PageSignals, session.PageAccounts, session.PageTerritories} {
		shown := func(h *hand) string { return strings.TrimRight(ansi.Strip(h.root.View()), "\n ") }
		footer := func(records ...model.Record) string {
			lines := strings.Split(shown(newHand(t, uitest.New(t, text.English, records...), page)), "\n")
			return lines[len(lines)-1]
		}
		for _, offer := range []string{"v log visit", "z undo"} {
			require.NotContains(t, footer(), offer, page)
		}
		require.Contains(t, footer(uitest.Company()...), "v log visit", page)
		h := newHand(t, uitest.New(t, text.English), page)
		h.press("v")
		require.Regexp(t, "There must be an account|There is no account|No account", shown(h), "%s: the key says why it does nothing", page)
	}
}
