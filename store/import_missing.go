package store

// Accounts that a file of accounts lacks: they are reported and, on request, made
// inactive; when a later file names them again they are active again.

import (
	"encoding/json"
	"fmt"

	"doppelpass/model"
)

// mark remembers which step of the history made an account inactive because a
// file lacked it, and which made it active again. Steps that were undone do not
// count, so that undo and redo need to know nothing of marks.
type mark struct {
	Missing uint64 `json:"missing"`
	Back    uint64 `json:"back,omitempty"`
}

// markPrefix is where marks are kept, by account.
const markPrefix = "missing/"

// step is the number this import will have in the history.
func (i *importer) step() uint64 { return i.tx.Bucket(journalBucket).Sequence() + 1 }

func (i *importer) remember(code string, m mark) error {
	data, err := json.Marshal(m)
	if err == nil {
		err = i.tx.Bucket(memoryBucket).Put([]byte(markPrefix+code), data)
	}
	if err != nil {
		return fmt.Errorf("remembering why account %s is inactive: %w", code, err)
	}
	return nil
}

func (i *importer) mark(code string) (m mark, err error) {
	if data := i.tx.Bucket(memoryBucket).Get([]byte(markPrefix + code)); data != nil {
		if err := json.Unmarshal(data, &m); err != nil {
			return m, fmt.Errorf("why account %s is inactive: %w", code, err)
		}
	}
	return m, nil
}

// markedMissing reports whether an account is inactive because a file lacked it.
func (i *importer) markedMissing(code string) (bool, error) {
	m, err := i.mark(code)
	if err != nil || m.Missing == 0 {
		return false, err
	}
	missing, err := i.holds(m.Missing)
	if err != nil || !missing {
		return false, err
	}
	back, err := i.holds(m.Back)
	return !back, err
}

// holds reports whether a step was made and not undone.
func (i *importer) holds(step uint64) (bool, error) {
	if i.tx.Bucket(journalBucket).Get(stepKey(step)) == nil {
		return false, nil
	}
	return reversedBy(i.tx, step) == 0, nil
}

// unmark makes an account active again that is back.
func (i *importer) unmark(a *model.Account) error {
	m, err := i.mark(a.Code)
	if err != nil {
		return err
	}
	a.Inactive, m.Back = false, i.step()
	i.report.Back++
	return i.remember(a.Code, m)
}

// missing reports the active accounts that no file of accounts of this import names.
func (i *importer) missing() error {
	if !i.lastSeen {
		return nil
	}
	var gone []model.Account
	if err := i.bucket(docAccounts).ForEach(func(_, value []byte) error {
		a, err := decode((*codec).account, value)
		if err == nil && !a.Inactive && !i.isSeen(a.Code) {
			gone = append(gone, a)
		}
		return err
	}); err != nil {
		return err
	}
	for _, a := range gone {
		i.report.Missing = append(i.report.Missing, a.Code)
		if i.options.MarkMissing && i.seen.taken > 0 { // a file without a single account is no list of them
			a.Inactive = true
			if err := i.putRecord(Put{Record: a}); err != nil {
				return err
			}
			if err := i.remember(a.Code, mark{Missing: i.step()}); err != nil {
				return err
			}
			i.report.Marked++
		}
	}
	return nil
}
