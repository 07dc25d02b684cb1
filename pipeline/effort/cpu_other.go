//go:build !linux

package effort

import "time"

// measured says that threadTime tells the processor time.
const measured = false

func threadTime() time.Duration { return 0 }
