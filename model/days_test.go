package model_test

// Packed days and calls against the plainest model of them: a list.

import (
	"cmp"
	"encoding/binary"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"doppelpass/model"
)

// edgeDay draws days that are close together, far apart and at both ends.
func edgeDay() *rapid.Generator[model.Date] {
	return rapid.OneOf(
		rapid.Map(rapid.IntRange(-70, 70), func(n int) model.Date { return today + model.Date(n) }),
		rapid.Map(rapid.IntRange(int(model.FirstDate), int(model.LastDate)), func(n int) model.Date { return model.Date(n) }),
		rapid.SampledFrom([]model.Date{model.FirstDate, model.FirstDate + 1, model.LastDate - 1, model.LastDate, today, today - 63, today - 64, today - 65}),
	)
}

func packed(days []model.Date) model.Days {
	var builder model.DaysBuilder
	newest := slices.SortedFunc(slices.Values(days), func(a, b model.Date) int { return cmp.Compare(b, a) })
	for _, day := range newest {
		builder.Append(day, 1)
	}
	return builder.Days()
}

func requireDays(t require.TestingT, want []model.Date, d model.Days) {
	require.NoError(t, d.Check())
	require.Equal(t, len(want), d.Len())
	counts := map[model.Date]int{}
	for _, day := range want {
		counts[day]++
	}
	last := model.LastDate + 1
	for day, count := range d.All() {
		require.Less(t, day, last, "newest first, each day once")
		require.Equal(t, counts[day], count, "%s", day)
		last = day
		delete(counts, day)
	}
	require.Empty(t, counts)
}

func TestDaysAgainstAList(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var list []model.Date
		var d model.Days
		for range rapid.IntRange(0, 40).Draw(t, "steps") {
			day := edgeDay().Draw(t, "day")
			if len(list) > 0 && rapid.Bool().Draw(t, "one that is there") {
				day = rapid.SampledFrom(list).Draw(t, "which")
			}
			before := slices.Clone([]byte(d))
			old := d
			if rapid.IntRange(0, 2).Draw(t, "remove") == 0 {
				d = d.Remove(day)
				if i := slices.Index(list, day); i >= 0 {
					list = slices.Delete(list, i, i+1)
				}
			} else {
				d = d.Add(day)
				list = append(list, day)
			}
			require.True(t, slices.Equal(before, []byte(old)), "a Days is never changed in place")
			requireDays(t, list, d)
			require.True(t, slices.Equal(packed(list), d), "one multiset has one form")
		}
		limit, first, last := edgeDay().Draw(t, "limit"), edgeDay().Draw(t, "first"), edgeDay().Draw(t, "last")
		latest, between := model.Date(0), 0
		for _, day := range list {
			if day <= limit {
				latest = max(latest, day)
			}
			if day >= first && day <= last {
				between++
			}
		}
		require.Equal(t, latest, d.OnOrBefore(limit))
		require.Equal(t, between, d.Between(first, last))
		for day := range d.All() { // stopping early is fine
			require.Equal(t, slices.Max(list), day)
			break
		}
	})
}

func TestDaysBuilder(t *testing.T) {
	var b model.DaysBuilder
	b.Append(today, 2)
	b.Append(today, 1)
	b.Append(today-1, 0)
	b.Append(today-1, -3)
	b.Append(today-64, 1)
	d := b.Days()
	requireDays(t, []model.Date{today, today, today, today - 64}, d)
	require.Empty(t, new(model.DaysBuilder).Days())
	require.LessOrEqual(t, len(packed([]model.Date{today, today - 20, today - 40, today - 60})), 6, "a byte a visit, after the first")
}

func TestDamagedDaysAreFound(t *testing.T) {
	number := func(parts ...uint64) model.Days {
		var d model.Days
		for _, p := range parts {
			d = binary.AppendUvarint(d, p)
		}
		return d
	}
	first, last := uint64(model.FirstDate), uint64(model.LastDate)
	for name, d := range map[string]model.Days{
		"nothing":               number(),
		"the first day":         number(first << 1),
		"the last day":          number(last << 1),
		"back to the first day": number(last<<1, (last-first)<<1),
		"two on a day":          number(last<<1|1, 2),
	} {
		require.NoError(t, d.Check(), name)
	}
	for name, d := range map[string]model.Days{
		"no day":                         number(0),
		"beyond the last day":            number((last + 1) << 1),
		"before the first day":           number(last<<1, last<<1),
		"the same day again":             number(last<<1, 0),
		"the same day again, counted":    number(last<<1, 1, 2),
		"a count of one, told":           number(last<<1|1, 1),
		"a count of none":                number(last<<1|1, 0),
		"a count beyond belief":          number(last<<1|1, 1<<31),
		"a count that is missing":        number(last<<1 | 1),
		"a day cut off":                  {0x80},
		"a count cut off":                append(number(last<<1|1), 0x80),
		"a number that never ends":       {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01},
		"far beyond the last day":        number(1 << 40),
		"a distance beyond the first":    number(100<<1, 100<<1),
		"a distance far beyond, counted": number(100<<1, 1<<19|1, 2),
	} {
		require.ErrorIs(t, d.Check(), model.ErrDays, name)
	}
}

// callsFrom reads calls back to a list.
func callsFrom(c model.CallMarks) []model.CallMark {
	return slices.Collect(c.All())
}

func TestCallMarksAgainstAList(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var list []model.CallMark
		var c model.CallMarks
		for range rapid.IntRange(0, 40).Draw(t, "steps") {
			mark := model.CallMark{Date: edgeDay().Draw(t, "day"), Outcome: model.CallOutcome(rapid.IntRange(0, 4).Draw(t, "outcome"))}
			if len(list) > 0 && rapid.Bool().Draw(t, "one that is there") {
				mark = rapid.SampledFrom(list).Draw(t, "which")
			}
			old, before := c, slices.Clone([]byte(c))
			if rapid.IntRange(0, 2).Draw(t, "remove") == 0 {
				c = c.Remove(mark)
				if i := slices.Index(list, mark); i >= 0 {
					list = slices.Delete(list, i, i+1)
				}
			} else {
				c = c.Add(mark)
				list = append(list, mark)
			}
			require.True(t, slices.Equal(before, []byte(old)), "never changed in place")
			slices.SortFunc(list, func(a, b model.CallMark) int {
				return cmp.Or(cmp.Compare(b.Date, a.Date), cmp.Compare(a.Outcome, b.Outcome))
			})
			require.True(t, slices.Equal(list, callsFrom(c)), "%v\n%v", list, callsFrom(c))
		}
	})
}

func TestManyCallMarksAtOnceAreAsOneByOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mark := rapid.Custom(func(t *rapid.T) model.CallMark {
			return model.CallMark{Date: edgeDay().Draw(t, "day"), Outcome: model.CallOutcome(rapid.IntRange(0, 4).Draw(t, "outcome"))}
		})
		var before model.CallMarks
		for _, m := range rapid.SliceOfN(mark, 0, 20).Draw(t, "there") {
			before = before.Add(m)
		}
		added := rapid.SliceOfN(mark, 0, 20).Draw(t, "added")
		removed := rapid.SliceOfN(mark, 0, 5).Draw(t, "removed")
		if there := callsFrom(before); len(there) > 0 {
			removed = append(removed, rapid.SliceOfN(rapid.SampledFrom(there), 0, 5).Draw(t, "removed of those")...)
		}
		want := before
		for _, m := range removed {
			want = want.Remove(m)
		}
		for _, m := range added {
			want = want.Add(m)
		}
		require.Equal(t, callsFrom(want), callsFrom(before.Change(added, removed)))
	})
}

func FuzzDays(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte(packed([]model.Date{today, today, today - 1, today - 64, today - 9000})))
	f.Add([]byte{0x80})
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01})
	f.Add([]byte{0x03, 0x01})
	f.Add([]byte{0x80, 0x80, 0x20, 0x02, 0x00})
	f.Fuzz(func(t *testing.T, data []byte) {
		d := model.Days(data)
		err := d.Check()
		total := 0
		for _, count := range d.All() {
			total += count
		}
		d.Len()
		d.OnOrBefore(today)
		changed := d.Add(today).Remove(today)
		if err != nil {
			return
		}
		require.Equal(t, total, d.Len())
		require.NoError(t, d.Add(today).Check())
		var builder model.DaysBuilder
		for day, count := range d.All() {
			builder.Append(day, count)
		}
		require.True(t, slices.Equal(changed, builder.Days()), "adding and removing leaves the multiset")
	})
}

func FuzzCallMarks(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte(model.CallMarks{}.Add(model.CallMark{Date: today, Outcome: model.CallOptOut}).Add(model.CallMark{Date: today - 7})))
	f.Add(binary.AppendUvarint(nil, 1<<63))
	f.Add([]byte{0x80})
	f.Fuzz(func(_ *testing.T, data []byte) {
		c := model.CallMarks(data)
		callsFrom(c)
		c.Add(model.CallMark{Date: today}).Remove(model.CallMark{Date: today})
	})
}
