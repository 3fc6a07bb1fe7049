package store

// Long lists of numbers in their order.

import "slices"

// shortList is how many numbers are sorted by comparing them.
const shortList = 1 << 12

// sortNumbers sorts numbers: many of them by their digits, from the last to the first, those
// in which they differ (Knuth, The Art of Computer Programming, volume 3, section 5.2.5,
// algorithm R).
func sortNumbers(list []uint64) {
	if len(list) <= shortList {
		slices.Sort(list)
		return
	}
	all, any := ^uint64(0), uint64(0)
	sorted := true
	for i, n := range list {
		all, any = all&n, any|n
		sorted = sorted && (i == 0 || list[i-1] <= n)
	}
	if sorted {
		return
	}
	const bits = 11
	differ := any &^ all
	from, to := list, make([]uint64, len(list))
	for shift := 0; shift < 64; shift += bits {
		if differ>>shift&(1<<bits-1) == 0 {
			continue
		}
		var starts [1 << bits]int
		for _, n := range from {
			starts[n>>shift&(1<<bits-1)]++
		}
		sum := 0
		for digit, count := range starts {
			starts[digit], sum = sum, sum+count
		}
		for _, n := range from {
			digit := n >> shift & (1<<bits - 1)
			to[starts[digit]] = n
			starts[digit]++
		}
		from, to = to, from
	}
	if &from[0] != &list[0] {
		copy(list, from)
	}
}
