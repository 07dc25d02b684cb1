//go:build !unix

package run

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// lockName is the file that says who writes to a folder.
const lockName = "quoth.lock"

// A lock is a file. It outlives a process that is killed, and must then be removed by hand.
type lock struct{ name string }

func acquire(dir string) (*lock, error) {
	l := &lock{filepath.Join(dir, lockName)}
	f, err := os.OpenFile(l.name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if errors.Is(err, fs.ErrExist) {
		owner, _ := os.ReadFile(l.name)
		return nil, fmt.Errorf("%s: %w (%s); wait for it, or remove %s if that process is gone", dir, ErrLocked, shown(strings.TrimSpace(string(owner))), l.name)
	}
	if err != nil {
		return nil, err
	}
	host, _ := os.Hostname()
	fmt.Fprintf(f, "process %d on %s\n", os.Getpid(), host)
	return l, f.Close()
}

// announce does nothing: the file says who holds the lock.
func (l *lock) announce() {}

func (l *lock) release() { os.Remove(l.name) }
