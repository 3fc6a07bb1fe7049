package serve_test

// The one-two as a whole: a campaign is planned, answered, carried out, called for and
// visited for over the team's server, with both departments at their own desks, until the
// ledger says what became of it. Whatever can be taken back is, and made again.

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"doppelpass/model/cores"
	"golang.org/x/crypto/ssh"
)

// match is a small business with its server, whose clock the test turns, and the two
// people who play together.
type match struct {
	*business
	beyond           *business // a second server, at which Mira sits; nil: there is one
	width, height    int
	language         string
	katrin, mira     *guest // sales, marketing
	katrins, mirases *ssh.Client
}

// clock makes it a moment at the servers.
func (m *match) clock(moment string) {
	m.t.Helper()
	for _, b := range []*business{m.business, m.beyond} {
		if b == nil {
			continue
		}
		_, err := io.WriteString(b.ask, "clock "+moment+"\n")
		require.NoError(m.t, err)
		require.True(m.t, b.answers.Scan())
		require.Equal(m.t, "turned", b.answers.Text())
	}
}

// newMatch is a match on one server.
func newMatch(t *testing.T, width, height int, language string) *match {
	t.Helper()
	m := readyMatch(t, width, height, language)
	m.serve("usual")
	m.katrins, m.mirases = m.as("katrin"), m.as("mira")
	return m
}

// readyMatch: Katrin Sommer has 22 A accounts in Ulm that were visited in spring, and 34 C
// accounts that she has visited lately.
func readyMatch(t *testing.T, width, height int, language string) *match {
	t.Helper()
	folder := t.TempDir()
	b := &business{t: t, db: filepath.Join(folder, "team.db"), keys: map[string]ssh.Signer{}, days: []string{},
		now: func() time.Time { return time.Date(2026, 11, 24, 8, 0, 0, 0, time.Local) }}
	accounts := "code,name,territory,class,street,postcode,city,phone,consent,consent_basis,since\n"
	visits := "account,date,time,rep\n"
	for i := range 56 {
		class, month, day := "A", 3, 1+i
		if i >= 22 {
			class, month, day = "C", 10+(i-22)/20, 2+(i-22)%20
		}
		accounts += fmt.Sprintf("K%02d,Kunde %02d,T1,%s,Weg %d,89073,Ulm,0731 5550%03d,presumed,Kunde seit 2024,2024-01-01\n", i, i, class, i, 100+i)
		visits += fmt.Sprintf("K%02d,2026-%02d-%02d,09:00,R1\n", i, month, day)
	}
	for _, table := range []struct{ name, content string }{
		{"reps", "code,name,home_city,home_postcode\nR1,Katrin Sommer,Ulm,89073\n"},
		{"territories", "code,name,rep,region\nT1,Ulm,R1,Süd\n"},
		{"accounts", accounts}, {"visits", visits},
	} {
		path := filepath.Join(folder, table.name+".csv")
		require.NoError(t, os.WriteFile(path, []byte(table.content), 0o600))
		b.run("import", path, "--as", table.name)
	}
	for _, person := range [][]string{{"katrin", "sales", "--rep", "R1"}, {"mira", "marketing"}} {
		b.keys[person[0]] = newKey(t)
		b.run(append([]string{"people", "add", person[0], "--role", person[1], "--key", string(ssh.MarshalAuthorizedKey(b.keys[person[0]].PublicKey()))}, person[2:]...)...)
	}
	return &match{business: b, width: width, height: height, language: language}
}

// morning has both come to their desks at a moment.
func (m *match) morning(moment string) {
	m.t.Helper()
	if m.katrin != nil {
		m.katrin.quits()
		m.mira.quits()
	}
	m.clock(moment)
	locale := map[string]string{"en": "en_GB.UTF-8", "de": "de_DE.UTF-8"}[m.language]
	m.katrin, m.mira = sit(m.t, m.katrins, m.width, m.height, locale), sit(m.t, m.mirases, m.width, m.height, locale)
	m.katrin.patient, m.mira.patient = 480*time.Millisecond, 480*time.Millisecond
	m.katrin.sees(`▲ .*(Sales|Vertrieb)`)
	m.mira.sees(`◆ .*Marketing`)
}

// asked types the answer to a question that has just come up: what is typed at once is
// taken for no answer.
func (g *guest) asked(question, answer string) {
	g.t.Helper()
	g.sees(question)
	time.Sleep(300 * time.Millisecond)
	g.types(answer)
}

// fills types into one field after the other, each seen before the next comes.
func (g *guest) fills(values ...string) {
	g.t.Helper()
	for i, value := range values {
		if i > 0 {
			g.types("tab")
		}
		if value != "" {
			g.types(value)
			g.sees(regexp.QuoteMeta(value))
		}
	}
}

// signal is the one about Ulm, as a script reads it.
func (m *match) signal() (s struct {
	Gap  int
	Case struct{ State string }
}) {
	m.t.Helper()
	out, said, code := m.command(m.katrins, "signals --json")
	require.Zero(m.t, code, said)
	var all struct {
		Signals []json.RawMessage `json:"signals"`
	}
	require.NoError(m.t, json.Unmarshal([]byte(out), &all))
	require.Len(m.t, all.Signals, 1, out)
	require.NoError(m.t, json.Unmarshal(all.Signals[0], &s))
	return s
}

// said are the words of a language that the screens are looked at by.
type said map[string]string

var storyWords = map[string]said{
	"en": {
		"quiet": `No campaign that needs visits`, "draft": `draft for 22 accounts`, "plan": `Plan Wintermailing\?`, "open": `1 open`,
		"undone": `Undone:`, "redone": `Done again:`, "counter": `By phone`, "split": `12 by visit, 6 by phone: 12 short instead of 18`,
		"proposal": `▸ proposal`, "waits": `counter-proposal waits for your answer`, "due": `An answer by marketing is due`,
		"carry": `Visits missing here: 12 +instead of 18|Visits missing here: 12 instead|missing here: 12`, "carried": `✓ carried out`,
		"needs": `12 \+ 6 by phone`, "by phone": `6 accounts in place of a visit, 0 called`, "list": `6 accounts in all`, "calls": `6 now`,
		"wish": `wishes a visit Wed 2 Dec`, "confirm": `Visit Kunde 16\?`, "planned": `Planned for Katrin Sommer: Kunde 16`,
		"no calls": `1 wants no calls`, "marked": `○ wants no calls`, "never": `never taken back`, "again": `Undone: Call logged: Kunde 18`,
		"empty": `Nobody to call now`, "counted": `1 promised for Thu 26 Nov or later.*3 called today`, "called": `5 accounts in place of a visit, 5 called`,
		"met": `Visit logged: %s`, "log": `Log a visit`, "late": `1 promised call overdue: Kunde 21`, "overdue": `overdue`, "reached": `reached: Kunde 21`,
		"ledger": `Ledger`, "given": `1 given = 1 taken \+ 0 declined \+ 0 countered \+ 0 unanswered`, "taken": `1 taken = 1 scored \+ 0 missed \+ 0 gone \+ 0 running`,
		"gone": `0 open`, "new": `New campaign`, "stays": `stays as long as it is answered`, "appointment": `A visit at Kunde 16`, "call back": `Call Kunde 21 back`, "week": `1 visit, `, "to confirm": `confirm\?`, "nothing": `Nothing to do\. Least`,
	},
	"de": {
		"quiet": `keine Kampagne geplant`, "draft": `Entwurf für 22 Kunden`, "plan": `Wintermailing planen\?`, "open": `1 offen`,
		"undone": `Rückgängig gemacht:`, "redone": `Wiederholt:`, "counter": `Mit Anruf`, "split": `12 mit Besuch, 6 mit Anruf: 12 fehlen statt 18`,
		"proposal": `▸ Gegenvorschlag`, "waits": `Gegenvorschlag wartet auf Ihre Antwort`, "due": `Eine Antwort|Antwort des Marketings`,
		"carry": `fehlen dann 12|dann 12`, "carried": `✓ ausgeführt`,
		"needs": `12 \+ 6 mit Anruf`, "by phone": `6 Kunden statt eines Besuchs, 0 angerufen`, "list": `6 Kunden insgesamt`, "calls": `6 jetzt`,
		"wish": `wünscht einen Besuch Mi 02\.12\.`, "confirm": `Kunde 16 besuchen\?`, "planned": `Für Katrin Sommer eingeplant: Kunde 16`,
		"no calls": `1 will keine Anrufe`, "marked": `○ wünscht keine Anrufe`, "never": `hebt das auf`, "again": `Rückgängig gemacht: .*Kunde 18`,
		"empty": `Jetzt ist niemand anzurufen`, "counted": `1 für Do 26\.11\. oder später.*3 heute`, "called": `5 Kunden statt eines Besuchs, 5 angerufen`,
		"met": `Besuch eingetragen: %s`, "log": `Besuch eintragen`, "late": `1 zugesagter Anruf überfällig: Kunde 21`, "overdue": `überfällig`, "reached": `erreicht: Kunde 21`,
		"ledger": `Pässe`, "given": `1 gegeben = 1 angenommen \+ 0 abgelehnt \+ 0 Gegenvorschlag \+ 0 unbeantwortet`, "taken": `1 angenommen = 1 Treffer \+ 0 verfehlt \+ 0 weggefallen \+ 0 laufend`,
		"gone": `0 offen`, "new": `Neue Kampagne`, "stays": `bleibt, solange er beantwortet ist`, "appointment": `Ein Besuch bei Kunde 16`, "call back": `Rückruf bei Kunde 21`, "week": `1 Besuch, `, "to confirm": `bestätigen\?`, "nothing": `Nichts zu tun\. Am wenigsten`,
	},
}

func TestTheOneTwo(t *testing.T) {
	for i, run := range []struct {
		width, height int
		language      string
	}{{80, 24, "de"}, {80, 24, "en"}, {160, 45, "de"}, {160, 45, "en"}} {
		if (testing.Short() || cores.RaceDetector) && i > 0 { // whole without it: it is the same server
			break
		}
		t.Run(fmt.Sprintf("%dx%d %s", run.width, run.height, run.language), func(t *testing.T) {
			m := newMatch(t, run.width, run.height, run.language)
			m.morning("2026-11-24 10:00")
			m.planned()
			m.countered()
			m.carriedOut()
			m.calledFor()
			m.visited()
			m.ledger()
		})
	}
}

// planned: marketing plans a campaign, and sales sees what it asks for.
func (m *match) planned() {
	w, sales, marketing := storyWords[m.language], m.katrin, m.mira
	sales.sees(w["quiet"])
	marketing.types("4", "n")
	marketing.sees(w["new"])
	marketing.fills("Wintermailing", "mailing", "7.12.", "18.12.", "Ulm", "")
	marketing.types(" ")
	marketing.sees(`●.A`)
	marketing.types("ctrl+s")
	marketing.sees(w["draft"])
	sales.sees(w["quiet"])
	marketing.types("p")
	marketing.asked(w["plan"], "y")
	sales.sees(`Ulm +Wintermailing`)
	marketing.types("z")
	marketing.sees(w["undone"])
	sales.sees(w["quiet"])
	marketing.types("Z")
	marketing.sees(w["redone"])
	sales.sees(`Ulm +Wintermailing`)
	require.Equal(m.t, 18, m.signal().Gap, "80 % of 22")
}

// countered: sales has room for twelve, and proposes that marketing calls the other six.
func (m *match) countered() {
	w, sales, marketing := storyWords[m.language], m.katrin, m.mira
	marketing.types("1")
	sales.types("B")
	sales.sees(w["counter"])
	sales.fills("", "", "", "6")
	sales.sees(w["split"])
	sales.types("ctrl+s")
	sales.sees(w["proposal"])
	marketing.sees(w["waits"])
	sales.types("z")
	sales.sees(w["undone"])
	marketing.sees(w["nothing"])
	require.Empty(m.t, m.signal().Case.State, "nobody has said anything")
	sales.types("Z")
	marketing.sees(w["waits"])
	require.Equal(m.t, "countered", m.signal().Case.State)
	require.Equal(m.t, 18, m.signal().Gap, "a proposal changes nothing yet")
}

// carriedOut: marketing carries it out with one key, and says yes once.
func (m *match) carriedOut() {
	w, sales, marketing := storyWords[m.language], m.katrin, m.mira
	marketing.types("tab", "enter")
	marketing.sees(`katrin`)
	marketing.types("Y")
	marketing.asked(w["carry"], "y")
	marketing.sees(w["needs"])
	sales.sees(w["carried"])
	require.Equal(m.t, 12, m.signal().Gap)
	marketing.types("z")
	marketing.sees(w["undone"])
	sales.sees(w["proposal"])
	require.Equal(m.t, 18, m.signal().Gap, "one step back takes both back, the answer and the split")
	marketing.types("Z")
	marketing.sees(w["redone"])
	sales.sees(w["carried"])
	sales.types("z")
	sales.sees(w["stays"])
	sales.sees(w["carried"])
	require.Equal(m.t, 12, m.signal().Gap, "what was agreed stands until both have taken it back")
}

// calledFor: the six are called. One wishes a visit, which comes to stand in the rep's
// week; one wants no calls any more, and is gone for good.
func (m *match) calledFor() {
	w, sales, marketing := storyWords[m.language], m.katrin, m.mira
	marketing.types("esc", "4", "enter")
	marketing.sees(w["by phone"])
	marketing.types("Q")
	marketing.sees(w["list"])
	marketing.sees(w["calls"])
	for again := range 2 { // once to be taken back
		marketing.sees(`0731 5550116`)
		marketing.types("t")
		marketing.sees(w["appointment"])
		marketing.fills("2.12.", "10:30")
		marketing.types("ctrl+s")
		marketing.sees(`0731 5550117`)
		if again == 0 {
			marketing.types("z")
		}
	}
	sales.types("I")
	sales.sees(`Kunde 16`)
	sales.asked(w["wish"], "enter")
	sales.asked(w["confirm"], "y")
	sales.sees(w["planned"])
	sales.types("6")
	sales.sees(w["week"])
	sales.types("right", "right") // to the Wednesday
	sales.sees(`Kunde 16`)
	sales.types("z")
	sales.sees(w["undone"])
	sales.sees(w["to confirm"])
	sales.types("Z")
	sales.sees(w["redone"])
	sales.sees(`Kunde 16`)

	sales.types("3", "/", "Kunde 17", "enter", "enter")
	sales.sees(`0731 5550117`)
	marketing.types("o", "x")
	marketing.sees(w["no calls"])
	sales.sees(w["marked"]) // while the page is open
	marketing.types("z")
	marketing.sees(w["never"])
	marketing.sees(w["no calls"])
	out, _, _ := m.command(m.mirases, "optout check +497315550117")
	require.Contains(m.t, out, "K17")
	require.Equal(m.t, 13, m.signal().Gap, "18 visits less 4 by phone, and one is planned: who objects is visited")

	marketing.sees(`Kunde 18`)
	marketing.types("n")
	marketing.sees(`Kunde 19`)
	marketing.types("z")
	marketing.sees(w["again"])
	marketing.sees(`0731 5550118`)
	marketing.types("n")
	marketing.sees(`0731 5550119`)
	marketing.types("r")
	marketing.sees(`0731 5550120`)
	marketing.types("d")
	marketing.sees(`0731 5550121`)
	marketing.types("c")
	marketing.sees(w["call back"])
	marketing.fills("26.11.", "14:00")
	marketing.types("ctrl+s")
	marketing.sees(w["empty"])
	require.Regexp(m.t, `(?s)`+w["counted"], marketing.text(), "not all done: two stand in the way of themselves")
	marketing.types("esc")
	marketing.sees(w["called"])
}

// visited: the wished visit is made, a promised call is late and made, and the others are
// visited once the campaign has begun.
func (m *match) visited() {
	w := storyWords[m.language]
	m.morning("2026-12-02 17:00")
	sales, marketing := m.katrin, m.mira
	marketing.sees(w["late"])
	marketing.types("!")
	marketing.sees(w["overdue"])
	marketing.types("r")
	marketing.sees(w["reached"])
	sales.types("3", "/", "Kunde 16", "enter", "enter")
	sales.sees(`0731 5550116`)
	sales.types("v")
	sales.sees(w["log"])
	sales.types("ctrl+s")
	sales.sees(fmt.Sprintf(w["met"], "Kunde 16"))

	m.morning("2026-12-08 17:00")
	sales = m.katrin
	require.Equal(m.t, 13, m.signal().Gap)
	sales.types("enter")
	sales.sees(`13`)
	for i := range 13 {
		sales.types("v")
		sales.sees(w["log"])
		sales.types("ctrl+s")
		sales.sees(fmt.Sprintf(w["met"], "Kunde"))
		if i == 0 {
			require.Equal(m.t, 12, m.signal().Gap)
			sales.types("z")
			sales.sees(w["undone"])
			require.Equal(m.t, 13, m.signal().Gap)
			sales.types("Z")
			sales.sees(w["redone"])
			require.Equal(m.t, 12, m.signal().Gap)
		}
	}
	m.mira.sees(w["gone"])
}

// ledger: once the campaign is over, both read the same of it.
func (m *match) ledger() {
	w := storyWords[m.language]
	m.morning("2026-12-21 09:00")
	for _, g := range []*guest{m.katrin, m.mira} {
		g.types("ctrl+p", w["ledger"])
		g.sees(`▸ .*` + w["ledger"])
		g.types("enter")
		g.sees(w["given"])
		g.sees(w["taken"])
	}
	out, said, code := m.command(m.mirases, "ledger --json")
	require.Zero(m.t, code, said)
	require.Contains(m.t, strings.Join(strings.Fields(out), ""), `"scored":1`)
	require.NotContains(m.t, out, "katrin", "no persons")
	m.katrin.quits()
	m.mira.quits()
	m.end()
}
