package store

// What differs between two states of a block of visits or calls.

import "doppelpass/model"

// unnamed reports whether no row has an identity.
func (rc *rowCoder[T]) unnamed(rows []T) bool {
	for i := range rows {
		if *rc.id(&rows[i]) != (model.RowID{}) {
			return false
		}
	}
	return true
}

// compareRows tells of each row that is only in the first of two states of a
// block, only in the second, or different in both; and of rows that are the same
// but whose identity has to be written down now or no more.
func compareRows[T model.Record](rc *rowCoder[T], old, fresh []T, tell func(before, after *T, wasNamed, named bool) error) error {
	if len(old) == 0 && rc.unnamed(fresh) {
		for i := range fresh { // a long import
			if err := tell(nil, &fresh[i], false, false); err != nil {
				return err
			}
		}
		return nil
	}
	first := 0
	for first < len(old) && first < len(fresh) && rc.same(&old[first], &fresh[first]) {
		first++
	}
	oldEnd, freshEnd := len(old), len(fresh)
	for oldEnd > first && freshEnd > first && rc.same(&old[oldEnd-1], &fresh[freshEnd-1]) {
		oldEnd, freshEnd = oldEnd-1, freshEnd-1
	}
	// Rows of the day on which the difference ends may have changed their place
	// among their like.
	for oldEnd < len(old) {
		day := rc.date(&old[oldEnd])
		if (oldEnd == first || rc.date(&old[oldEnd-1]) != day) && (freshEnd == first || rc.date(&fresh[freshEnd-1]) != day) {
			break
		}
		oldEnd, freshEnd = oldEnd+1, freshEnd+1
	}
	where := make(map[model.RowID]int, oldEnd-first)
	for i := first; i < oldEnd; i++ {
		where[*rc.id(&old[i])] = i
	}
	stays := make([]bool, oldEnd-first)
	nowNamed, wereNamed := rc.explicits(fresh, first, freshEnd), rc.explicits(old, first, oldEnd)
	for i := first; i < freshEnd; i++ {
		named := nowNamed[i-first]
		at, known := where[*rc.id(&fresh[i])]
		if !known {
			if err := tell(nil, &fresh[i], false, named); err != nil {
				return err
			}
			continue
		}
		stays[at-first] = true
		wasNamed := wereNamed[at-first]
		if named == wasNamed && rc.same(&old[at], &fresh[i]) {
			continue
		}
		if err := tell(&old[at], &fresh[i], wasNamed, named); err != nil {
			return err
		}
	}
	for i := first; i < oldEnd; i++ {
		if stays[i-first] {
			continue
		}
		if err := tell(&old[i], nil, wereNamed[i-first], false); err != nil {
			return err
		}
	}
	return nil
}
