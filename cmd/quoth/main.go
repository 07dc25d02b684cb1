// Quoth reads news articles and writes who said what: sentences, people, places, organizations, and every quotation
// with its speaker.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"

	"github.com/urfave/cli/v2"
)

func main() {
	ctx, stop := interruptible(context.Background())
	defer stop()
	os.Exit(runCommand(ctx, os.Args, streams{os.Stdin, os.Stdout, os.Stderr}))
}

type streams struct {
	in  *os.File
	out *os.File
	err io.Writer
}

// runCommand runs the program and returns its exit code.
func runCommand(ctx context.Context, args []string, std streams) int {
	a := app(std)
	err := a.RunContext(ctx, hoist(args, a.Commands))
	if err == nil {
		return exitOK
	}
	exit := &exitError{code: exitUsage, err: err}
	errors.As(err, &exit)
	switch {
	case errors.Is(err, syscall.EPIPE):
		return exitPipe // the reader has seen enough, which is no fault
	case exit.err != nil:
		for line := range strings.Lines(advised(exit.err).Error()) {
			fmt.Fprintln(std.err, "quoth:", strings.TrimSuffix(line, "\n"))
		}
	}
	return exit.code
}

// commands are the commands of quoth, each made by the file of its name.
func commands(std streams) []*cli.Command {
	return []*cli.Command{
		extractCommand(std),
		explainCommand(std),
		exportCommand(std),
		linkCommand(std),
		tagCommand(std),
		trainCommand(std),
		evalCommand(std),
		datasetCommand(std),
		validateCommand(std),
		diffCommand(std),
		schemaCommand(std),
		versionCommand(std),
		completionCommand(std),
	}
}

func app(std streams) *cli.App {
	a := &cli.App{
		Name:      "quoth",
		Usage:     "who said what in news articles",
		UsageText: "quoth COMMAND [options] [PATH...]",
		Description: `Reads articles (files and folders of text, JSON, CSV, HTML, feeds, archives) and writes their sentences, people, places,
organizations and quotations with the speaker of each, as JSON, JSON Lines, YAML or a data set.

Examples:
  quoth extract article.txt            one article
  quoth extract -o out.jsonl news/     all articles in a folder
  quoth extract --out run/ news/       a run that can be interrupted and resumed
  quoth dataset run/ -o set/           its tables
  quoth extract --help                 all options`,
		Commands:             commands(std),
		Flags:                []cli.Flag{&cli.BoolFlag{Name: "version", Aliases: []string{"V"}, Usage: "print the version", DisableDefaultText: true}},
		HideVersion:          true,
		EnableBashCompletion: true,
		Writer:               std.out,
		ErrWriter:            std.err,
		OnUsageError:         usageError,
		ExitErrHandler:       func(*cli.Context, error) {}, // runCommand decides
		Action: func(c *cli.Context) error {
			switch {
			case c.Bool("version"):
				return printVersion(std.out, false)
			case !c.Args().Present():
				return helpAndFail(c, std)
			}
			return unknownCommand(c)
		},
	}
	for _, command := range a.Commands {
		command.OnUsageError = usageError
		command.HideHelpCommand = true // there is --help
		for _, sub := range command.Subcommands {
			sub.OnUsageError = usageError
		}
	}
	return a
}

// helpAndFail shows how to call the command when it was called with nothing to do.
func helpAndFail(c *cli.Context, std streams) error {
	c.App.Writer = std.err
	var err error
	if c.Command.Name == "" || c.Command.Name == c.App.Name {
		err = cli.ShowAppHelp(c)
	} else {
		err = cli.ShowCommandHelp(c.Lineage()[1], c.Command.Name) // the parent knows the command
	}
	if err != nil {
		return err
	}
	return &exitError{code: exitUsage}
}

func unknownCommand(c *cli.Context) error {
	name := c.Args().First()
	if _, err := os.Stat(name); err == nil {
		return usage("no command %s; to read that path call: quoth extract %s", name, name)
	}
	var names []string
	for _, command := range c.App.VisibleCommands() {
		names = append(names, command.Name)
	}
	return usage("no command %s; the commands are %s", name, strings.Join(names, ", "))
}

// usageError gives the errors of package flag our form: "flag provided but not defined: -frmat".
func usageError(c *cli.Context, err error, _ bool) error {
	help := "quoth --help"
	if c.Command != nil && c.Command.Name != "" && c.Command.Name != c.App.Name {
		help = c.Command.HelpName + " --help"
	}
	message := err.Error()
	if name, ok := strings.CutPrefix(message, "flag provided but not defined: -"); ok {
		message = "no option --" + strings.TrimLeft(name, "-")
	}
	return usage("%s; see %s", message, help)
}
