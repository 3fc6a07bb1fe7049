package model

// Overlaps are the other campaigns that ask for visits in a territory of c's on a day
// of c's: they want the same accounts and the same rep's room. In the order of their
// starts.
func (b *Book) Overlaps(c Campaign) (others []Campaign) {
	if c.IsTelemarketing() {
		return nil
	}
	for _, other := range b.Campaigns() {
		if other.Code == c.Code || !other.NeedsVisits() || other.End < c.Start || other.Start > c.End {
			continue
		}
		for _, area := range b.Areas() {
			if c.Names(area.Territory) && other.Names(area.Territory) {
				others = append(others, other)
				break
			}
		}
	}
	return others
}
