package store

// Who looks after accounts that are in no territory, as files of accounts told: no
// record says it, and a person may want territories made of it after the import.

import (
	"encoding/json"
	"fmt"
)

// ownersName is what it is kept under: a list of accounts for each owner.
const ownersName = "owners"

// Owners says who looks after accounts, by account, as far as imports' files told of
// accounts that were in no territory then. Accounts may have one, or be gone, since.
func (s *Store) Owners() (map[string]string, error) {
	data, err := s.Recall(ownersName)
	if err != nil {
		return nil, err
	}
	return ownersOf(data)
}

func ownersOf(data []byte) (map[string]string, error) {
	owners := map[string]string{}
	if data == nil {
		return owners, nil
	}
	var kept map[string][]string
	if err := json.Unmarshal(data, &kept); err != nil {
		return nil, fmt.Errorf("reading who looks after accounts: %w", err)
	}
	for owner, accounts := range kept {
		for _, code := range accounts {
			owners[code] = owner
		}
	}
	return owners, nil
}

// rememberOwners keeps who looks after the file's accounts that came into no
// territory.
func (i *importer) rememberOwners() error {
	if len(i.ownerless) == 0 {
		return nil
	}
	memory := i.tx.Bucket(memoryBucket)
	owners, err := ownersOf(memory.Get([]byte(ownersName)))
	if err != nil {
		owners = map[string]string{} // of another version: what this file says is newer
	}
	for code, owner := range i.ownerless {
		owners[code] = owner
	}
	kept := map[string][]string{}
	for code, owner := range owners {
		kept[owner] = append(kept[owner], code)
	}
	data, err := json.Marshal(kept)
	if err == nil {
		err = memory.Put([]byte(ownersName), data)
	}
	if err != nil {
		return fmt.Errorf("remembering who looks after accounts: %w", err)
	}
	i.ownerless = nil
	return nil
}
