package serve

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	gossh "golang.org/x/crypto/ssh"

	"doppelpass/store/temporary"
)

// OpenKey is a host key that others on the machine may read.
type OpenKey struct{ Path string }

func (e OpenKey) Error() string { return e.Path + ": the host key may be read by others" }

// hostKey reads the server's key, or makes it at the first start. Clients know the server
// by it: it must stay, and nobody else may read it.
func hostKey(path string) (gossh.Signer, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		if err = makeHostKey(path); err == nil {
			info, err = os.Stat(path)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("the host key: %w", err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return nil, OpenKey{path}
	}
	content, err := temporary.Read(path, longestKey)
	if err != nil {
		return nil, fmt.Errorf("the host key: %w", err)
	}
	signer, err := gossh.ParsePrivateKey(content)
	if err != nil {
		return nil, fmt.Errorf("the host key %s: %w", path, err)
	}
	return signer, nil
}

// longestKey bounds the file of the key, bytes.
const longestKey = 64 << 10

// makeHostKey writes a new key, whole or not at all.
func makeHostKey(path string) error {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	block, err := gossh.MarshalPrivateKey(private, "doppelpass")
	if err != nil {
		return err
	}
	file, err := temporary.File(filepath.Dir(path), ".host-key-") // 0600
	if err != nil {
		return err
	}
	if err := pem.Encode(file, block); err != nil {
		return errors.Join(err, file.Close(), os.Remove(file.Name()))
	}
	return temporary.Keep(file, path)
}
