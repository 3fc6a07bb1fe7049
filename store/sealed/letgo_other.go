//go:build !unix

package sealed

// LetGo does nothing here: the system gives back memory itself.
func (tx *Tx) LetGo() {}
