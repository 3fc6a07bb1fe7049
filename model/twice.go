package model

// One visit that two people have logged, without knowing of each other: both stand, until
// somebody says that they are one.

import "slices"

// twiceApart is how far apart two visits of one rep to one account on a day must begin to be
// two, in minutes.
const twiceApart = 60

// Twice reports whether two visits may be one that was logged twice: the same rep at the
// same account on the same day, at times that do not speak against it. Two rows of another
// system are two visits.
func Twice(a, b Visit) bool {
	if a.ID == b.ID || a.Account != b.Account || a.Date != b.Date || a.Rep != b.Rep || a.Ref != "" && b.Ref != "" {
		return false
	}
	return a.Time == 0 || b.Time == 0 || max(a.Time, b.Time)-min(a.Time, b.Time) < twiceApart
}

// AsOne is two visits that are one: the first, with what only the other one says.
func AsOne(a, b Visit) Visit {
	d := DescriptionOf(a)
	empty := d.Empty()
	one := Record(a)
	for i, f := range d.Fields() {
		switch {
		case f.Name == "note":
			one = d.With(one, i, mergeParagraphs("", a.Note, b.Note))
		case f.Name == "guests":
			guests := slices.Clone(a.Guests)
			for _, guest := range b.Guests {
				if !slices.Contains(guests, guest) {
					guests = append(guests, guest)
				}
			}
			one = d.With(one, i, guests)
		case sameAt(d, one, empty, i):
			one = d.With(one, i, d.Value(b, i))
		}
	}
	return one.(Visit)
}
