//go:build !unix

package hubtest

import "os/exec"

// unprivileged is whoever runs the test.
type unprivileged struct{}

func somebody() (*unprivileged, error) { return &unprivileged{}, nil }

func (*unprivileged) own(string) error { return nil }

func (*unprivileged) become(*exec.Cmd) {}
