package store

// Which row of a block a row of a file means. Files may have thousands of rows at one
// account on one day: few rows are compared each with each, many are looked up.

import (
	"slices"

	"doppelpass/model"
)

// likeIncoming counts the file's rows before one that are like it, while the rows of an
// account are gone through one behind the other, those of a day together.
type likeIncoming[T model.Record] struct {
	m     *rowMerger[T]
	byDay bool // whatever their time
	day   model.Date
	next  int // the rows before it are counted
	seen  map[likeness]int
}

// nth counts for the row at a place.
func (l *likeIncoming[T]) nth(rows []incoming[T], at int) int {
	if l.m.coder.ref(rows[at].row) != "" {
		return 0
	}
	if day := l.m.coder.date(rows[at].row); l.seen == nil || day != l.day {
		from := at
		for from > 0 && l.m.coder.date(rows[from-1].row) == day {
			from--
		}
		if from == at { // most are alone on their day
			return 0
		}
		l.day, l.next = day, from
		if l.seen == nil {
			l.seen = map[likeness]int{}
		}
		clear(l.seen)
	}
	for ; l.next < at; l.next++ {
		if l.m.coder.ref(rows[l.next].row) == "" {
			l.seen[l.of(rows[l.next].row)]++
		}
	}
	return l.seen[l.of(rows[at].row)]
}

func (l *likeIncoming[T]) of(row *T) likeness {
	is := likenessOf((*row).Key())
	if l.byDay {
		is.time = 0
	}
	return is
}

// standingRows are the rows of a block that were there before the file.
type standingRows[T model.Record] struct {
	m    *rowMerger[T]
	rows []T
	// places are the rows' places by what they are found by, in their order, ids those by
	// their identity; nil as long as few are there.
	places map[standing][]int
	ids    map[model.RowID]int
}

// standing is what a row that is there is found by.
type standing struct {
	day   model.Date
	byDay bool // one of the two has lost its time of day by its age
	likeness
}

// find is the place of the row that the nth such row of a file means; −1 where there is
// none. A row with an identifier is the one that has it, on its day; one without is one
// without, of its time and its rep or agent. ByDay: one of the two has no time any more.
func (s *standingRows[T]) find(row *T, nth int, byDay bool) (int, error) {
	is := standing{s.m.coder.date(row), false, likenessOf((*row).Key())}
	switch {
	case is.ref != "":
		nth = 0
	case byDay:
		is = s.withoutTime(row)
	}
	if len(s.rows) > fewRows {
		if err := s.lookUp(); err != nil {
			return -1, err
		}
		if places := s.places[is]; nth < len(places) {
			return places[nth], nil
		}
		return -1, nil
	}
	for k := range s.rows {
		there := &s.rows[k]
		if s.m.coder.date(there) != is.day {
			continue
		}
		if is.ref != "" {
			if s.m.coder.ref(there) == is.ref {
				return k, nil
			}
			continue
		}
		by, err := s.foundBy(there)
		if err != nil {
			return -1, err
		}
		if slices.Contains(by, is) {
			if nth == 0 {
				return k, nil
			}
			nth--
		}
	}
	return -1, nil
}

// identified is the place of the row with an identity; −1 where there is none.
func (s *standingRows[T]) identified(id model.RowID) int {
	if len(s.rows) <= fewRows {
		return slices.IndexFunc(s.rows, func(row T) bool { return *s.m.coder.id(&row) == id })
	}
	if s.ids == nil {
		s.ids = make(map[model.RowID]int, len(s.rows))
		for k := range s.rows {
			s.ids[*s.m.coder.id(&s.rows[k])] = k
		}
	}
	if k, there := s.ids[id]; there {
		return k
	}
	return -1
}

// withoutTime is what a row is found by where another has lost its time of day by its age.
func (s *standingRows[T]) withoutTime(row *T) standing {
	aged, _ := model.Aging{model.KeepingTimes: model.LastDate}.Of(*row)
	return standing{s.m.coder.date(row), true, likenessOf(aged.Key())}
}

// foundBy is all that a row is found by. The store may have its rep by a name that was no
// rep's yet when it came in.
func (s *standingRows[T]) foundBy(row *T) (by []standing, err error) {
	is := standing{s.m.coder.date(row), false, likenessOf((*row).Key())}
	by = append(make([]standing, 0, 4), is)
	if is.ref != "" {
		return by, nil
	}
	if is.day <= s.m.forgetting.aging[model.KeepingTimes] {
		by = append(by, s.withoutTime(row))
	}
	rep, err := s.m.rep(is.by)
	if err != nil {
		return nil, err
	}
	if rep != "" && rep != is.by {
		for _, is := range by {
			is.by = rep
			by = append(by, is)
		}
	}
	return by, nil
}

func (s *standingRows[T]) lookUp() error {
	if s.places != nil {
		return nil
	}
	s.places = make(map[standing][]int, 2*len(s.rows))
	for k := range s.rows {
		by, err := s.foundBy(&s.rows[k])
		if err != nil {
			return err
		}
		for _, is := range by {
			s.places[is] = append(s.places[is], k)
		}
	}
	return nil
}

// replace puts another row in the place of one.
func (s *standingRows[T]) replace(k int, row T) error {
	if s.places != nil {
		was, err := s.foundBy(&s.rows[k])
		if err != nil {
			return err
		}
		now, err := s.foundBy(&row)
		if err != nil {
			return err
		}
		for _, is := range was {
			if at, found := slices.BinarySearch(s.places[is], k); found && !slices.Contains(now, is) {
				s.places[is] = slices.Delete(s.places[is], at, at+1)
			}
		}
		for _, is := range now {
			if at, found := slices.BinarySearch(s.places[is], k); !found {
				s.places[is] = slices.Insert(s.places[is], at, k)
			}
		}
	}
	if s.ids != nil {
		delete(s.ids, *s.m.coder.id(&s.rows[k]))
		s.ids[*s.m.coder.id(&row)] = k
	}
	s.rows[k] = row
	return nil
}
