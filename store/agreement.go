package store

// Whether an index holds what follows from the records, without holding either: of the
// entries of both only sums are kept, by groups. Only where sums differ is it asked, in a
// second round, which groups they are.

// agreementPlaces is the number of sums, as a power of two: groups that share one are told
// apart in the second round.
const agreementPlaces = 16

// agreement is the state of one index. Groups are its keys; entries are what a key's value
// lists. Both are given as numbers that stand for them.
type agreement struct {
	sums   [1 << agreementPlaces]uint64 // of what follows, less of what is held
	odd    [1 << agreementPlaces]bool   // something held is not as it is written
	second map[uint64]*groupState       // of the groups that are looked at; nil in the first round
}

type groupState struct {
	follows, holds uint64
	held, odd      bool
}

func newAgreement() *agreement { return &agreement{} }

// mixed64 spreads a number over all bits. Source: the finaliser of MurmurHash3.
func mixed64(x uint64) uint64 {
	x = (x ^ x>>33) * 0xff51afd7ed558ccd
	x = (x ^ x>>33) * 0xc4ceb9fe1a85ec53
	return x ^ x>>33
}

// standsFor is a number for a text.
func standsFor[T ~string | ~[]byte](text T) uint64 {
	const prime = 1099511628211
	x := uint64(14695981039346656037)
	for i := 0; i < len(text); i++ {
		x = (x ^ uint64(text[i])) * prime
	}
	return mixed64(x ^ uint64(len(text))<<56)
}

func placeOf(group uint64) uint64 { return mixed64(group) >> (64 - agreementPlaces) }

// summand is never the same for two entries but by the rarest chance, nor 0.
func summand(group, entry uint64) uint64 {
	const golden = 0x9e3779b97f4a7c15
	return mixed64(mixed64(entry+golden) + (group+1)*golden)
}

func (a *agreement) state(group uint64) *groupState {
	at := placeOf(group)
	if a.sums[at] == 0 && !a.odd[at] {
		return nil
	}
	g := a.second[group]
	if g == nil {
		g = &groupState{}
		a.second[group] = g
	}
	return g
}

// follows says that an entry of a group follows from the records.
func (a *agreement) follows(group, entry uint64) {
	if a.second == nil {
		a.sums[placeOf(group)] += summand(group, entry)
	} else if g := a.state(group); g != nil {
		g.follows += summand(group, entry)
	}
}

// holds says that the index has an entry in a group.
func (a *agreement) holds(group, entry uint64) {
	if a.second == nil {
		a.sums[placeOf(group)] -= summand(group, entry)
	} else if g := a.state(group); g != nil {
		g.holds += summand(group, entry)
	}
}

// holdsTimes is holds so many times: a number that is damaged may be large.
func (a *agreement) holdsTimes(group, entry uint64, times int) {
	if a.second == nil {
		a.sums[placeOf(group)] -= summand(group, entry) * uint64(times)
	} else if g := a.state(group); g != nil {
		g.holds += summand(group, entry) * uint64(times)
	}
}

// has says that the index has the group, and whether its value is as it is written.
func (a *agreement) has(group uint64, written bool) {
	if a.second == nil {
		a.odd[placeOf(group)] = a.odd[placeOf(group)] || !written
	} else if g := a.state(group); g != nil {
		g.held, g.odd = true, g.odd || !written
	}
}

// agree ends the first round.
func (a *agreement) agree() bool {
	a.second = map[uint64]*groupState{}
	for at := range a.sums {
		if a.sums[at] != 0 || a.odd[at] {
			return false
		}
	}
	return true
}

// count says, after the second round, how many groups the index has otherwise than they
// should be, and how many it lacks.
func (a *agreement) count() (wrong, missing int) {
	for _, g := range a.second {
		switch {
		case g.held && (g.odd || g.follows != g.holds):
			wrong++
		case !g.held && g.follows != 0:
			missing++
		}
	}
	return wrong, missing
}
