package run

import "errors"

// ErrLocked is the cause of the error when another run writes to the folder.
var ErrLocked = errors.New("another run writes to it")
