package model

// The accounts by their codes. A store of a hundred thousand is read at every start, and a
// Go map of strings would cost more than reading them: here a code is hashed once, nothing
// is kept of it but a part of the hash, and the account itself is asked whether it is the
// one.

import "hash/maphash"

// register finds accounts by their codes. The zero value is empty. Any number of
// goroutines may look something up at a time.
type register struct {
	seed  maphash.Seed
	marks []uint32 // parts of hashes, as many as fit a power of two; freeMark and goneMark stand for no account
	found []*Customer
	count int
	used  int // places that are not free
}

const (
	freeMark = iota // and never was anything else since the register was made
	goneMark
	leastMark
)

// leastPlaces is the size of the smallest register.
const leastPlaces = 16

// fullAt is how many of so many places may be used.
func fullAt(places int) int { return places - places/8 }

// grow makes room for that many accounts.
func (r *register) grow(accounts int) {
	places := leastPlaces
	for fullAt(places) < accounts {
		places *= 2
	}
	if places <= len(r.marks) {
		return
	}
	r.rebuild(places)
}

func (r *register) rebuild(places int) {
	old := *r
	if old.marks == nil {
		r.seed = maphash.MakeSeed()
	}
	r.marks, r.found, r.count, r.used = make([]uint32, places), make([]*Customer, places), 0, 0
	for i, mark := range old.marks {
		if mark >= leastMark {
			r.place(mark, old.found[i])
		}
	}
}

// mark is the part of a code's hash that is kept, from which its place follows, too.
func (r *register) mark(code string) uint32 {
	hash := maphash.String(r.seed, code)
	return max(uint32(hash>>32)^uint32(hash), leastMark)
}

// at is where the search for a mark begins.
func (r *register) at(mark uint32) int { return int(mark) & (len(r.marks) - 1) }

// place puts an account that is not there yet where there is room.
func (r *register) place(mark uint32, customer *Customer) {
	i := r.at(mark)
	for r.marks[i] != freeMark {
		i = (i + 1) & (len(r.marks) - 1)
	}
	r.marks[i], r.found[i] = mark, customer
	r.count, r.used = r.count+1, r.used+1
}

// find is the place of a code; false where there is none.
func (r *register) find(code string, mark uint32) (int, bool) {
	if len(r.marks) == 0 {
		return 0, false
	}
	for i := r.at(mark); r.marks[i] != freeMark; i = (i + 1) & (len(r.marks) - 1) {
		if r.marks[i] == mark && r.found[i].Code == code {
			return i, true
		}
	}
	return 0, false
}

// get is the account with a code, nil where there is none.
func (r *register) get(code string) *Customer {
	if r.count == 0 {
		return nil
	}
	if i, ok := r.find(code, r.mark(code)); ok {
		return r.found[i]
	}
	return nil
}

// put has an account found by its code, in place of any other that has it.
func (r *register) put(customer *Customer) {
	if r.used+1 > fullAt(len(r.marks)) {
		places := max(leastPlaces, len(r.marks))
		if 2*(r.count+1) > places { // else most of what is used was left by accounts that are gone
			places *= 2
		}
		r.rebuild(places)
	}
	mark := r.mark(customer.Code)
	if i, ok := r.find(customer.Code, mark); ok {
		r.found[i] = customer
		return
	}
	r.place(mark, customer)
}

// remove has no account found by a code any more.
func (r *register) remove(code string) {
	if r.count == 0 {
		return
	}
	if i, ok := r.find(code, r.mark(code)); ok {
		r.marks[i], r.found[i] = goneMark, nil
		r.count--
	}
}

// all yields every account in no particular order.
func (r *register) all(yield func(*Customer) bool) {
	for _, customer := range r.found {
		if customer != nil && !yield(customer) {
			return
		}
	}
}
