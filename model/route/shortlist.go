package route

func shortlist(p *Problem, f *frame, keep int, always []int) []int {
	all := make([]int, len(p.Stops))
	for i := range all {
		all[i] = i
	}
	return all
}
