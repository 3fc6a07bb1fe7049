package report

import (
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/store"
	"doppelpass/store/exchange"
	"doppelpass/ui/text"
)

func TestEveryReasonIsSaidInBothLanguages(t *testing.T) {
	reasons := append(exchange.Reasons(), store.ReasonUnknownAccount, store.ReasonSeveralAccounts, store.ReasonUnknownTerritory, store.ReasonNotAcceptable)
	for _, language := range text.Languages {
		p := text.New(language)
		for _, reason := range reasons {
			require.NotEqual(t, "reason."+string(reason), Words{Printer: p}.Reason(reason, "a", "b", "c", "d"), string(reason))
		}
	}
}
