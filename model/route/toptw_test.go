package route

// The academic team orienteering instances, put to the same solver as real weeks.

import (
	"bufio"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
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
func ticks(v float64) Seconds { return Seconds(math.Round(v * 100)) }

// problem puts the instance as a week of as many equal days as there are tours.
// A file's window bounds the start of the visit, the planner's the whole of it.
func (in *toptw) problem(tours int) *Problem {
	n := len(in.x)
	p := &Problem{Travel: NewTable(n)}
	for a := range n {
		for b := range n {
			if a != b {
				p.Travel.Set(a, b, Leg{Time: ticks(in.distance(a, b))})
			}
		}
	}
	for range tours {
		p.Days = append(p.Days, Day{Weekday: 1, Start: 0, End: ticks(in.closing[0])})
	}
	for i := 1; i < n; i++ {
		hours := &Hours{}
		hours[1] = []Window{{ticks(in.open[i]), ticks(in.closing[i] + in.service[i])}}
		p.Stops = append(p.Stops, Stop{Place: i, Prize: in.score[i], Service: ticks(in.service[i]), Hours: hours})
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
