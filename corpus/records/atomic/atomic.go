// Package atomic writes files and folders that appear under their names only when they are whole.
//
// What is being written has a temporary name in the folder of its final place. Commit syncs it and renames it, so that
// there never is half a file or folder under its name, and an older one stays until the new one is whole. Discard
// removes what was not committed. Errors name the final path, never the temporary one.
package atomic

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// temporaryName returns the name that the file or folder path has while it is written. It is hidden, and of this
// process.
func temporaryName(path string) string {
	return filepath.Join(filepath.Dir(path), fmt.Sprintf(".%s.%d.tmp", filepath.Base(path), os.Getpid()))
}

// named returns err with the given path in the place of the one that it names.
func named(path string, err error) error {
	var of *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &of):
		return &fs.PathError{Op: of.Op, Path: path, Err: of.Err}
	case errors.As(err, &link):
		return &fs.PathError{Op: link.Op, Path: path, Err: link.Err}
	}
	return err
}

// syncFolder makes renames within a folder last. Some systems cannot sync a folder, and some folders may be written to
// but not be opened, neither of which is a fault.
func syncFolder(path string) {
	if folder, err := os.Open(path); err == nil {
		folder.Sync()
		folder.Close()
	}
}
