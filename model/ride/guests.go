package ride

// Who came along on visits and listened in on calls. Guests are names as they were typed, so the same person is found
// by what people vary: capitals, blanks, an initial for the first name, a function in brackets.

import (
	"cmp"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"doppelpass/model"
)

// Guest is somebody who was out with reps or listened in on calls.
type Guest struct {
	Name       string     // as it was written most often
	Person     string     // code of the person of the team; "": none of that name, or several
	Department model.Role // of that person; "": unknown
	Visits     int
	Calls      int      // on which they listened in
	Days       int      // with either
	Reps       []string // with whom they were out, most visits first
	Last       model.Date
}

// Out is who came along on visits at which a customer was met or listened in on calls in
// which somebody answered, most days first, then by name.
func Out(b *model.Book, visits []model.Visit, calls []model.Call) []Guest {
	t := tallies{people: b.People(), all: map[string]*tally{}}
	for _, v := range visits {
		if v.Kind != model.VisitMet {
			continue
		}
		for guest := range t.of(v.Guests, v.Date) {
			guest.Visits++
			if v.Rep != "" {
				guest.reps[v.Rep]++
			}
		}
	}
	for _, c := range calls {
		if c.Outcome == model.CallNotReached {
			continue
		}
		for guest := range t.of(c.Guests, c.Date) {
			guest.Calls++
		}
	}
	list := make([]Guest, 0, len(t.all))
	for _, t := range t.all {
		g := t.Guest
		g.Name, g.Reps, g.Days = mostOften(t.spellings)[0], mostOften(t.reps), len(t.days)
		list = append(list, g)
	}
	slices.SortFunc(list, func(x, y Guest) int {
		return cmp.Or(cmp.Compare(y.Days, x.Days), strings.Compare(x.Name, y.Name), strings.Compare(x.Person, y.Person))
	})
	return list
}

// tally is a guest while rows are counted.
type tally struct {
	Guest
	spellings map[string]int
	days      map[model.Date]bool
	reps      map[string]int
}

type tallies struct {
	people []model.Person
	all    map[string]*tally
}

// of are the guests of a row, each once: a name that stands there twice was there once.
func (t tallies) of(guests []string, day model.Date) iter.Seq[*tally] {
	return func(yield func(*tally) bool) {
		var seen []*tally
		for _, written := range guests {
			guest := t.guest(written)
			if guest == nil || slices.Contains(seen, guest) {
				continue
			}
			seen = append(seen, guest)
			guest.days[day] = true
			guest.Last = max(guest.Last, day)
			if !yield(guest) {
				return
			}
		}
	}
}

// guest counts a name; nil where there is none in it.
func (t tallies) guest(written string) *tally {
	written = strings.Join(strings.Fields(written), " ")
	key := plain(written)
	if key == "" {
		return nil
	}
	person, known := personOf(t.people, written)
	if known {
		key = "\x00" + person.Code
	}
	guest := t.all[key]
	if guest == nil {
		guest = &tally{spellings: map[string]int{}, days: map[model.Date]bool{}, reps: map[string]int{}}
		if known {
			guest.Person, guest.Department = person.Code, person.Side()
		}
		t.all[key] = guest
	}
	guest.spellings[written]++
	return guest
}

// NotOut are the active people of the team who are no reps and not among the guests.
func NotOut(b *model.Book, guests []Guest) (people []model.Person) {
	for _, p := range b.People() {
		if !p.Inactive && p.Rep == "" && !slices.ContainsFunc(guests, func(g Guest) bool { return g.Person == p.Code }) {
			people = append(people, p)
		}
	}
	return people
}

// Names are those that a form can offer as guests, each once: who came along most often
// first, then the team and whom territories name in marketing. Reps of their own territory
// ride along as well, last.
func Names(b *model.Book, visits []model.Visit) (names []string) {
	taken := map[string]bool{}
	add := func(name string) {
		name = strings.Join(strings.Fields(name), " ")
		if key := plain(name); key != "" && !taken[key] && !strings.ContainsAny(name, ";,") {
			taken[key] = true
			names = append(names, name)
		}
	}
	for _, g := range Out(b, visits, nil) {
		add(g.Name)
	}
	for _, p := range b.People() {
		if !p.Inactive && p.Rep == "" {
			add(p.Name)
		}
	}
	for _, area := range b.Areas() {
		add(area.Marketing)
	}
	for _, rep := range b.Reps() {
		add(rep.Name)
	}
	return names
}

// mostOften are what was counted, the most first, then in order of the letters.
func mostOften(counts map[string]int) []string {
	list := make([]string, 0, len(counts))
	for word := range counts {
		list = append(list, word)
	}
	slices.SortFunc(list, func(x, y string) int { return cmp.Or(cmp.Compare(counts[y], counts[x]), strings.Compare(x, y)) })
	return list
}

// plain is a name without capitals and without what stands in brackets behind it.
func plain(name string) string {
	bare, _, _ := strings.Cut(name, "(")
	if strings.TrimSpace(bare) == "" {
		bare = strings.Trim(name, "() ")
	}
	return strings.ToLower(strings.Join(strings.Fields(bare), " "))
}

// personOf is the one person of the team whom a name means: the same name, or the same last
// name with the first letter of the first one.
func personOf(people []model.Person, written string) (found model.Person, ok bool) {
	name := plain(written)
	for _, same := range []func(a, b string) bool{func(a, b string) bool { return a == b }, shortened} {
		matches := 0
		for _, p := range people {
			if person := plain(p.Name); person != "" && same(name, person) {
				found = p
				matches++
			}
		}
		if matches > 0 {
			return found, matches == 1
		}
	}
	return model.Person{}, false
}

// shortened reports whether two names are the same but for a first name of which one gives
// only the first letter: "l. neumann" and "lena neumann".
func shortened(a, b string) bool {
	first, last, parted := strings.Cut(a, " ")
	other, otherLast, otherParted := strings.Cut(b, " ")
	if !parted || !otherParted || last != otherLast {
		return false
	}
	initial, full := strings.TrimSuffix(first, "."), strings.TrimSuffix(other, ".")
	if utf8.RuneCountInString(initial) > utf8.RuneCountInString(full) {
		initial, full = full, initial
	}
	return utf8.RuneCountInString(initial) == 1 && strings.HasPrefix(full, initial)
}

// Quarter is the first day of a day's quarter of the year.
func Quarter(day model.Date) model.Date {
	t := day.Time()
	return model.NewDate(t.Year(), (t.Month()-1)/3*3+1, 1)
}
