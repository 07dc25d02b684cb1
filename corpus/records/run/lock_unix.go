//go:build unix

package run

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"
)

// lockName is the file that says who writes to a folder.
const lockName = "quoth.lock"

// A lock is held on the folder itself, so that it ends with the process, whatever ends that, and leaves nothing.
type lock struct {
	folder    *os.File
	name      string
	announced bool
}

// acquire locks the folder, or says who has locked it.
func acquire(dir string) (*lock, error) {
	f, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	l := &lock{folder: f, name: filepath.Join(dir, lockName)}
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		f.Close()
		if !errors.Is(err, unix.EWOULDBLOCK) {
			return nil, fmt.Errorf("locking %s: %w", dir, err)
		}
		owner, _ := os.ReadFile(l.name)
		return nil, fmt.Errorf("%s: %w (%s); wait for it, or name another folder", dir, ErrLocked, shown(strings.TrimSpace(string(owner))))
	}
	return l, nil
}

// announce says who holds the lock. Only a message hangs on that: a disk that is full is found out when the run writes.
func (l *lock) announce() {
	host, _ := os.Hostname()
	l.announced = os.WriteFile(l.name, fmt.Appendf(nil, "process %d on %s\n", os.Getpid(), host), 0o666) == nil
}

func (l *lock) release() {
	if l.announced {
		os.Remove(l.name)
	}
	l.folder.Close()
}
