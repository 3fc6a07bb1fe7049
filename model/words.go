package model

// The stable words of enumerations: what files and scripts carry. What people
// read is translated elsewhere.

import "fmt"

var visitKindWords = [...]string{VisitMet: "met", VisitNotMet: "not-met", VisitOther: "other"}

var callOutcomeWords = [...]string{
	CallReached: "reached", CallNotReached: "not-reached", CallAppointment: "appointment",
	CallDeclined: "declined", CallOptOut: "opt-out", CallBack: "callback", CallWrongNumber: "wrong-number",
}

// String is the word files carry for the kind.
func (k VisitKind) String() string { return wordOf(visitKindWords[:], int(k)) }

// String is the word files carry for the outcome.
func (o CallOutcome) String() string { return wordOf(callOutcomeWords[:], int(o)) }

// ParseVisitKind reads met, not-met or other; the empty word means met.
func ParseVisitKind(word string) (VisitKind, error) {
	if word == "" {
		return VisitMet, nil
	}
	i, err := indexOf(visitKindWords[:], word)
	return VisitKind(i), err
}

// ParseCallOutcome reads one of the outcomes' words.
func ParseCallOutcome(word string) (CallOutcome, error) {
	i, err := indexOf(callOutcomeWords[:], word)
	return CallOutcome(i), err
}

func wordOf(words []string, i int) string {
	if i < len(words) {
		return words[i]
	}
	return fmt.Sprintf("unknown (%d)", i)
}

func indexOf(words []string, word string) (int, error) {
	for i, w := range words {
		if w == word {
			return i, nil
		}
	}
	return 0, fmt.Errorf("%q is none of %v", word, words)
}
