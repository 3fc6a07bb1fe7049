package faults

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAFaultComesToWhoeverWaits(t *testing.T) {
	var fault any
	results := make(chan int)
	go func() {
		defer close(results)
		defer Keep(&fault)
		var none []int
		results <- none[3]
	}()
	for range results {
		t.Error("there is no result")
	}
	defer func() {
		c, is := recover().(Carried)
		require.True(t, is)
		require.Contains(t, string(c.Stack), "faults_test.go")
		require.True(t, strings.Contains(c.Value.(error).Error(), "out of range"))
	}()
	Raise(fault)
	t.Error("it was not raised")
}

// What a child does: a fault in a goroutine of its own, answered or not.
const childDoes = "DOPPELPASS_TEST_FAULT"

func TestMain(m *testing.M) {
	does := os.Getenv(childDoes)
	if does == "" {
		os.Exit(m.Run())
	}
	if does != "nobody answers" {
		Answer(func(c Carried) {
			fmt.Println("answered", c.Value)
			if does == "ends" {
				os.Exit(3)
			}
		})
		Last(func() { fmt.Println("the terminal is given back") })
	}
	Go(func() { fmt.Println("well") })
	Go(func() { panic("a fault") })
	select {}
}

func TestAFaultComesToWhoeverAnswers(t *testing.T) {
	for does, want := range map[string]struct {
		code int
		says []string
	}{
		"nobody answers": {2, []string{"panic: a fault", "faults_test.go"}},
		"ends":           {3, []string{"answered a fault"}},
		"hangs":          {Code, []string{"answered a fault", "the terminal is given back"}},
	} {
		t.Run(does, func(t *testing.T) {
			t.Parallel()
			child := exec.Command(os.Args[0])
			child.Env = append(os.Environ(), childDoes+"="+does)
			out, _ := child.CombinedOutput()
			require.Equal(t, want.code, child.ProcessState.ExitCode(), "%s", out)
			for _, line := range want.says {
				require.Contains(t, string(out), line)
			}
		})
	}
}

// What is done beside somebody is theirs to answer for, once they wait for it.
func TestAFaultBesideIsMetByWhoeverWaits(t *testing.T) {
	done := false
	Beside(func() { done = true })()
	require.True(t, done)
	wait := Beside(func() { panic("broken") })
	defer func() { require.Equal(t, "broken", recover().(Carried).Value) }()
	wait()
}
