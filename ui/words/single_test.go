package words

import (
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/ui/text"
)

// One visit and one day are told as one.
func TestOneIsToldAsOne(t *testing.T) {
	p := text.New(text.German)
	rule := p.T("wording.rule.required", text.Args{"Gap": p.N("wording.rule.visits", 1), "Days": p.N("wording.rule.in-days", 1), "Pace": "5,0"})
	require.Contains(t, rule, "1 Besuch in 1 Arbeitstag,")
	require.Contains(t, p.N("answer.agree.by-phone", 1, text.Args{"Now": "3"}), "fehlt dann 1 Besuch statt 3.")
	require.Contains(t, p.N("inbox.brief.raised", 1, text.Args{"Due": "24.11."}), "1 fehlt;")
}
