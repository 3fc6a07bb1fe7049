package store

// Damage of every kind at random places of a demo store: signals, an export, the history
// and a check are as of the sound store, or they are an error that says what to do; what
// is not harmless is found by the check; nothing crashes, hangs or takes memory without
// end. The rounds run in a child process, so that a crash is seen and not suffered.
// DOPPELPASS_TEST_DAMAGE_ROUNDS=10000 makes the long form.

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/model/cores"
	"doppelpass/model/demo"
)

// damagedFolder names the folder in which a child damages and reads.
const damagedFolder = "DOPPELPASS_TEST_DAMAGED_FOLDER"

var damageToday = model.NewDate(2026, 11, 24)

// damageKinds are the kinds of damage, with their share of the rounds.
var damageKinds = []struct {
	name  string
	share int // of 100 rounds
	do    func(r *rand.Rand, data, earlier []byte) []byte
}{
	{"a bit", 70, func(r *rand.Rand, data, _ []byte) []byte { return flip(data, r.IntN(len(data)), r) }},
	{"a bit of a page's head", 20, func(r *rand.Rand, data, _ []byte) []byte {
		return flip(data, r.IntN(len(data)/damagePage)*damagePage+r.IntN(80), r)
	}},
	{"a page torn", 3, func(r *rand.Rand, data, earlier []byte) []byte {
		at, from := r.IntN(len(data)/damagePage)*damagePage, r.IntN(7)+1
		other := r.IntN(len(data)/damagePage) * damagePage
		copy(data[at+from*512:at+damagePage], data[other:other+damagePage])
		return data
	}},
	{"a page zeroed", 3, func(r *rand.Rand, data, _ []byte) []byte {
		at := r.IntN(len(data)/damagePage) * damagePage
		clear(data[at : at+damagePage])
		return data
	}},
	{"a page of before", 2, func(r *rand.Rand, data, earlier []byte) []byte {
		var differ []int
		for at := 0; at+damagePage <= min(len(data), len(earlier)); at += damagePage {
			if string(data[at:at+damagePage]) != string(earlier[at:at+damagePage]) {
				differ = append(differ, at)
			}
		}
		at := differ[r.IntN(len(differ))]
		copy(data[at:at+damagePage], earlier[at:])
		return data
	}},
	{"an end cut off", 2, func(r *rand.Rand, data, _ []byte) []byte { return data[:r.IntN(len(data))] }},
}

const damagePage = 4096

func flip(data []byte, at int, r *rand.Rand) []byte {
	data[at] ^= 1 << r.IntN(8)
	return data
}

// makeDamageStore makes a demo store in which people have worked, and the same as it was
// a while before.
func makeDamageStore(folder string) error {
	path := filepath.Join(folder, "whole.db")
	s, err := Open(path, Options{Fast: true})
	if err != nil {
		return err
	}
	defer s.Close()
	if err := s.Load(lead, "demo", "", func(l *Loader) error {
		return demo.Generate(demo.Options{Today: damageToday, Seed: 1, Accounts: 150, Visits: 1500}, l)
	}); err != nil {
		return err
	}
	book, err := s.Book()
	if err != nil {
		return err
	}
	var codes []string
	for c := range book.Accounts {
		codes = append(codes, c.Code)
	}
	slices.Sort(codes)
	for round := range 40 {
		account := codes[round%len(codes)]
		changes := []model.Record{model.Visit{Account: account, Date: damageToday, Rep: "R1", Ref: fmt.Sprint(round), Note: "n"}}
		if round%5 == 0 {
			changes = append(changes, model.PlannedVisit{Account: account, Date: damageToday + 3, Rep: "R1"}, model.OptOut{Account: codes[len(codes)-1-round]})
		}
		for _, record := range changes {
			if _, err := s.Apply(lead, Request{Action: "change", Puts: []Put{{Record: record, New: true}}}); err != nil {
				return err
			}
		}
		if round%7 == 0 {
			if _, err := s.Undo(lead); err != nil {
				return err
			}
		}
		if round == 30 {
			if err := s.Backup(filepath.Join(folder, "before.db")); err != nil {
				return err
			}
		}
	}
	return nil
}

// answersOf is what a person gets to see of a store, or the error.
var answersOf = []struct {
	name string
	give func(path string, w io.Writer) error
}{
	{"signals", func(path string, w io.Writer) error {
		return reading(path, func(s *Store) error {
			book, err := s.RulesBook()
			if err != nil {
				return err
			}
			return json.NewEncoder(w).Encode(book.On(damageToday).Signals())
		})
	}},
	{"export", func(path string, w io.Writer) error {
		return reading(path, func(s *Store) error {
			for _, table := range append([]model.Table{model.TableSettings}, model.Tables[:]...) {
				for record, err := range s.Records(table) {
					if err != nil {
						return err
					}
					fmt.Fprintf(w, "%+v\n", record)
				}
			}
			visits, _, err := s.Visits(VisitQuery{})
			fmt.Fprintf(w, "%+v\n", visits)
			return err
		})
	}},
	{"history", func(path string, w io.Writer) error {
		return reading(path, func(s *Store) error {
			entries, err := s.History(0, 0)
			for _, e := range entries {
				edits, _, err := s.StepEdits(e.Step, 100)
				if err != nil {
					return err
				}
				fmt.Fprintf(w, "%+v %+v\n", e, edits)
			}
			return err
		})
	}},
	{"check", func(path string, w io.Writer) error {
		return reading(path, func(s *Store) error {
			problems, err := s.Check()
			fmt.Fprintf(w, "%+v\n", problems)
			return err
		})
	}},
}

func reading(path string, use func(*Store) error) error {
	s, err := Open(path, Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer s.Close()
	return use(s)
}

// damageRounds is the child: a line in is a kind of damage and a seed, a line out what
// each answer was.
func damageRounds(folder string) {
	whole, err := os.ReadFile(filepath.Join(folder, "whole.db"))
	if err != nil {
		panic(err)
	}
	earlier, err := os.ReadFile(filepath.Join(folder, "before.db"))
	if err != nil {
		panic(err)
	}
	path := filepath.Join(folder, fmt.Sprintf("damaged-%d.db", os.Getpid()))
	answer := func(give func(string, io.Writer) error) (string, error) {
		var out strings.Builder
		err := give(path, &out)
		return out.String(), err
	}
	var sound []string
	if err := os.WriteFile(path, whole, 0o600); err != nil {
		panic(err)
	}
	for _, a := range answersOf {
		said, err := answer(a.give)
		if err != nil {
			panic(err)
		}
		sound = append(sound, said)
	}
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var kind int
		var seed uint64
		if _, err := fmt.Sscan(lines.Text(), &kind, &seed); err != nil {
			panic(err)
		}
		data := damageKinds[kind].do(rand.New(rand.NewPCG(seed, 7)), slices.Clone(whole), earlier)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			panic(err)
		}
		var outcome []string
		for i, a := range answersOf {
			watch := time.AfterFunc(30*time.Second, func() { fmt.Printf("%s: it hangs\n", a.name); os.Exit(9) })
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			said, err := answer(a.give)
			runtime.ReadMemStats(&after)
			watch.Stop()
			switch {
			case after.TotalAlloc-before.TotalAlloc > 500<<20:
				outcome = append(outcome, "eats memory")
			case errors.As(err, &Damaged{}) && strings.Contains(err.Error(), path):
				outcome = append(outcome, "told")
			case err != nil:
				outcome = append(outcome, "another error: "+strings.ReplaceAll(err.Error(), "\n", " "))
			case said == sound[i]:
				outcome = append(outcome, "same")
			case a.name == "check":
				outcome = append(outcome, "told")
			default:
				outcome = append(outcome, "wrong")
			}
		}
		fmt.Println("done\t" + strings.Join(outcome, "\t"))
	}
	_ = os.Remove(path)
}

// damager is a child that is started again when it is gone.
type damager struct {
	t      *testing.T
	folder string
	child  *exec.Cmd
	in     io.WriteCloser
	out    *bufio.Scanner
	errors *strings.Builder
}

func (d *damager) round(kind int, seed uint64) []string {
	if d.child == nil {
		d.child = exec.Command(os.Args[0], "-test.run=^$")
		d.child.Env = append(os.Environ(), damagedFolder+"="+d.folder)
		d.errors = &strings.Builder{}
		d.child.Stderr = d.errors
		var err error
		d.in, err = d.child.StdinPipe()
		require.NoError(d.t, err)
		out, err := d.child.StdoutPipe()
		require.NoError(d.t, err)
		d.out = bufio.NewScanner(out)
		require.NoError(d.t, d.child.Start())
	}
	_, _ = fmt.Fprintln(d.in, kind, seed)
	var said string
	for d.out.Scan() {
		if said = d.out.Text(); strings.HasPrefix(said, "done\t") {
			return strings.Split(said, "\t")[1:]
		}
	}
	_ = d.child.Wait()
	d.child = nil
	first, _, _ := strings.Cut(d.errors.String(), "\n\n")
	return []string{"crashed: " + said + " " + first}
}

func (d *damager) end() {
	if d.child != nil {
		_ = d.in.Close()
		_ = d.child.Wait()
	}
}

func TestNoDamageGivesAWrongAnswer(t *testing.T) {
	if cores.RaceDetector {
		t.Skip("the rounds are processes of their own, which are whole without it")
	}
	rounds := 120
	if testing.Short() {
		rounds = 40
	}
	if n, err := strconv.Atoi(os.Getenv("DOPPELPASS_TEST_DAMAGE_ROUNDS")); err == nil {
		rounds = n
	}
	d := &damager{t: t, folder: t.TempDir()}
	defer d.end()
	require.NoError(t, makeDamageStore(d.folder))
	for kind, k := range damageKinds {
		n := max(rounds*k.share/100, 2)
		counts := map[string]int{}
		for round := range n {
			seed := uint64(round)
			outcome := d.round(kind, seed)
			for i, o := range outcome { // a page may be lost that says what the file is: it is refused
				if k.name != "a bit" && strings.HasSuffix(o, "the file is not a Doppelpass store") {
					outcome[i] = "told"
				}
			}
			harmless := true
			for i, o := range outcome {
				if len(outcome) == len(answersOf) {
					counts[answersOf[i].name+" "+strings.SplitN(o, ":", 2)[0]]++
				} else {
					counts["crashed"]++
				}
				harmless = harmless && o == "same"
				if o != "same" && o != "told" {
					t.Errorf("%s, seed %d: %q", k.name, seed, outcome)
				}
			}
			if !harmless && len(outcome) == len(answersOf) && outcome[len(outcome)-1] == "same" {
				counts["not found by check"]++
				t.Errorf("%s, seed %d: not found by check: %q", k.name, seed, outcome)
			}
		}
		t.Logf("%s, %d rounds: %v", k.name, n, counts)
	}
}
