package route_test

// The academic team orienteering instances, put to the same solver as real weeks.

import (
	"bufio"
	"cmp"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"testing"
	"time"

	"doppelpass/model/route"
)

// toptw is one instance as its file has it, times in the file's unit.
type toptw struct {
	name          string
	x, y          []float64
	service       []float64
	score         []int
	open, closing []float64
	decimals      float64 // 10 or 100: distances are truncated to this part
}

func readTOPTW(path string) (*toptw, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	in := &toptw{name: strings.TrimSuffix(filepath.Base(path), ".txt"), decimals: 10}
	if strings.HasPrefix(in.name, "pr") {
		in.decimals = 100
	}
	lines := bufio.NewScanner(f)
	for n := 0; lines.Scan(); n++ {
		fields := strings.Fields(lines.Text())
		if n < 2 || len(fields) < 7 {
			continue
		}
		v := make([]float64, len(fields))
		for i, s := range fields {
			if v[i], err = strconv.ParseFloat(s, 64); err != nil {
				return nil, fmt.Errorf("reading %s line %d: %w", path, n+1, err)
			}
		}
		in.x, in.y = append(in.x, v[1]), append(in.y, v[2])
		in.service, in.score = append(in.service, v[3]), append(in.score, int(v[4]))
		in.open, in.closing = append(in.open, v[len(v)-2]), append(in.closing, v[len(v)-1])
	}
	return in, lines.Err()
}

func (in *toptw) distance(a, b int) float64 {
	d := math.Hypot(in.x[a]-in.x[b], in.y[a]-in.y[b])
	return math.Floor(d*in.decimals+1e-9) / in.decimals
}

// ticks turns the file's unit into seconds, a hundredth to a second.
func ticks(v float64) route.Seconds { return route.Seconds(math.Round(v * 100)) }

// problem puts the instance as a week of as many equal days as there are tours.
// A file's window bounds the start of the visit, the planner's the whole of it.
func (in *toptw) problem(tours int) *route.Problem {
	n := len(in.x)
	p := &route.Problem{Travel: route.NewTable(n)}
	for a := range n {
		for b := range n {
			if a != b {
				p.Travel.Set(a, b, route.Leg{Time: ticks(in.distance(a, b))})
			}
		}
	}
	for range tours {
		p.Days = append(p.Days, route.Day{Weekday: 1, Start: 0, End: ticks(in.closing[0])})
	}
	for i := 1; i < n; i++ {
		hours := &route.Hours{}
		hours[1] = []route.Window{{ticks(in.open[i]), ticks(in.closing[i] + in.service[i])}}
		p.Stops = append(p.Stops, route.Stop{Place: i, Prize: in.score[i], Service: ticks(in.service[i]), Hours: hours})
	}
	return p
}

type reference struct {
	name  string
	tours int
	score int
}

func readReference(path string) ([]reference, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []reference
	lines := bufio.NewScanner(f)
	for n := 0; lines.Scan(); n++ {
		fields := strings.Fields(lines.Text())
		if n == 0 || len(fields) < 3 {
			continue
		}
		tours, err := strconv.Atoi(fields[1])
		if err != nil {
			return nil, fmt.Errorf("reading %s line %d: %w", path, n+1, err)
		}
		score, err := strconv.Atoi(fields[2])
		if err != nil {
			return nil, fmt.Errorf("reading %s line %d: %w", path, n+1, err)
		}
		out = append(out, reference{fields[0], tours, score})
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].name < out[j].name })
	return out, lines.Err()
}

// BenchmarkTOPTW plans the instances of the folder TOPTW_DIR for TOPTW_SECONDS
// each (1 unless set) with the numbers of tours TOPTW_TOURS (1,2,4,5 unless
// set), in one goroutine, and prints the gap to the reference scores.
func BenchmarkTOPTW(b *testing.B) {
	dir := os.Getenv("TOPTW_DIR")
	if dir == "" {
		// Printed, since a benchmark's own reason for skipping is only seen with -v.
		fmt.Println("TOPTW skipped: set TOPTW_DIR to a folder with instances and reference.tsv")
		b.SkipNow()
	}
	seconds, err := strconv.ParseFloat(cmp.Or(os.Getenv("TOPTW_SECONDS"), "1"), 64)
	if err != nil {
		b.Fatalf("reading TOPTW_SECONDS: %v", err)
	}
	wanted := map[string]bool{}
	for _, tours := range strings.Split(cmp.Or(os.Getenv("TOPTW_TOURS"), "1,2,4,5"), ",") {
		wanted[strings.TrimSpace(tours)] = true
	}
	references, err := readReference(filepath.Join(dir, "reference.tsv"))
	if err != nil {
		b.Fatal(err)
	}
	for range b.N {
		var sum, worst float64
		count := 0
		for _, r := range references {
			if !wanted[strconv.Itoa(r.tours)] {
				continue
			}
			in, err := readTOPTW(filepath.Join(dir, r.name+".txt"))
			if err != nil {
				b.Fatal(err)
			}
			began := time.Now()
			limit := began.Add(time.Duration(seconds * float64(time.Second)))
			p := in.problem(r.tours)
			w, err := route.Solve(p, route.Options{Seed: 1, Stop: func() bool { return time.Now().After(limit) }})
			if err != nil {
				b.Fatal(err)
			}
			took := time.Since(began).Seconds()
			if wrong := append(referee(p, w), in.check(w)...); len(wrong) > 0 {
				b.Fatalf("%s with %d tours: %v", r.name, r.tours, wrong)
			}
			gap := 100 * float64(r.score-w.Prize) / float64(r.score)
			fmt.Printf("%s %d %d %d %.2f%% %.2f\n", r.name, r.tours, w.Prize, r.score, gap, took)
			sum += gap
			worst = max(worst, gap)
			count++
		}
		if count > 0 {
			fmt.Printf("average gap %.2f%% worst %.2f%%\n", sum/float64(count), worst)
		}
	}
}

// check follows the tours through the file's own numbers: no scaling, no windows
// turned into opening hours.
func (in *toptw) check(w *route.Week) []string {
	const tiny = 1e-6
	var wrong []string
	seen := map[int]bool{}
	score := 0
	for d, day := range w.Days {
		at, now := 0, 0.0
		for _, v := range day.Visits {
			i := v.Stop + 1
			now = max(now+in.distance(at, i), in.open[i])
			if now > in.closing[i]+tiny {
				wrong = append(wrong, fmt.Sprintf("tour %d reaches %d at %.2f, after %.2f", d, i, now, in.closing[i]))
			}
			if seen[i] {
				wrong = append(wrong, fmt.Sprintf("%d is visited twice", i))
			}
			seen[i] = true
			score += in.score[i]
			now += in.service[i]
			at = i
		}
		if now += in.distance(at, 0); now > in.closing[0]+tiny {
			wrong = append(wrong, fmt.Sprintf("tour %d ends at %.2f, after %.2f", d, now, in.closing[0]))
		}
	}
	if score != w.Prize {
		wrong = append(wrong, fmt.Sprintf("score %d, not %d", score, w.Prize))
	}
	return wrong
}
