//go:build unix

package corpus

import (
	"io"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// The faults of a real file system; TestFaults, TestLinks and TestFollow have more of them. For docs/reliability.md.

// unprivileged runs the rest of the test in a process without the rights of root, who may read everything. It returns
// whether this is that process, and the folder that the test is about.
func unprivileged(t *testing.T, prepare func(folder string)) (here bool, folder string) {
	if folder = os.Getenv("QUOTH_TEST_FOLDER"); folder != "" {
		return true, folder
	}
	folder = t.TempDir()
	prepare(folder)
	if os.Geteuid() != 0 {
		return true, folder
	}
	const nobody = 65534
	raw, err := os.ReadFile(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(t.TempDir(), "corpus.test")
	if err := os.WriteFile(program, raw, 0o755); err != nil {
		t.Fatal(err)
	}
	os.Chmod(filepath.Dir(filepath.Dir(program)), 0o755) // the folder of all that TempDir makes
	os.Chmod(folder, 0o755)
	cmd := exec.Command(program, "-test.run=^"+t.Name()+"$", "-test.v")
	cmd.Env = append(os.Environ(), "QUOTH_TEST_FOLDER="+folder)
	cmd.Dir = "/"
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	out, err := cmd.CombinedOutput()
	if os.IsPermission(err) {
		t.Skip("this root may not become somebody else:", err)
	}
	if err != nil || !strings.Contains(string(out), "--- PASS: "+t.Name()) {
		t.Errorf("as nobody: %v\n%s", err, out)
	}
	return false, folder
}

// A file, an archive and a folder without permission are errors; the others are read.
func TestUnreadable(t *testing.T) {
	here, folder := unprivileged(t, func(folder string) {
		for _, name := range []string{"n/a.txt", "n/b.txt", "n/c.zip", "n/closed/d.txt", "n/listed/e.txt", "n/z.txt"} {
			write(t, filepath.Join(folder, name), "x")
		}
		for name, mode := range map[string]os.FileMode{"n/b.txt": 0, "n/c.zip": 0, "n/closed": 0, "n/listed": 0o644} {
			os.Chmod(filepath.Join(folder, name), mode)
			t.Cleanup(func() { os.Chmod(filepath.Join(folder, name), 0o755) })
		}
	})
	if here {
		equal(t, []string{"n/a.txt||0 x", "n/b.txt||0 !unreadable", "n/c.zip||0 !unreadable", "n/closed||0 !unreadable", "n/listed/e.txt||0 !unreadable", "n/z.txt||0 x"},
			show(t, Options{}, filepath.Join(folder, "n")))
	}
}

// Pipes, sockets and devices are refused without being opened, named or in a folder.
func TestNotRegular(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "n/z.txt", "z")
	fifo(t, "n/a.txt")
	fifo(t, "n/b.zip")
	listener, err := net.Listen("unix", "n/c.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	link(t, "/dev/zero", "n/d.txt")
	want := []string{"n/a.txt||0 !not_regular", "n/b.zip||0 !not_regular", "n/c.txt||0 !not_regular", "n/d.txt||0 !not_regular", "n/z.txt||0 z"}
	equal(t, want, show(t, Options{}, "n"))
	equal(t, want, show(t, Options{}, "n/a.txt", "n/b.zip", "n/c.txt", "n/d.txt", "n/z.txt"))
	equal(t, []string{"zero||0 !not_regular"}, show(t, Options{}, "/dev/zero"))
}

// What happens to files between the listing and the reading is reported for each; none of it keeps the run waiting.
func TestChangedFiles(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range []string{"n/a.txt", "n/b.txt", "n/c.txt", "n/d.txt", "n/e.txt", "n/f.txt", "n/g/h.txt", "n/z.txt"} {
		write(t, name, "12345")
	}
	write(t, "n/i.zip", zipped("a.txt", "a"))
	c, err := Open(t.Context(), []string{"n"}, Options{MaxBytes: 10})
	if err != nil {
		t.Fatal(err)
	}
	os.Remove("n/a.txt") // vanished
	os.Remove("n/b.txt")
	fifo(t, "n/b.txt") // became a pipe
	os.Remove("n/c.txt")
	os.Mkdir("n/c.txt", 0o777)         // became a folder
	write(t, "n/d.txt", "123456789")   // grew
	write(t, "n/e.txt", "12345678901") // grew beyond the limit
	os.Truncate("n/f.txt", 2)          // shrank
	os.RemoveAll("n/g")                // its folder vanished
	os.Truncate("n/i.zip", 50)
	var got []string
	for item := range c.Items(t.Context()) {
		if a := item.Article; a != nil {
			got = append(got, a.Path+" "+a.Text)
			if a.Bytes != int64(len(a.Text)) || a.SHA256 != hash([]byte(a.Text)) {
				t.Errorf("%s: size or hash are not those of what was read", a.Path)
			}
		} else {
			got = append(got, item.Err.Path+" !"+item.Err.Code)
		}
	}
	equal(t, []string{"n/a.txt !not_found", "n/b.txt !not_regular", "n/c.txt !not_regular", "n/d.txt 123456789", "n/e.txt !too_large", "n/f.txt 12", "n/g/h.txt !not_found", "n/i.zip !bad_archive", "n/z.txt 12345"}, got)
}

// A file that grows for ever while it is read is cut off at the limit.
func TestEndlessFile(t *testing.T) {
	system := endless{newFaulty("a.txt", "", "b.jsonl", "", "c.json", "{", "d.txt", "d")}
	got := show(t, Options{system: system, MaxBytes: 1 << 20}, "a.txt", "c.json", "d.txt")
	equal(t, []string{"a.txt||0 !too_large", "c.json||0 !too_large", "d.txt||0 d"}, got)
}

type endless struct{ faulty }

func (e endless) Open(name string) (io.ReadCloser, error) {
	f, err := e.faulty.Open(name)
	if name == "d.txt" || err != nil {
		return f, err
	}
	return struct {
		io.Reader
		io.Closer
	}{io.MultiReader(f, spaces{}), f}, nil
}

type spaces struct{}

func (spaces) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

func fifo(t *testing.T, name string) {
	t.Helper()
	if err := syscall.Mkfifo(name, 0o666); err != nil {
		t.Fatal(err)
	}
}

// A file that vanishes while its folder is listed was no link.
func TestVanishedInListing(t *testing.T) {
	system := vanished{newFaulty("n/a.txt", "", "n/b.txt", "b")}
	equal(t, []string{"n/a.txt||0 !not_found", "n/b.txt||0 b"}, show(t, Options{system: system}, "n"))
}

type vanished struct{ faulty }

func (v vanished) Stat(name string) (fs.FileInfo, error) {
	if name == "n/a.txt" {
		return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrNotExist}
	}
	return v.faulty.Stat(name)
}

func (v vanished) Lstat(name string) (fs.FileInfo, error) { return v.Stat(name) }
