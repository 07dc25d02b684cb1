package main

import (
	"encoding/json"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"

	"github.com/urfave/cli/v2"

	"github.com/quoth-nlp/quoth/pipeline/output"
)

func versionCommand(std streams) *cli.Command {
	return &cli.Command{
		Name:      "version",
		Usage:     "print the version",
		UsageText: "quoth version [--json]",
		Description: `Examples:
  quoth version
  quoth version --json | jq -r .version`,
		Flags: []cli.Flag{boolFlag("json", "print a JSON object")},
		Action: func(c *cli.Context) error {
			if c.Args().Present() {
				return usage("version takes no arguments")
			}
			return printVersion(std.out, c.Bool("json"))
		},
	}
}

// A build is what the program knows of how it was built.
type build struct {
	Name     string `json:"name"`
	Version  string `json:"version"`
	Revision string `json:"revision"`
	Modified bool   `json:"modified"`
	Go       string `json:"go"`
	Platform string `json:"platform"`
	Schema   string `json:"schema"`
}

func buildInfo() build {
	b := build{Name: "quoth", Version: "devel", Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH, Schema: output.DocumentSchema}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		b.Version = v
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.Revision = s.Value
		case "vcs.modified":
			b.Modified = s.Value == "true"
		}
	}
	return b
}

func printVersion(w io.Writer, asJSON bool) error {
	b := buildInfo()
	if asJSON {
		line, err := json.Marshal(b)
		if err != nil {
			return err
		}
		return written(w, string(line)+"\n")
	}
	text := fmt.Sprintf("quoth %s (%s, %s)\n", b.Version, b.Go, b.Platform)
	if b.Revision != "" {
		text = fmt.Sprintf("quoth %s (%s, %s, %s)\n", b.Version, b.Revision[:min(12, len(b.Revision))], b.Go, b.Platform)
	}
	return written(w, text)
}

// written writes text to standard output.
func written(w io.Writer, text string) error {
	if _, err := io.WriteString(w, text); err != nil {
		return writeError("standard output", err)
	}
	return nil
}
