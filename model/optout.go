package model

// Who must not be called: by the account's own record, its calls, the book of
// opt-outs, and by the telephone number, whichever account it stands at.

// silenced are the telephone numbers that nobody may call on a day, in one form and
// hashed.
type silenced struct {
	at      uint64 // the Book's revision of opt-outs
	numbers map[string]bool
	hashes  map[string]bool // of the book's lines whose number is not among numbers
}

// refuses reports whether the account itself has asked not to be called, or is
// marked so.
func (d *Day) refuses(l *Customer) bool {
	return d.refusesByRecord(l) || len(d.book.optedOut) > 0 && d.book.OptedOut(l.Code, d.date)
}

// refusesByRecord looks at the account's mark and its calls.
func (d *Day) refusesByRecord(l *Customer) bool {
	if l.DoNotCall {
		return true
	}
	for call := range l.Calls.All() {
		if call.Outcome == CallOptOut && call.Date <= d.date && !d.book.lifted(l.Code, call.Date, d.date) {
			return true
		}
	}
	return false
}

// lifted reports whether the account's opt-out of a day was lifted by a later
// consent.
func (b *Book) lifted(account string, since, on Date) bool {
	for _, o := range b.optedOut[account] {
		if o.Account == account && o.Lifted > since && o.Lifted <= on {
			return true
		}
	}
	return false
}

// Refuses reports whether nobody may call the account, by itself or by its number.
func (d *Day) Refuses(l *Customer) bool {
	d.lock.Lock()
	defer d.lock.Unlock()
	return d.refusesCalls(l)
}

// refusesCalls is Refuses. The lock is held.
func (d *Day) refusesCalls(l *Customer) bool {
	if d.refuses(l) {
		return true
	}
	number := d.number(l)
	if number == "" {
		return false
	}
	silent := d.silenced()
	if silent.numbers[number] {
		return true
	}
	return len(silent.hashes) > 0 && silent.hashes[d.book.outside.Hash(number)]
}

// silenced works the numbers out anew once an opt-out has changed. The lock is held.
func (d *Day) silenced() *silenced {
	if d.base != nil { // no campaign changes them
		d.base.lock.Lock()
		defer d.base.lock.Unlock()
		return d.base.silenced()
	}
	if d.hushed != nil && d.hushed.at == d.book.refusals {
		return d.hushed
	}
	s := &silenced{at: d.book.refusals, numbers: map[string]bool{}, hashes: map[string]bool{}}
	add := func(l *Customer) {
		if number := d.number(l); number != "" {
			s.numbers[number] = true
		}
	}
	for code := range d.book.refusing {
		if l := d.book.accounts.get(code); l != nil && d.refusesByRecord(l) {
			add(l)
		}
	}
	for who := range d.book.optedOut {
		if l := d.book.accounts.get(who); l != nil && d.book.OptedOut(who, d.date) {
			add(l)
		}
	}
	if d.book.outside.Hash != nil {
		for who, lines := range d.book.optedOut {
			for _, o := range lines {
				if o.Number != "" && o.Number == who && d.book.OptedOut(o.Number, d.date) {
					s.hashes[o.Number] = true
				}
			}
		}
		if len(s.hashes) > 0 {
			for number := range s.numbers {
				delete(s.hashes, d.book.outside.Hash(number))
			}
		}
	}
	d.hushed = s
	return s
}

// touchRefusals marks the signals of all territories: whoever shares a telephone
// number may be in any of them.
func (b *Book) touchRefusals() {
	b.touchAllFindings()
	b.refusals = b.revision
}

// mayRefuse reports whether the account's record or calls say not to call it, on
// whatever day.
func (b *Book) mayRefuse(l *Customer) bool {
	return len(b.optedOut[l.Code]) > 0 || l.refusesSomeDay()
}

// refusesSomeDay looks at the account's own record and calls.
func (l *Customer) refusesSomeDay() bool {
	if l.DoNotCall {
		return true
	}
	for call := range l.Calls.All() {
		if call.Outcome == CallOptOut {
			return true
		}
	}
	return false
}
