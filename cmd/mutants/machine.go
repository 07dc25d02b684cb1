package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// An outcome is what became of a mutant.
type outcome int

// The outcomes.
const (
	survived outcome = iota
	killed
	invalid // it does not compile
)

// A machine makes mutants and tests them.
type machine struct {
	root    string
	readers []string // patterns of packages that are tested when the mutant's own tests pass
	// test runs the tests of packages with the files that the overlay replaces.
	test func(ctx context.Context, root, overlay string, pkgs ...string) (outcome, error)
}

// measure makes n mutants of the packages and writes what became of each. Mutants that do not compile do not count.
func (m *machine) measure(ctx context.Context, pkgs []string, n int, seed uint64, out io.Writer) error {
	drawn, err := m.draw(pkgs, seed)
	if err != nil {
		return err
	}
	killedHere, killedByReaders, alive := 0, 0, 0
	for n > 0 {
		s, ok := drawn()
		if !ok {
			break
		}
		result, by, err := m.try(ctx, s)
		if err != nil {
			return err
		}
		switch {
		case result == invalid:
			continue
		case result == survived:
			alive++
			fmt.Fprintf(out, "survived  %s\n%s", s, m.diff(s))
		case by == "":
			killedHere++
			fmt.Fprintf(out, "killed    %s\n", s)
		default:
			killedByReaders++
			fmt.Fprintf(out, "killed    %s, by %s\n", s, by)
		}
		n--
	}
	fmt.Fprintf(out, "%d mutants: %d killed by the tests of their package, %d by others, %d survived\n",
		killedHere+killedByReaders+alive, killedHere, killedByReaders, alive)
	if alive > 0 {
		return errSurvivors
	}
	return nil
}

// draw returns a function that returns another site on each call: the packages take turns, and in each package the
// kinds do. Ok is false when none is left.
func (m *machine) draw(pkgs []string, seed uint64) (next func() (s site, ok bool), err error) {
	random := rand.New(rand.NewPCG(seed, 0))
	var queues [][]site
	for _, pkg := range pkgs {
		sites, err := sitesOf(m.root, pkg)
		if err != nil {
			return nil, err
		}
		queues = append(queues, inTurns(sites, random))
	}
	turn := 0
	return func() (site, bool) {
		for range queues {
			q := &queues[turn%len(queues)]
			turn++
			if len(*q) > 0 {
				s := (*q)[0]
				*q = (*q)[1:]
				return s, true
			}
		}
		return site{}, false
	}, nil
}

// inTurns shuffles the sites and lets their kinds take turns, from a kind that the seed chooses.
func inTurns(sites []site, random *rand.Rand) []site {
	random.Shuffle(len(sites), func(i, j int) { sites[i], sites[j] = sites[j], sites[i] })
	of := map[kind][]site{}
	for _, s := range sites {
		of[s.kind] = append(of[s.kind], s)
	}
	list := make([]site, 0, len(sites))
	for turn := random.IntN(len(kinds)); len(list) < len(sites); turn++ {
		k := kinds[turn%len(kinds)]
		if len(of[k]) > 0 {
			list, of[k] = append(list, of[k][0]), of[k][1:]
		}
	}
	return list
}

// try tests one mutant. By names the tests that killed it if they are not those of its package.
func (m *machine) try(ctx context.Context, s site) (result outcome, by string, err error) {
	dir, err := os.MkdirTemp("", "mutant")
	if err != nil {
		return 0, "", err
	}
	defer os.RemoveAll(dir)
	overlay, err := m.write(dir, s)
	if err != nil {
		return 0, "", err
	}
	own := "./" + s.file[:strings.LastIndexByte(s.file, '/')]
	if result, err = m.test(ctx, m.root, overlay, own); result != survived || err != nil || len(m.readers) == 0 {
		return result, "", err
	}
	result, err = m.test(ctx, m.root, overlay, m.readers...)
	return result, strings.Join(m.readers, " "), err
}

// write writes the changed file and the overlay that puts it into the place of the one that it was made of.
func (m *machine) write(dir string, s site) (overlay string, err error) {
	original, err := filepath.Abs(filepath.Join(m.root, filepath.FromSlash(s.file)))
	if err != nil {
		return "", err
	}
	source, err := os.ReadFile(original)
	if err != nil {
		return "", err
	}
	changed := filepath.Join(dir, "mutant.go")
	if err := os.WriteFile(changed, s.apply(source), 0o644); err != nil {
		return "", err
	}
	data, err := json.Marshal(map[string]map[string]string{"Replace": {original: changed}})
	if err != nil {
		return "", err
	}
	overlay = filepath.Join(dir, "overlay.json")
	return overlay, os.WriteFile(overlay, data, 0o644)
}

// goTest returns a function that runs go test without the slow tests (see package effort). An endless loop ends at the
// limit, which kills the mutant.
func goTest(limit time.Duration) func(ctx context.Context, root, overlay string, pkgs ...string) (outcome, error) {
	return func(ctx context.Context, root, overlay string, pkgs ...string) (outcome, error) {
		args := []string{"test", "-overlay", overlay, "-count=1", "-failfast", "-vet=off", "-timeout", limit.String()}
		cmd := exec.CommandContext(ctx, "go", append(args, pkgs...)...)
		cmd.Dir = root
		cmd.Env = append(os.Environ(), "QUOTH_SLOW=")
		out, err := cmd.CombinedOutput()
		switch {
		case ctx.Err() != nil:
			return 0, ctx.Err()
		case err == nil:
			return survived, nil
		case bytes.Contains(out, []byte("[build failed]")) || bytes.Contains(out, []byte("[setup failed]")):
			return invalid, nil
		case !bytes.Contains(out, []byte("FAIL")):
			return 0, fmt.Errorf("go test: %w\n%s", err, out)
		}
		return killed, nil
	}
}

// String says where the site is and what it changes.
func (s site) String() string {
	is := s.is
	if is == "" {
		is = "nothing"
	}
	return fmt.Sprintf("%s:%d: %s: %s → %s", s.file, s.line, s.kind, oneLine(s.was), oneLine(is))
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func (s site) apply(source []byte) []byte {
	return []byte(string(source[:s.start]) + s.is + string(source[s.end:]))
}

// diff returns the lines of the site before and after the change, or nothing if the file cannot be read.
func (m *machine) diff(s site) string {
	source, err := os.ReadFile(filepath.Join(m.root, filepath.FromSlash(s.file)))
	if err != nil {
		return ""
	}
	from := bytes.LastIndexByte(source[:s.start], '\n') + 1
	to := len(source)
	if n := bytes.IndexByte(source[s.end:], '\n'); n >= 0 {
		to = s.end + n
	}
	after := string(source[from:s.start]) + s.is + string(source[s.end:to])
	return signed("-", string(source[from:to])) + signed("+", after)
}

func signed(sign, lines string) string {
	var b strings.Builder
	for line := range strings.Lines(lines) {
		b.WriteString("\t" + sign + strings.TrimSuffix(line, "\n") + "\n")
	}
	return b.String()
}
