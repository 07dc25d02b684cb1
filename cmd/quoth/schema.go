package main

import (
	"github.com/urfave/cli/v2"

	"github.com/quoth-nlp/quoth/pipeline/output"
)

func schemaCommand(std streams) *cli.Command {
	return &cli.Command{
		Name:      "schema",
		Usage:     "print the JSON Schema of the records",
		UsageText: "quoth schema",
		Description: `Examples:
  quoth schema > quoth.schema.json
  quoth schema | jq -r '."$id"'`,
		Action: func(c *cli.Context) error {
			if c.Args().Present() {
				return usage("schema takes no arguments")
			}
			return written(std.out, string(output.Schema()))
		},
	}
}
