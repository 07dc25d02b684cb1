//go:build unix

package main

import (
	"bufio"
	"bytes"
	"io"
	"os"
	"strings"
	"testing"
)

// A reader that has seen enough ends the command without a word.
func TestTagClosedPipe(t *testing.T) {
	c, stderr := quoth(t, "tag")
	c.Stdin = strings.NewReader(strings.Repeat("-DOCSTART-\tO\n\nAnn\nleft\n\n", 100_000))
	stdout, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	stdout.Read(make([]byte, 100))
	stdout.Close()
	if err := c.Wait(); err == nil || stderr.Len() > 0 {
		t.Errorf("%v, stderr %q", err, stderr)
	}
}

// Documents pass through the memory one after the other.
func TestTagMemory(t *testing.T) {
	peak := func(n int) int {
		c, stderr := quoth(t, "tag", "--jobs", "1")
		c.Stdin = bytes.NewReader(bytes.Repeat([]byte("Ann\nLee\nleft\nLondon\n.\n\n"), n))
		peak, err := runAndMeasure(c)
		if err != nil {
			t.Fatal(err, stderr)
		}
		return peak
	}
	few, many := peak(5_000), peak(100_000)
	t.Logf("%d MB for 25,000 tokens, %d MB for 500,000", few, many)
	if many > few+few/2+32 {
		t.Errorf("%d MB for 25,000 tokens, %d MB for 500,000", few, many)
	}
}

// Documents are written as soon as the next one starts, and a signal ends the command even if the input stays open.
func TestTagInterrupt(t *testing.T) {
	c, stderr := quoth(t, "tag")
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
	io.WriteString(stdin, "-DOCSTART-\n\nAnn\n\n-DOCSTART-\n\nLee\n")
	out := bufio.NewReader(stdout)
	var lines []string
	for range 4 {
		line, err := out.ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, line)
	}
	if got := strings.Join(lines, ""); got != "-DOCSTART-\tO\n\nAnn\tB-PER\n\n" {
		t.Errorf("got %q", got)
	}
	c.Process.Signal(os.Interrupt)
	io.Copy(io.Discard, out)
	c.Wait()
	if c.ProcessState.ExitCode() != exitInterrupt || stderr.String() != "quoth: interrupted\n" {
		t.Errorf("exit %d, stderr %q", c.ProcessState.ExitCode(), stderr)
	}
}
