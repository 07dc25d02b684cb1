package main

import (
	"embed"
	"strings"

	"github.com/urfave/cli/v2"
)

//go:embed completion
var completions embed.FS

func completionCommand(std streams) *cli.Command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	return &cli.Command{
		Name:      "completion",
		Usage:     "print a script that completes commands and options in your shell",
		UsageText: "quoth completion " + strings.Join(shells, "|"),
		Description: `Examples:
  source <(quoth completion bash)                                  this shell; add the line to ~/.bashrc for all
  source <(quoth completion zsh)                                   likewise, in ~/.zshrc
  quoth completion fish > ~/.config/fish/completions/quoth.fish
  quoth completion powershell | Out-String | Invoke-Expression     likewise, in $PROFILE`,
		BashComplete: func(c *cli.Context) {
			written(std.out, strings.Join(shells, "\n")+"\n")
		},
		Action: func(c *cli.Context) error {
			if c.Args().Len() != 1 {
				return usage("name one shell: %s", strings.Join(shells, ", "))
			}
			script, err := completions.ReadFile("completion/" + c.Args().First())
			if err != nil {
				return usage("no completion for %s; the shells are %s", c.Args().First(), strings.Join(shells, ", "))
			}
			return written(std.out, string(script))
		},
	}
}
