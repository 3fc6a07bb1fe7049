package tables

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/store/exchange"
	"doppelpass/ui/text"
)

var today = model.NewDate(2026, 11, 24)

func company() *model.Book {
	b := model.NewBook()
	for _, r := range []model.Record{
		model.Rep{Code: "R1", Name: "K. Sommer"},
		model.Territory{Code: "T1", Name: "Ostalb", Region: "Süd", Rep: "R1"},
		model.Account{Code: "K1", Name: "Metallbau", Territory: "T1", Class: model.ClassA, Phone: "0711", Potential: 1200000, Since: today - 900},
		model.Account{Code: "K2", Class: model.ClassB, Since: today - 900},
		model.Visit{Account: "K1", Date: today - 60, Rep: "R1"},
	} {
		b.Apply(model.Change{Edits: []model.Edit{{After: r}}})
	}
	return b
}

// check sees to it that everything a table says has its words in the language.
func check[R any](t *testing.T, name string, table Table[R], v View) {
	t.Helper()
	for _, c := range table.Page() {
		if c.Title != "" && strings.Contains(c.Title, ".") {
			require.True(t, v.Text.Has(c.Title), "%s: %s", name, c.Title)
		}
	}
	sheet := table.Sheet(v, slices.Values([]R(nil)))
	require.Len(t, sheet.Header, len(sheet.Keys))
	for i, header := range sheet.Header {
		require.NotContains(t, header, ".", "%s: %s", name, sheet.Keys[i])
	}
	require.Equal(t, len(sheet.Keys), len(slices.Compact(slices.Sorted(slices.Values(sheet.Keys)))), "%s: two columns with one key", name)
	for _, key := range table.First {
		require.Contains(t, sheet.Keys, key, name)
	}
	for _, c := range table.Columns {
		require.False(t, c.Cell == nil && c.Value == nil, "%s: %s stands nowhere", name, c.Key)
		require.False(t, c.Sortable && c.Cell == nil, "%s: %s", name, c.Key)
	}
}

func TestEveryColumnHasItsWords(t *testing.T) {
	for _, language := range text.Languages {
		v := View{Text: text.New(language), Day: company().On(today)}
		check(t, "accounts", Accounts, v)
		check(t, "call list", CallList, v)
		check(t, "map", Map, v)
		check(t, "territories", Territories(v.Book().Settings()), v)
		check(t, "signals", Signals, v)
	}
}

// One description serves the page, the sheet and the line that a command prints.
func TestOneDescriptionServesPageSheetAndCommand(t *testing.T) {
	v := View{Text: text.New(text.English), Day: company().On(today)}
	account := AccountOn(v, v.Book().Account("K1"))
	narrow := Accounts.Only("code", "name", "ratio", "potential")
	require.Equal(t, []string{"K1", "Metallbau", "2.0 ×", "12,000 €"}, narrow.Printed(v, account))
	require.Equal(t, map[int]bool{0: false, 1: false, 2: true, 3: true}, narrow.Right())
	require.Equal(t, "Code\tAccount\tDue\tPotential\nK1\tMetallbau\t2.0 ×\t12,000 €\n", narrow.Tabbed(v, []Account{account}))

	sheet := narrow.Sheet(v, slices.Values([]Account{account, AccountOn(v, v.Book().Account("K2"))}))
	require.Equal(t, []string{"code", "name", "ratio"}, sheet.Keys)
	var rows []string
	for cells := range sheet.Rows {
		var fields []string
		for _, cell := range cells {
			fields = append(fields, cell.String(exchange.German))
		}
		rows = append(rows, strings.Join(fields, ";"))
	}
	require.Equal(t, []string{"K1;Metallbau;2,00", "K2;;"}, rows, "numbers in the spreadsheet's form, nothing where nothing is")
}

// A file's columns stand where they stood, whatever a page shows first.
func TestTheColumnsOfFilesStayInTheirOrder(t *testing.T) {
	v := View{Text: text.New(text.English), Day: company().On(today)}
	want := []string{"code", "name", "phone", "class", "territory", "territory_name", "rep", "state", "last_visit", "ratio",
		"last_call", "consent", "street", "postcode", "city", "email", "note", "ask_for"}
	require.Equal(t, want, Accounts.Sheet(v, slices.Values([]Account(nil))).Keys)
	require.Equal(t, append(slices.Clone(want), "same_number"), CallList.Sheet(v, slices.Values([]Account(nil))).Keys)
	more := Accounts
	more.Columns = append([]Column[Account]{{Key: "new", Value: func(View, Account) exchange.Cell { return exchange.IntCell(1) }}}, more.Columns...)
	require.Equal(t, append(slices.Clone(want), "new"), more.Sheet(v, slices.Values([]Account(nil))).Keys, "a new column comes last")
	require.Equal(t, []string{"region", "code", "name", "rep", "accounts", "covered", "A", "B", "C", "contact", "pace", "needed", "last", "campaign", "start", "sales", "marketing", "reports"},
		Territories(v.Book().Settings()).Sheet(v, slices.Values([]*Area(nil))).Keys)
}

// TestFilesSayWhatPagesSay: the words of a German file are those that stand on pages.
func TestFilesSayWhatPagesSay(t *testing.T) {
	p := text.New(text.German)
	for column, words := range map[string]struct {
		table   model.Table
		message string
		of      []string
	}{
		"consent":  {model.TableAccounts, "consent.", []string{"given", "presumed"}},
		"kind":     {model.TableVisits, "visit.kind.", []string{"met", "not-met", "other"}},
		"outcome":  {model.TableVisits, "outcome.", []string{"order", "interest", "sample", "complaint", "none"}},
		"outcome ": {model.TableCalls, "call.outcome.", []string{"reached", "not-reached", "appointment", "declined", "callback", "wrong-number", "opt-out"}},
		"kind ":    {model.TableCampaigns, "campaigns.kind.", []string{"mailing", "fair", "advert", "promotion", "telemarketing"}},
		"status":   {model.TableCampaigns, "campaign.status.", []string{"draft", "planned", "cancelled"}},
		"kind  ":   {model.TableAbsences, "absence.kind.", []string{"holiday", "sick", "training", "other"}},
	} {
		for _, word := range words.of {
			require.Equal(t, p.T(words.message+word), exchange.SayIn(words.table, strings.TrimSpace(column), exchange.German, word))
			require.Equal(t, word, exchange.SayIn(words.table, strings.TrimSpace(column), exchange.English, word))
		}
	}
}
