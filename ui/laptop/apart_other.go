//go:build !unix

package laptop

import "os/exec"

func apart(*exec.Cmd, bool) {}
