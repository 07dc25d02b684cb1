package main

import (
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
)

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
