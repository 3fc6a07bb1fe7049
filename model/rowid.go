package model

// The identity of visits and calls: rows that have no code of their own.

import "encoding/hex"

// RowID identifies one visit or call for ever. Rows that people log here have a
// random one in order of time (a ULID); rows from files have one that follows from
// what the file says of them, so that a file read a second time meets its rows
// again. The zero value means: not stored yet.
type RowID [16]byte

// String is the identity in 32 hexadecimal digits.
func (id RowID) String() string { return hex.EncodeToString(id[:]) }

// derivedMark is the first byte of derived identities: a ULID begins with it only
// after the year 10,000.
const derivedMark = 0xff

// DeriveRowID is the identity of a row from a file. With the identifier of another
// system it follows from that, the account and the day: the same identifier at
// another account or on another day is a running number and another row. Without
// one it follows from account, day, time and who (rep or agent), and nth counts
// the rows that agree in all of them. One half
// is FNV-1a (Fowler, Noll, Vo), the other the same with the multiplier and shift of
// MurmurHash3's finaliser.
func DeriveRowID(account string, day Date, at Clock, by, ref string, nth int) (id RowID) {
	const prime = 1099511628211
	x, y := uint64(14695981039346656037), uint64(0x9e3779b97f4a7c15)
	step := func(b byte) {
		x = (x ^ uint64(b)) * prime
		y = (y ^ uint64(b)) * 0xff51afd7ed558ccd
		y ^= y >> 33
	}
	text := func(s string) {
		for i := 0; i < len(s); i++ {
			step(s[i])
		}
		step(0)
	}
	text(account)
	step(byte(day >> 16))
	step(byte(day >> 8))
	step(byte(day))
	if ref != "" {
		step(1)
		text(ref)
	} else {
		step(2)
		step(byte(at >> 8))
		step(byte(at))
		text(by)
	}
	step(byte(nth >> 16))
	step(byte(nth >> 8))
	step(byte(nth))
	x ^= x >> 32
	x *= 0x9e3779b97f4a7c15
	x ^= x >> 29
	for i := range 8 {
		id[i], id[8+i] = byte(x>>(8*i)), byte(y>>(8*i))
	}
	id[0] = derivedMark
	return id
}
