//go:build unix

package corpus

import (
	"fmt"
	"io/fs"
	"syscall"
)

// identity tells a folder from all others, by whatever path it is reached.
func identity(path string, info fs.FileInfo) string {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return fmt.Sprint(stat.Dev, ":", stat.Ino)
	}
	return path
}
