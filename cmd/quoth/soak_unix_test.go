//go:build unix

package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/quoth-nlp/quoth/corpus"
)

// TestSoak runs the program over QUOTH_SOAK_ARTICLES articles (100,000 if it is not set), made by repeating and altering
// those that QUOTH_SOAK names, with one job and with two, and writes how its memory went to QUOTH_SOAK_PLOT.
func TestSoak(t *testing.T) {
	source := os.Getenv("QUOTH_SOAK")
	if source == "" {
		t.Skip("QUOTH_SOAK names no collection of articles")
	}
	total := 100_000
	if n, err := strconv.Atoi(os.Getenv("QUOTH_SOAK_ARTICLES")); err == nil {
		total = n
	}
	folder := os.Getenv("QUOTH_SOAK_FOLDER")
	if folder == "" {
		folder = t.TempDir()
	}
	articles := filepath.Join(folder, "articles")
	if _, err := os.Stat(articles); err != nil {
		makeSoak(t, source, articles, total)
	}
	var seconds [3]float64
	for _, jobs := range []int{2, 1} {
		out := filepath.Join(folder, "run")
		c, stderr := quoth(t, "extract", "--out", out, "--jobs", strconv.Itoa(jobs), articles)
		started := time.Now()
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		done := make(chan error, 1)
		go func() { done <- c.Wait() }()
		var plot []memory
		tick := time.NewTicker(time.Second)
	sampling:
		for {
			select {
			case err := <-done:
				if err != nil {
					t.Fatal(err, stderr)
				}
				break sampling
			case <-tick.C:
				if m, ok := sample(c.Process.Pid); ok {
					m.seconds = time.Since(started).Seconds()
					plot = append(plot, m)
				}
			}
		}
		tick.Stop()
		seconds[jobs] = time.Since(started).Seconds()
		var manifest struct {
			Counts struct{ Documents, Words int }
		}
		data, err := os.ReadFile(filepath.Join(out, "run.json"))
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(data, &manifest); err != nil {
			t.Fatal(err)
		}
		most, early, late := 0, 0, 0
		for i, m := range plot {
			most = max(most, m.resident)
			if i < len(plot)/4 {
				early = max(early, m.resident)
			}
			if i >= len(plot)*3/4 {
				late = max(late, m.resident)
			}
		}
		t.Logf("%d job(s): %d articles, %d words in %.1f s: %.0f words/s a job; resident at most %d MB, in the first quarter %d, in the last %d",
			jobs, manifest.Counts.Documents, manifest.Counts.Words, seconds[jobs], float64(manifest.Counts.Words)/seconds[jobs]/float64(jobs), most, early, late)
		if most > 300 {
			t.Errorf("%d MB are resident at most, wanted 300", most)
		}
		if name := os.Getenv("QUOTH_SOAK_PLOT"); name != "" && jobs == 2 {
			title := fmt.Sprintf("%d articles, 2 jobs: resident memory in MB", manifest.Counts.Documents)
			if err := os.WriteFile(name, drawMemory(plot, title), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		os.RemoveAll(out)
	}
	t.Logf("2 jobs are %.2f times as fast as one", seconds[1]/seconds[2])
}

// makeSoak writes articles: each round turns the paragraphs of the source's articles by one and changes their digits.
func makeSoak(t *testing.T, source, folder string, total int) {
	t.Helper()
	collection, err := corpus.Open(t.Context(), []string{source}, corpus.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for n, round := 0, 0; n < total; round++ {
		before := n
		for item := range collection.Items(t.Context()) {
			if item.Article == nil || n == total {
				continue
			}
			paragraphs := strings.Split(strings.TrimSpace(item.Article.Text), "\n")
			turn := round % len(paragraphs)
			text := strings.Join(append(append([]string{}, paragraphs[turn:]...), paragraphs[:turn]...), "\n")
			text = strings.Map(func(c rune) rune {
				if c >= '0' && c <= '9' {
					return '0' + (c-'0'+rune(round))%10
				}
				return c
			}, text)
			name := filepath.Join(folder, fmt.Sprintf("%03d", n/1000), fmt.Sprintf("%06d.txt", n))
			if n%1000 == 0 {
				if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
					t.Fatal(err)
				}
			}
			if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
				t.Fatal(err)
			}
			n++
		}
		if n == before {
			t.Fatalf("no articles in %s", source)
		}
	}
}

// memory is what a process holds at a moment, in MB.
type memory struct {
	seconds  float64
	resident int
}

func sample(pid int) (memory, bool) {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return memory{}, false
	}
	for line := range strings.Lines(string(data)) {
		var kb int
		if n, _ := fmt.Sscanf(line, "VmRSS: %d kB", &kb); n == 1 {
			return memory{resident: kb / 1000}, true
		}
	}
	return memory{}, false
}

// drawMemory draws the samples as an SVG picture.
func drawMemory(plot []memory, title string) []byte {
	const width, height, left, top, high = 720, 300, 50, 30, 300.0
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="12">`+"\n", width+left+20, height+top+40)
	fmt.Fprintf(&b, `<rect width="100%%" height="100%%" fill="white"/><text x="%d" y="18">%s</text>`+"\n", left, title)
	for mb := 0; mb <= int(high); mb += 100 {
		y := top + height - float64(mb)/high*height
		fmt.Fprintf(&b, `<line x1="%d" x2="%d" y1="%.0f" y2="%.0f" stroke="#ccc"/><text x="%d" y="%.0f" text-anchor="end">%d</text>`+"\n", left, left+width, y, y, left-6, y+4, mb)
	}
	last := plot[len(plot)-1].seconds
	b.WriteString(`<polyline fill="none" stroke="#246" points="`)
	for _, m := range plot {
		fmt.Fprintf(&b, "%.1f,%.1f ", left+m.seconds/last*width, top+height-min(float64(m.resident), high)/high*height)
	}
	fmt.Fprintf(&b, `"/><text x="%d" y="%d" text-anchor="end">%.0f s</text>`+"\n</svg>\n", left+width, top+height+18, last)
	return []byte(b.String())
}
