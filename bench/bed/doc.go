// Package bed is what benchmarks stand on: a real server process with the demo
// data, and somebody who is logged in to it. It sees what a client sees.
package bed
