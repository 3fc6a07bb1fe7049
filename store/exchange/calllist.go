package exchange

// Call lists that go to a call centre and come back with results. The file that leaves is
// the form that comes back: its empty columns are those that reading takes.

import (
	"strings"

	"doppelpass/model"
)

// CallListColumns are the columns of a call list that leaves, in order; those from the
// first of ResultColumns on are empty for the call centre to fill in.
var CallListColumns = [...]string{"list", "list_until", "account", "account_name", "talk_to", "phone", "call_reason",
	"outcome", "date", "time", "wished_day", "wished_time", "agent", "note"}

// ResultColumns is where the columns begin that come back filled in.
const ResultColumns = 7

var germanCallList = map[string]string{"list": "Anrufliste", "list_until": "Anrufliste gültig bis", "account_name": "Firma", "talk_to": "Zu sprechen",
	"phone": "Telefon", "call_reason": "Anrufgrund", "wished_day": "Wunschtag", "wished_time": "Wunschzeit"}

// CallListHeader is the header row of a call list as files of a locale have it.
func CallListHeader(locale Locale) []string {
	header := make([]string, len(CallListColumns))
	for i, name := range CallListColumns {
		header[i] = name
		if locale != German {
			continue
		}
		if head, ok := germanCallList[name]; ok {
			header[i] = head
		} else if head, ok := germanHeads[model.TableCalls][name]; ok {
			header[i] = head
		}
	}
	return header
}

// OfList reports whether a file of calls says for which list they come back.
func (m Mapping) OfList() bool { return m.Table == model.TableCalls && m.Target("list") >= 0 }

// uncalled reports a row of a call list that nobody has filled in.
func (p *plan) uncalled(cells []string) bool {
	if p.table != model.TableCalls {
		return false
	}
	listed := false
	for _, in := range p.inputs {
		if in.at >= len(cells) {
			continue
		}
		switch in.name {
		case "list":
			listed = tidied(cells[in.at], true, false) != ""
		case "outcome", "date", "time", "note", "wished_day":
			if tidied(cells[in.at], true, false) != "" {
				return false
			}
		}
	}
	return listed
}

// fromList takes up for which list a call comes back, and when the customer wishes to be
// visited or called again.
func (s *rowState) fromList() {
	if !s.plan.virtual {
		return
	}
	s.beside.List = strings.ToUpper(strings.TrimSpace(s.extra[extraList]))
	if day := s.extra[extraWishedDay]; day != "" {
		s.beside.WishedDay = s.plainDay("wished_day", day)
	}
	if at := s.extra[extraWishedTime]; at != "" {
		clock, ok := readClock(at, s.plan.workbook)
		if !ok {
			s.lose("wished_time", faulty(ReasonNoTime))
		}
		s.beside.WishedTime = clock
	}
}
