// Quoth reads news articles and writes who said what: sentences, people, places, organizations, and every quotation
// with its speaker.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"github.com/urfave/cli/v2"
)

func main() {
	ctx, stop := interruptible(context.Background())
	defer stop()
	os.Exit(runCommand(ctx, os.Args, streams{os.Stdin, os.Stdout, os.Stderr}))
}

// The exit codes. 1 is for the commands that report findings.
const (
	exitOK        = 0
	exitFindings  = 1
	exitUsage     = 2
	exitPartial   = 3
	exitAborted   = 4
	exitInterrupt = 130
	exitTerminate = 143
	exitPipe      = 141
)

// An exitError ends the command with a code. Its error is shown unless it is nil: then all was said already.
type exitError struct {
	code int
	err  error
}

func (e *exitError) Error() string { return fmt.Sprint(e.err) }
func (e *exitError) Unwrap() error { return e.err }

// usage returns an error in how the command was called.
func usage(format string, args ...any) error {
	return &exitError{exitUsage, fmt.Errorf(format, args...)}
}

type streams struct {
	in  *os.File
	out *os.File
	err io.Writer
}

// runCommand runs the program and returns its exit code.
func runCommand(ctx context.Context, args []string, std streams) int {
	err := app(std).RunContext(ctx, hoist(args, commands(std)))
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

// An interruption is the cause of a context that a signal cancelled.
type interruption struct{ signal os.Signal }

func (i interruption) Error() string { return "interrupted" }

func (i interruption) code() int {
	if i.signal == syscall.SIGTERM {
		return exitTerminate
	}
	return exitInterrupt
}

// interruptible returns a context that the first SIGINT or SIGTERM cancels. The second one ends the program at once.
func interruptible(parent context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(parent)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		select {
		case s := <-signals:
			signal.Stop(signals)
			cancel(interruption{s})
		case <-ctx.Done():
		}
	}()
	return ctx, func() { signal.Stop(signals); cancel(nil) }
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

// hoist moves the options of a command before its paths, since package flag stops at the first path:
// quoth extract news/ --format yaml. Where help is asked for it leaves the paths out, which would be taken for topics.
func hoist(args []string, commands []*cli.Command) []string {
	if len(args) < 3 || args[len(args)-1] == "--generate-bash-completion" {
		return args
	}
	var takesValue map[string]bool
	words := 1 // of the command, as in eval entities
	for ; words < len(args); words++ {
		i := slices.IndexFunc(commands, func(command *cli.Command) bool { return command.HasName(args[words]) })
		if i < 0 {
			break
		}
		takesValue, commands = valueFlags(commands[i].Flags), commands[i].Subcommands
	}
	if takesValue == nil {
		return args
	}
	head, options, paths := args[:words], []string{}, []string{}
	for rest := args[words:]; len(rest) > 0; rest = rest[1:] {
		arg := rest[0]
		switch {
		case arg == "--":
			paths = append(paths, rest[1:]...)
			rest = rest[:1]
		case len(arg) < 2 || arg[0] != '-':
			paths = append(paths, arg)
		default:
			options = append(options, arg)
			if takesValue[strings.TrimLeft(arg, "-")] && len(rest) > 1 {
				options = append(options, rest[1])
				rest = rest[1:]
			}
		}
	}
	hoisted := append(append([]string{}, head...), options...)
	if len(paths) == 0 || slices.Contains(options, "--help") || slices.Contains(options, "-h") {
		return hoisted
	}
	return append(append(hoisted, "--"), paths...)
}

// valueFlags returns the names of the flags that are followed by a value.
func valueFlags(flags []cli.Flag) map[string]bool {
	names := map[string]bool{}
	for _, f := range flags {
		if _, ok := f.(*cli.BoolFlag); !ok {
			for _, name := range f.Names() {
				names[name] = true
			}
		}
	}
	return names
}
