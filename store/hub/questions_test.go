package hub_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/store/hub/hubtest"
)

// questions are those of the README, in their order.
func questions(t *testing.T) (list []string) {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	require.NoError(t, err)
	for _, found := range regexp.MustCompile("(?s)```sql\n(.*?)```").FindAllSubmatch(content, -1) {
		list = append(list, string(found[1]))
	}
	return list
}

// answer is what the database says to a question, line by line, without columns that are in
// words only.
func answer(t *testing.T, conn *pgx.Conn, sql string, columns ...int) map[string]bool {
	t.Helper()
	rows, err := conn.Query(context.Background(), sql)
	require.NoError(t, err, sql)
	lines := map[string]bool{}
	for rows.Next() {
		values, err := rows.Values()
		require.NoError(t, err)
		line := ""
		for _, i := range columns {
			switch v := values[i].(type) {
			case nil:
				line += " –"
			case time.Time:
				line += " " + v.Format(time.DateOnly)
			default:
				line += fmt.Sprint(" ", v)
			}
		}
		require.False(t, lines[line], "twice: %s", line)
		lines[line] = true
	}
	require.NoError(t, rows.Err())
	require.NotEmpty(t, lines, sql)
	return lines
}

// The questions in the README are answered by who only reads, and with the program's own
// figures.
func TestQuestionsInSQL(t *testing.T) {
	c := hubtest.Shared(t)
	s := demoStore(t, t.TempDir())
	database := begun(t, c, s)
	conn, err := pgx.Connect(context.Background(), c.URL("reader", database))
	require.NoError(t, err)
	defer conn.Close(context.Background())
	list := questions(t)
	require.Len(t, list, 6)
	book, err := s.Book()
	require.NoError(t, err)
	territory := map[string]string{}
	last := map[string]model.Date{}
	inactive := map[string]bool{}
	for l := range book.Accounts {
		territory[l.Code], inactive[l.Code] = l.Territory, l.Inactive
	}
	code := func(s string) string {
		if s == "" {
			return "–"
		}
		return s
	}

	weeks, orders, worth := map[[2]string]int{}, map[[2]string]int{}, map[[2]string]model.Money{}
	for r, err := range s.Records(model.TableVisits) {
		require.NoError(t, err)
		v := r.(model.Visit)
		if v.Kind != model.VisitMet {
			continue
		}
		weeks[[2]string{v.Date.Monday().String(), code(territory[v.Account])}]++
		last[v.Account] = max(last[v.Account], v.Date)
		if v.Outcome == "order" {
			day := v.Date.Time()
			quarter := model.NewDate(day.Year(), (day.Month()-1)/3*3+1, 1).String()
			at := [2]string{code(territory[v.Account]), quarter}
			orders[at]++
			worth[at] += v.Value
		}
	}
	want := map[string]bool{}
	for at, count := range weeks {
		want[fmt.Sprint(" ", at[0], " ", at[1], " ", count)] = true
	}
	require.Equal(t, want, answer(t, conn, list[0], 0, 1, 2), "visits per week and territory")

	today := model.NewDate(2026, time.November, 24)
	day, settings := book.On(today), book.Settings()
	require.Equal(t, 28, settings.Lead, "as the README says")
	open := map[[2]string]int{}
	for _, campaign := range book.Campaigns() {
		if !campaign.NeedsVisits() {
			continue
		}
		for _, area := range book.CampaignAreas(campaign) {
			r := day.Readiness(campaign, area)
			if missing := r.Targets - r.Served; missing > 0 {
				open[[2]string{campaign.Code, area.Territory.Code}] = missing
			}
		}
	}
	have := map[[2]string]int{}
	rows, err := conn.Query(context.Background(), list[1])
	require.NoError(t, err)
	for rows.Next() {
		values, err := rows.Values()
		require.NoError(t, err)
		have[[2]string{values[0].(string), values[1].(string)}]++
	}
	require.NoError(t, rows.Err())
	require.NotEmpty(t, open)
	require.Equal(t, open, have, "campaign accounts not visited")

	want = map[string]bool{}
	for account, is := range inactive {
		day := "–"
		if last[account] != 0 {
			day = last[account].String()
		}
		if !is {
			want[fmt.Sprint(" ", account, " ", day)] = true
		}
	}
	require.Equal(t, want, answer(t, conn, list[2], 0, 4), "last visits")

	calls := map[string]int{}
	outcomes := map[model.CallOutcome]string{model.CallReached: "reached", model.CallNotReached: "not-reached", model.CallAppointment: "appointment",
		model.CallDeclined: "declined", model.CallOptOut: "opt-out", model.CallBack: "callback", model.CallWrongNumber: "wrong-number"}
	for r, err := range s.Records(model.TableCalls) {
		require.NoError(t, err)
		call := r.(model.Call)
		month := call.Date.Time()
		calls[fmt.Sprint(" ", model.NewDate(month.Year(), month.Month(), 1), " ", code(call.Campaign), " ", outcomes[call.Outcome])]++
	}
	want = map[string]bool{}
	for line, count := range calls {
		want[fmt.Sprint(line, " ", count)] = true
	}
	require.Equal(t, want, answer(t, conn, list[3], 0, 1, 2, 3), "calls by month")

	want = map[string]bool{}
	for at, count := range orders {
		want[fmt.Sprintf(" %s %s %d", at[0], at[1], count)] = true
	}
	require.Equal(t, want, answer(t, conn, list[4], 0, 1, 2), "orders by quarter")
	var sum string
	require.NoError(t, conn.QueryRow(context.Background(), "select coalesce(sum(value), 0)::numeric(20,2)::text from doppelpass_bi.visits where outcome = 'order' and kind = 'met'").Scan(&sum))
	total := model.Money(0)
	for _, m := range worth {
		total += m
	}
	require.Equal(t, fmt.Sprintf("%d.%02d", total/100, total%100), sum)

	planned := map[string]int{}
	for r, err := range s.Records(model.TablePlan) {
		require.NoError(t, err)
		if p := r.(model.PlannedVisit); p.Date >= today && p.Date <= today+13 {
			planned[p.Rep]++
		}
	}
	want = map[string]bool{}
	for rep, count := range planned {
		want[fmt.Sprint(" ", rep, " ", count)] = true
	}
	require.Equal(t, want, answer(t, conn, strings.ReplaceAll(list[5], "current_date", "date '"+today.String()+"'"), 0, 2), "planned visits")
}
