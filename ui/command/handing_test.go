package command

import (
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/store"
)

// handed is a store with R1's visits of next week at two accounts of T1, and a rep R2.
func handed(t *testing.T) *desk {
	d := newDesk(t)
	accounts := file(t, "accounts.csv", "code,name,territory,class,postcode\nK1,Metallbau Ostertag,T1,A,70173\nK2,Autohaus Krämer,T1,B,89073\n")
	d.done("import", file(t, "territories.csv", "code,name,rep,region\nT1,Stuttgart,R1,Süd\n"), file(t, "reps.csv", "code,name\nR1,K. Sommer\nR2,Timo Brandt\n"), accounts)
	d.done("import", file(t, "plan.csv", "account,date,time,rep\nK1,2026-11-30,09:00,R1\nK2,2026-12-01,10:00,R1\n"), "--as", "plan")
	return d
}

// whose are the reps' visits planned from today on.
func whose(t *testing.T, d *desk) map[string]int {
	s, err := store.Open(d.db, store.Options{ReadOnly: true})
	require.NoError(t, err)
	defer func() { require.NoError(t, s.Close()) }()
	count := map[string]int{}
	for record, err := range s.Records(model.TablePlan) {
		require.NoError(t, err)
		count[record.(model.PlannedVisit).Rep]++
	}
	return count
}

func TestACommandThatTakesAccountsFromTheirRepAsksAboutThePlan(t *testing.T) {
	other := "code,name,rep,region\nT1,Stuttgart,R2,Süd\n"
	for _, c := range []struct {
		name string
		args func(*testing.T) []string
	}{
		{"an import of territories", func(t *testing.T) []string { return []string{"import", file(t, "territories.csv", other)} }},
		{"a hand-over", func(*testing.T) []string { return []string{"hand-over", "rep", "T1", "--to", "timo brandt"} }},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := handed(t)
			args := c.args(t)
			said := d.refused(codeUsage, args...)
			require.Contains(t, said, "2 confirmed visits from today on would be parted from their rep (K. Sommer to Timo Brandt: 2)")
			require.Contains(t, said, "--plans hand-over")
			require.Equal(t, map[string]int{"R1": 2}, whose(t, d))
			require.Contains(t, d.done("export", "territories", "--format", "csv"), "R1", "nothing was changed")
			require.Contains(t, d.refused(codeUsage, append(args, "--plans", "x")...), "--plans")

			require.Contains(t, d.done(append(args, "--plans", "hand-over")...), "2 confirmed visits handed over.")
			require.Equal(t, map[string]int{"R2": 2}, whose(t, d))
			d.done("undo")
			require.Equal(t, map[string]int{"R1": 2}, whose(t, d), "one step")
			require.Contains(t, d.done(append(args, "--plans", "free")...), "2 confirmed visits freed.")
			require.Empty(t, whose(t, d))
			d.done("undo")
			require.Contains(t, d.done(append(args, "--plans", "keep")...), "2 confirmed visits stay with their rep.")
			require.Equal(t, map[string]int{"R1": 2}, whose(t, d))
		})
	}
}

func TestAnImportThatMovesOneAccountAsksAboutItsVisitOnly(t *testing.T) {
	d := handed(t)
	d.done("import", file(t, "territories.csv", "code,name,rep,region\nT2,Ulm,R2,Süd\n"))
	moved := file(t, "accounts.csv", "code,name,territory,class,postcode\nK1,Metallbau Ostertag,T1,A,70173\nK2,Autohaus Krämer,T2,B,89073\n")
	require.Contains(t, d.done("import", moved, "--dry-run"), "1 confirmed visit from today on would be parted")
	require.Contains(t, d.refused(codeUsage, "import", moved, "--lang", "de"), "1 bestätigter Besuch ab heute würde von seinem Außendienstler getrennt (K. Sommer an Timo Brandt: 1)")
	d.done("import", moved, "--plans", "hand-over")
	require.Equal(t, map[string]int{"R1": 1, "R2": 1}, whose(t, d))
	require.NotContains(t, d.done("import", moved), "parted", "what has moved already is not asked about")
}

func TestARepIsRemovedWithAnHeirOrNotAtAll(t *testing.T) {
	d := handed(t)
	require.Contains(t, d.refused(codeUsage, "hand-over", "remove", "R1"), "K. Sommer leaves behind: 1 territory, 2 confirmed visits.")
	require.Contains(t, d.refused(codeUsage, "hand-over", "remove", "R1", "--plans", "hand-over"), "--to")
	require.Contains(t, d.refused(codeUsage, "hand-over", "remove", "R1", "--plans", "keep"), "can keep nothing")
	d.done("hand-over", "remove", "R1", "--to", "R2")
	require.Equal(t, map[string]int{"R2": 2}, whose(t, d))
	require.Contains(t, d.done("check"), "0")
	d.done("undo")
	require.Equal(t, map[string]int{"R1": 2}, whose(t, d))
	d.done("hand-over", "remove", "R1", "--plans", "free")
	require.Empty(t, whose(t, d))
	d.done("undo")
	require.Contains(t, d.done("hand-over", "all", "R1", "--to", "R2"), "K. Sommer has handed over to Timo Brandt: 1 territory, 2 confirmed visits.")
	require.Equal(t, map[string]int{"R2": 2}, whose(t, d))
}

func TestATerritoryIsSplitByPostcode(t *testing.T) {
	d := handed(t)
	require.Contains(t, d.refused(codeUsage, "hand-over", "split", "T1", "--postcodes", "70", "--rep", "R2"), "1 confirmed visit from today on")
	require.Contains(t, d.refused(codeFailed, "hand-over", "split", "T1", "--postcodes", "99"), "No postcode in Stuttgart")
	require.Contains(t, d.done("hand-over", "split", "T1", "--postcodes", "70", "--name", "Mitte", "--rep", "R2", "--plans", "hand-over"), "Mitte made, 1 account came into it.\n1 confirmed visit handed over.")
	require.Equal(t, map[string]int{"R1": 1, "R2": 1}, whose(t, d))
	d.done("undo")
	require.Equal(t, map[string]int{"R1": 2}, whose(t, d))
}
