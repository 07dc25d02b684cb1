package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/klauspost/compress/zstd"
	"github.com/rogpeppe/go-internal/testscript"
)

// packCommand makes an archive or compressed file, as its ending says: pack OUT.zip MEMBER... A member is a file, or
// NAME=FILE to give it another name, or NAME@TARGET for a symbolic link. With -encrypted all members look encrypted.
func packCommand(ts *testscript.TestScript, neg bool, args []string) {
	encrypted := len(args) > 0 && args[0] == "-encrypted"
	if encrypted {
		args = args[1:]
	}
	if neg || len(args) < 1 {
		ts.Fatalf("usage: pack [-encrypted] OUT MEMBER...")
	}
	out, members := args[0], args[1:]
	var raw []byte
	switch inner := strings.TrimSuffix(strings.TrimSuffix(out, ".gz"), ".zst"); {
	case strings.HasSuffix(out, ".zip"):
		raw = packZip(ts, members, encrypted)
	case strings.HasSuffix(inner, ".tar"), strings.HasSuffix(out, ".tgz"):
		raw = packTar(ts, members)
	default:
		raw = packed(ts, members[0])
	}
	var b bytes.Buffer
	var w io.WriteCloser
	switch filepath.Ext(out) {
	case ".gz", ".tgz":
		w = gzip.NewWriter(&b)
	case ".zst":
		var err error
		w, err = zstd.NewWriter(&b)
		ts.Check(err)
	}
	if w != nil {
		_, err := w.Write(raw)
		ts.Check(err)
		ts.Check(w.Close())
		raw = b.Bytes()
	}
	ts.Check(os.MkdirAll(filepath.Dir(ts.MkAbs(out)), 0o777))
	ts.Check(os.WriteFile(ts.MkAbs(out), raw, 0o666))
}

func packed(ts *testscript.TestScript, name string) []byte {
	raw, err := os.ReadFile(ts.MkAbs(name))
	ts.Check(err)
	return raw
}

// member reads what an argument of pack stands for.
func member(ts *testscript.TestScript, arg string) (name, target string, raw []byte) {
	if name, target, ok := strings.Cut(arg, "@"); ok {
		return name, target, nil
	}
	name, file, ok := strings.Cut(arg, "=")
	if !ok {
		file = name
	}
	return name, "", packed(ts, file)
}

func packZip(ts *testscript.TestScript, members []string, encrypted bool) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, arg := range members {
		name, target, raw := member(ts, arg)
		h := &zip.FileHeader{Name: name, Method: zip.Deflate}
		if target != "" {
			h.SetMode(fs.ModeSymlink | 0o777)
			raw = []byte(target)
		}
		if encrypted {
			h.Flags |= 1
		}
		f, err := w.CreateHeader(h)
		ts.Check(err)
		_, err = f.Write(raw)
		ts.Check(err)
	}
	ts.Check(w.Close())
	return b.Bytes()
}

func packTar(ts *testscript.TestScript, members []string) []byte {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, arg := range members {
		name, target, raw := member(ts, arg)
		h := &tar.Header{Name: name, Mode: 0o644, Size: int64(len(raw)), Linkname: target}
		if target != "" {
			h.Typeflag = tar.TypeSymlink
		}
		ts.Check(w.WriteHeader(h))
		_, err := w.Write(raw)
		ts.Check(err)
	}
	ts.Check(w.Close())
	return b.Bytes()
}

// cutCommand shortens a file to N bytes: cut FILE N.
func cutCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: cut FILE N")
	}
	n, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	ts.Check(os.Truncate(ts.MkAbs(args[0]), n))
}
