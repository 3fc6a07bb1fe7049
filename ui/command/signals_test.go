package command

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/store"
)

// keysOf reads a JSON object's keys in their order.
func keysOf(t *testing.T, object string) (keys []string) {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(object))
	depth, isKey := 0, false
	for d.More() || depth > 0 {
		token, err := d.Token()
		require.NoError(t, err)
		switch token := token.(type) {
		case json.Delim:
			if token == '{' || token == '[' {
				depth++
			} else {
				depth--
			}
			isKey = depth == 1
			continue
		case string:
			if depth == 1 && isKey {
				keys = append(keys, token)
				isKey = false
				continue
			}
		}
		isKey = depth == 1
	}
	return keys
}

func TestSignalsForScriptsHaveTheirPromisedForm(t *testing.T) {
	d := withDemo(t)
	output := d.done("signals", "--json", "--today", "2026-11-24")
	require.True(t, strings.HasPrefix(output, `{"today": "2026-11-24", "signals": [`))
	require.NotContains(t, output, "null")
	require.NotRegexp(t, regexp.MustCompile(`\d\.\d{3}`), output, "two decimals")
	require.Equal(t, output, d.done("flags", "--json"), "today is the clock's")

	var parsed struct {
		Today   string            `json:"today"`
		Signals []json.RawMessage `json:"signals"`
	}
	require.NoError(t, json.Unmarshal([]byte(output), &parsed))
	head := []string{"kind", "owner", "state", "territory", "campaign", "urgency"}
	contact := append(head[:6:6], "accounts_total", "covered", "contacted", "coverage", "contact_coverage", "strength")
	forms := map[string][]string{
		"step-up-visits": append(head[:6:6], "targets", "needed", "served", "booked", "gap", "days_left", "required_pace", "usual_pace",
			"room", "contested", "beyond", "accounts"),
		"add-telemarketing": append(contact[:12:12], "call_list", "excluded"),
		"reports-missing":   append(contact[:12:12], "last_report"),
	}
	seen, answered := map[string]int{}, 0
	for _, raw := range parsed.Signals {
		var s struct {
			Kind     string          `json:"kind"`
			State    string          `json:"state"`
			Excluded json.RawMessage `json:"excluded"`
			Case     json.RawMessage `json:"case"`
		}
		require.NoError(t, json.Unmarshal(raw, &s))
		keys := slices.DeleteFunc(keysOf(t, string(raw)), func(key string) bool { return key == "case" || key == "whose" })
		require.Equal(t, forms[s.Kind], keys, string(raw))
		if s.Case != nil {
			answered++
			require.Equal(t, []string{"state", "by", "department", "at", "due", "reason", "reopens", "raised", "unanswered", "quiet", "rule"},
				slices.DeleteFunc(keysOf(t, string(s.Case)), func(key string) bool { return key == "counter" }))
		}
		if s.Kind == "add-telemarketing" {
			require.Equal(t, []string{"opted_out", "no_phone", "no_consent", "no_basis", "visited", "planned", "called", "attempts"},
				keysOf(t, string(s.Excluded)))
		}
		seen[s.Kind+" "+s.State]++
	}
	require.Positive(t, answered, "the demo's signals are answered")
	for _, what := range []string{"step-up-visits open", "step-up-visits on-course", "add-telemarketing open", "add-telemarketing in-hand", "reports-missing open"} {
		require.Positive(t, seen[what], what)
	}
}

func TestSignalsSayTheRulesNumbers(t *testing.T) {
	customer := func(code string) *model.Customer { return &model.Customer{Account: model.Account{Code: code}} }
	for _, c := range []struct {
		signal model.Signal
		want   string
	}{
		{
			model.Signal{Kind: model.StepUpVisits, Territory: "T1", Campaign: "C1", Urgency: 83, Readiness: model.Readiness{
				Targets: 40, Needed: 32, Served: 5, Gap: 27, DaysLeft: 21, RequiredPace: 27.0 / (21.0 / 5), UsualPace: 25.0 / 12, Room: 105,
				Accounts: []*model.Customer{customer("K-17")}}},
			`{"kind":"step-up-visits","owner":"sales","state":"open","territory":"T1","campaign":"C1","urgency":83,"targets":40,"needed":32,` +
				`"served":5,"booked":0,"gap":27,"days_left":21,"required_pace":6.43,"usual_pace":2.08,"room":105,"contested":0,"beyond":0,"accounts":["K-17"]}`,
		},
		{
			model.Signal{Kind: model.AddTelemarketing, Territory: "T2", Urgency: 31, Contact: model.InContact{
				Coverage: model.Coverage{Accounts: 31, Covered: 9, Contacted: 9}, Clear: true,
				Excluded: []model.Excluded{{Customer: customer("a"), Reason: model.NoPhone}, {Customer: customer("b"), Reason: model.NoPhone}}}},
			`{"kind":"add-telemarketing","owner":"marketing","state":"open","territory":"T2","campaign":"","urgency":31,"accounts_total":31,` +
				`"covered":9,"contacted":9,"coverage":0.29,"contact_coverage":0.29,"strength":"clear","call_list":[],"excluded":{"opted_out":0,` +
				`"no_phone":2,"no_consent":0,"no_basis":0,"visited":0,"planned":0,"called":0,"attempts":0}}`,
		},
		{
			model.Signal{Kind: model.ReportsMissing, Territory: "T3", Urgency: 12, Contact: model.InContact{
				Coverage: model.Coverage{Accounts: 31, Covered: 9, Contacted: 9}, LastReport: model.NewDate(2026, 11, 2)}},
			`{"kind":"reports-missing","owner":"sales","state":"open","territory":"T3","campaign":"","urgency":12,"accounts_total":31,` +
				`"covered":9,"contacted":9,"coverage":0.29,"contact_coverage":0.29,"strength":"weak","last_report":"2026-11-02"}`,
		},
	} {
		got, err := json.Marshal(signalJSON(model.NewBook().On(1), c.signal, 60))
		require.NoError(t, err)
		require.Equal(t, c.want, string(got))
	}
}

func TestSignalsForPeopleAreGroupedByWhoHasToAct(t *testing.T) {
	d := withDemo(t)
	german := d.done("signals", "--lang", "de")
	for _, want := range []string{
		"Signale · Di 24.11.2026 · KW 48", "▲ Vertrieb · Besuche verstärken · 6 offen", "✓ Vertrieb · 2 auf Kurs", "○ Vertrieb · Berichte fehlen · 1 offen",
		"◆ Marketing · Telefonmarketing ergänzen", "✓ Marketing · 1 schon in Arbeit", "Allgäu", "unbesetzt", "Katrin Sommer", "Herbstmailing",
	} {
		require.Contains(t, german, want)
	}
	require.NotContains(t, german, "\x1b", "no colour where nobody looks")
	english := d.done("signals")
	require.Contains(t, english, "▲ Sales · step up visits · 6 open")
	require.Contains(t, english, "no rep")

	require.Contains(t, d.done("signals", "--today", "1.1.1990", "--owner", "sales"), "Nothing to do")
}

func TestSignalsCanBeNarrowedDown(t *testing.T) {
	d := withDemo(t)
	territories := func(args ...string) (codes []string, owners []string) {
		var parsed struct {
			Signals []struct{ Territory, Owner string }
		}
		require.NoError(t, json.Unmarshal([]byte(d.done(append([]string{"signals", "--json"}, args...)...)), &parsed))
		for _, s := range parsed.Signals {
			codes, owners = append(codes, s.Territory), append(owners, s.Owner)
		}
		return codes, owners
	}
	_, owners := territories("--owner", "marketing")
	require.NotEmpty(t, owners)
	require.NotContains(t, owners, "sales")
	for _, area := range []string{"T03", "t03", "Allgäu", "Süd/Bayern", "süd/bayern/"} {
		codes, _ := territories("--territory", area)
		require.Equal(t, []string{"T03", "T03"}, codes, area)
	}
	all, _ := territories()
	south, _ := territories("--territory", "Süd")
	require.Less(t, len(south), len(all))
	require.Contains(t, south, "T02")
}

func TestScriptsAndPeopleSeeWhatTheBookSays(t *testing.T) {
	d := withDemo(t)
	s, err := store.Open(d.db, store.Options{ReadOnly: true})
	require.NoError(t, err)
	defer s.Close()
	book, err := s.Book()
	require.NoError(t, err)
	signals := book.On(model.NewDate(2026, 11, 24)).Signals()
	var parsed struct{ Signals []json.RawMessage }
	require.NoError(t, json.Unmarshal([]byte(d.done("signals", "--json")), &parsed))
	require.Len(t, parsed.Signals, len(signals))
	for i, signal := range signals {
		want, err := json.Marshal(signalJSON(book.On(model.NewDate(2026, 11, 24)), signal, 60))
		require.NoError(t, err)
		require.JSONEq(t, string(want), string(parsed.Signals[i]))
	}
}
