package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/signal"
	"syscall"
)

// This file holds how the command ends: its exit codes, the errors that carry them, and interruptions.

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

// partial is the end of a run in which some articles failed.
func partial(failed int) error {
	if failed == 0 {
		return nil
	}
	return &exitError{exitPartial, fmt.Errorf("articles that failed: %d", failed)}
}

// failure is an error of the writer, which is ours already if the file was at fault.
func failure(err error) error {
	if exit := (*exitError)(nil); errors.As(err, &exit) {
		return err
	}
	return &exitError{exitAborted, err}
}

func interrupted(ctx context.Context) *exitError {
	exit := &exitError{code: exitInterrupt, err: errors.New("interrupted")}
	if cause := (interruption{}); errors.As(context.Cause(ctx), &cause) {
		exit.code = cause.code()
	}
	return exit
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

// withoutOperation returns the error of a path as "path: cause".
func withoutOperation(err error) error {
	var fault *fs.PathError
	if errors.As(err, &fault) {
		return fmt.Errorf("%s: %w", fault.Path, fault.Err)
	}
	return err
}
