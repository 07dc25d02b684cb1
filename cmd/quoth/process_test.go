//go:build unix

package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/quoth-nlp/quoth/pipeline/effort"
)

// quoth returns the program as a process of its own.
func quoth(t *testing.T, args ...string) (*exec.Cmd, *bytes.Buffer) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(self)
	c.Args = append([]string{"quoth"}, args...) // TestMain goes by this name
	c.Dir = t.TempDir()
	var stderr bytes.Buffer
	c.Stderr = &stderr
	c.WaitDelay = time.Minute
	return c, &stderr
}

// await waits until something has happened. It has no time limit of its own, since a busy machine may take long: the one
// of go test ends it.
func await(t *testing.T, happened func() bool) {
	t.Helper()
	for !happened() {
		time.Sleep(time.Millisecond)
	}
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

// A signal stops the intake at once, even of an input that stays open; what was read is written.
func TestInterrupt(t *testing.T) {
	for _, test := range []struct {
		signal os.Signal
		code   int
	}{{os.Interrupt, 130}, {syscall.SIGTERM, 143}} {
		c, stderr := quoth(t, "extract", "--jobs", "1")
		stdin, err := c.StdinPipe()
		if err != nil {
			t.Fatal(err)
		}
		stdout, err := c.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		io.WriteString(stdin, "{\"text\": \"One.\"}\n{\"text\": \"Two.\"}\n")
		lines := bufio.NewReader(stdout)
		for range 2 { // each record is written when it is ready
			if line, err := lines.ReadString('\n'); err != nil || !json.Valid([]byte(line)) {
				t.Fatal(line, err, stderr)
			}
		}
		c.Process.Signal(test.signal)
		rest, _ := io.ReadAll(lines)
		c.Wait()
		if len(rest) > 0 || c.ProcessState.ExitCode() != test.code || stderr.String() != "quoth: interrupted\n" {
			t.Errorf("%v: exit %d, rest %q, stderr %q", test.signal, c.ProcessState.ExitCode(), rest, stderr)
		}
	}
}

// A run that is interrupted leaves what it has under a name of its own.
func TestInterruptFile(t *testing.T) {
	c, stderr := quoth(t, "extract", "-o", "out.jsonl", "--errors", "failed.jsonl")
	stdin, err := c.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	io.WriteString(stdin, "{\"text\": \"One.\"}\n")
	await(t, func() bool {
		temporary, _ := filepath.Glob(c.Dir + "/.out.jsonl.*.tmp")
		if len(temporary) != 1 {
			return false
		}
		info, err := os.Stat(temporary[0])
		return err == nil && info.Size() > 0
	})
	c.Process.Signal(os.Interrupt)
	c.Wait()
	if want := "quoth: interrupted; the records so far are in out.jsonl.partial\n"; c.ProcessState.ExitCode() != 130 || stderr.String() != want {
		t.Errorf("exit %d, stderr %q", c.ProcessState.ExitCode(), stderr)
	}
	entries, _ := os.ReadDir(c.Dir)
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	if got := strings.Join(names, " "); got != "failed.jsonl out.jsonl.partial" {
		t.Errorf("files: %s", got)
	}
	if raw, err := os.ReadFile(c.Dir + "/out.jsonl.partial"); err != nil || !json.Valid(raw) {
		t.Errorf("%q, %v", raw, err)
	}
}

// A reader that has seen enough, such as head, ends the program without a word.
func TestClosedPipe(t *testing.T) {
	c, stderr := quoth(t, "extract", "--text", "none", "many.jsonl")
	many := strings.Repeat("{\"text\": \"“One,” said Ann Lee. \\n\\nTwo. Three.\"}\n", 2000)
	if err := os.WriteFile(c.Dir+"/many.jsonl", []byte(many), 0o666); err != nil {
		t.Fatal(err)
	}
	stdout, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	bufio.NewReader(stdout).ReadString('\n')
	stdout.Close()
	c.Wait()
	status, ok := c.ProcessState.Sys().(syscall.WaitStatus)
	if !ok || !status.Signaled() || status.Signal() != syscall.SIGPIPE || stderr.Len() > 0 {
		t.Errorf("%v, stderr %q", c.ProcessState, stderr)
	}
}

// Large hostile articles are records like others.
func TestLargeInput(t *testing.T) {
	if effort.Race {
		t.Skip("takes time")
	}
	share := effort.Pick(20, 1)
	inputs := []struct{ name, text string }{
		{"straight.txt", strings.Repeat(`"`, 10<<20/share)},
		{"nospace.txt", strings.Repeat("x", 1<<20/share)},
		{"openers.txt", strings.Repeat("“", 100_000/share)},
		{"quotes.txt", strings.Repeat("“It is so,” said Ann Lee. ", 100_000/share)},
	}
	for _, input := range inputs {
		t.Run(input.name, func(t *testing.T) {
			c, stderr := quoth(t, "extract", "--validate", "--timeout", "0", input.name)
			if err := os.WriteFile(filepath.Join(c.Dir, input.name), []byte(input.text), 0o666); err != nil {
				t.Fatal(err)
			}
			stdout := &strings.Builder{}
			c.Stdout = stdout
			peak, err := runAndMeasure(c)
			if err != nil {
				t.Fatalf("%v: %.500s", err, stderr)
			}
			var record struct{ Text string }
			if err := json.Unmarshal([]byte(stdout.String()), &record); err != nil || record.Text != input.text {
				t.Errorf("not the record of the article: %v", err)
			}
			t.Logf("%d bytes, %d MB", len(input.text), peak)
		})
	}
}

// runAndMeasure runs c and returns the most memory that it had, in MB; 0 where the system does not tell. The figure
// that wait gives would count the memory of this process, from which c was forked.
func runAndMeasure(c *exec.Cmd) (int, error) {
	if err := c.Start(); err != nil {
		return 0, err
	}
	done := make(chan error)
	go func() { done <- c.Wait() }()
	peak := 0
	for {
		select {
		case err := <-done:
			return peak >> 10, err
		case <-time.After(2 * time.Millisecond):
			status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", c.Process.Pid))
			if _, rest, ok := strings.Cut(string(status), "VmHWM:"); ok {
				n := 0
				fmt.Sscan(rest, &n)
				peak = max(peak, n)
			}
		}
	}
}

// Many articles are in memory only a few at a time.
func TestMemory(t *testing.T) {
	article := strings.Repeat("“It is so,” said Ann Lee. ", 400)
	line := fmt.Sprintf("{\"text\": %q}\n", article)
	peak := func(n int) int {
		c, stderr := quoth(t, "extract", "--jobs", "2")
		c.Stdin = strings.NewReader(strings.Repeat(line, n))
		peak, err := runAndMeasure(c)
		if err != nil {
			t.Fatal(err, stderr)
		}
		return peak
	}
	few, many := peak(effort.Pick(10, 50)), peak(effort.Pick(100, 400))
	t.Logf("%d MB for few articles, %d MB for many", few, many)
	if many > few+few/2+32 {
		t.Errorf("%d MB for few articles, %d MB for many", few, many)
	}
}

// The commands that read no article start fast, so that shells can ask them at every key. Most of the time is what
// libraries do when they are loaded: that of JSON Schema takes 8 ms, those of Markdown 5. What they allocate tells as
// much as the time, and is the same on every machine.
func TestStart(t *testing.T) {
	c, stderr := quoth(t, "version")
	c.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	if err := c.Run(); err != nil {
		t.Fatal(err)
	}
	total := 0
	for _, m := range regexp.MustCompile(`(?m)^init .* (\d+) allocs$`).FindAllStringSubmatch(stderr.String(), -1) {
		n, err := strconv.Atoi(m[1])
		if err != nil {
			t.Fatal(err)
		}
		total += n
	}
	t.Logf("%d allocations before main", total)
	if total == 0 || total > 50_000 {
		t.Errorf("%d allocations before main, want at most 50,000", total)
	}
}

// A writer that fails at the n-th byte, for every n, is an error that names the output.
func TestWriteFaults(t *testing.T) {
	for n := range 30 {
		out := newOutFile("out.jsonl", &fullWriter{left: n})
		_, err := out.Write([]byte("thirty bytes of a long record\n"))
		var exit *exitError
		if !errors.As(err, &exit) || exit.code != exitAborted || !strings.HasPrefix(err.Error(), "writing out.jsonl: no space left on device") {
			t.Errorf("%d bytes: %v", n, err)
		}
	}
}

type fullWriter struct{ left int }

func (w *fullWriter) Write(b []byte) (int, error) {
	n := min(len(b), w.left)
	w.left -= n
	if n < len(b) {
		return n, syscall.ENOSPC
	}
	return n, nil
}

func TestHoist(t *testing.T) {
	std := streams{os.Stdin, os.Stdout, io.Discard}
	for call, want := range map[string]string{
		"quoth":                                       "quoth",
		"quoth extract":                               "quoth extract",
		"quoth extract a":                             "quoth extract -- a",
		"quoth extract a --format yaml b -q":          "quoth extract --format yaml -q -- a b",
		"quoth extract a --format=yaml -":             "quoth extract --format=yaml -- a -",
		"quoth extract -j 2 -- -x --format":           "quoth extract -j 2 -- -x --format",
		"quoth extract a --format":                    "quoth extract --format -- a",
		"quoth extract a --help":                      "quoth extract --help",
		"quoth nothing a --format yaml":               "quoth nothing a --format yaml",
		"quoth extract a --generate-bash-completion":  "quoth extract a --generate-bash-completion",
		"quoth extract --quiet a --rules -dir --misc": "quoth extract --quiet --rules -dir --misc -- a",
	} {
		if got := strings.Join(hoist(strings.Fields(call), commands(std)), " "); got != want {
			t.Errorf("%s: want %s, got %s", call, want, got)
		}
	}
}
