package exchange

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

// TestGermanHeadingsReadBack: what is written in German is recognised as the same table
// with the same columns, none of which has kept its English name.
func TestGermanHeadingsReadBack(t *testing.T) {
	for _, table := range model.Tables {
		header := HeaderIn(table, German)
		require.Len(t, slices.Compact(slices.Sorted(slices.Values(header))), len(header), "%s: no heading stands twice", table)
		m, err := Recognise(header, [][]string{tables[table].examples(German)}, Options{})
		assert.NoError(t, err, "%s: %v", table, header)
		assert.Equal(t, table, m.Table, "%v", header)
		names := Header(table)
		for i, c := range m.Columns {
			assert.NotEqual(t, names[i], header[i], "%s", table)
			assert.Equal(t, names[i], c.Column, "%s: %s", table, header[i])
		}
	}
}

// TestGermanWordsReadBack: each word that a German file has for a stable one is read as
// that again, and a file for scripts keeps the stable one.
func TestGermanWordsReadBack(t *testing.T) {
	for _, test := range []struct {
		list wordList
		read func(*input, string) (string, fault)
	}{
		{germanConsents, stableOf(consentForm, func(c model.Consent) string { return string(c) })},
		{germanVisitKinds, stableOf(visitKindOf, model.VisitKind.String)},
		{germanOutcomes, visitOutcomeWord.read},
		{germanCallOutcomes, stableOf(callOutcomeWord, model.CallOutcome.String)},
		{germanCampaignKinds, campaignKind.read},
		{germanStatuses, stableOf(campaignStatusWord, func(s model.CampaignStatus) string { return string(s) })},
		{germanAbsences, absenceWord.read},
	} {
		for word, said := range test.list {
			got, wrong := test.read(&input{row: &rowState{plan: &plan{}}}, said)
			assert.Empty(t, wrong.reason, said)
			assert.Equal(t, word, got, said)
		}
	}
	for days, want := range map[string]string{"Fr": "Fr", "Mo,Tu,We": "Mo,Di,Mi", "Th,Sa,Su": "Do,Sa,So"} {
		assert.Equal(t, want, germanWeekdays(days))
		got, wrong := splitWeekdays(want)
		assert.Empty(t, wrong.reason, want)
		assert.Equal(t, days, joinWeekdays(got))
	}

	visits := RecordsIn(model.TableVisits, German, Records(model.TableVisits, slices.Values([]model.Record{
		model.Visit{Account: "K-1", Date: date(2026, 3, 4), Kind: model.VisitNotMet, Outcome: "none"},
		model.Visit{Account: "K-2", Date: date(2026, 3, 4), Outcome: "Probefahrt"},
	})))
	var out strings.Builder
	require.NoError(t, WriteCSV(&out, German, visits))
	assert.Contains(t, out.String(), "K-1;04.03.2026;;;nicht angetroffen;ohne;")
	assert.Contains(t, out.String(), "K-2;04.03.2026;;;angetroffen;Probefahrt;")
	out.Reset()
	require.NoError(t, WriteJSON(&out, visits))
	assert.Contains(t, out.String(), `"kind": "not-met", "outcome": "none"`)
}

func stableOf[T any](f form[T], word func(T) string) func(*input, string) (string, fault) {
	return func(in *input, cell string) (string, fault) {
		v, wrong := f.read(in, cell)
		return word(v), wrong
	}
}
