package store

// Memory for many small pieces that are kept as long as each other.

// Memory is taken in blocks, each twice as large as the one before, up to largestBlock; pieces
// larger than largestPiece get memory of their own.
const (
	smallestBlock = 1 << 14
	largestBlock  = 1 << 20
	largestPiece  = smallestBlock / 4
)

// arena copies small pieces one behind the other.
type arena struct {
	free  []byte
	block int // the size of the last one
}

// copy is a copy of a piece.
func (a *arena) copy(piece []byte) []byte {
	if len(piece) > len(a.free) {
		if len(piece) > largestPiece {
			return append([]byte(nil), piece...)
		}
		a.block = min(max(2*a.block, smallestBlock), largestBlock)
		a.free = make([]byte, a.block)
	}
	n := copy(a.free, piece)
	kept := a.free[:n:n]
	a.free = a.free[n:]
	return kept
}
