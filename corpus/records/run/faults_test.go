package run

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/quoth-nlp/quoth/pipeline/effort"
)

// noSync is the real system without the wait for the disk.
type noSync struct{ realSystem }

func (s noSync) OpenFile(name string, flag int) (file, error) {
	f, err := s.realSystem.OpenFile(name, flag)
	if err != nil {
		return nil, err
	}
	return noSyncFile{f}, nil
}

type noSyncFile struct{ file }

func (noSyncFile) Sync() error { return nil }

var errDisk = errors.New("no space left on device")

// faulty fails once so many bytes were written, or calls made, and ever after: what a full disk or a dead one does.
type faulty struct {
	noSync
	bytes, calls *int // what is left; nil is no limit
}

// call counts a call.
func (s faulty) call() error {
	if s.calls == nil {
		return nil
	}
	if *s.calls == 0 {
		return errDisk
	}
	*s.calls--
	return nil
}

func (s faulty) OpenFile(name string, flag int) (file, error) {
	if flag != os.O_RDONLY {
		if err := s.call(); err != nil {
			return nil, err
		}
	}
	f, err := s.noSync.OpenFile(name, flag)
	if err != nil {
		return nil, err
	}
	return faultyFile{f, s}, nil
}

func (s faulty) Mkdir(name string) error {
	if err := s.call(); err != nil {
		return err
	}
	return s.noSync.Mkdir(name)
}

func (s faulty) Rename(from, to string) error {
	if err := s.call(); err != nil {
		return err
	}
	return s.noSync.Rename(from, to)
}

func (s faulty) RemoveAll(name string) error {
	if err := s.call(); err != nil {
		return err
	}
	return s.noSync.RemoveAll(name)
}

type faultyFile struct {
	file
	sys faulty
}

// Write writes what fits, as a disk does.
func (f faultyFile) Write(b []byte) (int, error) {
	if err := f.sys.call(); err != nil {
		return 0, err
	}
	if f.sys.bytes == nil {
		return f.file.Write(b)
	}
	if len(b) <= *f.sys.bytes {
		*f.sys.bytes -= len(b)
		return f.file.Write(b)
	}
	n, _ := f.file.Write(b[:*f.sys.bytes])
	*f.sys.bytes = 0
	return n, errDisk
}

func (f faultyFile) Sync() error {
	if err := f.sys.call(); err != nil {
		return err
	}
	return f.file.Sync()
}

func (f faultyFile) Truncate(size int64) error {
	if err := f.sys.call(); err != nil {
		return err
	}
	return f.file.Truncate(size)
}

// everyFault makes a run on a system that fails at its n-th byte or call, for every step-th n until one gets through.
// After each failure the older output must be whole, and a resumed run must give what one without the fault gives.
func everyFault(t *testing.T, step int, fault func(n *int) faulty) {
	older, articles := articles[:1], articles[2:5]
	wantOlder, want := expected(t, older), expected(t, articles)
	for n := 0; ; n += step {
		dir := t.TempDir()
		if _, err := write(dir, older, Options{sys: noSync{}}, settings(), -1, false); err != nil {
			t.Fatal(err)
		}
		left := n
		_, err := write(dir, articles, Options{Force: true, sys: fault(&left)}, settings(), -1, false)
		now := contents(t, dir)
		if err == nil {
			if diff := cmp.Diff(want, now); diff != "" {
				t.Fatalf("no fault: want -, got +:\n%s", diff)
			}
			if n < 20 {
				t.Errorf("only %d bytes or calls", n)
			}
			return
		}
		if !errors.Is(err, errDisk) {
			t.Fatalf("fault %d: %v", n, err)
		}
		if _, moved := now[partialName+"/"+doneName+"/"]; !moved { // else the new output is whole, and the next run moves it
			maps.DeleteFunc(now, func(name, _ string) bool { return strings.HasPrefix(name, partialName) })
			if fmt.Sprint(now) != fmt.Sprint(wantOlder) && fmt.Sprint(now) != fmt.Sprint(want) {
				t.Fatalf("fault %d: the older output is damaged:\n%s", n, cmp.Diff(wantOlder, now))
			}
		}
		if _, err := write(dir, articles, Options{Resume: true, sys: noSync{}}, settings(), -1, false); err != nil {
			t.Fatalf("after fault %d: %v", n, err)
		}
		if diff := cmp.Diff(want, contents(t, dir)); diff != "" {
			t.Fatalf("after fault %d: want -, got +:\n%s", n, diff)
		}
	}
}

func TestEveryByteFails(t *testing.T) {
	everyFault(t, effort.Pick(97, 1), func(n *int) faulty { return faulty{bytes: n} })
}

func TestEveryCallFails(t *testing.T) {
	everyFault(t, 1, func(n *int) faulty { return faulty{calls: n} })
}
