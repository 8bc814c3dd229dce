// Package config holds every setting of the program in one struct.
//
// A setting comes, the later winning, from its default, the settings file
// (YAML, flat, the names of the flags), the environment (YJY_ and the name in
// capitals, or YJY_…_FILE naming a file that holds the value) and the command
// line. Load reports all mistakes at once, each with where it stands.
//
// settings.go is the manual: the table of names, defaults and meanings.
package config
