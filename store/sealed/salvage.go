package sealed

import (
	"cmp"
	"slices"
)

// choices are the classes of pages that may make up a bucket, the likeliest first.
var choices = [][]class{{reached, reachedFree}, {reached, orphan}, {reached}, {reached, reachedFree, orphan}}

// chosen are the entries of a bucket, and how many of those on record are lost; −1
// where there is no record.
func (w *Wreck) chosen(bucket string) (entries []found, lost int, err error) {
	var sums [classes]counted
	for _, f := range w.entries[bucket] {
		_, sealed, err := w.read(f)
		if err != nil {
			return nil, 0, err
		}
		sums[f.class].add(sealed)
	}
	take := func(choice []class) (entries []found) {
		for _, c := range choice {
			for _, f := range w.entries[bucket] {
				if f.class == c {
					entries = append(entries, f)
				}
			}
		}
		return entries
	}
	t, known := w.tallies[bucket]
	for _, choice := range choices {
		var sum counted
		for _, c := range choice {
			sum.entries += sums[c].entries
			sum.sums += sums[c].sums
		}
		if known && sum == t.counted {
			return take(choice), 0, nil
		}
	}
	if !known {
		choice := choices[0]
		if w.Earlier { // the way from the root is lost, too
			choice = choices[len(choices)-1]
		}
		return take(choice), -1, nil
	}
	entries = take(choices[1])
	if !w.freeList {
		return w.ofAnyTime(entries, t)
	}
	if uint64(len(entries)) > t.entries {
		entries = take(choices[0])
	}
	return entries, max(int(t.entries)-len(entries), 1), nil
}

// ofAnyTime is what is found of a bucket where the list of free pages is lost, so that
// nothing tells what is from what was: of a key what the tree leads to, else what lies
// furthest behind, since files grow at their end.
func (w *Wreck) ofAnyTime(entries []found, t tally) (kept []found, lost int, err error) {
	slices.SortStableFunc(entries, func(a, b found) int {
		if a.class != b.class || a.class == reached {
			return cmp.Compare(a.class, b.class)
		}
		return cmp.Compare(b.at, a.at)
	})
	seen := map[string]bool{}
	var sum counted
	for _, f := range entries {
		key, sealed, err := w.read(f)
		if err != nil {
			return nil, 0, err
		}
		if !seen[string(key)] {
			seen[string(key)] = true
			sum.add(sealed)
			kept = append(kept, f)
		}
	}
	if sum == t.counted {
		return kept, 0, nil
	}
	w.Earlier = w.Earlier || slices.ContainsFunc(kept, func(f found) bool { return f.class != reached })
	return kept, max(int(t.entries)-len(kept), 1), nil
}

// Each shows the entries of a bucket, in no order, each key once, and says how many of
// those on record are lost; −1 where there is no record of them.
func (w *Wreck) Each(bucket []byte, show func(key, value []byte) error) (lost int, err error) {
	entries, lost, err := w.chosen(string(bucket))
	if err != nil {
		return 0, err
	}
	for _, f := range entries {
		key, sealed, err := w.read(f)
		if err != nil {
			return 0, err
		}
		if err := show(key, sealed[:len(sealed)-sumSize]); err != nil {
			return 0, err
		}
	}
	return lost, nil
}

// Last is the number that a bucket gave last; 0 where that is lost.
func (w *Wreck) Last(bucket []byte) uint64 { return w.tallies[string(bucket)].last }
